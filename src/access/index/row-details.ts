import type { JsonObject } from '../../graph/node.js';
import type { AccessOrigin } from '../access-engine.js';
import type { AccessGraph } from './access-graph.js';
import type { BoundScope, SettledBinding } from './bound-scopes.js';
import { grantTruth } from './entry-truth.js';
import { eachWord } from './graph-walk.js';
import { groupedBy } from './grouped-by.js';
import type { PermissionRows } from './permission-rows.js';
import { closeRoles } from './role-closure.js';
import type { Scratch } from './scratch.js';
import { NODE_STOP } from './stops.js';

/** Bits, in the order of the answer's type. */
export const ORIGINS = ['DIRECT', 'INHERITED', 'VIA_ASSUME'] as const satisfies readonly AccessOrigin[];
export const ORIGIN = { DIRECT: 1, INHERITED: 2, VIA_ASSUME: 4 } as const;

/** What only rows that are shown, or filtered by it, need. */
export interface RowDetail {
  /** `ORIGIN` bits. */
  origins: number;
  /** The assigned roles that give the row; one may be named more than once. */
  readonly roles: number[];
}

export interface DetailQuestion {
  readonly graph: AccessGraph;
  readonly scratch: Scratch;
  readonly bounds: readonly BoundScope[];
  readonly context: JsonObject | undefined;
  readonly resource?: number;
}

/** One detail for each of the chosen rows, in their order. Reads once what the roles bound at the rows' scopes grant. */
export function detailRows(
  question: DetailQuestion,
  rows: Pick<PermissionRows, 'permissions' | 'scopes'>,
  chosen: readonly number[],
): readonly RowDetail[] {
  const details = chosen.map((): RowDetail => ({ origins: 0, roles: [] }));
  const places = groupedBy(chosen.keys(), (place) => rows.scopes[chosen[place]!]!);
  for (const bound of question.bounds)
    for (const scope of bound.scopes) {
      const here = places.get(scope);
      if (here === undefined) continue;
      const permissions = here.map((place) => rows.permissions[chosen[place]!]!);
      const given = findGiven(question, { bound, scope, permissions });
      for (const binding of bound.bindings)
        eachGiven(question, { binding, given }, (i, origins) => {
          const detail = details[here[i]!]!;
          detail.origins |= origins;
          if (detail.roles.at(-1) !== binding.role) detail.roles.push(binding.role);
        });
    }
  return details;
}

interface DetailedScope {
  readonly bound: BoundScope;
  readonly scope: number;
  readonly permissions: readonly number[];
}
/**
 * Which of the permissions each role grants itself, as their places: those of a role are `places[starts[i]]` up to
 * `places[starts[i + 1]]`, where `i` is the role's slot in scratch space.
 */
interface Given {
  readonly starts: number[];
  readonly places: number[];
}

/** Reads the grants of every role that is bound at the scope. */
function findGiven({ graph, scratch, context, resource }: DetailQuestion, detailed: DetailedScope): Given {
  const { bound, scope, permissions } = detailed;
  const { allows, conditionalAllows } = graph.links;
  const epoch = scratch.beginPermissions(graph);
  const { permissionMarks: marks, innerSlots: slots } = scratch;
  for (let place = 0; place < permissions.length; place++) marks[permissions[place]!] = epoch + place;
  const places: number[] = [];
  const starts = [0];
  const find = (permission: number) => marks[permission]! - epoch;
  for (const { roles } of [bound.certain, bound.unsettled])
    for (const role of roles) {
      slots[role] = starts.length - 1;
      eachWord(allows.out, role, (permission) => {
        if (find(permission) >= 0) places.push(find(permission));
      });
      eachWord(conditionalAllows.out, role, (row) => {
        const place = find(graph.edges.to[row]!);
        if (place >= 0 && grantTruth(graph, row, resource ?? scope, context) !== 'false') places.push(place);
      });
      starts.push(places.length);
    }
  return { starts, places };
}

/** Calls `visit` with the place and the `ORIGIN` bits of every permission that the binding gives, by its role or one that this inherits. */
function eachGiven(
  { graph, scratch }: DetailQuestion,
  { binding, given }: { readonly binding: SettledBinding; readonly given: Given },
  visit: (place: number, origins: number) => void,
): void {
  const { role, direct, inherited } = binding;
  if ((graph.nodes.stops[role]! & NODE_STOP.ABSENT) !== 0) return;
  const own = (direct ? ORIGIN.DIRECT : 0) | (inherited ? ORIGIN.INHERITED : 0);
  const giveOf = (giver: number) => {
    const slot = scratch.innerSlots[giver]!;
    const end = given.starts[slot + 1]!;
    for (let i = given.starts[slot]!; i < end; i++) visit(given.places[i]!, giver === role ? own : ORIGIN.INHERITED);
  };
  if (graph.links.inner.out.lengths[role]) closeRoles(graph, scratch, [{ role, depth: 0 }]).roles.forEach(giveOf);
  else giveOf(role);
}
