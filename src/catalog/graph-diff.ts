import type { GraphChange } from '../graph/change.js';
import { type Edge, edgeIdOf } from '../graph/edge.js';
import type { GraphNode } from '../graph/node.js';
import { sameValue } from '../graph/same-value.js';

/** What a document changes of what is held, and how much that is. */
export interface Difference {
  readonly changes: readonly GraphChange[];
  readonly counts: ChangeCounts;
}
export interface ChangeCounts {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
}

export const noChange: ChangeCounts = { added: 0, changed: 0, removed: 0 };

export function sumCounts(a: ChangeCounts, b: ChangeCounts): ChangeCounts {
  return { added: a.added + b.added, changed: a.changed + b.changed, removed: a.removed + b.removed };
}

/** Puts what is new or differs, in the order stated; closes nothing, which is `nodesGone`'s. */
export function nodesPut(stated: readonly GraphNode[], held: ReadonlyMap<string, GraphNode>): Difference {
  const differing = stated.filter((node) => !sameValue(node, held.get(node.id)));
  const changed = differing.filter((node) => held.has(node.id)).length;
  return {
    changes: differing.map((node) => ({ kind: 'putNode', node })),
    counts: { added: differing.length - changed, changed, removed: 0 },
  };
}

/** Those of the held nodes that are not stated. */
export function nodesGone<Node extends GraphNode>(stated: readonly Node[], held: Iterable<Node>): readonly Node[] {
  const ids = new Set(stated.map((node) => node.id));
  return [...held].filter((node) => !ids.has(node.id));
}

/** `held`: edges of the same source about the same matter. Closes those that are not stated, then puts. */
export function edgeDifference(stated: readonly Edge[], held: readonly Edge[]): Difference {
  const heldById = new Map(held.map((edge) => [edgeIdOf(edge), edge]));
  const statedById = new Map(stated.map((edge) => [edgeIdOf(edge), edge]));
  const gone = [...heldById.keys()].filter((id) => !statedById.has(id));
  const put = [...statedById].filter(([id, edge]) => !sameValue(edge, heldById.get(id)));
  const changed = put.filter(([id]) => heldById.has(id)).length;
  return {
    changes: [
      ...gone.map((id): GraphChange => ({ kind: 'closeEdge', id })),
      ...put.map(([, edge]): GraphChange => ({ kind: 'putEdge', edge })),
    ],
    counts: { added: put.length - changed, changed, removed: gone.length },
  };
}
