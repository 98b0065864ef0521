import type { JsonObject } from '../../graph/node.js';
import type { AccessGraph } from './access-graph.js';
import type { BoundScope } from './bound-scopes.js';
import type { Entries } from './deny-entries.js';
import { eachListed } from './each-listed.js';
import type { Entry } from './entry.js';
import { grantTruth } from './entry-truth.js';
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
  /** Rows of permissions that have a deny, wherever it holds; in no order. */
  readonly denied: readonly number[];
}
export interface AllowRows {
  readonly reached: ReachedColumns;
  readonly ranges: readonly RowRange[];
  /** Allows whose truth is unsettled at their scope: a resource inside it may settle them. */
  readonly unsettled: EntryColumns;
  readonly unsettledCount: number;
  /** Rows of all ranges, once for each scope. */
  readonly count: number;
}

export interface ScanQuestion {
  readonly resource?: number;
  readonly context: JsonObject | undefined;
  readonly denies: Entries;
  /** Only its allows: roles are asked for their grants of it. Absent: all. */
  readonly permission?: number;
}
interface Scan {
  readonly graph: AccessGraph;
  readonly scratch: Scratch;
  readonly context: JsonObject | undefined;
  readonly resource: number | undefined;
  /** Of the range: a permission's mark is the epoch plus the place of its row in the range. */
  epoch: number;
  start: number;
  end: number;
  unsettledEnd: number;
}

/**
 * Step 4 of section 3, allows. `resource`: patterns are settled there and not at each scope. The rows lie in scratch
 * space: they hold until the next call.
 */
export function scanAllows(
  graph: AccessGraph,
  scratch: Scratch,
  bounds: readonly BoundScope[],
  { resource, context, denies, permission }: ScanQuestion,
): AllowRows {
  const ranges: RowRange[] = [];
  const scan: Scan = { graph, scratch, context, resource, epoch: 0, start: 0, end: 0, unsettledEnd: 0 };
  let count = 0;
  for (const bound of bounds) {
    scan.epoch = scratch.beginPermissions(graph);
    scan.start = scan.end;
    const firstUnsettled = scan.unsettledEnd;
    if (permission !== undefined) scanGrantsOf(scan, bound, permission);
    else {
      scanCertain(scan, bound.certain);
      scanConditional(scan, bound);
    }
    const firstConditional = scan.end;
    const { permissions, depths } = scratch.unsettled;
    for (let i = firstUnsettled; i < scan.unsettledEnd; i++) addRow(scan, permissions[i]!, depths[i]!);
    ranges.push({ bound, start: scan.start, firstConditional, end: scan.end, denied: rowsOf(scan, denies.keys()) });
    count += (scan.end - scan.start) * bound.scopes.length;
  }
  const { reached, unsettled } = scratch;
  return { reached, ranges, unsettled, unsettledCount: scan.unsettledEnd, count };
}

/**
 * Without a branch for each grant: the permission is written where the next row goes, and that place moves on by whether
 * the permission was new. A visited test would be mispredicted too often (1.6 to 2.6 times the time).
 */
function scanCertain(scan: Scan, { roles, depths }: RoleClosure): void {
  const { scratch, epoch, start } = scan;
  const { words, offsets, lengths } = scan.graph.links.allows.out;
  const marks = scratch.permissionMarks;
  for (let i = 0; i < roles.length; i++) {
    const role = roles[i]!;
    const from = offsets[role] ?? 0;
    const to = from + (lengths[role] ?? 0);
    if (from === to) continue;
    ensureReached(scratch.reached, scan.end + to - from);
    const rows = scratch.reached.permissions;
    let end = scan.end;
    for (let e = from; e < to; e++) {
      const permission = words[e]!;
      rows[end] = permission;
      const mark = marks[permission]!;
      const isNew = (mark - epoch) >>> 31;
      marks[permission] = mark ^ ((mark ^ (epoch + end - start)) & -isNew);
      end += isNew;
    }
    scratch.reached.depths.fill(depths[i]! + 1, scan.end, end);
    scan.end = end;
  }
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
  const truth = grantTruth(scan.graph, row, scan.resource ?? scope, scan.context);
  if (truth === 'false') return;
  const permission = scan.graph.edges.to[row]!;
  if (isBound && truth === 'true') addRow(scan, permission, depth);
  else addUnsettled(scan, { permission, scope, grant: row, bound: isBound }, depth);
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

/** The rows that the range has for the permissions. */
function rowsOf({ scratch, epoch, start }: Scan, permissions: Iterable<number>): readonly number[] {
  const rows: number[] = [];
  for (const permission of permissions) {
    const place = scratch.permissionMarks[permission]! - epoch;
    if (place >= 0) rows.push(start + place);
  }
  return rows;
}

function addUnsettled(scan: Scan, { permission, scope, grant, bound }: Entry, depth: number): void {
  const { unsettled } = scan.scratch;
  const place = scan.unsettledEnd++;
  ensureEntries(unsettled, scan.unsettledEnd);
  unsettled.permissions[place] = permission;
  unsettled.depths[place] = depth;
  unsettled.scopes[place] = scope;
  unsettled.grants[place] = grant;
  unsettled.bound[place] = bound ? 1 : 0;
}

/** A row for the permission where it has none yet, else the lesser depth for the row it has. */
function addRow(scan: Scan, permission: number, depth: number): void {
  const { epoch, start } = scan;
  const { permissionMarks: marks, reached } = scan.scratch;
  const place = marks[permission]! - epoch;
  if (place >= 0) {
    const row = start + place;
    if (reached.depths[row]! > depth) reached.depths[row] = depth;
    return;
  }
  ensureReached(reached, scan.end + 1);
  marks[permission] = epoch + scan.end - start;
  reached.permissions[scan.end] = permission;
  reached.depths[scan.end++] = depth;
}
