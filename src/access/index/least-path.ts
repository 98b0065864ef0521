import type { Effect } from '../../graph/edge.js';
import type { AccessGraph } from './access-graph.js';
import { closeSeeds, type EntrySearch, type ReachedGrant } from './entry-search.js';
import { eachLiveOut, eachWord, isBinding, roleOf } from './graph-walk.js';
import type { ArcPath } from './local-graph.js';
import { INNER_KIND, none } from './node-bank.js';
import { isDirectOnly } from './principal-search.js';
import { everywhere, type WalkState } from './state-table.js';

export interface EntryKind {
  readonly effect: Effect;
  /** Must conditions be settled true; else it suffices that they are not settled false. */
  readonly unconditional: boolean;
}

/** Tells how a shortest path goes on: read off the distances that the search for entries found. */
interface ShortestWays {
  /** Edges of every shortest path to a role that has the entry. */
  readonly depth: number;
  /** With which such paths end. */
  readonly grants: readonly ReachedGrant[];
  /** The least by id of the nodes that follow the node, `depth` edges from the identity; `none`: no shortest path goes there. */
  next(node: number, depth: number): number;
  /** May the edge to the binding be used, from the node at that depth. */
  admits(binding: number, node: number, depth: number): boolean;
}

/** Groups further from the identity have none of its accounts as a member of their own. */
const deepestDirectGroup = 2;

/**
 * The shortest path to an entry of that kind, of several the least by the ids of its nodes, then of its edges: what
 * `searchPaths` would give first. Absent: the identity reaches none.
 */
export function findLeastPathTo(search: EntrySearch, kind: EntryKind): ArcPath | undefined {
  const { graph, identity } = search;
  const ways = findShortestWays(search, kind);
  if (ways === undefined) return undefined;
  const arcs: { from: WalkState; to?: WalkState; row: number; stops: readonly [] }[] = [];
  let from = stateOf(search, identity, 0);
  for (let depth = 0; depth < ways.depth; depth++) {
    const node = ways.next(from.node, depth);
    const to = stateOf(search, node, depth + 1);
    const rows: number[] = [];
    const leads = (target: number) =>
      target === node ||
      (isBinding(graph, target) && roleOf(graph, target) === node && ways.admits(target, from.node, depth));
    eachLiveOut(graph, from.node, (row) => rows.push(row), leads);
    arcs.push({ from, to, row: leastRow(graph, rows), stops: [] });
    from = to;
  }
  const last = ways.grants.filter(({ role }) => role === from.node).map(({ row }) => row);
  return [...arcs, { from, row: leastRow(graph, last), stops: [] }];
}

function findShortestWays(search: EntrySearch, kind: EntryKind): ShortestWays | undefined {
  const { graph, scratch, identity, reach } = search;
  const { nodes, links } = graph;
  const fitting = search.grants.filter(
    ({ effect, certain }) => effect === kind.effect && (certain || !kind.unconditional),
  );
  if (fitting.length === 0) return undefined;
  const goal = fitting.reduce((least, grant) => Math.min(least, grant.depth), Number.POSITIVE_INFINITY);
  const grants = fitting.filter(({ depth }) => depth === goal);
  const seeds = kind.unconditional ? search.seeds.filter(({ certain }) => certain) : search.seeds;
  const { roles, depths } = kind.unconditional ? search.certainRoles : closeSeeds(search, seeds);
  const epoch = scratch.begin(graph);
  /** Marked are the usable bindings, and the nodes of shortest paths: with their distance from the identity as slot. */
  const { innerMarks: marks, innerSlots: slots } = scratch;
  for (const { binding } of seeds) marks[binding] = epoch;
  for (const { role } of grants) mark(role, goal);
  markLeading(roles, depths);
  markLeading(reach.principals, reach.depths);
  return { depth: goal, grants, next, admits };

  /** The nodes come nearest first; those that follow on shortest paths are marked before. */
  function markLeading(ordered: readonly number[], distances: readonly number[]): void {
    for (let place = ordered.length - 1; place >= 0; place--) {
      const depth = distances[place]!;
      if (depth < goal && next(ordered[place]!, depth) !== none) mark(ordered[place]!, depth);
    }
  }

  function mark(node: number, depth: number): void {
    marks[node] = epoch;
    slots[node] = depth;
  }

  function next(node: number, depth: number): number {
    let least = none;
    const meet = (target: number) => {
      const isTight = marks[target] === epoch && slots[target] === depth + 1;
      if (isTight && (least === none || nodes.ids[target]! < nodes.ids[least]!)) least = target;
    };
    eachWord(links.inner.out, node, (target) => {
      if (nodes.kinds[target] !== INNER_KIND.Binding) meet(target);
      else if (admits(target, node, depth)) meet(nodes.owners[target]!);
    });
    if (node === identity && graph.everyoneOf(node) !== none) meet(graph.everyoneOf(node));
    return least;
  }

  function admits(binding: number, node: number, depth: number): boolean {
    if (marks[binding] !== epoch) return false;
    const isNested = nodes.kinds[node] === INNER_KIND.Group && depth > deepestDirectGroup;
    return !(isNested && isDirectOnly(graph, binding));
  }
}

/** By id; `none` where there is no row: the derived membership. */
function leastRow({ edges }: AccessGraph, rows: readonly number[]): number {
  return rows.reduce((least, row) => (least === none || edges.compare(row, least) < 0 ? row : least), none);
}

function stateOf({ identity }: EntrySearch, node: number, number: number): WalkState {
  return { number, node, acting: identity, region: everywhere, scope: none, direct: true };
}
