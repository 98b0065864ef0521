import type { AccessGraph } from './access-graph.js';
import { type FoundPath, searchPaths } from './k-paths.js';
import { none } from './node-bank.js';
import { type PathArc, type PathGraph, type PathState, pathGraphOf } from './path-graph.js';
import type { WalkState } from './state-table.js';
import { type WalkArc, type Walked, type WalkQuestion, walkStates } from './state-walk.js';

/** What of a walk lies between identity and permission, laid out for the search of paths. */
export interface LocalGraph {
  readonly paths: PathGraph;
  /** By the numbers of `paths`. */
  readonly arcs: readonly WalkArc[];
}
/** The arcs of one path, from the identity to the permission. */
export type ArcPath = readonly WalkArc[];

/** Absent: the permission cannot be reached. */
export function findLocalGraph(question: WalkQuestion): LocalGraph | undefined {
  return findLocalGraphIn(question.graph, walkStates(question));
}

/** Absent: what was walked does not reach the permission. */
export function findLocalGraphIn(graph: AccessGraph, walked: Walked): LocalGraph | undefined {
  const leading = statesThatLead(walked.states.length, walked.arcs);
  if (leading[0] !== 1) return undefined;
  const arcs = walked.arcs.filter(({ from, to }) => leading[from.number] && (!to || leading[to.number]));
  const states = walked.states.filter((state) => leading[state.number]);
  const place = new Map(states.map((state, at) => [state.number, at]));
  const target = states.length;
  const pathArcs = arcs.map(
    ({ from, to, stops }): PathArc => ({
      from: place.get(from.number)!,
      to: to ? place.get(to.number)! : target,
      blockers: stops.length,
    }),
  );
  const compareArcs = (a: number, b: number) => compareEdges(graph, arcs[a]!.row, arcs[b]!.row);
  return { paths: pathGraphOf(pathStates(graph, states), pathArcs, { source: 0, target, compareArcs }), arcs };
}

/** The least of the paths that the question allows; absent: there is none. */
export function findLeastPath(question: WalkQuestion): ArcPath | undefined {
  const local = findLocalGraph(question);
  const least = local && searchPaths(local.paths).next();
  return least && arcsOf(local, least);
}

export function arcsOf(local: LocalGraph, found: FoundPath): ArcPath {
  return found.arcs.map((arc) => local.arcs[arc]!);
}

/** By number of the state: 1 where the permission can be reached from it. */
function statesThatLead(count: number, arcs: readonly WalkArc[]): Uint8Array {
  const into = new Map<number, WalkArc[]>();
  const leading = new Uint8Array(count);
  const reached: number[] = [];
  const reach = ({ from }: WalkArc) => {
    if (leading[from.number]) return;
    leading[from.number] = 1;
    reached.push(from.number);
  };
  for (const arc of arcs) {
    if (!arc.to) reach(arc);
    else if (into.has(arc.to.number)) into.get(arc.to.number)!.push(arc);
    else into.set(arc.to.number, [arc]);
  }
  for (const state of reached) into.get(state)?.forEach(reach);
  return leading;
}

/** Sites are pairs (acting identity, node). The target has its own; it stands only at the end of paths. */
function pathStates(graph: AccessGraph, states: readonly WalkState[]): PathState[] {
  const rankOfNode = nodeRanks(graph, states);
  const sites = new Map<number, number>();
  const siteOf = ({ acting, node }: WalkState) => {
    const key = (acting - states[0]!.acting) * 2 ** 26 + node;
    const site = sites.get(key) ?? sites.size;
    sites.set(key, site);
    return site;
  };
  const found = states.map((state) => ({ site: siteOf(state), rank: rankOfNode.get(state.node)! }));
  return [...found, { site: sites.size, rank: 0 }];
}

/** By id as bytes (ids are ASCII); the derived membership, which has none, comes first. */
function compareEdges({ edges }: AccessGraph, a: number, b: number): number {
  if (a === b) return 0;
  if (a === none || b === none) return a === none ? -1 : 1;
  return edges.compare(a, b);
}

/** By node the place of its id as bytes: ids are ASCII, so code units give the same order. */
function nodeRanks(graph: AccessGraph, states: readonly WalkState[]): ReadonlyMap<number, number> {
  const { ids } = graph.nodes;
  const nodes = [...new Set(states.map(({ node }) => node))].sort((a, b) => (ids[a]! < ids[b]! ? -1 : 1));
  return new Map(nodes.map((node, rank) => [node, rank]));
}
