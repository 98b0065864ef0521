import { GraphError } from '../../kernel/errors.js';
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

/**
 * Of the rows of a statement that returns the head's properties as `head`.
 * @throws GraphError UNAVAILABLE where somebody has removed it
 */
export function getHeadRow([row]: readonly Row[]): HeadRow {
  if (!row) throw new GraphError('UNAVAILABLE', 'the database has lost its head; restore it from an export');
  return row.head as HeadRow;
}

export function toHead({ storeId, revision, hash, at, horizon, openNodes, openEdges }: HeadRow): Head {
  return { storeId, revision, hash, at, horizon, openNodes, openEdges };
}
