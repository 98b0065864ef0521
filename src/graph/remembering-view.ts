import type { EdgeVersion } from './edge.js';
import type { GraphView } from './graph-view.js';
import type { EdgeId, NodeId } from './ids.js';
import { keyText } from './indexed-fields.js';
import type { NodeVersion } from './node.js';

/** Asks the view for each node, edge and value at most once; the view must not change while this is in use. */
export function createRememberingView(view: GraphView): GraphView {
  const nodes = new Map<NodeId, NodeVersion | undefined>();
  const edges = new Map<EdgeId, EdgeVersion | undefined>();
  const holders = new Map<string, readonly NodeId[] | undefined>();
  return {
    node: (id) => remembered(nodes, id, view.node),
    edge: (id) => remembered(edges, id, view.edge),
    edgesOf: (node, end, kind) => view.edgesOf(node, end, kind),
    edgesScopedTo: (resource) => view.edgesScopedTo(resource),
    holders: (key) => remembered(holders, keyText(key), () => view.holders(key)) ?? [],
  };
}

function remembered<Id, Found>(
  known: Map<Id, Found | undefined>,
  id: Id,
  read: (id: Id) => Found | undefined,
): Found | undefined {
  if (!known.has(id)) known.set(id, read(id));
  return known.get(id);
}
