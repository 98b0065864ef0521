import { assertNever } from '../kernel/assert.js';
import type { GraphEffect } from './change.js';
import { EDGE_KINDS, type EdgeKind, type EdgeVersion, scopesOf } from './edge.js';
import type { GraphView } from './graph-view.js';
import type { EdgeId, NodeId } from './ids.js';
import { type FieldKey, fieldKeysOf, keyText } from './indexed-fields.js';
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
  const { set: setNode, ...nodes } = createNodeLayer(base);
  const { set: setEdge, ...edges } = createEdgeLayer(base);

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

  return {
    ...nodes,
    ...edges,
    apply(effects) {
      for (const effect of effects) applyOne(effect);
    },
  };
}

function createNodeLayer(base: GraphView) {
  // An id with the value `undefined` is closed here, whatever the base says; an absent id is the base's.
  const nodes = new Map<NodeId, NodeVersion | undefined>();
  const byKey = new Map<string, Set<NodeId>>();
  return {
    set(id: NodeId, next: NodeVersion | undefined): void {
      const previous = nodes.get(id);
      if (previous) for (const key of fieldKeysOf(previous.node)) removeFrom(byKey, keyText(key), id);
      if (next) for (const key of fieldKeysOf(next.node)) addTo(byKey, keyText(key), id);
      nodes.set(id, next);
    },
    node: (id: NodeId) => (nodes.has(id) ? nodes.get(id) : base.node(id)),
    holders(key: FieldKey): readonly NodeId[] {
      const below = base.holders(key).filter((id) => !nodes.has(id));
      const own = byKey.get(keyText(key));
      return own ? [...below, ...own].sort() : below;
    },
  };
}

function createEdgeLayer(base: GraphView) {
  // As with nodes: `undefined` is closed here.
  const edges = new Map<EdgeId, EdgeVersion | undefined>();
  const byPlace = new Map<string, Set<EdgeId>>();

  function* merged(below: Iterable<EdgeVersion>, places: readonly string[]): Iterable<EdgeVersion> {
    const ids = places.flatMap((place) => [...(byPlace.get(place) ?? [])]);
    const own = ids.sort().map((id) => edges.get(id)!);
    let next = 0;
    for (const version of below) {
      if (edges.has(version.id)) continue;
      while (next < own.length && own[next]!.id < version.id) yield own[next++]!;
      yield version;
    }
    while (next < own.length) yield own[next++]!;
  }

  return {
    set(id: EdgeId, next: EdgeVersion | undefined): void {
      const previous = edges.get(id);
      if (previous) for (const place of placesOf(previous)) removeFrom(byPlace, place, id);
      if (next) for (const place of placesOf(next)) addTo(byPlace, place, id);
      edges.set(id, next);
    },
    edge: (id: EdgeId) => (edges.has(id) ? edges.get(id) : base.edge(id)),
    edgesOf(node: NodeId, end: 'from' | 'to', kind?: EdgeKind): Iterable<EdgeVersion> {
      const places = (kind ? [kind] : EDGE_KINDS).map((each) => endText(end, each, node));
      return merged(base.edgesOf(node, end, kind), places);
    },
    edgesScopedTo: (resource: NodeId) => merged(base.edgesScopedTo(resource), [scopeText(resource)]),
  };
}

const endText = (end: 'from' | 'to', kind: EdgeKind, node: NodeId): string => `${end} ${kind} ${node}`;
const scopeText = (resource: NodeId): string => `scope ${resource}`;
/** Where an edge is looked for: at its ends, and at the resources that it names. */
const placesOf = ({ edge }: EdgeVersion): readonly string[] => [
  endText('from', edge.kind, edge.from),
  endText('to', edge.kind, edge.to),
  ...scopesOf(edge).map(scopeText),
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
