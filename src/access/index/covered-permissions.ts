import type { BoundScope } from './bound-scopes.js';
import { eachListed } from './each-listed.js';
import { grantTruth } from './entry-truth.js';
import type { Listing, ListingQuestion } from './permission-listing.js';
import { isCovering } from './permission-rows.js';
import { inheritedRoles } from './role-closure.js';
import { ORIGIN } from './row-details.js';
import { NODE_STOP } from './stops.js';

/** Of effective rows, without making one: what of them is counted. */
export interface CoveredPermissions {
  /** Each once. */
  readonly permissions: readonly number[];
  /** By place of the permission: the `ORIGIN` bits of all its covering rows. */
  readonly origins: readonly number[];
  /** Whether the row of that permission and scope covers, where it has one. */
  covers(permission: number, scope: number): boolean;
  /** Some row covers at a scope that is not seen. */
  readonly isHidden: boolean;
}

/** Takes the rows and marks of scratch space: nothing may have been searched since the listing was. */
export function findCovered(
  question: ListingQuestion,
  { rows, reached }: Listing,
  sees: (scope: number) => boolean,
): CoveredPermissions {
  const { graph, scratch } = question;
  const { links } = graph;
  /** By permission the scopes at which its row does not cover: seldom any. */
  const uncovered = new Map<number, Set<number>>();
  let isHidden = false;
  for (let row = 0; row < rows.count; row++) {
    const scope = rows.scopes[row]!;
    if (!isCovering(rows.decisions[row]!)) leaveOut(rows.permissions[row]!, scope);
    else if (!sees(scope)) isHidden = true;
  }
  const epoch = scratch.beginPermissions(graph, rows.count);
  const { permissionMarks, innerSlots } = scratch;
  const permissions: number[] = [];
  const origins: number[] = [];
  for (const { bounds } of reached) for (const bound of bounds) addBound(bound, bound.scopes.filter(sees));
  return { permissions, origins, covers, isHidden };

  function leaveOut(permission: number, scope: number): void {
    const scopes = uncovered.get(permission);
    if (scopes) scopes.add(scope);
    else uncovered.set(permission, new Set([scope]));
  }

  function covers(permission: number, scope: number): boolean {
    return uncovered.get(permission)?.has(scope) !== true;
  }

  function addBound(bound: BoundScope, scopes: readonly number[]): void {
    if (scopes.length === 0) return;
    markOrigins(question, bound);
    for (const { roles } of [bound.certain, bound.unsettled]) {
      eachListed(links.allows.out, roles, (permission, place) => add(permission, scopes, innerSlots[roles[place]!]!));
      eachListed(links.conditionalAllows.out, roles, (row, place) => {
        if (grantTruth(graph, row, scopes[0]!, question.context) !== 'false')
          add(graph.edges.to[row]!, scopes, innerSlots[roles[place]!]!);
      });
    }
  }

  function add(permission: number, scopes: readonly number[], bits: number): void {
    if (uncovered.size > 0 && !scopes.some((scope) => covers(permission, scope))) return;
    const place = permissionMarks[permission]! - epoch;
    if (place >= 0) {
      origins[place]! |= bits;
      return;
    }
    permissionMarks[permission] = epoch + permissions.length;
    permissions.push(permission);
    origins.push(bits);
  }
}

/** As the slot of each role of the bound: by which origins its bindings give it. */
function markOrigins({ graph, scratch }: ListingQuestion, { bindings, certain, unsettled }: BoundScope): void {
  const { nodes, links } = graph;
  const { innerSlots } = scratch;
  for (const { roles } of [certain, unsettled]) for (const role of roles) innerSlots[role] = 0;
  for (const { role, direct, inherited } of bindings) {
    if ((nodes.stops[role]! & NODE_STOP.ABSENT) !== 0) continue;
    innerSlots[role]! |= (direct ? ORIGIN.DIRECT : 0) | (inherited ? ORIGIN.INHERITED : 0);
    if ((links.inner.out.lengths[role] ?? 0) === 0) continue;
    const count = inheritedRoles(graph, scratch, role);
    for (let i = 0; i < count; i++) innerSlots[scratch.waiting[i]!]! |= ORIGIN.INHERITED;
  }
}
