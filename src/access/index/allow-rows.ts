import type { JsonObject } from '../../graph/node.js';
import type { AccessGraph } from './access-graph.js';
import type { Adjacency } from './adjacency.js';
import type { BoundScope } from './bound-scopes.js';
import { grantTruth } from './entry-truth.js';
import { none } from './node-bank.js';
import type { RoleClosure } from './role-closure.js';
import { ensureRows, type RowBuffer, type Scratch } from './scratch.js';

/** An allow or deny whose truth is not settled at its scope, or that is only looked at where it is asked about. */
export interface Entry {
  readonly permission: number;
  readonly scope: number;
  /** The conditional grant's row; `none`: the grant has no condition. */
  readonly grant: number;
  /** Its binding's condition is settled true, or it has none. */
  readonly bound: boolean;
}
/**
 * The rows of the scopes of one `BoundScope`: (each of its permissions) × (each of its scopes). Rows are positions in
 * `AllowRows.buffer`: `start` to `firstConditional` are unconditional, from there to `end` conditional only.
 */
export interface RowRange {
  readonly bound: BoundScope;
  readonly start: number;
  readonly firstConditional: number;
  readonly end: number;
}
export interface AllowRows {
  readonly buffer: RowBuffer;
  readonly ranges: readonly RowRange[];
  /** Allows whose truth is unsettled at their scope: a resource inside it may settle them. */
  readonly unsettled: readonly Entry[];
  /** Rows of all ranges, once for each scope. */
  readonly count: number;
}

interface Scan {
  readonly graph: AccessGraph;
  readonly scratch: Scratch;
  readonly context: JsonObject | undefined;
  readonly epoch: number;
  end: number;
}

/**
 * Step 4 of section 3, allows. `resource`: patterns are settled there and not at each scope. The rows lie in scratch
 * space: they hold until the next call.
 */
export function scanAllows(
  graph: AccessGraph,
  scratch: Scratch,
  bounds: readonly BoundScope[],
  { resource, context }: { readonly resource?: number; readonly context?: JsonObject | undefined },
): AllowRows {
  const ranges: RowRange[] = [];
  const unsettled: Entry[] = [];
  let end = 0;
  let count = 0;
  for (const bound of bounds) {
    const scan: Scan = { graph, scratch, context, epoch: scratch.begin(graph), end };
    scanCertain(scan, bound.certain);
    const conditional = conditionalEntries(scan, bound, resource);
    let firstConditional = scan.end;
    if (conditional.length > 0) {
      for (let row = end; row < scan.end; row++) scratch.permissionSlots[scratch.rows.permissions[row]!] = row;
      for (const entry of conditional) if (entry.certain) addRow(scan, entry);
      firstConditional = scan.end;
      for (const entry of conditional) if (!entry.certain) unsettled.push(addRow(scan, entry));
    }
    ranges.push({ bound, start: end, firstConditional, end: scan.end });
    count += (scan.end - end) * bound.scopes.length;
    end = scan.end;
  }
  return { buffer: scratch.rows, ranges, unsettled, count };
}

/**
 * Without a branch for each grant: the permission is written where the next row goes, and that place moves on by whether
 * the permission was new. A visited test would be mispredicted too often (1.6 to 2.6 times the time).
 */
function scanCertain(scan: Scan, { roles, depths }: RoleClosure): void {
  const { graph, scratch, epoch } = scan;
  const { words, offsets, lengths } = graph.links.allows.out;
  const marks = scratch.permissionMarks;
  for (let i = 0; i < roles.length; i++) {
    const role = roles[i]!;
    const from = offsets[role] ?? 0;
    const to = from + (lengths[role] ?? 0);
    if (from === to) continue;
    ensureRows(scratch.rows, scan.end + to - from);
    const rows = scratch.rows.permissions;
    let end = scan.end;
    for (let e = from; e < to; e++) {
      const permission = words[e]!;
      rows[end] = permission;
      const differs = marks[permission]! ^ epoch;
      marks[permission] = epoch;
      end += (differs | -differs) >>> 31;
    }
    scratch.rows.depths.fill(depths[i]! + 1, scan.end, end);
    scan.end = end;
  }
}

interface ConditionalEntry extends Entry {
  readonly depth: number;
  /** It is settled true at the resource or scope. */
  readonly certain: boolean;
}

/** All entries with a condition at binding or grant, but those that are settled false. */
function conditionalEntries(scan: Scan, bound: BoundScope, resource: number | undefined): readonly ConditionalEntry[] {
  const { graph, context } = scan;
  const { allows, conditionalAllows } = graph.links;
  const entries: ConditionalEntry[] = [];
  const scope = bound.scopes[0]!;
  const collectConditional = ({ roles, depths }: RoleClosure, isBound: boolean) =>
    eachListed(conditionalAllows.out, roles, (grant, i) => {
      const truth = grantTruth(graph, grant, resource ?? scope, context);
      if (truth === 'false') return;
      const permission = graph.edges.to[grant]!;
      const certain = isBound && truth === 'true';
      entries.push({ permission, scope, grant, bound: isBound, depth: depths[i]! + 1, certain });
    });
  collectConditional(bound.certain, true);
  collectConditional(bound.unsettled, false);
  for (const each of bound.scopes)
    eachListed(allows.out, bound.unsettled.roles, (permission, i) => {
      const depth = bound.unsettled.depths[i]! + 1;
      entries.push({ permission, scope: each, grant: none, bound: false, depth, certain: false });
    });
  return entries;
}

/** The words of the lists of several nodes, each with the place of its node. */
export function eachListed(
  { words, offsets, lengths }: Adjacency,
  nodes: readonly number[],
  visit: (word: number, place: number) => void,
): void {
  for (let place = 0; place < nodes.length; place++) {
    const from = offsets[nodes[place]!] ?? 0;
    const to = from + (lengths[nodes[place]!] ?? 0);
    for (let i = from; i < to; i++) visit(words[i]!, place);
  }
}

/** A row for the entry where its permission has none yet, else the lesser depth for the row it has. */
function addRow<E extends ConditionalEntry>(scan: Scan, entry: E): E {
  const { scratch, epoch } = scan;
  const { permission, depth } = entry;
  if (scratch.permissionMarks[permission] === epoch) {
    const row = scratch.permissionSlots[permission]!;
    scratch.rows.depths[row] = Math.min(scratch.rows.depths[row]!, depth);
    return entry;
  }
  ensureRows(scratch.rows, scan.end + 1);
  scratch.permissionMarks[permission] = epoch;
  scratch.permissionSlots[permission] = scan.end;
  scratch.rows.permissions[scan.end] = permission;
  scratch.rows.depths[scan.end++] = depth;
  return entry;
}
