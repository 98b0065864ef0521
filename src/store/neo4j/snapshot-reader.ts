import type { EdgeKind, EdgeVersion } from '../../graph/edge.js';
import type { Revision } from '../../graph/ids.js';
import type { NodeVersion } from '../../graph/node.js';
import { GraphError } from '../../kernel/errors.js';
import type { SnapshotBatch } from '../graph-store.js';
import { checkKept } from '../read-checks.js';
import {
  type SnapshotHead,
  type SnapshotKinds,
  type SnapshotPages,
  type SnapshotRow,
  snapshotPageRows,
  streamSnapshot,
} from '../snapshot-stream.js';
import type { Connection, Row } from './driver.js';
import { toHead } from './head-row.js';
import type { LogReader } from './log-reader.js';
import { closedEdgesPage, closedNodesPage, commitAt, openEdgesPage, openNodesPage } from './read-statements.js';
import { docOf } from './view-loader.js';

export type ReadSnapshot = (revision?: Revision, signal?: AbortSignal) => AsyncGenerator<SnapshotBatch>;

/** `kinds`: only those; absent: the whole graph. */
export function createSnapshotReader(connection: Connection, log: LogReader, kinds?: SnapshotKinds): ReadSnapshot {
  async function headAt(revision: Revision): Promise<SnapshotHead> {
    const head = await log.head();
    checkKept(revision, head.horizon);
    if (revision === head.revision) return head;
    if (revision === head.horizon) {
      const { horizonHash: hash, horizonAt: at, horizonNodes: openNodes, horizonEdges: openEdges } = head;
      return { revision, hash, at, openNodes, openEdges };
    }
    const [row] = await connection.read(commitAt, { revision });
    if (!row || revision > head.revision)
      throw new GraphError('INVALID', `revision ${revision} lies beyond the head ${head.revision}`);
    return row.commit as SnapshotHead;
  }

  function pagesOf<Version>(
    openPage: (kind: string) => string,
    closedPage: typeof closedNodesPage,
  ): SnapshotPages<Version> {
    const limit = snapshotPageRows;
    return {
      // A relationship that changed its type between the reads of the two is in both.
      open: async (kind, after) => (await connection.read(openPage(kind), { kind, after, limit })).map(toRow<Version>),
      async closed(kind, { after, last, revision }) {
        const rows =
          last === undefined
            ? await connection.read(closedPage.toEnd, { kind, after, revision, limit })
            : await connection.read(closedPage.toLast, { kind, after, revision, limit, last });
        return rows.map(toRow<Version>);
      },
    };
  }

  const source = {
    nodes: pagesOf<NodeVersion>(() => openNodesPage, closedNodesPage),
    edges: pagesOf<EdgeVersion>((kind) => openEdgesPage[kind as EdgeKind], closedEdgesPage),
    head: async () => toHead(await log.head()),
    headAt,
  };
  return (revision, signal) => streamSnapshot(source, revision, { signal, ...(kinds && { kinds }) });
}

const toRow = <Version>(row: Row): SnapshotRow<Version> => ({
  id: row.id as string,
  since: row.since as number,
  version: docOf<Version>(row),
});
