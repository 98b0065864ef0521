import { GraphError } from '../kernel/errors.js';
import { type GraphEffect, maxChangesPerCommit } from './change.js';
import { EDGE_KINDS, type Edge, type EdgeVersion, edgeIdOf } from './edge.js';
import type { GraphView, SettleContext } from './graph-view.js';
import type { EdgeId, NodeId, Revision } from './ids.js';
import type { GraphNode, NodeKind, NodeOf, NodeVersion } from './node.js';
import { NODE_KINDS } from './node-kind.js';
import { createOverlayView } from './overlay-view.js';
import { sameValue } from './same-value.js';

/** Before and after a commit; an absent side was not open. */
export interface Changed<Version> {
  readonly before: Version | undefined;
  readonly after: Version | undefined;
}

/**
 * The open graph as a commit is changing it. Nothing is checked here: what counts is how it stands at the end, so that
 * two names can be swapped and the order of changes within a commit does not matter. Writing what is already so does nothing.
 */
export interface Draft extends GraphView {
  putNode(node: GraphNode): void;
  putEdge(edge: Edge): void;
  /** Closes the node alone. */
  dropNode(id: NodeId): void;
  closeEdge(id: EdgeId): void;
  /** Gives the open node a next version though none of its fields differ. */
  touchNode(id: NodeId): void;
  /** What differs from the view by now, by id. */
  changedNodes(): readonly Changed<NodeVersion>[];
  changedEdges(): readonly Changed<EdgeVersion>[];
  /** Edges closed, nodes closed, nodes opened, edges opened; each by kind in the tables' order, then by id. */
  effects(): readonly GraphEffect[];
}

export function createDraft(view: GraphView, { revision, at }: SettleContext): Draft {
  const overlay = createOverlayView(view);
  const nodeIds = new Set<NodeId>();
  const edgeIds = new Set<EdgeId>();
  const touched = new Set<NodeId>();

  function write(effect: GraphEffect): void {
    overlay.apply([effect]);
    if (effect.kind === 'nodeOpened' || effect.kind === 'nodeClosed') nodeIds.add(effect.version.node.id);
    else edgeIds.add(effect.version.id);
    checkCommitSize(nodeIds.size + edgeIds.size);
  }

  function nextStamps(before: NodeVersion | undefined): NodeVersion['stamps'] {
    if (!before) return { since: revision, version: 1, createdAt: at, modifiedAt: at };
    const { version, createdAt } = before.stamps;
    return { since: revision, version: version + 1, createdAt, modifiedAt: at };
  }

  function openNode(node: GraphNode): void {
    write({ kind: 'nodeOpened', version: { node, stamps: nextStamps(view.node(node.id)) } });
  }

  const changedNodes = () =>
    changes(nodeIds, view.node, overlay.node, (a, b) => !touched.has(a.node.id) && sameNode(a.node, b.node));
  const changedEdges = () => changes(edgeIds, view.edge, overlay.edge, (a, b) => sameEdge(a.edge, b.edge));

  return {
    ...overlay,
    putNode(node) {
      const open = overlay.node(node.id);
      if (!open || !sameNode(open.node, node)) openNode(node);
    },
    putEdge(edge) {
      const id = edgeIdOf(edge);
      const open = overlay.edge(id);
      if (!open || !sameEdge(open.edge, edge)) write({ kind: 'edgeOpened', version: { id, edge, since: revision } });
    },
    dropNode(id) {
      const open = overlay.node(id);
      if (open) write({ kind: 'nodeClosed', version: { ...open, until: revision } });
    },
    closeEdge(id) {
      const open = overlay.edge(id);
      if (open) write({ kind: 'edgeClosed', version: { ...open, until: revision } });
    },
    touchNode(id) {
      const open = overlay.node(id);
      if (!open || !view.node(id)) return;
      touched.add(id);
      openNode(open.node);
    },
    changedNodes,
    changedEdges,
    effects: () => effectsOf(changedNodes(), changedEdges(), revision),
  };
}

