import type { EdgeKind } from '../../graph/edge.js';
import type { NodeId } from '../../graph/ids.js';
import type { AccessGraph } from './access-graph.js';
import type { Adjacency } from './adjacency.js';
import { INNER_KIND, none } from './node-bank.js';

/**
 * Edges as rows of `graph.edges`, for what walks few nodes and wants to name every edge (paths, why-not). Each visits
 * rows in no order. Node states are not judged: read `graph.nodes.stops` of the ends. Derived memberships of everyone
 * have no row: ask `graph.everyoneOf`. A row's `to` is a binding for `ASSIGNED`: `roleOf` and `scopeOf` read it.
 */
export type VisitRow = (row: number) => void;

/**
 * `HAS_ACCOUNT`, `MEMBER_OF`, `ASSIGNED`, `INHERITS` that leave the node and convey at the graph's instant; only those to
 * wanted targets, where that is given.
 */
export function eachLiveOut(
  graph: AccessGraph,
  node: number,
  visit: VisitRow,
  isWanted?: (target: number) => boolean,
): void {
  eachDistinct(graph.links.inner.out, node, (target) => {
    if (isWanted?.(target) !== false) eachBetween(graph, node, target, visit);
  });
}

/** The same, that reach the node. `ASSIGNED` reach bindings: for a role ask each binding (`eachBindingOf`). */
export function eachLiveIn(graph: AccessGraph, node: number, visit: VisitRow): void {
  eachDistinct(graph.links.inner.in, node, (source) => eachBetween(graph, source, node, visit));
}

/** Edges of any kind that leave the node and are eligible, outside their window, or stopped nestings: `graph.edges.stops` says which. */
export function eachStoppedOut(graph: AccessGraph, node: number, visit: VisitRow): void {
  eachWord(graph.links.stopped.out, node, visit);
}

export function eachStoppedIn(graph: AccessGraph, node: number, visit: VisitRow): void {
  eachWord(graph.links.stopped.in, node, visit);
}

/** `CAN_ACT_AS` that convey at the graph's instant: traits say effect and mode, the detail says `at` and `within`. */
export function eachAssumeOut(graph: AccessGraph, node: number, visit: VisitRow): void {
  eachWord(graph.links.assume.out, node, visit);
}

export function eachAssumeIn(graph: AccessGraph, node: number, visit: VisitRow): void {
  eachWord(graph.links.assume.in, node, visit);
}

/** All `GRANTS` between the two, of both effects, conditional or not: traits say which. */
export function eachGrant(graph: AccessGraph, role: number, permission: number, visit: VisitRow): void {
  eachRow(graph, role, permission, 'GRANTS', visit);
}

/** Roles with an edge `GRANTS` to the permission, of either effect; a role may come more than once. */
export function eachGrantingRole(graph: AccessGraph, permission: number, visit: (role: number) => void): void {
  const { allows, denies, conditionalAllows, conditionalDenies } = graph.links;
  eachWord(allows.in, permission, visit);
  eachWord(denies.in, permission, visit);
  eachWord(conditionalAllows.in, permission, (row) => visit(graph.edges.from[row]!));
  eachWord(conditionalDenies.in, permission, (row) => visit(graph.edges.from[row]!));
}

/** The role's bindings, some perhaps without an edge by now. */
export function eachBindingOf({ nodes }: AccessGraph, role: number, visit: (binding: number) => void): void {
  for (let b = nodes.firstBindingOf(role); b !== none; b = nodes.nextBindingOf(b)) visit(b);
}

/** Of a binding. */
export const roleOf = (graph: AccessGraph, binding: number) => graph.nodes.owners[binding]!;
/** Of a binding: a resource's number. */
export const scopeOf = (graph: AccessGraph, binding: number) => graph.nodes.scopes[binding]!;
export const isBinding = (graph: AccessGraph, node: number) => graph.nodes.kinds[node] === INNER_KIND.Binding;

/** The id of an inner node that is no binding. */
export const idOf = (graph: AccessGraph, node: number): NodeId => graph.nodes.ids[node]!;

export function eachWord(adjacency: Adjacency, node: number, visit: (word: number) => void): void {
  const length = adjacency.lengths[node] ?? 0;
  const offset = adjacency.offsets[node] ?? 0;
  for (let i = offset; i < offset + length; i++) visit(adjacency.words[i]!);
}

/** Among so many words it is quicker to look than to remember. */
const fewWords = 16;

/** Parallel edges repeat a word: each other end is visited once. */
function eachDistinct(adjacency: Adjacency, node: number, visit: (word: number) => void): void {
  const length = adjacency.lengths[node] ?? 0;
  const offset = adjacency.offsets[node] ?? 0;
  const seen = length > fewWords ? new Set<number>() : undefined;
  for (let i = offset; i < offset + length; i++) {
    const word = adjacency.words[i]!;
    if (seen ? seen.has(word) : adjacency.words.indexOf(word, offset) < i) continue;
    seen?.add(word);
    visit(word);
  }
}

function eachBetween(graph: AccessGraph, from: number, to: number, visit: VisitRow): void {
  eachRow(graph, from, to, kindBetween(graph, from, to), (row) => {
    if (graph.edges.stops[row] === 0) visit(row);
  });
}

/** In the inner graph the kinds of the ends say the kind of the edge. */
function kindBetween({ nodes }: AccessGraph, from: number, to: number): EdgeKind {
  switch (nodes.kinds[to]) {
    case INNER_KIND.Account:
      return 'HAS_ACCOUNT';
    case INNER_KIND.Group:
      return 'MEMBER_OF';
    case INNER_KIND.Binding:
      return 'ASSIGNED';
    default:
      return nodes.kinds[from] === INNER_KIND.Role ? 'INHERITS' : 'CAN_ACT_AS';
  }
}

function eachRow({ edges }: AccessGraph, from: number, to: number, kind: EdgeKind, visit: VisitRow): void {
  for (let row = edges.firstBetween(from, to, kind); row !== none; row = edges.nextBetween(row)) visit(row);
}
