import { type Decision, decide } from '../../graph/decision.js';
import type { JsonObject } from '../../graph/node.js';
import type { AccessGraph } from './access-graph.js';
import type { BoundScope } from './bound-scopes.js';
import { reachAt } from './deny-entries.js';
import type { Entry } from './entry.js';
import { none } from './node-bank.js';
import { EDGE_TRAIT } from './stops.js';

/** All entries of one permission among what is bound. */
export interface PermissionEntries {
  readonly allows: readonly Entry[];
  readonly denies: readonly Entry[];
}

/** Asks each reached role for its grants of the permission: no role's list is read. */
export function entriesOf(graph: AccessGraph, bounds: readonly BoundScope[], permission: number): PermissionEntries {
  const allows: Entry[] = [];
  const denies: Entry[] = [];
  const { edges } = graph;
  for (const { scopes, certain, unsettled } of bounds) {
    for (const role of certain.roles) collect(role, scopes, true);
    for (const role of unsettled.roles) collect(role, scopes, false);
  }
  return { allows, denies };

  function collect(role: number, scopes: readonly number[], bound: boolean): void {
    for (let row = edges.firstBetween(role, permission, 'GRANTS'); row !== none; row = edges.nextBetween(row)) {
      const list = edges.traits[row]! & EDGE_TRAIT.DENY ? denies : allows;
      const grant = edges.traits[row]! & EDGE_TRAIT.CONDITIONAL ? row : none;
      for (const scope of scopes) list.push({ permission, scope, grant, bound });
    }
  }
}

/** What an identity reaches, to be asked about many permissions and resources. */
export interface Decider {
  readonly bounds: readonly BoundScope[];
  entries(permission: number): PermissionEntries;
  /** Step 5 of section 3. */
  decideAt(at: DecidedAt): Exclude<Decision, 'UNKNOWN'>;
}
export interface DecidedAt {
  readonly permission: number;
  readonly resource: number;
}

export function createDecider(
  graph: AccessGraph,
  bounds: readonly BoundScope[],
  context: JsonObject | undefined,
): Decider {
  const known = new Map<number, PermissionEntries>();
  const entries = (permission: number) => {
    const made = known.get(permission) ?? entriesOf(graph, bounds, permission);
    known.set(permission, made);
    return made;
  };
  return {
    bounds,
    entries,
    decideAt({ permission, resource }) {
      const { allows, denies } = entries(permission);
      return decide(reachAt(graph, allows, resource, context), reachAt(graph, denies, resource, context));
    },
  };
}
