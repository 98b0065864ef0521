import type { JsonObject } from '../../graph/node.js';
import type { AccessOrigin } from '../access-engine.js';
import type { AccessGraph } from './access-graph.js';
import { eachListed } from './allow-rows.js';
import type { BoundScope, SettledBinding } from './bound-scopes.js';
import { grantTruth } from './entry-truth.js';
import { groupedBy } from './grouped-by.js';
import type { PermissionRows } from './permission-rows.js';
import { closeRoles, type RoleClosure } from './role-closure.js';
import type { Scratch } from './scratch.js';

/** Bits, in the order of the answer's type. */
export const ORIGINS = ['DIRECT', 'INHERITED', 'VIA_ASSUME'] as const satisfies readonly AccessOrigin[];
export const ORIGIN = { DIRECT: 1, INHERITED: 2, VIA_ASSUME: 4 } as const;

/** What only rows that are shown, or filtered by it, need. */
export interface RowDetail {
  /** `ORIGIN` bits. */
  origins: number;
  /** The assigned roles that give the row. */
  readonly roles: Set<number>;
}

export interface DetailQuestion {
  readonly graph: AccessGraph;
  readonly scratch: Scratch;
  readonly bounds: readonly BoundScope[];
  readonly context: JsonObject | undefined;
  readonly resource?: number;
}

/** One detail for each of the chosen rows, in their order. Reads once what the bindings at the rows' scopes grant. */
export function detailRows(
  question: DetailQuestion,
  rows: Pick<PermissionRows, 'permissions' | 'scopes'>,
  chosen: readonly number[],
): readonly RowDetail[] {
  const details = chosen.map((): RowDetail => ({ origins: 0, roles: new Set() }));
  const closures = new Map<number, RoleClosure>();
  const places = groupedBy(chosen.keys(), (place) => rows.scopes[chosen[place]!]!);
  const permissionAt = (place: number) => rows.permissions[chosen[place]!]!;
  for (const bound of question.bounds)
    for (const scope of bound.scopes) {
      const here = places.get(scope);
      if (here === undefined) continue;
      const { graph, scratch } = question;
      const epoch = scratch.begin(graph);
      for (const place of here) {
        scratch.permissionMarks[permissionAt(place)] = epoch;
        scratch.permissionSlots[permissionAt(place)] = place;
      }
      const find = (permission: number) =>
        scratch.permissionMarks[permission] === epoch ? details[scratch.permissionSlots[permission]!] : undefined;
      for (const binding of bound.bindings) trace(question, { binding, scope, closures, find });
    }
  return details;
}

interface Trace {
  readonly binding: SettledBinding;
  readonly scope: number;
  readonly closures: Map<number, RoleClosure>;
  find(permission: number): RowDetail | undefined;
}

/** Adds the binding to every chosen row that it gives. */
function trace({ graph, scratch, context, resource }: DetailQuestion, { binding, scope, closures, find }: Trace): void {
  const { role, direct, inherited } = binding;
  const closure = closures.get(role) ?? closeRoles(graph, scratch, [{ role, depth: 0 }]);
  closures.set(role, closure);
  const own = (direct ? ORIGIN.DIRECT : 0) | (inherited ? ORIGIN.INHERITED : 0);
  const add = (detail: RowDetail | undefined, place: number) => {
    if (detail === undefined) return;
    detail.origins |= place === 0 ? own : ORIGIN.INHERITED;
    detail.roles.add(role);
  };
  const { allows, conditionalAllows } = graph.links;
  eachListed(allows.out, closure.roles, (permission, place) => add(find(permission), place));
  eachListed(conditionalAllows.out, closure.roles, (row, place) => {
    const detail = find(graph.edges.to[row]!);
    if (detail && grantTruth(graph, row, resource ?? scope, context) !== 'false') add(detail, place);
  });
}
