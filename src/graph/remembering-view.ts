import type { EdgeVersion } from './edge.js';
import type { GraphView } from './graph-view.js';
import type { EdgeId, NodeId } from './ids.js';
import type { NodeVersion } from './node.js';

/** Reads each node and edge by its id from the view at most once; the view must not change while this is in use. */
export function createRememberingView(view: GraphView): GraphView {
  const nodes = new Map<NodeId, NodeVersion | undefined>();
  const edges = new Map<EdgeId, EdgeVersion | undefined>();
  return {
    node: (id) => remembered(nodes, id, view.node),
    edge: (id) => remembered(edges, id, view.edge),
    edgesOf: (node, end, kind) => view.edgesOf(node, end, kind),
    edgesScopedTo: (resource) => view.edgesScopedTo(resource),
    holders: (key) => view.holders(key),
  };
}

function remembered<Id, Version>(
  known: Map<Id, Version | undefined>,
  id: Id,
  read: (id: Id) => Version | undefined,
): Version | undefined {
  if (!known.has(id)) known.set(id, read(id));
  return known.get(id);
}
