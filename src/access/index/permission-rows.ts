import { type Decision, decide } from '../../graph/decision.js';
import type { JsonObject } from '../../graph/node.js';
import type { AccessGraph } from './access-graph.js';
import { allowReachAt, indexAllows } from './allow-index.js';
import type { AllowRows, RowRange } from './allow-rows.js';
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
  /** Surely no permission has two rows. */
  readonly eachOnce?: boolean;
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
  const { graph, allows, denies, scratch, resource, context } = judged;
  const spans = laidOut(allows, scratch);
  const { permissions, scopes, depths, decisions } = scratch.rows;
  const doubtful: number[] = [];
  for (const { range, scope, start } of spans) {
    const shift = start - range.start;
    for (const row of range.denied) {
      if (row >= range.firstConditional) doubtful.push(row + shift);
      else {
        const deny = reachAt(graph, denies.get(permissions[row + shift]!)!, resource ?? scope, context);
        decisions[row + shift] = decisionNumber[decide('UNCONDITIONAL', deny)];
      }
    }
    const isConditional = range.firstConditional < range.end;
    if (isConditional && (resource !== undefined || isInside(graph, spans, scope)))
      for (let row = range.firstConditional; row < range.end; row++) doubtful.push(row + shift);
  }
  if (doubtful.length > 0) judgeDoubtful(judged, doubtful);
  const eachOnce = spans.length <= 1;
  return { count: allows.count, permissions, scopes, depths, decisions: decisions.subarray(0, allows.count), eachOnce };
}

/** One scope's rows of a range, from `start` on in the rows. */
interface RowSpan {
  readonly range: RowRange;
  readonly scope: number;
  readonly start: number;
}

/** Once for each scope of a range. Unconditional rows are `ALLOWED`, the others `CONDITIONAL`, until they are judged. */
function laidOut({ reached, ranges, count }: AllowRows, { rows }: Scratch): readonly RowSpan[] {
  ensureRows(rows, count);
  const spans: RowSpan[] = [];
  let at = 0;
  for (const range of ranges) {
    const permissions = reached.permissions.subarray(range.start, range.end);
    const depths = reached.depths.subarray(range.start, range.end);
    for (const scope of range.bound.scopes) {
      spans.push({ range, scope, start: at });
      const end = at + range.end - range.start;
      rows.permissions.set(permissions, at);
      rows.depths.set(depths, at);
      rows.scopes.fill(scope, at, end);
      rows.decisions.fill(decisionNumber.ALLOWED, at, at + range.firstConditional - range.start);
      rows.decisions.fill(decisionNumber.CONDITIONAL, at + range.firstConditional - range.start, end);
      at = end;
    }
  }
  return spans;
}

/** Whether another scope with rows contains the scope. */
function isInside({ resources }: AccessGraph, spans: readonly RowSpan[], scope: number): boolean {
  return spans.some((span) => span.scope !== scope && resources.contains(span.scope, scope));
}

/** Rows without an unconditional allow of their own, by all allows of their permissions. */
function judgeDoubtful(judged: Judged, doubtful: readonly number[]): void {
  const { graph, allows, denies, scratch, resource, context } = judged;
  const { permissions, scopes, decisions } = scratch.rows;
  const epoch = scratch.beginPermissions(graph);
  const marks = scratch.permissionMarks;
  for (const row of doubtful) marks[permissions[row]!] = epoch;
  const index = indexAllows(allows, { marks, epoch });
  for (const row of doubtful) {
    const permission = permissions[row]!;
    const at = resource ?? scopes[row]!;
    const deny = reachAt(graph, denies.get(permission) ?? [], at, context);
    decisions[row] = decisionNumber[decide(allowReachAt(graph, index.get(permission), at, context), deny)];
  }
}
