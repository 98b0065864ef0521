import type { JsonObject } from '../../graph/node.js';
import type { AccessOrigin } from '../access-engine.js';
import type { AccessGraph } from './access-graph.js';
import type { Adjacency } from './adjacency.js';
import type { BoundScope, SettledBinding } from './bound-scopes.js';
import { eachListed } from './each-listed.js';
import { grantTruth } from './entry-truth.js';
import { groupedBy } from './grouped-by.js';
import { none } from './node-bank.js';
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
 * Which of the permissions each role grants itself, as their places, in a chain for each role: `heads` by the role's slot
 * in scratch space, `none` ends it.
 */
interface Given {
  readonly heads: number[];
  readonly next: number[];
  readonly places: number[];
}

/** Reads what the bound roles grant, or who grants the permissions: whichever lists are shorter. */
function findGiven(question: DetailQuestion, detailed: DetailedScope): Given {
  const { graph, scratch, context, resource } = question;
  const { bound, scope, permissions } = detailed;
  const { allows, conditionalAllows } = graph.links;
  const roles = [...bound.certain.roles, ...bound.unsettled.roles];
  const given: Given = { heads: roles.map(() => none), next: [], places: [] };
  const epoch = scratch.begin(graph);
  const { innerMarks, innerSlots } = scratch;
  roles.forEach((role, slot) => {
    innerMarks[role] = epoch;
    innerSlots[role] = slot;
  });
  const add = (role: number, place: number) => {
    given.next.push(given.heads[innerSlots[role]!]!);
    given.heads[innerSlots[role]!] = given.places.push(place) - 1;
  };
  const addConditional = (row: number, place: number) => {
    if (grantTruth(graph, row, resource ?? scope, context) !== 'false') add(graph.edges.from[row]!, place);
  };
  if (wordsOf(allows.in, permissions) <= wordsOf(allows.out, roles)) {
    eachListed(allows.in, permissions, (role, place) => {
      if (innerMarks[role] === epoch) add(role, place);
    });
    eachListed(conditionalAllows.in, permissions, (row, place) => {
      if (innerMarks[graph.edges.from[row]!] === epoch) addConditional(row, place);
    });
    return given;
  }
  const placeOf = markPlaces(question, permissions);
  eachListed(allows.out, roles, (permission, i) => {
    const place = placeOf(permission);
    if (place >= 0) add(roles[i]!, place);
  });
  eachListed(conditionalAllows.out, roles, (row) => {
    const place = placeOf(graph.edges.to[row]!);
    if (place >= 0) addConditional(row, place);
  });
  return given;
}

function wordsOf({ lengths }: Adjacency, nodes: readonly number[]): number {
  let words = 0;
  for (const node of nodes) words += lengths[node] ?? 0;
  return words;
}

/** Tells each permission's place, below 0 for others. */
function markPlaces(
  { graph, scratch }: DetailQuestion,
  permissions: readonly number[],
): (permission: number) => number {
  const epoch = scratch.beginPermissions(graph);
  const { permissionMarks } = scratch;
  permissions.forEach((permission, place) => {
    permissionMarks[permission] = epoch + place;
  });
  return (permission) => permissionMarks[permission]! - epoch;
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
    for (let i = given.heads[scratch.innerSlots[giver]!]!; i !== none; i = given.next[i]!)
      visit(given.places[i]!, giver === role ? own : ORIGIN.INHERITED);
  };
  if (graph.links.inner.out.lengths[role]) closeRoles(graph, scratch, [{ role, depth: 0 }]).roles.forEach(giveOf);
  else giveOf(role);
}
