import type { Effect } from '../../graph/edge.js';
import type { AccessGraph } from './access-graph.js';
import { kindNumber } from './edge-table.js';
import { eachAssumeIn, eachBindingOf, eachStoppedIn, eachWord } from './graph-walk.js';
import { INNER_KIND } from './node-bank.js';
import { isDirectOnly } from './principal-search.js';
import type { Scratch } from './scratch.js';
import type { SearchMode } from './search-mode.js';
import { EDGE_STOP, EDGE_TRAIT } from './stops.js';

export interface ReverseSearch {
  readonly graph: AccessGraph;
  readonly scratch: Scratch;
  /** Of what is searched from; there is one search of each effect at a time. */
  readonly effect: Effect;
  readonly mode: SearchMode;
  /** Also over allowed impersonation, wherever it holds: finds too many, never too few. */
  readonly assume?: boolean;
}

/** A search back to identities, in one or several goes: each passes over what an earlier one reached. */
export interface IdentitySearch {
  /** Identities, in no order, from which one of the bindings can be reached, but none of those given before. */
  from(bindings: Iterable<number>): readonly number[];
  /** Whether the inner node lies on a way that was found from an identity to one of the bindings. */
  leads(node: number): boolean;
}

export function createIdentitySearch({ graph, scratch, effect, mode, assume }: ReverseSearch): IdentitySearch {
  const { nodes, links, edges } = graph;
  const { kinds, stops } = nodes;
  const { words, offsets, lengths } = links.inner.in;
  const epoch = scratch.begin(graph);
  const marks = scratch.leadMarks[effect];
  /** Marks a group that was only passed on the way to its direct members. */
  const passed = -epoch;
  const lifted = [mode.identity, mode.account, mode.group, 0, 0];
  const mindsNesting = graph.directOnlyApplications.size > 0;
  const waiting: number[] = [];
  /** Tenants whose group of everyone was come to, and not yet its members. */
  const everyoneOf = new Set<number>();

  return {
    from(bindings) {
      const identities: number[] = [];
      for (const binding of bindings) push(binding);
      do {
        for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
          if (kinds[node] === INNER_KIND.Identity) identities.push(node);
          leave(node);
        }
        pushEveryone();
      } while (waiting.length > 0);
      return identities;
    },
    leads: (node) => marks[node] === epoch || marks[node] === passed,
  };

  function push(node: number): void {
    if (marks[node] === epoch || isStopped(node)) return;
    marks[node] = epoch;
    waiting.push(node);
  }

  function isStopped(node: number): boolean {
    return (stops[node]! & ~lifted[kinds[node]!]!) !== 0;
  }

  function leave(node: number): void {
    switch (kinds[node]) {
      case INNER_KIND.Identity:
        if (assume) eachAssumeIn(graph, node, (row) => isImpersonation(row) && push(edges.from[row]!));
        return;
      case INNER_KIND.Binding:
        if (mindsNesting && isDirectOnly(graph, node)) eachBefore(node, pushDirect);
        else pushAllBefore(node);
        return;
      case INNER_KIND.Role:
        eachBindingOf(graph, node, push);
        pushAllBefore(node);
        return;
      default:
        pushAllBefore(node);
    }
  }

  /** As `eachBefore` with `push`, which is what nearly all of a search is. */
  function pushAllBefore(node: number): void {
    const from = offsets[node] ?? 0;
    const to = from + (lengths[node] ?? 0);
    for (let i = from; i < to; i++) push(words[i]!);
    eachUnlistedBefore(node, push);
  }

  /** In place of a group those of its members that are no groups. */
  function pushDirect(holder: number): void {
    if (kinds[holder] !== INNER_KIND.Group) {
      push(holder);
      return;
    }
    if (isStopped(holder)) return;
    if (marks[holder] !== epoch) marks[holder] = passed;
    eachBefore(holder, (member) => kinds[member] !== INNER_KIND.Group && push(member));
  }

  function eachBefore(node: number, visit: (before: number) => void): void {
    eachWord(links.inner.in, node, visit);
    eachUnlistedBefore(node, visit);
  }

  /** What the hot lists do not tell; of a group of everyone that it was come to, since no edge names its members. */
  function eachUnlistedBefore(node: number, visit: (before: number) => void): void {
    if (mode.eligible) eachStoppedIn(graph, node, (row) => isEligible(row) && visit(edges.from[row]!));
    if (kinds[node] !== INNER_KIND.Group) return;
    const tenant = nodes.tenants[node]!;
    if (graph.everyone.get(tenant) === node) everyoneOf.add(tenant);
  }

  /** The identities of a tenant stand before its group of everyone: of all such tenants at once, since it looks at every node. */
  function pushEveryone(): void {
    if (everyoneOf.size === 0) return;
    for (let node = 0; node < nodes.count; node++)
      if (kinds[node] === INNER_KIND.Identity && everyoneOf.has(nodes.tenants[node]!)) push(node);
    everyoneOf.clear();
  }

  function isEligible(row: number): boolean {
    return edges.stops[row] === EDGE_STOP.ELIGIBLE && edges.kinds[row] !== kindNumber.CAN_ACT_AS;
  }

  function isImpersonation(row: number): boolean {
    return (edges.traits[row]! & (EDGE_TRAIT.DENY | EDGE_TRAIT.ON_BEHALF_OF)) === 0;
  }
}
