import type { AccessGraph } from './access-graph.js';
import type { BoundScope } from './bound-scopes.js';
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
