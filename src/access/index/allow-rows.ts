import type { Truth } from '../../graph/condition-evaluation.js';
import type { JsonObject } from '../../graph/node.js';
import type { AccessGraph } from './access-graph.js';
import type { BoundScope } from './bound-scopes.js';
import { eachListed } from './each-listed.js';
import type { EdgeDetail } from './edge-table.js';
import type { Entry } from './entry.js';
import { detailTruth } from './entry-truth.js';
import { eachGrant } from './graph-walk.js';
import { none } from './node-bank.js';
import type { RoleClosure } from './role-closure.js';
import { type EntryColumns, ensureEntries, ensureReached, type ReachedColumns, type Scratch } from './scratch.js';
import { EDGE_TRAIT } from './stops.js';

/**
 * The rows of the scopes of one `BoundScope`: (each of its permissions) × (each of its scopes). Rows are positions in
 * `AllowRows.reached`: `start` to `firstConditional` are unconditional, from there to `end` conditional only.
 */
export interface RowRange {
  readonly bound: BoundScope;
  readonly start: number;
  readonly firstConditional: number;
  readonly end: number;
  /** Rows of the ranges before it, once for each scope. */
  readonly before: number;
}
/** Lies in scratch space. */
export interface AllowRows {
  readonly reached: ReachedColumns;
  readonly ranges: readonly RowRange[];
  /** Allows whose truth is unsettled at their scope: a resource inside it may settle them. */
  readonly unsettled: EntryColumns;
  /** Rows of all ranges, once for each scope. */
  readonly count: number;
  /** Distinct ones of the rows. */
  readonly permissionCount: number;
  /** Whether permissions are still marked as they were reached: until then the chains of each can be walked. */
  isMarked(): boolean;
  /** The last row of the permission, of whichever range; below 0: it has none. */
  lastRow(permission: number): number;
  /** Its row in an earlier range; below 0: it has none. */
  rowBefore(row: number): number;
  /** The last of the permission's places in `unsettled`; below 0: it has none. */
  lastUnsettled(permission: number): number;
  unsettledBefore(place: number): number;
}

export interface ScanQuestion {
  readonly resource?: number;
  readonly context: JsonObject | undefined;
  /** Only its allows: roles are asked for their grants of it. Absent: all. */
  readonly permission?: number;
}
interface Scan {
  readonly graph: AccessGraph;
  readonly scratch: Scratch;
  readonly context: JsonObject | undefined;
  readonly resource: number | undefined;
  /** A permission is marked with it plus its last row. */
  readonly epoch: number;
  /** Of grants at the range's scope: few are different. */
  readonly truths: Map<EdgeDetail, Truth>;
  /** The first row of the range. */
  start: number;
  end: number;
  unsettledEnd: number;
}

/** Step 4 of section 3, allows. `resource`: patterns are settled there and not at each scope. */
export function scanAllows(
  graph: AccessGraph,
  scratch: Scratch,
  bounds: readonly BoundScope[],
  { resource, context, permission }: ScanQuestion,
): AllowRows {
  const most = countEntries(graph, bounds);
  const epoch = scratch.beginPermissions(graph, most);
  const { reached, unsettled, permissionMarks, unsettledMarks } = scratch;
  ensureReached(reached, most);
  const ranges: RowRange[] = [];
  const scan: Scan = { graph, scratch, context, resource, epoch, truths: new Map(), start: 0, end: 0, unsettledEnd: 0 };
  let before = 0;
  for (const bound of bounds) {
    scan.start = scan.end;
    scan.truths.clear();
    const firstUnsettled = scan.unsettledEnd;
    if (permission !== undefined) scanGrantsOf(scan, bound, permission);
    else {
      scanCertain(scan, bound.certain);
      scanConditional(scan, bound);
    }
    const firstConditional = scan.end;
    for (let i = firstUnsettled; i < scan.unsettledEnd; i++)
      addRow(scan, unsettled.permissions[i]!, unsettled.depths[i]!);
    ranges.push({ bound, start: scan.start, firstConditional, end: scan.end, before });
    before += (scan.end - scan.start) * bound.scopes.length;
  }
  return {
    reached,
    ranges,
    unsettled,
    count: before,
    permissionCount: countFirst(scan, ranges[0]?.end ?? 0),
    isMarked: () => scratch.permissionEpoch === epoch,
    lastRow: (of) => permissionMarks[of]! - epoch,
    rowBefore: (row) => reached.previous[row]! - epoch,
    lastUnsettled: (of) => unsettledMarks[of]! - epoch,
    unsettledBefore: (place) => unsettled.previous[place]! - epoch,
  };
}

