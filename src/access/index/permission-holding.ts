import type { Decision } from '../../graph/decision.js';
import type { AccessGraph } from './access-graph.js';
import { bindScopes } from './bound-scopes.js';
import { grantTruth } from './entry-truth.js';
import { eachGrant } from './graph-walk.js';
import { createDecider } from './permission-entries.js';
import { decisionNumber } from './permission-rows.js';
import { searchPrincipals } from './principal-search.js';
import { closeRoles } from './role-closure.js';
import { ORIGIN } from './row-details.js';
import type { Scratch } from './scratch.js';
import { unseenMode } from './search-mode.js';
import { EDGE_TRAIT, NODE_STOP } from './stops.js';

/** How one identity holds one permission: its effective rows of it, taken together. */
export interface Holding {
  readonly identity: number;
  /** The highest of the rows' decisions, by `DECISIONS`. */
  readonly decision: number;
  readonly scopes: readonly number[];
  /** `ORIGIN` bits. */
  readonly origins: number;
  readonly leastDepth: number;
}
export interface HoldingQuestion {
  readonly graph: AccessGraph;
  readonly scratch: Scratch;
  readonly permission: number;
  /** Only rows whose scope contains it, decided there. */
  readonly resource?: number;
}

/** Absent: it has no row of the permission. */
export function holdingOf(question: HoldingQuestion, identity: number): Holding | undefined {
  const { graph, scratch, permission, resource } = question;
  const reach = searchPrincipals(graph, scratch, identity, unseenMode);
  const bounds = bindScopes(graph, scratch, reach, undefined);
  const held = new Set<number>();
  let origins = 0;
  let leastDepth = Number.POSITIVE_INFINITY;
  for (const { scopes, bindings } of bounds)
    for (const scope of scopes) {
      if (resource !== undefined && !graph.resources.contains(scope, resource)) continue;
      for (const { role, depth, direct, inherited } of bindings) {
        const closure = closeRoles(graph, scratch, [{ role, depth }]);
        closure.roles.forEach((each, place) => {
          if (!allowsAt(graph, each, permission, resource ?? scope)) return;
          held.add(scope);
          origins |= place > 0 ? ORIGIN.INHERITED : (direct ? ORIGIN.DIRECT : 0) | (inherited ? ORIGIN.INHERITED : 0);
          leastDepth = Math.min(leastDepth, closure.depths[place]! + 1);
        });
      }
    }
  if (held.size === 0) return undefined;
  const isUnknown = (graph.nodes.stops[identity]! & NODE_STOP.UNKNOWN) !== 0;
  const decider = createDecider(graph, bounds, undefined);
  const decisions = [...held].map((scope) => decider.decideAt({ permission, resource: resource ?? scope }));
  return {
    identity,
    decision: isUnknown ? decisionNumber.UNKNOWN : highest(decisions),
    scopes: [...held],
    origins,
    leastDepth,
  };
}

function allowsAt(graph: AccessGraph, role: number, permission: number, resource: number): boolean {
  let allows = false;
  eachGrant(graph, role, permission, (row) => {
    if (graph.edges.traits[row]! & EDGE_TRAIT.DENY) return;
    allows ||= grantTruth(graph, row, resource, undefined) !== 'false';
  });
  return allows;
}

const highest = (decisions: readonly Exclude<Decision, 'UNKNOWN'>[]) =>
  Math.max(...decisions.map((decision) => decisionNumber[decision]));
