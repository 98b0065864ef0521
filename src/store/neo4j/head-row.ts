import type { Head } from '../graph-store.js';
import type { Row } from './driver.js';

/** The node `(:Head)`: the head, what was at the horizon, and whether the store is being filled by a restore. */
export interface HeadRow extends Head {
  readonly horizonHash: string;
  readonly horizonAt: number;
  readonly horizonNodes: number;
  readonly horizonEdges: number;
  /** The restore that is under way. */
  readonly restoring?: string;
}

/** Of a row that returns the head's properties as `head`. */
export const toHeadRow = (row: Row): HeadRow => row.head as HeadRow;

export function toHead({ storeId, revision, hash, at, horizon, openNodes, openEdges }: HeadRow): Head {
  return { storeId, revision, hash, at, horizon, openNodes, openEdges };
}
