import { type Decision, decide } from '../../graph/decision.js';
import type { JsonObject } from '../../graph/node.js';
import type { AccessGraph } from './access-graph.js';
import { type AllowIndex, allowReachAt, indexAllows } from './allow-index.js';
import type { AllowRows } from './allow-rows.js';
import { type Entries, reachAt } from './deny-entries.js';
import type { Scratch } from './scratch.js';

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

/** Step 5 of section 3 for every row. Only rows with a deny or without an unconditional allow of their own are looked at singly. */
export function judgeRows(judged: Judged): PermissionRows {
  const { allows, denies, scratch, resource } = judged;
  const rows = flattened(allows);
  const special = specialPermissions(judged);
  if (special === undefined) return rows;
  const decideOne = createRowDecision(judged, special);
  const marks = scratch.permissionMarks;
  for (let row = 0; row < rows.count; row++) {
    const permission = rows.permissions[row]!;
    const certain = rows.decisions[row] === decisionNumber.ALLOWED;
    if (certain && (marks[permission] !== special || !denies.has(permission))) continue;
    const decision = decideOne(permission, resource ?? rows.scopes[row]!, certain);
    rows.decisions[row] = decisionNumber[decision];
  }
  return rows;
}

/** Marks the permissions of conditional rows and of denies; absent: there are none. */
function specialPermissions({ graph, scratch, allows, denies }: Judged): number | undefined {
  if (denies.size === 0 && allows.ranges.every((range) => range.firstConditional === range.end)) return undefined;
  const epoch = scratch.begin(graph);
  for (const permission of denies.keys()) scratch.permissionMarks[permission] = epoch;
  for (const { firstConditional, end } of allows.ranges)
    for (let row = firstConditional; row < end; row++) scratch.permissionMarks[allows.buffer.permissions[row]!] = epoch;
  return epoch;
}

/** Once for each scope of a range. Unconditional rows are `ALLOWED`, the others `CONDITIONAL`, until they are judged. */
function flattened({ buffer, ranges, count }: AllowRows): PermissionRows {
  const asScanned = ranges.every((range) => range.bound.scopes.length === 1);
  const rows = {
    count,
    permissions: asScanned ? buffer.permissions : new Uint32Array(count),
    scopes: new Uint32Array(count),
    depths: asScanned ? buffer.depths : new Uint16Array(count),
    decisions: new Uint8Array(count),
  };
  let at = 0;
  for (const { bound, start, firstConditional, end } of ranges) {
    for (const scope of bound.scopes) {
      const length = end - start;
      if (!asScanned) {
        rows.permissions.set(buffer.permissions.subarray(start, end), at);
        rows.depths.set(buffer.depths.subarray(start, end), at);
      }
      rows.scopes.fill(scope, at, at + length);
      rows.decisions.fill(decisionNumber.ALLOWED, at, at + firstConditional - start);
      rows.decisions.fill(decisionNumber.CONDITIONAL, at + firstConditional - start, at + length);
      at += length;
    }
  }
  return rows;
}

/** Decides one row; `certain`: it has an unconditional allow of its own. */
function createRowDecision({ graph, scratch, allows, denies, context }: Judged, special: number) {
  const marks = scratch.permissionMarks;
  let index: AllowIndex | undefined;
  return (permission: number, resource: number, certain: boolean): Exclude<Decision, 'UNKNOWN'> => {
    const denied = denies.get(permission);
    const deny = denied ? reachAt(graph, denied, resource, context) : 'NONE';
    if (certain) return decide('UNCONDITIONAL', deny);
    index ??= indexAllows(allows, (each) => marks[each] === special);
    return decide(allowReachAt(graph, index.get(permission), resource, context), deny);
  };
}
