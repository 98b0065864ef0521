import { assertNever } from '../kernel/assert.js';
import type { GraphEffect } from './change.js';
import { EDGE_KINDS, type EdgeKind, type EdgeVersion, scopesOf } from './edge.js';
import type { GraphView } from './graph-view.js';
import type { EdgeId, NodeId } from './ids.js';
import { type FieldKey, fieldKeysOf } from './indexed-fields.js';
import type { NodeVersion } from './node.js';

export interface OverlayView extends GraphView {
  /** Takes effects in their order; what it replaces or closes is hidden, the base is not changed. */
  apply(effects: readonly GraphEffect[]): void;
}

/** The graph before the first commit. */
export const emptyView: GraphView = {
  node: () => undefined,
  edge: () => undefined,
  edgesOf: () => [],
  edgesScopedTo: () => [],
  holders: () => [],
};

/**
 * The open graph as it is after some effects that the base does not hold yet. Over `emptyView` it is an open graph in
 * memory. The base must not change while the overlay is in use.
 */
export function createOverlayView(base: GraphView): OverlayView {
  // An id with the value `undefined` is closed here, whatever the base says; an absent id is the base's.
  const nodes = new Map<NodeId, NodeVersion | undefined>();
  const edges = new Map<EdgeId, EdgeVersion | undefined>();
  const edgesByEnd = new Map<string, Set<EdgeId>>();
  const edgesByScope = new Map<string, Set<EdgeId>>();
  const nodesByKey = new Map<string, Set<NodeId>>();

  function setNode(id: NodeId, next: NodeVersion | undefined): void {
    const previous = nodes.get(id);
    if (previous) for (const key of fieldKeysOf(previous.node)) removeFrom(nodesByKey, keyText(key), id);
    if (next) for (const key of fieldKeysOf(next.node)) addTo(nodesByKey, keyText(key), id);
    nodes.set(id, next);
  }

  function setEdge(id: EdgeId, next: EdgeVersion | undefined): void {
    const previous = edges.get(id);
    if (previous) {
      for (const text of endTexts(previous)) removeFrom(edgesByEnd, text, id);
      for (const scope of scopesOf(previous.edge)) removeFrom(edgesByScope, scope, id);
    }
    if (next) {
      for (const text of endTexts(next)) addTo(edgesByEnd, text, id);
      for (const scope of scopesOf(next.edge)) addTo(edgesByScope, scope, id);
    }
    edges.set(id, next);
  }

  function applyOne(effect: GraphEffect): void {
    switch (effect.kind) {
      case 'nodeOpened':
        setNode(effect.version.node.id, effect.version);
        break;
      case 'nodeClosed':
        setNode(effect.version.node.id, undefined);
        break;
      case 'edgeOpened':
        setEdge(effect.version.id, effect.version);
        break;
      case 'edgeClosed':
        setEdge(effect.version.id, undefined);
        break;
      default:
        assertNever(effect);
    }
  }

  function* merged(below: Iterable<EdgeVersion>, ids: readonly EdgeId[]): Iterable<EdgeVersion> {
    const own = ids.map((id) => edges.get(id)!);
    let next = 0;
    for (const version of below) {
      if (edges.has(version.id)) continue;
      while (next < own.length && own[next]!.id < version.id) yield own[next++]!;
      yield version;
    }
    while (next < own.length) yield own[next++]!;
  }

  return {
    node: (id) => (nodes.has(id) ? nodes.get(id) : base.node(id)),
    edge: (id) => (edges.has(id) ? edges.get(id) : base.edge(id)),
    edgesOf(node, end, kind) {
      const kinds = kind ? [kind] : EDGE_KINDS;
      const own = kinds.flatMap((each) => [...(edgesByEnd.get(endText(end, each, node)) ?? [])]);
      return merged(base.edgesOf(node, end, kind), own.sort());
    },
    edgesScopedTo: (resource) => merged(base.edgesScopedTo(resource), [...(edgesByScope.get(resource) ?? [])].sort()),
    holders(key) {
      const below = base.holders(key).filter((id) => !nodes.has(id));
      const own = nodesByKey.get(keyText(key));
      return own ? [...below, ...own].sort() : below;
    },
    apply(effects) {
      for (const effect of effects) applyOne(effect);
    },
  };
}

/** U+0000 is refused in all stored text, so no two keys have one text. */
const keyText = ({ kind, field, scope, value }: FieldKey): string => [kind, field, scope, value].join('\u0000');
const endText = (end: 'from' | 'to', kind: EdgeKind, node: NodeId): string => `${end} ${kind} ${node}`;
const endTexts = ({ edge }: EdgeVersion): readonly string[] => [
  endText('from', edge.kind, edge.from),
  endText('to', edge.kind, edge.to),
];

function addTo<Id>(sets: Map<string, Set<Id>>, text: string, id: Id): void {
  const set = sets.get(text);
  if (set) set.add(id);
  else sets.set(text, new Set([id]));
}

function removeFrom<Id>(sets: Map<string, Set<Id>>, text: string, id: Id): void {
  const set = sets.get(text);
  set?.delete(id);
  if (set?.size === 0) sets.delete(text);
}