/** Of all ranges together: there are no more rows, nor unsettled allows. */
function countEntries({ links }: AccessGraph, bounds: readonly BoundScope[]): number {
  const allows = links.allows.out.lengths;
  const conditional = links.conditionalAllows.out.lengths;
  let count = 0;
  for (const { certain, unsettled, scopes } of bounds) {
    for (const role of certain.roles) count += (allows[role] ?? 0) + (conditional[role] ?? 0);
    for (const role of unsettled.roles) count += (allows[role] ?? 0) * scopes.length + (conditional[role] ?? 0);
  }
  return count;
}

/** Rows that are their permission's first: in the first range, which ends there, all are. */
function countFirst({ scratch, epoch, end }: Scan, endOfFirst: number): number {
  const { previous } = scratch.reached;
  let count = endOfFirst;
  for (let row = endOfFirst; row < end; row++) count += (previous[row]! - epoch) >>> 31;
  return count;
}

/** The range that the row lies in. */
export function rangeOf(ranges: readonly RowRange[], row: number): RowRange {
  let low = 0;
  for (let high = ranges.length - 1; low < high; ) {
    const middle = (low + high + 1) >> 1;
    if (ranges[middle]!.start <= row) low = middle;
    else high = middle - 1;
  }
  return ranges[low]!;
}

/** The permission's rows, by their places when each range is laid out for each of its scopes. */
export function eachLaidOut(
  { ranges, lastRow, rowBefore }: AllowRows,
  permission: number,
  visit: (place: number, scope: number, isCertain: boolean) => void,
): void {
  for (let row = lastRow(permission); row >= 0; row = rowBefore(row)) {
    const { bound, before, start, firstConditional, end } = rangeOf(ranges, row);
    let place = before + row - start;
    for (const scope of bound.scopes) {
      visit(place, scope, row < firstConditional);
      place += end - start;
    }
  }
}

/**
 * Without a branch for each grant: the permission is written where the next row goes, and that place moves on by whether
 * the permission was new in the range. A visited test would be mispredicted too often (1.6 to 2.6 times the time).
 */
function scanCertain(scan: Scan, { roles, depths }: RoleClosure): void {
  const { scratch, epoch } = scan;
  const { words, offsets, lengths } = scan.graph.links.allows.out;
  const marks = scratch.permissionMarks;
  const { permissions: rows, previous, depths: rowDepths } = scratch.reached;
  const first = epoch + scan.start;
  let next = epoch + scan.end;
  /** Since the row `from` rows have the depth of the role `at`: nearest first, so that there are few such runs. */
  let run = { at: 0, from: scan.end };
  for (let i = 0; i < roles.length; i++) {
    const role = roles[i]!;
    const from = offsets[role] ?? 0;
    const to = from + (lengths[role] ?? 0);
    if (depths[i] !== depths[run.at]) {
      rowDepths.fill(depths[run.at]! + 1, run.from, next - epoch);
      run = { at: i, from: next - epoch };
    }
    for (let e = from; e < to; e++) {
      const permission = words[e]!;
      const mark = marks[permission]!;
      const isNew = (mark - first) >>> 31;
      rows[next - epoch] = permission;
      previous[next - epoch] = mark;
      marks[permission] = mark ^ ((mark ^ next) & -isNew);
      next += isNew;
    }
  }
  scan.end = next - epoch;
  if (roles.length > 0) rowDepths.fill(depths[run.at]! + 1, run.from, scan.end);
}

