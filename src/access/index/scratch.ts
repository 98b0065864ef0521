import type { Effect } from '../../graph/edge.js';
import type { AccessGraph } from './access-graph.js';
import { widened } from './typed-columns.js';

/**
 * Arrays that searches share. A mark holds for the search whose epoch it bears, so that nothing is ever cleared; one
 * search of a kind at a time. INVARIANT: nothing is kept here from one answer to the next.
 */
export interface Scratch {
  /** A new epoch, with arrays wide enough for the graph. */
  begin(graph: AccessGraph): number;
  /** By inner node. */
  readonly innerMarks: Int32Array;
  readonly innerSlots: Int32Array;
  readonly queue: Int32Array;
  /** By inner node, for the search back from what leads to entries of that effect: held while others are asked forward. */
  readonly leadMarks: Readonly<Record<Effect, Int32Array>>;
  /** By permission. */
  readonly permissionMarks: Int32Array;
  readonly permissionSlots: Int32Array;
  /** Room for rows: permissions and depths, in the order in which they were reached. */
  readonly rows: RowBuffer;
}
export interface RowBuffer {
  permissions: Uint32Array;
  depths: Uint16Array;
}

const lastEpoch = 2 ** 30;

export function createScratch(): Scratch {
  let epoch = 0;
  const self = {
    innerMarks: new Int32Array(0),
    innerSlots: new Int32Array(0),
    queue: new Int32Array(0),
    leadMarks: { ALLOW: new Int32Array(0), DENY: new Int32Array(0) },
    permissionMarks: new Int32Array(0),
    permissionSlots: new Int32Array(0),
    rows: { permissions: new Uint32Array(4_096), depths: new Uint16Array(4_096) },
    begin(graph: AccessGraph): number {
      if (++epoch > lastEpoch) {
        self.innerMarks.fill(0);
        self.leadMarks.ALLOW.fill(0);
        self.leadMarks.DENY.fill(0);
        self.permissionMarks.fill(0);
        epoch = 1;
      }
      self.innerMarks = widened(self.innerMarks, graph.nodes.count);
      self.innerSlots = widened(self.innerSlots, graph.nodes.count);
      self.queue = widened(self.queue, graph.nodes.count);
      self.leadMarks.ALLOW = widened(self.leadMarks.ALLOW, graph.nodes.count);
      self.leadMarks.DENY = widened(self.leadMarks.DENY, graph.nodes.count);
      self.permissionMarks = widened(self.permissionMarks, graph.permissions.count);
      self.permissionSlots = widened(self.permissionSlots, graph.permissions.count);
      return epoch;
    },
  };
  return self;
}

export function ensureRows(rows: RowBuffer, length: number): void {
  if (length <= rows.permissions.length) return;
  const permissions = new Uint32Array(length * 2);
  const depths = new Uint16Array(length * 2);
  permissions.set(rows.permissions);
  depths.set(rows.depths);
  rows.permissions = permissions;
  rows.depths = depths;
}
