import type { StoredCommit } from '../../graph/change.js';
import type { EdgeVersion } from '../../graph/edge.js';
import { asCommitId, asEdgeId } from '../../graph/ids.js';
import type { NodeVersion } from '../../graph/node.js';
import type { Head } from '../graph-store.js';
import type { Row } from './driver.js';

/** What the tables hold, as the model's values. Statements name the columns as these functions read them. */
export const nodeColumns = 'n.since, n.until, n.version, n.created_at, n.modified_at, n.doc';
export const edgeColumns = 'e.id, e.since, e.until, e.doc';
export const commitColumns = 'revision, id, at, meta, effects, hash';

export function toNodeVersion(row: Row): NodeVersion {
  const version = toOpenNodeVersion(row);
  return row.until === null ? version : { ...version, until: row.until as number };
}

/** As it was while it was open, whether it has ended by now or not. */
export function toOpenNodeVersion(row: Row): NodeVersion {
  return {
    node: JSON.parse(row.doc as string),
    stamps: {
      since: row.since as number,
      version: row.version as number,
      createdAt: row.created_at as number,
      modifiedAt: row.modified_at as number,
    },
  };
}

export function toEdgeVersion(row: Row): EdgeVersion {
  const version = toOpenEdgeVersion(row);
  return row.until === null ? version : { ...version, until: row.until as number };
}

/** As it was while it was open. */
export function toOpenEdgeVersion(row: Row): EdgeVersion {
  return { id: asEdgeId(row.id as string), edge: JSON.parse(row.doc as string), since: row.since as number };
}

export function toStoredCommit(row: Row): StoredCommit {
  return {
    revision: row.revision as number,
    id: asCommitId(row.id as string),
    at: row.at as number,
    meta: JSON.parse(row.meta as string),
    effects: JSON.parse(row.effects as string),
    hash: row.hash as string,
  };
}

export function toHead(row: Row): Head {
  return {
    storeId: row.store_id as string,
    revision: row.revision as number,
    hash: row.hash as string,
    at: row.at as number,
    horizon: row.horizon as number,
    openNodes: row.open_nodes as number,
    openEdges: row.open_edges as number,
  };
}
