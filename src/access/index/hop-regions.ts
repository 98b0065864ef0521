import type { JsonObject } from '../../graph/node.js';
import type { AccessGraph } from './access-graph.js';
import { holdsAt, meet } from './assume-hops.js';
import { eachAssumeOut } from './graph-walk.js';
import { INNER_KIND, none } from './node-bank.js';
import type { Region, WalkState } from './state-table.js';
import { walkStates } from './state-walk.js';
import { EDGE_TRAIT } from './stops.js';

/** Impersonation, hop by hop: which hold, where, and on which conditions. */
export interface HopRegions {
  /** Where all hops hold once this one is added; absent: nowhere. */
  regionAfter(from: WalkState, row: number): Region | undefined;
  /** A deny whose own conditions are not settled may forbid the hop there. */
  isDoubtful(acting: number, row: number, place: number): boolean;
}

/** A live deny of impersonation that reaches an identity. */
interface AssumeDeny {
  readonly target: number;
  /** `none`: everywhere. */
  readonly within: number;
  readonly certain: boolean;
}

/** `resource`: where the hops must hold; `none`: anywhere, and the region says where. */
export function createHopRegions(graph: AccessGraph, resource: number, context?: JsonObject): HopRegions {
  const { edges, resources } = graph;
  const known = new Map<number, readonly AssumeDeny[]>();
  const deniesOf = (acting: number) => {
    const denies = known.get(acting) ?? findDenies(graph, acting, context);
    known.set(acting, denies);
    return denies;
  };
  return {
    regionAfter({ acting, region }, row) {
      if (edges.traits[row]! & (EDGE_TRAIT.DENY | EDGE_TRAIT.ON_BEHALF_OF)) return undefined;
      const denied = deniesOf(acting).filter(({ target, certain }) => certain && target === edges.to[row]);
      const within = edges.detailOf(row).within ?? none;
      const inside = meet(graph, region.within, within);
      if (inside === undefined) return undefined;
      if (resource === none) return regionOf(inside, [...region.outside, ...denied.map((deny) => deny.within)]);
      const holds = holdsAt(graph, within, resource) && !denied.some((deny) => holdsAt(graph, deny.within, resource));
      return holds ? region : undefined;
    },
    isDoubtful: (acting, row, place) =>
      deniesOf(acting).some(
        ({ target, within, certain }) => !certain && target === edges.to[row] && holdsAt(graph, within, place),
      ),
  };

  /** Less what lies outside of `within` anyhow; absent: nothing is left. */
  function regionOf(within: number, denied: readonly number[]): Region | undefined {
    if (denied.includes(none) || denied.some((deny) => within !== none && resources.contains(deny, within)))
      return undefined;
    const inside = denied.filter((deny) => within === none || resources.contains(within, deny));
    const outside = [...new Set(inside)].sort((a, b) => a - b);
    return { within, outside, key: `${within}/${outside.join()}` };
  }
}

function findDenies(graph: AccessGraph, acting: number, context: JsonObject | undefined): readonly AssumeDeny[] {
  const denies: AssumeDeny[] = [];
  for (const certain of [true, false]) {
    const { states } = walkStates({
      graph,
      identity: acting,
      permission: none,
      effect: 'DENY',
      resource: none,
      unconditional: certain,
      ...(context && { context }),
    });
    for (const state of states)
      eachAssumeOut(graph, state.node, (row) => {
        const deny = denyOf(graph, state, row);
        if (deny) denies.push({ ...deny, certain });
      });
  }
  return denies;
}

function denyOf({ nodes, edges, resources }: AccessGraph, state: WalkState, row: number) {
  const traits = edges.traits[row]!;
  if (!(traits & EDGE_TRAIT.DENY) || traits & EDGE_TRAIT.ON_BEHALF_OF) return undefined;
  const { at, within = none } = edges.detailOf(row);
  if (nodes.kinds[state.node] === INNER_KIND.Role && !(at !== undefined && resources.contains(state.scope, at)))
    return undefined;
  return { target: edges.to[row]!, within };
}