/** The allows of one permission. */
function scanGrantsOf(scan: Scan, { scopes, certain, unsettled }: BoundScope, permission: number): void {
  const { graph } = scan;
  const collect = ({ roles, depths }: RoleClosure, isBound: boolean) => {
    for (let place = 0; place < roles.length; place++)
      eachGrant(graph, roles[place]!, permission, (row) => {
        const traits = graph.edges.traits[row]!;
        if (traits & EDGE_TRAIT.DENY) return;
        const depth = depths[place]! + 1;
        if (traits & EDGE_TRAIT.CONDITIONAL) addConditional(scan, scopes, { row, isBound, depth });
        else if (isBound) addRow(scan, permission, depth);
        else for (const scope of scopes) addUnsettled(scan, { permission, scope, grant: none, bound: false }, depth);
      });
  };
  collect(certain, true);
  collect(unsettled, false);
}

interface ConditionalGrant {
  readonly row: number;
  readonly isBound: boolean;
  readonly depth: number;
}

/** INVARIANT: where a conditional grant is reached there is one scope. */
function addConditional(scan: Scan, scopes: readonly number[], { row, isBound, depth }: ConditionalGrant): void {
  const scope = scopes[0]!;
  const truth = truthAt(scan, row, scope);
  if (truth === 'false') return;
  const permission = scan.graph.edges.to[row]!;
  if (isBound && truth === 'true') addRow(scan, permission, depth);
  else addUnsettled(scan, { permission, scope, grant: row, bound: isBound }, depth);
}

function truthAt({ graph, truths, resource, context }: Scan, row: number, scope: number): Truth {
  const detail = graph.edges.detailOf(row);
  const known = truths.get(detail);
  if (known !== undefined) return known;
  const truth = detailTruth(graph, detail, resource ?? scope, context);
  truths.set(detail, truth);
  return truth;
}

/** Entries with a condition at binding or grant, but those that are settled false: rows of the true ones, the others as columns. */
function scanConditional(scan: Scan, { scopes, certain, unsettled }: BoundScope): void {
  const { allows, conditionalAllows } = scan.graph.links;
  const scanGrants = ({ roles, depths }: RoleClosure, isBound: boolean) =>
    eachListed(conditionalAllows.out, roles, (row, place) =>
      addConditional(scan, scopes, { row, isBound, depth: depths[place]! + 1 }),
    );
  scanGrants(certain, true);
  scanGrants(unsettled, false);
  for (const scope of scopes)
    eachListed(allows.out, unsettled.roles, (permission, place) => {
      addUnsettled(scan, { permission, scope, grant: none, bound: false }, unsettled.depths[place]! + 1);
    });
}

function addUnsettled(scan: Scan, { permission, scope, grant, bound }: Entry, depth: number): void {
  const { unsettled, unsettledMarks: marks } = scan.scratch;
  const place = scan.unsettledEnd++;
  ensureEntries(unsettled, scan.unsettledEnd);
  unsettled.permissions[place] = permission;
  unsettled.depths[place] = depth;
  unsettled.scopes[place] = scope;
  unsettled.grants[place] = grant;
  unsettled.bound[place] = bound ? 1 : 0;
  unsettled.previous[place] = marks[permission]!;
  marks[permission] = scan.epoch + place;
}

/** A row for the permission where the range has none yet, else the lesser depth for the row it has. */
function addRow(scan: Scan, permission: number, depth: number): void {
  const { permissionMarks: marks, reached } = scan.scratch;
  const row = marks[permission]! - scan.epoch;
  if (row >= scan.start) {
    if (reached.depths[row]! > depth) reached.depths[row] = depth;
    return;
  }
  reached.permissions[scan.end] = permission;
  reached.depths[scan.end] = depth;
  reached.previous[scan.end] = marks[permission]!;
  marks[permission] = scan.epoch + scan.end++;
}
