import { invariant } from '../../kernel/assert.js';

/** One edge of a path graph, between states. */
export interface PathArc {
  readonly from: number;
  readonly to: number;
  /** Counted before the length; 0 for plain length. */
  readonly blockers: number;
}
/** One state: a node as a path stands at it. */
export interface PathState {
  /** What a simple path meets at most once: the pair (acting identity, node), numbered from 0. */
  readonly site: number;
  /** Place of the node's id among all node ids of the graph; states of one node share it. */
  readonly rank: number;
}

/**
 * A query-local directed multigraph in compressed sparse rows: the arcs that leave state `s` are
 * `out[outStart[s]] … out[outStart[s + 1] - 1]`; `into` likewise. States, arcs and sites are dense numbers from 0.
 *
 * INVARIANT: of two states of one site on one path the earlier can do all that the later can, at no more cost; so a
 * least path never meets a site twice.
 */
export interface PathGraph {
  readonly source: number;
  readonly target: number;
  readonly states: number;
  readonly sites: number;
  readonly arcs: number;
  readonly outStart: Uint32Array;
  readonly out: Uint32Array;
  readonly intoStart: Uint32Array;
  readonly into: Uint32Array;
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  /** (blockers, 1) as one number: sums compare as the pairs do. */
  readonly weight: Float64Array;
  readonly siteOf: Uint32Array;
  readonly nodeRank: Uint32Array;
  /** The order of the arcs by the ids of their edges; 0 for arcs that stand for one edge. Seldom asked. */
  readonly compareArcs: (a: number, b: number) => number;
}

/** More than the length of any path. */
const blockerWeight = 2 ** 26;

export const blockersOf = (weight: number): number => Math.floor(weight / blockerWeight);

export function pathGraphOf(
  states: readonly PathState[],
  arcs: readonly PathArc[],
  given: Pick<PathGraph, 'source' | 'target' | 'compareArcs'>,
): PathGraph {
  invariant(states.length < blockerWeight, 'a query-local graph has fewer states than a blocker weighs');
  const columns = {
    from: new Uint32Array(arcs.length),
    to: new Uint32Array(arcs.length),
    weight: new Float64Array(arcs.length),
    siteOf: new Uint32Array(states.length),
    nodeRank: new Uint32Array(states.length),
  };
  for (let at = 0; at < arcs.length; at++) {
    const { from, to, blockers } = arcs[at]!;
    columns.from[at] = from;
    columns.to[at] = to;
    columns.weight[at] = blockers * blockerWeight + 1;
  }
  let sites = 0;
  for (let at = 0; at < states.length; at++) {
    const { site, rank } = states[at]!;
    columns.siteOf[at] = site;
    columns.nodeRank[at] = rank;
    sites = Math.max(sites, site + 1);
  }
  const [outStart, out] = rowsBy(columns.from, states.length);
  const [intoStart, into] = rowsBy(columns.to, states.length);
  return { ...given, ...columns, states: states.length, sites, arcs: arcs.length, outStart, out, intoStart, into };
}

/** Counting sort of arc numbers by one of their ends. */
function rowsBy(ends: Uint32Array, states: number): [starts: Uint32Array, arcs: Uint32Array] {
  const starts = new Uint32Array(states + 1);
  for (const state of ends) starts[state + 1]!++;
  for (let state = 0; state < states; state++) starts[state + 1]! += starts[state]!;
  const cursor = starts.slice();
  const rows = new Uint32Array(ends.length);
  for (let arc = 0; arc < ends.length; arc++) rows[cursor[ends[arc]!]!++] = arc;
  return [starts, rows];
}
