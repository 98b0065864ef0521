import { type Decision, decide, type Reach as EntryReach } from '../../graph/decision.js';
import type { AssumeMode } from '../../graph/edge.js';
import type { AccessGraph } from './access-graph.js';
import type { BoundScope } from './bound-scopes.js';
import { eachAssumeOut } from './graph-walk.js';
import { none } from './node-bank.js';
import type { Reach } from './principal-search.js';
import { EDGE_TRAIT } from './stops.js';

/** A live `CAN_ACT_AS` edge that reaches the identity. */
export interface AssumeHop {
  readonly to: number;
  readonly deny: boolean;
  /** `none`: everything. */
  readonly within: number;
  /** It does not hang on a binding whose condition is unsettled. */
  readonly certain: boolean;
  /** Edges from the identity to the other, of the shortest way. */
  readonly depth: number;
}

/** The edges of that mode that leave the identity's principals, or roles bound where the edge's `at` lies. */
export function assumeHops(
  graph: AccessGraph,
  reach: Reach,
  bounds: readonly BoundScope[],
  mode: AssumeMode,
): readonly AssumeHop[] {
  const { edges, nodes, resources } = graph;
  const hops: AssumeHop[] = [];
  if (graph.links.assume.in.size === 0) return hops;
  reach.principals.forEach((principal, place) => {
    eachAssumeOut(graph, principal, (row) => add(row, true, reach.depths[place]! + 1));
  });
  for (const { scopes, certain, unsettled } of bounds)
    for (const [closure, isCertain] of [[certain, true] as const, [unsettled, false] as const])
      closure.roles.forEach((role, place) => {
        eachAssumeOut(graph, role, (row) => {
          const at = edges.detailOf(row).at;
          if (at !== undefined && scopes.some((scope) => resources.contains(scope, at)))
            add(row, isCertain, closure.depths[place]! + 1);
        });
      });
  return hops;

  function add(row: number, certain: boolean, depth: number): void {
    const traits = edges.traits[row]!;
    const to = edges.to[row]!;
    if (((traits & EDGE_TRAIT.ON_BEHALF_OF) !== 0) !== (mode === 'ON_BEHALF_OF') || nodes.stops[to] !== 0) return;
    const within = edges.detailOf(row).within ?? none;
    hops.push({ to, deny: (traits & EDGE_TRAIT.DENY) !== 0, within, certain, depth });
  }
}

/** Whether one may act as the other at the resource, by the table that decides permissions. */
export function hopAt(
  graph: AccessGraph,
  hops: readonly AssumeHop[],
  to: number,
  resource: number,
): Exclude<Decision, 'UNKNOWN'> {
  const reachOf = (deny: boolean): EntryReach => {
    const fitting = hops.filter((hop) => hop.to === to && hop.deny === deny && holdsAt(graph, hop.within, resource));
    if (fitting.length === 0) return 'NONE';
    return fitting.some((hop) => hop.certain) ? 'UNCONDITIONAL' : 'CONDITIONAL';
  };
  return decide(reachOf(false), reachOf(true));
}

export function holdsAt({ resources }: AccessGraph, within: number, resource: number): boolean {
  return within === none || resources.contains(within, resource);
}

/** The inner of two places of which one contains the other, `none` standing for everything; absent: they do not meet. */
export function meet({ resources }: AccessGraph, a: number, b: number): number | undefined {
  if (a === none || (b !== none && resources.contains(a, b))) return b;
  if (b === none || resources.contains(b, a)) return a;
  return undefined;
}
