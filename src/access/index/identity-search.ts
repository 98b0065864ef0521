import type { AccessGraph } from './access-graph.js';
import { kindNumber } from './edge-table.js';
import { eachAssumeIn, eachBindingOf, eachStoppedIn, eachWord } from './graph-walk.js';
import { INNER_KIND, none } from './node-bank.js';
import type { Scratch } from './scratch.js';
import type { SearchMode } from './search-mode.js';
import { EDGE_STOP, EDGE_TRAIT, NODE_STOP } from './stops.js';

export interface ReverseSearch {
  readonly graph: AccessGraph;
  readonly scratch: Scratch;
  readonly mode: SearchMode;
  /** Also over allowed impersonation, wherever it holds: finds too many, never too few. */
  readonly assume?: boolean;
}

/**
 * Identities from which one of the nodes (bindings, roles, principals) can be reached, in no order. Nesting is followed
 * for applications with `directMembersOnly` too: there it finds too many.
 */
export function searchIdentities(
  { graph, scratch, mode, assume }: ReverseSearch,
  seeds: Iterable<number>,
): readonly number[] {
  const { nodes, links, edges } = graph;
  const epoch = scratch.begin(graph);
  const marks = scratch.innerMarks;
  const waiting: number[] = [];
  const identities: number[] = [];
  const lifted = [mode.identity, mode.account, mode.group, 0, 0];
  for (const seed of seeds) push(seed);
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) leave(node);
  return identities;

  function push(node: number): void {
    const kind = nodes.kinds[node]!;
    if (marks[node] === epoch || (nodes.stops[node]! & ~lifted[kind]!) !== 0) return;
    marks[node] = epoch;
    waiting.push(node);
  }

  function leave(node: number): void {
    const kind = nodes.kinds[node]!;
    if (kind === INNER_KIND.Identity) {
      identities.push(node);
      if (assume) eachAssumeIn(graph, node, (row) => isImpersonation(row) && push(edges.from[row]!));
      return;
    }
    eachWord(links.inner.in, node, push);
    if (kind === INNER_KIND.Role) eachBindingOf(graph, node, push);
    if (mode.eligible) eachStoppedIn(graph, node, (row) => isEligible(row) && push(edges.from[row]!));
    if (kind === INNER_KIND.Group && graph.everyone.get(nodes.tenants[node]!) === node)
      pushTenant(nodes.tenants[node]!);
  }

  function pushTenant(tenant: number): void {
    for (let node = 0; node < nodes.count; node++)
      if (nodes.kinds[node] === INNER_KIND.Identity && nodes.tenants[node] === tenant) push(node);
  }

  function isEligible(row: number): boolean {
    return edges.stops[row] === EDGE_STOP.ELIGIBLE && edges.kinds[row] !== kindNumber.CAN_ACT_AS;
  }

  function isImpersonation(row: number): boolean {
    return (edges.traits[row]! & (EDGE_TRAIT.DENY | EDGE_TRAIT.ON_BEHALF_OF)) === 0;
  }
}

/** The roles from which one of the given ones is inherited, with them. */
export function seniorRoles({ nodes, links }: AccessGraph, roles: Iterable<number>): ReadonlySet<number> {
  const found = new Set(roles);
  for (const role of found)
    eachWord(links.inner.in, role, (senior) => {
      const isOpenRole = nodes.kinds[senior] === INNER_KIND.Role && (nodes.stops[senior]! & NODE_STOP.ABSENT) === 0;
      if (isOpenRole) found.add(senior);
    });
  return found;
}

/** Bindings of the roles at the resource or what contains it; absent: at any scope. */
export function bindingsAt(graph: AccessGraph, roles: Iterable<number>, resource?: number): readonly number[] {
  const { nodes, resources } = graph;
  const bindings: number[] = [];
  const scopes = resource === undefined ? undefined : resources.ancestors(resource);
  for (const role of roles) {
    if (scopes === undefined) eachBindingOf(graph, role, (binding) => bindings.push(binding));
    for (const scope of scopes ?? [])
      for (let b = nodes.firstBinding(role, scope); b !== none; b = nodes.nextBinding(b)) bindings.push(b);
  }
  return bindings;
}
