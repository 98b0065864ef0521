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
  from(bindings: Iterable<number>): Int32Array;
  /** Whether the inner node lies on a way that was found from an identity to one of the bindings. */
  leads(node: number): boolean;
}

export function createIdentitySearch({ graph, scratch, effect, mode, assume }: ReverseSearch): IdentitySearch {
  const { nodes, links, edges } = graph;
  const { kinds, stops } = nodes;
  const { words, offsets, lengths } = links.inner.in;
  /** Marks a node that was reached, and the next number a group that was only passed on the way to its direct members. */
  const reached = scratch.beginLeads(graph, effect);
  const passed = reached + 1;
  const { waiting, found } = scratch;
  const marks = scratch.leadMarks[effect];
  const lifted = [mode.identity, mode.account, mode.group, 0, 0];
  const mindsNesting = graph.directOnlyApplications.size > 0;
  /** Tenants whose group of everyone was come to, and not yet its members. */
  const everyoneOf = new Set<number>();
  let left = 0;

  return {
    from(bindings) {
      for (const binding of bindings) push(binding);
      let count = 0;
      do {
        count = leaveAll(count);
        pushEveryone();
      } while (left > 0);
      return found.slice(0, count);
    },
    leads: (node) => marks[node] === reached || marks[node] === passed,
  };

  /**
   * Nearly all of a search is this loop: it holds what it uses in locals, and `push` stands in it once more. Tells how many
   * identities are found by now.
   */
  function leaveAll(foundBefore: number): number {
    let count = foundBefore;
    let top = left;
    while (top > 0) {
      const node = waiting[--top]!;
      const kind = kinds[node]!;
      if (kind === INNER_KIND.Identity) {
        found[count++] = node;
        // No hot list leads to one: to look would be to wait for memory.
        if (!assume) continue;
      }
      if (isSpecial(node, kind)) {
        left = top;
        leave(node, kind);
        top = left;
        continue;
      }
      const from = offsets[node] ?? 0;
      const to = from + (lengths[node] ?? 0);
      for (let i = from; i < to; i++) {
        const before = words[i]!;
        if (marks[before] === reached || isStopped(before)) continue;
        marks[before] = reached;
        waiting[top++] = before;
      }
    }
    left = 0;
    return count;
  }

  /** Whether more stands before the node than the hot list says. */
  function isSpecial(node: number, kind: number): boolean {
    switch (kind) {
      case INNER_KIND.Identity:
      case INNER_KIND.Role:
        return true;
      case INNER_KIND.Binding:
        return mindsNesting || mode.eligible;
      case INNER_KIND.Group:
        return mode.eligible || graph.everyone.get(nodes.tenants[node]!) === node;
      default:
        return mode.eligible;
    }
  }

  function push(node: number): void {
    if (marks[node] === reached || isStopped(node)) return;
    marks[node] = reached;
    waiting[left++] = node;
  }

  function isStopped(node: number): boolean {
    return stops[node] !== 0 && (stops[node]! & ~lifted[kinds[node]!]!) !== 0;
  }

  function leave(node: number, kind: number): void {
    if (kind === INNER_KIND.Identity)
      eachAssumeIn(graph, node, (row) => isImpersonation(row) && push(edges.from[row]!));
    else if (kind === INNER_KIND.Binding && isDirectOnly(graph, node)) eachBefore(node, pushDirect);
    else eachBefore(node, push);
    if (kind === INNER_KIND.Role) eachBindingOf(graph, node, push);
  }

  /** In place of a group those of its members that are no groups. */
  function pushDirect(holder: number): void {
    if (kinds[holder] !== INNER_KIND.Group) {
      push(holder);
      return;
    }
    if (isStopped(holder)) return;
    if (marks[holder] !== reached) marks[holder] = passed;
    eachBefore(holder, (member) => kinds[member] !== INNER_KIND.Group && push(member));
  }

  /** Of a group of everyone it is only noted that it was come to, since no edge names its members. */
  function eachBefore(node: number, visit: (before: number) => void): void {
    eachWord(links.inner.in, node, visit);
    if (mode.eligible) eachStoppedIn(graph, node, (row) => isEligible(row) && visit(edges.from[row]!));
    const tenant = nodes.tenants[node]!;
    if (kinds[node] === INNER_KIND.Group && graph.everyone.get(tenant) === node) everyoneOf.add(tenant);
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
