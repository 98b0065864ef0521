import type { Revision } from '../../graph/ids.js';
import { GraphError } from '../../kernel/errors.js';
import type { SnapshotBatch } from '../graph-store.js';
import { checkKept } from '../read-checks.js';
import {
  type SnapshotHead,
  type SnapshotPages,
  type SnapshotRow,
  snapshotPageRows,
  streamSnapshot,
} from '../snapshot-stream.js';
import type { Database, Row } from './driver.js';
import type { LogReader } from './log-reader.js';
import { closedEdgesPage, closedNodesPage, openEdgesPage, openNodesPage, totalsAt } from './read-statements.js';
import { toOpenEdgeVersion, toOpenNodeVersion } from './rows.js';

export type ReadSnapshot = (revision?: Revision, signal?: AbortSignal) => AsyncGenerator<SnapshotBatch>;

export function createSnapshotReader(database: Database, log: LogReader): ReadSnapshot {
  const totals = database.prepare(totalsAt);

  function headAt(revision: Revision): SnapshotHead {
    const head = log.head();
    checkKept(revision, head.horizon);
    if (revision === head.revision) return head;
    if (revision === head.horizon) {
      const { horizonHash: hash, horizonAt: at, horizonNodes: openNodes, horizonEdges: openEdges } = head;
      return { revision, hash, at, openNodes, openEdges };
    }
    const row = totals.get(revision) as Row | undefined;
    if (!row) throw new GraphError('INVALID', `revision ${revision} lies beyond the head ${head.revision}`);
    return {
      revision,
      hash: row.hash as string,
      at: row.at as number,
      openNodes: row.open_nodes as number,
      openEdges: row.open_edges as number,
    };
  }

  function pagesOf<Version>(sql: { open: string; closed: string }, toVersion: (row: Row) => Version) {
    const [open, closed] = [database.prepare(sql.open), database.prepare(sql.closed)];
    const toRow = (row: Row): SnapshotRow<Version> => ({
      id: row.id as string,
      since: row.since as number,
      version: toVersion(row),
    });
    const pages: SnapshotPages<Version> = {
      open: (kind, after) => (open.all(kind, after, snapshotPageRows) as Row[]).map(toRow),
      closed: (kind, { after, last, revision }) =>
        (closed.all(kind, after, last ?? null, revision, snapshotPageRows) as Row[]).map(toRow),
    };
    return pages;
  }

  const nodes = pagesOf({ open: openNodesPage, closed: closedNodesPage }, toOpenNodeVersion);
  const edges = pagesOf({ open: openEdgesPage, closed: closedEdgesPage }, toOpenEdgeVersion);
  return (revision, signal) => streamSnapshot({ nodes, edges, head: log.head, headAt }, revision, { signal });
}
