import type { Effect } from '../../graph/edge.js';
import type { AccessGraph } from './access-graph.js';
import { widened } from './typed-columns.js';

/**
 * Arrays that searches share. A mark holds for the search whose epoch it bears, so that nothing is ever cleared; one
 * search of a kind at a time. INVARIANT: nothing is kept here from one answer to the next.
 */
export interface Scratch {
  /** A new epoch of inner nodes' marks, with arrays wide enough for the graph. */
  begin(graph: AccessGraph): number;
  /**
   * The same of permissions' marks: one may be marked with the epoch plus a number below `places`. Such epochs are used
   * up soon: none is held while another begins.
   */
  beginPermissions(graph: AccessGraph, places?: number): number;
  /** The one that began last. */
  readonly permissionEpoch: number;
  /** By inner node. */
  readonly innerMarks: Int32Array;
  readonly innerSlots: Int32Array;
  /**
   * A new pair of marks, the number given and the next one, for the search back from what leads to entries of that effect.
   * They hold while others search forward.
   */
  beginLeads(graph: AccessGraph, effect: Effect): number;
  /** By inner node. Bytes, since a search back meets so many nodes that it waits for memory more than for anything else. */
  readonly leadMarks: Readonly<Record<Effect, Uint8Array>>;
  /** Room for every inner node: those that a search has yet to leave, or found. */
  readonly waiting: Int32Array;
  /** The same, for the identities that it found. */
  readonly found: Int32Array;
  /** By permission. */
  readonly permissionMarks: Int32Array;
  readonly unsettledMarks: Int32Array;
  /** Rows as they are reached, before they are laid out for every scope. */
  readonly reached: ReachedColumns;
  readonly unsettled: EntryColumns;
  readonly rows: RowColumns;
  /** Room for the numbers of so many rows, and a key of each. */
  near(length: number): { readonly near: Uint32Array; readonly keys: Float64Array };
  /** 0, 1, 2 … */
  ascending(length: number): Uint32Array;
}
export interface KeyColumns {
  permissions: Uint32Array;
  depths: Uint16Array;
}
/** Chained by permission. */
export interface ReachedColumns extends KeyColumns {
  /** The permission's mark until then: of the one before it in the chain, or of an earlier epoch. */
  previous: Int32Array;
}
export interface RowColumns extends KeyColumns {
  scopes: Uint32Array;
  decisions: Uint8Array;
}
/** Entries whose truth is not settled. */
export interface EntryColumns extends ReachedColumns {
  scopes: Uint32Array;
  /** The conditional grant's row; `none`: the grant has no condition. */
  grants: Int32Array;
  /** 1: the binding's condition is settled true, or it has none. */
  bound: Uint8Array;
}

const lastEpoch = 2 ** 30;
/** The last pair that fits a byte. */
const lastLead = 254;

export function createScratch(): Scratch {
  let epoch = 0;
  const leads: Record<Effect, number> = { ALLOW: 0, DENY: 0 };
  let nextPermissionEpoch = 1;
  let ascending = new Uint32Array(0);
  let near = new Uint32Array(0);
  let keys = new Float64Array(0);
  const self = {
    innerMarks: new Int32Array(0),
    innerSlots: new Int32Array(0),
    leadMarks: { ALLOW: new Uint8Array(0), DENY: new Uint8Array(0) },
    waiting: new Int32Array(0),
    found: new Int32Array(0),
    permissionEpoch: 0,
    permissionMarks: new Int32Array(0),
    unsettledMarks: new Int32Array(0),
    reached: { permissions: new Uint32Array(0), depths: new Uint16Array(0), previous: new Int32Array(0) },
    unsettled: {
      permissions: new Uint32Array(0),
      depths: new Uint16Array(0),
      previous: new Int32Array(0),
      scopes: new Uint32Array(0),
      grants: new Int32Array(0),
      bound: new Uint8Array(0),
    },
    rows: {
      permissions: new Uint32Array(0),
      depths: new Uint16Array(0),
      scopes: new Uint32Array(0),
      decisions: new Uint8Array(0),
    },
    begin({ nodes }: AccessGraph): number {
      if (++epoch > lastEpoch) {
        self.innerMarks.fill(0);
        epoch = 1;
      }
      if (self.innerMarks.length < nodes.count) {
        self.innerMarks = widened(self.innerMarks, nodes.count);
        self.innerSlots = widened(self.innerSlots, nodes.count);
        self.waiting = widened(self.waiting, nodes.count);
      }
      return epoch;
    },
    beginLeads({ nodes }: AccessGraph, effect: Effect): number {
      self.leadMarks[effect] = widened(self.leadMarks[effect], nodes.count);
      self.waiting = widened(self.waiting, nodes.count);
      self.found = widened(self.found, nodes.count);
      leads[effect] += 2;
      if (leads[effect] > lastLead) {
        self.leadMarks[effect].fill(0);
        leads[effect] = 1;
      }
      return leads[effect];
    },
    beginPermissions({ permissions }: AccessGraph, places = 1): number {
      self.permissionMarks = widened(self.permissionMarks, permissions.count);
      self.unsettledMarks = widened(self.unsettledMarks, permissions.count);
      if (nextPermissionEpoch + places > lastEpoch) {
        self.permissionMarks.fill(0);
        self.unsettledMarks.fill(0);
        nextPermissionEpoch = 1;
      }
      self.permissionEpoch = nextPermissionEpoch;
      nextPermissionEpoch += Math.max(places, 1);
      return self.permissionEpoch;
    },
    near(length: number) {
      near = widened(near, length);
      keys = widened(keys, length);
      return { near, keys };
    },
    ascending(length: number): Uint32Array {
      if (length > ascending.length) ascending = Uint32Array.from({ length: length * 2 }, (_, number) => number);
      return ascending.subarray(0, length);
    },
  };
  return self;
}

/** Room for so many in every column. */
export function ensureReached(columns: ReachedColumns, length: number): void {
  if (length <= columns.previous.length) return;
  ensureKeys(columns, length);
  columns.previous = widened(columns.previous, length);
}

export function ensureRows(columns: RowColumns, length: number): void {
  if (length <= columns.scopes.length) return;
  ensureKeys(columns, length);
  columns.scopes = widened(columns.scopes, length);
  columns.decisions = widened(columns.decisions, length);
}

export function ensureEntries(columns: EntryColumns, length: number): void {
  if (length <= columns.scopes.length) return;
  ensureReached(columns, length);
  columns.scopes = widened(columns.scopes, length);
  columns.grants = widened(columns.grants, length);
  columns.bound = widened(columns.bound, length);
}

function ensureKeys(columns: KeyColumns, length: number): void {
  columns.permissions = widened(columns.permissions, length);
  columns.depths = widened(columns.depths, length);
}
