import type { JsonObject } from '../../graph/node.js';
import { groupedBy } from '../../kernel/grouped-by.js';
import type { AccessOrigin } from '../access-engine.js';
import type { AccessGraph } from './access-graph.js';
import type { BoundScope, SettledBinding } from './bound-scopes.js';
import { eachListed } from './each-listed.js';
import type { Direction } from './edge-links.js';
import { grantTruth } from './entry-truth.js';
import { none } from './node-bank.js';
import type { PermissionRows } from './permission-rows.js';
import { inheritedRoles } from './role-closure.js';
import type { Scratch } from './scratch.js';
import { NODE_STOP } from './stops.js';
import type { Writable } from './typed-columns.js';

/** Bits, in the order of the answer's type. */
export const ORIGINS = ['DIRECT', 'INHERITED', 'VIA_ASSUME'] as const satisfies readonly AccessOrigin[];
export const ORIGIN = { DIRECT: 1, INHERITED: 2, VIA_ASSUME: 4 } as const;

/** What only rows that are shown, or filtered by it, need. */
export interface RowDetail {
  /** `ORIGIN` bits. */
  readonly origins: number;
  /** The assigned roles that give the row, each once, by id. */
  readonly roles: readonly number[];
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
  const details = chosen.map((): Writable<RowDetail> => ({ origins: 0, roles: noRoles }));
  const places = groupedBy(chosen.keys(), (place) => rows.scopes[chosen[place]!]!);
  for (const bound of question.bounds)
    for (const scope of bound.scopes) {
      const here = places.get(scope);
      if (here === undefined) continue;
      const permissions = here.map((place) => rows.permissions[chosen[place]!]!);
      const given = findGiven(question, { bound, scope, permissions });
      eachGiver(question, bound.bindings, given, (role, place, origins) => {
        const detail = details[here[place]!]!;
        detail.origins |= origins;
        const { roles } = detail;
        if (roles.length === 0) detail.roles = [role];
        else if (roles[roles.length - 1] !== role) (roles as number[]).push(role);
      });
    }
  for (const detail of details) if (detail.roles.length > 1) detail.roles = inOrder(question.graph, detail.roles);
  return details;
}

const noRoles: readonly number[] = [];

/** Each once, by id. */
export function inOrder({ nodes }: AccessGraph, roles: readonly number[]): readonly number[] {
  const sorted = [...roles].sort(nodes.compare);
  return sorted.filter((role, place) => role !== sorted[place - 1]);
}

/** The bound roles with the places of the permissions that they give, themselves or by a role that they inherit, and by which origin. */
function eachGiver(
  { graph, scratch }: DetailQuestion,
  bindings: readonly SettledBinding[],
  given: Given,
  visit: (role: number, place: number, origin: number) => void,
): void {
  const { nodes, links } = graph;
  const { innerSlots } = scratch;
  for (const { role, direct, inherited } of bindings) {
    if ((nodes.stops[role]! & NODE_STOP.ABSENT) !== 0) continue;
    const own = (direct ? ORIGIN.DIRECT : 0) | (inherited ? ORIGIN.INHERITED : 0);
    give(role, innerSlots[role]!, own);
    if ((links.inner.out.lengths[role] ?? 0) === 0) continue;
    const count = inheritedRoles(graph, scratch, role);
    for (let i = 0; i < count; i++) give(role, innerSlots[scratch.waiting[i]!]!, ORIGIN.INHERITED);
  }

  function give(role: number, slot: number, origin: number): void {
    for (let i = given.heads[slot]!; i !== none; i = given.next[i]!) visit(role, given.places[i]!, origin);
  }
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
  if (isNoLonger(allows, permissions, roles)) {
    const { words, offsets, lengths } = allows.in;
    for (let place = 0; place < permissions.length; place++) {
      const from = offsets[permissions[place]!] ?? 0;
      const to = from + (lengths[permissions[place]!] ?? 0);
      for (let i = from; i < to; i++) if (innerMarks[words[i]!] === epoch) add(words[i]!, place);
    }
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

/** Whether the lists into the permissions are together no longer than those out of the roles. */
function isNoLonger(allows: Direction, permissions: readonly number[], roles: readonly number[]): boolean {
  let words = 0;
  for (const permission of permissions) words += allows.in.lengths[permission] ?? 0;
  for (let i = 0; i < roles.length && words > 0; i++) words -= allows.out.lengths[roles[i]!] ?? 0;
  return words <= 0;
}

/** Tells each permission's place, below 0 for others. */
function markPlaces(
  { graph, scratch }: DetailQuestion,
  permissions: readonly number[],
): (permission: number) => number {
  const epoch = scratch.beginPermissions(graph, permissions.length);
  const { permissionMarks } = scratch;
  permissions.forEach((permission, place) => {
    permissionMarks[permission] = epoch + place;
  });
  return (permission) => permissionMarks[permission]! - epoch;
}