function effectsOf(
  changedNodes: readonly Changed<NodeVersion>[],
  changedEdges: readonly Changed<EdgeVersion>[],
  until: Revision,
): readonly GraphEffect[] {
  const nodes = changedNodes.toSorted(byKindThenId(({ node }) => [NODE_KINDS.indexOf(node.kind), node.id]));
  const edges = changedEdges.toSorted(byKindThenId(({ edge, id }) => [EDGE_KINDS.indexOf(edge.kind), id]));
  const effects: readonly GraphEffect[] = [
    ...beforeOf(edges).map((before) => ({ kind: 'edgeClosed', version: { ...before, until } }) as const),
    ...beforeOf(nodes).map((before) => ({ kind: 'nodeClosed', version: { ...before, until } }) as const),
    ...afterOf(nodes).map((version) => ({ kind: 'nodeOpened', version }) as const),
    ...afterOf(edges).map((version) => ({ kind: 'edgeOpened', version }) as const),
  ];
  checkCommitSize(effects.length);
  return effects;
}

const beforeOf = <Version>(all: readonly Changed<Version>[]) => all.flatMap(({ before }) => before ?? []);
const afterOf = <Version>(all: readonly Changed<Version>[]) => all.flatMap(({ after }) => after ?? []);

/** The changed nodes of one kind, by id. */
export function changedOf<Kind extends NodeKind>(draft: Draft, kind: Kind): readonly Changed<NodeOf<Kind>>[] {
  return draft.changedNodes().flatMap(({ before, after }) => {
    const [old, next] = [ofKind(before?.node, kind), ofKind(after?.node, kind)];
    return old || next ? [{ before: old, after: next }] : [];
  });
}

/** The node if it is of that kind. */
export function ofKind<Kind extends NodeKind>(node: GraphNode | undefined, kind: Kind): NodeOf<Kind> | undefined {
  return node?.kind === kind ? (node as NodeOf<Kind>) : undefined;
}

/** @throws GraphError TOO_LARGE */
export function checkCommitSize(count: number): void {
  if (count <= maxChangesPerCommit) return;
  throw new GraphError(
    'TOO_LARGE',
    `the commit changes more than ${maxChangesPerCommit} nodes and edges; commit it in parts`,
    { limit: 'maxChangesPerCommit' },
  );
}

function changes<Id extends string, Version>(
  ids: ReadonlySet<Id>,
  read: (id: Id) => Version | undefined,
  reread: (id: Id) => Version | undefined,
  same: (before: Version, after: Version) => boolean,
): readonly Changed<Version>[] {
  return [...ids]
    .sort()
    .map((id) => ({ before: read(id), after: reread(id) }))
    .filter(({ before, after }) => (before && after ? !same(before, after) : before !== after));
}

function byKindThenId<Version>(place: (version: Version) => readonly [number, string]) {
  return (a: Changed<Version>, b: Changed<Version>): number => {
    const [rankA, idA] = place((a.after ?? a.before)!);
    const [rankB, idB] = place((b.after ?? b.before)!);
    return rankA - rankB || (idA < idB ? -1 : 1);
  };
}

/** `sourceRef` says what made the edge: a later request that states the same fact does not make it anew. */
const sameEdge = (a: Edge, b: Edge): boolean => sameValue({ ...a, sourceRef: '' }, { ...b, sourceRef: '' });

function sameNode(a: GraphNode, b: GraphNode): boolean {
  if (a.kind !== 'PendingReference' || b.kind !== 'PendingReference') return sameValue(a, b);
  return sameValue(withoutSourceRef(a), withoutSourceRef(b));
}

const withoutSourceRef = (node: Extract<GraphNode, { kind: 'PendingReference' }>) => ({
  ...node,
  reference: { ...node.reference, edge: { ...node.reference.edge, sourceRef: '' } },
});
