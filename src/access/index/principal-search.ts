import type { AccessGraph } from './access-graph.js';
import { kindNumber } from './edge-table.js';
import { INNER_KIND, none } from './node-bank.js';
import type { Scratch } from './scratch.js';
import type { SearchMode } from './search-mode.js';
import { EDGE_STOP } from './stops.js';

/** A binding that the identity holds, over one or several of its principals. */
export interface ReachedBinding {
  readonly binding: number;
  /** Edges from the identity to the role, of the shortest way. */
  readonly depth: number;
  /** Some way has no `MEMBER_OF`. */
  direct: boolean;
  /** Some way has one. */
  inherited: boolean;
}

/** Steps 1 and 2 of section 3. */
export interface Reach {
  readonly identity: number;
  /** The identity, its accounts, its groups; nearest first. Empty where the identity lets nothing through. */
  readonly principals: readonly number[];
  /** By place in `principals`: edges from the identity. */
  readonly depths: readonly number[];
  readonly bindings: readonly ReachedBinding[];
}

/**
 * Breadth first over the inner graph. Accounts are expanded before any group, so the groups found by then are those with
 * a direct member (and everyone): the only ones whose bindings an application with `directMembersOnly` honours.
 * `leads`: only over nodes, and to bindings, of which that holds.
 */
export function searchPrincipals(
  graph: AccessGraph,
  scratch: Scratch,
  identity: number,
  mode: SearchMode,
  leads?: (node: number) => boolean,
): Reach {
  const { nodes, links, edges } = graph;
  const epoch = scratch.begin(graph);
  const { innerMarks: marks, innerSlots: slots } = scratch;
  const { words, offsets, lengths } = links.inner.out;
  const { kinds, stops } = nodes;
  const principals: number[] = [];
  const depths: number[] = [];
  const bindings: ReachedBinding[] = [];
  const directOnly = graph.directOnlyApplications.size > 0;
  let directEnd = Number.POSITIVE_INFINITY;

  if ((stops[identity]! & ~mode.identity) === 0) push(identity, 0);
  for (let head = 0; head < principals.length; head++) {
    const node = principals[head]!;
    const kind = kinds[node]!;
    const depth = depths[head]! + 1;
    if (kind === INNER_KIND.Group && directEnd > head) directEnd = Math.min(directEnd, principals.length);
    const end = (offsets[node] ?? 0) + (lengths[node] ?? 0);
    for (let i = offsets[node] ?? 0; i < end; i++) reach(words[i]!, kind, head, depth);
    if (mode.eligible) reachEligible(node, kind, head, depth);
    if (head === 0) reachEveryone(identity);
  }
  return { identity, principals, depths, bindings };

  function push(node: number, depth: number): void {
    marks[node] = epoch;
    principals.push(node);
    depths.push(depth);
  }

  function reach(node: number, fromKind: number, from: number, depth: number): void {
    if (leads !== undefined && !leads(node)) return;
    const kind = kinds[node]!;
    if (kind === INNER_KIND.Binding) {
      reachBinding(node, fromKind === INNER_KIND.Group, from, depth);
      return;
    }
    const lifted = kind === INNER_KIND.Group ? mode.group : mode.account;
    if (marks[node] !== epoch && (stops[node]! & ~lifted) === 0) push(node, depth);
  }

  function reachBinding(binding: number, overGroup: boolean, from: number, depth: number): void {
    if (directOnly && overGroup && from >= directEnd && isDirectOnly(graph, binding)) return;
    if (marks[binding] !== epoch) {
      marks[binding] = epoch;
      slots[binding] = bindings.push({ binding, depth, direct: !overGroup, inherited: overGroup }) - 1;
      return;
    }
    const known = bindings[slots[binding]!]!;
    if (overGroup) known.inherited = true;
    else known.direct = true;
  }

  function reachEligible(node: number, kind: number, from: number, depth: number): void {
    const stopped = links.stopped.out;
    const end = (stopped.offsets[node] ?? 0) + (stopped.lengths[node] ?? 0);
    for (let i = stopped.offsets[node] ?? 0; i < end; i++) {
      const row = stopped.words[i]!;
      if (edges.stops[row] !== EDGE_STOP.ELIGIBLE || edges.kinds[row] === kindNumber.CAN_ACT_AS) continue;
      reach(edges.to[row]!, kind, from, depth);
    }
  }

  /** After the accounts, so that they stay before every group. */
  function reachEveryone(node: number): void {
    const group = graph.everyoneOf(node);
    if (group === none || (stops[group]! & ~mode.group) !== 0 || leads?.(group) === false) return;
    push(group, 1);
  }
}

export function isDirectOnly({ nodes, directOnlyApplications }: AccessGraph, binding: number): boolean {
  return directOnlyApplications.has(nodes.owners[nodes.owners[binding]!]!);
}
