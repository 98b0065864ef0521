import { type Decision, decide } from '../../graph/decision.js';
import type { JsonObject } from '../../graph/node.js';
import type { AccessGraph } from './access-graph.js';
import { allowReachAt } from './allow-reach.js';
import { type AllowRows, eachLaidOut, type RowRange } from './allow-rows.js';
import { type Entries, reachAt } from './deny-entries.js';
import { ensureRows, type Scratch } from './scratch.js';

/** Decisions as numbers, so that they fit a column; the order is theirs: `DENIED < NOT_GRANTED < CONDITIONAL < ALLOWED`. */
export const DECISIONS = [
  'DENIED',
  'NOT_GRANTED',
  'CONDITIONAL',
  'ALLOWED',
  'UNKNOWN',
] as const satisfies readonly Decision[];
export const decisionNumber = { DENIED: 0, NOT_GRANTED: 1, CONDITIONAL: 2, ALLOWED: 3, UNKNOWN: 4 } as const;
export const isCovering = (decision: number) => decision === 2 || decision === 3;

/** Rows in columns: one for each (permission, scope) of an allow. Scratch space may hold them: read before the next search. */
export interface PermissionRows {
  readonly count: number;
  readonly permissions: Uint32Array;
  readonly scopes: Uint32Array;
  readonly depths: Uint16Array;
  /** By `DECISIONS`. */
  readonly decisions: Uint8Array;
  /** Distinct permissions with a covering row, where that is known without looking. */
  readonly covered?: number;
  /** What the rows are laid out from, where they are all of it. */
  readonly allows?: AllowRows;
}

export interface Judged {
  readonly graph: AccessGraph;
  readonly scratch: Scratch;
  readonly allows: AllowRows;
  readonly denies: Entries;
  readonly context: JsonObject | undefined;
  /** Where every row is decided; absent: each at its own scope. */
  readonly resource?: number;
}

/**
 * Step 5 of section 3 for every row, in scratch space. Only rows of permissions with a deny, and conditional ones that an
 * allow elsewhere can change, are looked at singly.
 */
export function judgeRows(judged: Judged): PermissionRows {
  const { allows, denies, scratch } = judged;
  layOut(allows, scratch);
  const { permissions, scopes, depths, decisions } = scratch.rows;
  let denied = 0;
  for (const permission of denies.keys()) if (judgeDenied(judged, permission)) denied++;
  const isLiftable = liftableScopes(judged);
  for (const range of allows.ranges)
    if (range.firstConditional < range.end)
      range.bound.scopes.forEach((scope, copy) => {
        if (isLiftable(scope)) judgeConditional(judged, range, copy);
      });
  return {
    count: allows.count,
    permissions,
    scopes,
    depths,
    decisions: decisions.subarray(0, allows.count),
    // Without a deny, a row is at least conditional.
    covered: allows.permissionCount - denied,
    allows,
  };
}

/** Once for each scope of a range. Unconditional rows are `ALLOWED`, the others `CONDITIONAL`, until they are judged. */
function layOut({ reached, ranges, count }: AllowRows, { rows }: Scratch): void {
  ensureRows(rows, count);
  for (const range of ranges) {
    const permissions = reached.permissions.subarray(range.start, range.end);
    const depths = reached.depths.subarray(range.start, range.end);
    let at = range.before;
    for (const scope of range.bound.scopes) {
      const end = at + range.end - range.start;
      rows.permissions.set(permissions, at);
      rows.depths.set(depths, at);
      rows.scopes.fill(scope, at, end);
      rows.decisions.fill(decisionNumber.ALLOWED, at, at + range.firstConditional - range.start);
      rows.decisions.fill(decisionNumber.CONDITIONAL, at + range.firstConditional - range.start, end);
      at = end;
    }
  }
}

/** Judges all rows of a permission with a deny, wherever that holds. Tells whether it has rows, none of which covers. */
function judgeDenied(judged: Judged, permission: number): boolean {
  let [found, covers] = [false, false];
  eachLaidOut(judged.allows, permission, (place, scope, isCertain) => {
    const decision = decisionAt(judged, permission, scope, isCertain);
    judged.scratch.rows.decisions[place] = decision;
    found = true;
    covers ||= isCovering(decision);
  });
  return found && !covers;
}

function decisionAt(
  { graph, allows, denies, resource, context }: Judged,
  permission: number,
  scope: number,
  isCertain: boolean,
): number {
  const at = resource ?? scope;
  const allow = isCertain ? 'UNCONDITIONAL' : allowReachAt(graph, allows, permission, at, context);
  const entries = denies.get(permission);
  return decisionNumber[decide(allow, entries === undefined ? 'NONE' : reachAt(graph, entries, at, context))];
}

/** Tells whether allows elsewhere can hold where the scope's rows are decided. */
function liftableScopes({ graph, allows, resource }: Judged): (scope: number) => boolean {
  if (resource !== undefined) return () => true;
  const bound = new Set(allows.ranges.flatMap((range) => range.bound.scopes));
  return (scope) => graph.resources.ancestors(scope).some((outer) => outer !== scope && bound.has(outer));
}

function judgeConditional(judged: Judged, range: RowRange, copy: number): void {
  const { permissions } = judged.allows.reached;
  const { decisions } = judged.scratch.rows;
  const { bound, before, start, firstConditional, end } = range;
  const shift = before + copy * (end - start) - start;
  for (let row = firstConditional; row < end; row++)
    decisions[row + shift] = decisionAt(judged, permissions[row]!, bound.scopes[copy]!, false);
}
