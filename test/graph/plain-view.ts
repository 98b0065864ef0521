import type { GraphEffect } from '../../src/graph/change.js';
import { type EdgeVersion, scopesOf } from '../../src/graph/edge.js';
import type { GraphView } from '../../src/graph/graph-view.js';
import type { EdgeId, NodeId } from '../../src/graph/ids.js';
import { fieldKeysOf } from '../../src/graph/indexed-fields.js';
import type { NodeVersion } from '../../src/graph/node.js';

/** The open graph as two plain maps, read from end to end for each question. */
export interface PlainView extends GraphView {
  readonly nodes: ReadonlyMap<NodeId, NodeVersion>;
  readonly edges: ReadonlyMap<EdgeId, EdgeVersion>;
  /** Refuses to open what is open, to close what is not, and an edge without its ends. */
  apply(effects: readonly GraphEffect[]): void;
}

export function createPlainView(): PlainView {
  const nodes = new Map<NodeId, NodeVersion>();
  const edges = new Map<EdgeId, EdgeVersion>();
  const sortedEdges = () => [...edges.values()].sort((a, b) => (a.id < b.id ? -1 : 1));

  function apply(effect: GraphEffect): void {
    const id = 'edge' in effect.version ? effect.version.id : effect.version.node.id;
    const isOpen = nodes.has(id as NodeId) || edges.has(id as EdgeId);
    const opens = effect.kind === 'nodeOpened' || effect.kind === 'edgeOpened';
    if (isOpen === opens) throw new Error(`${effect.kind} of \`${id}\`, which is ${isOpen ? '' : 'not '}open`);
    if (effect.kind === 'nodeOpened') nodes.set(effect.version.node.id, effect.version);
    else if (effect.kind === 'nodeClosed') nodes.delete(effect.version.node.id);
    else if (effect.kind === 'edgeClosed') edges.delete(effect.version.id);
    else {
      const { from, to } = effect.version.edge;
      if (!nodes.has(from) || !nodes.has(to)) throw new Error(`edge \`${id}\` is opened without its ends`);
      edges.set(effect.version.id, effect.version);
    }
  }

  return {
    nodes,
    edges,
    node: (id) => nodes.get(id),
    edge: (id) => edges.get(id),
    edgesOf: (node, end, kind) =>
      sortedEdges().filter(({ edge }) => edge[end] === node && (kind === undefined || edge.kind === kind)),
    edgesScopedTo: (resource) => sortedEdges().filter(({ edge }) => scopesOf(edge).includes(resource)),
    holders: ({ kind, field, scope, value }) =>
      [...nodes.values()]
        .filter(({ node }) =>
          fieldKeysOf(node).some(
            (key) => key.kind === kind && key.field === field && key.scope === scope && key.value === value,
          ),
        )
        .map(({ node }) => node.id)
        .sort(),
    apply: (effects) => effects.forEach(apply),
  };
}
