import { EDGE_KINDS, type EdgeVersion } from '../../graph/edge.js';
import type { Revision } from '../../graph/ids.js';
import type { NodeVersion } from '../../graph/node.js';
import { NODE_KINDS } from '../../graph/node-kind.js';
import { GraphError } from '../../kernel/errors.js';
import type { Head, SnapshotBatch } from '../graph-store.js';
import type { Database, Row, Statement } from './driver.js';
import { checkKept, type LogReader } from './log-reader.js';
import { closedEdgesPage, closedNodesPage, openEdgesPage, openNodesPage, totalsAt } from './read-statements.js';
import { toEdgeVersion, toNodeVersion } from './rows.js';

/** How many rows one statement reads, and one batch holds, at most. */
const batchRows = 1_000;

interface Pages {
  readonly open: Statement;
  readonly closed: Statement;
}
type Totals = Pick<Head, 'revision' | 'hash' | 'at' | 'openNodes' | 'openEdges'>;
export type ReadSnapshot = (revision?: Revision, signal?: AbortSignal) => AsyncGenerator<SnapshotBatch>;

/**
 * The graph as of one revision, page by page, while others commit. A row that is closed between two reads of a page is
 * found by the second: so the open rows are read first, then the closed ones of the same range of ids.
 */
export function createSnapshotReader(database: Database, log: LogReader): ReadSnapshot {
  const nodes: Pages = { open: database.prepare(openNodesPage), closed: database.prepare(closedNodesPage) };
  const edges: Pages = { open: database.prepare(openEdgesPage), closed: database.prepare(closedEdgesPage) };
  const totals = database.prepare(totalsAt);

  function totalsOf(revision: Revision): Totals {
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

  return async function* snapshot(asked, signal) {
    const revision = asked ?? log.head().revision;
    const expected = totalsOf(revision);
    const found = { nodes: 0, edges: 0 };
    for (const kind of NODE_KINDS)
      for await (const rows of rowsAsOf(nodes, kind, revision, signal)) {
        found.nodes += rows.length;
        yield { kind: 'nodes', nodes: rows.map(asOfThen(toNodeVersion)) satisfies NodeVersion[] };
      }
    for (const kind of EDGE_KINDS)
      for await (const rows of rowsAsOf(edges, kind, revision, signal)) {
        found.edges += rows.length;
        yield { kind: 'edges', edges: rows.map(asOfThen(toEdgeVersion)) satisfies EdgeVersion[] };
      }
    const { storeId, horizon } = log.head();
    // Pruning may have dropped rows that this snapshot had yet to read.
    checkKept(revision, horizon);
    if (found.nodes !== expected.openNodes || found.edges !== expected.openEdges)
      throw new GraphError(
        'UNAVAILABLE',
        `the snapshot of revision ${revision} does not match its totals; take it again`,
      );
    const { hash, at, openNodes, openEdges } = expected;
    yield { kind: 'snapshotEnd', head: { storeId, revision, hash, at, openNodes, openEdges } };
  };
}

/** The rows of one kind that existed at the revision, by id, in batches. Between two batches others get their turn. */
async function* rowsAsOf(pages: Pages, kind: string, revision: Revision, signal?: AbortSignal): AsyncGenerator<Row[]> {
  let after: string | undefined = '';
  while (after !== undefined) {
    if (signal?.aborted) throw new GraphError('DEADLINE', 'the deadline passed before the snapshot was complete');
    const open = pages.open.all(kind, after, batchRows) as Row[];
    const lastOpen = open.length < batchRows ? null : (open.at(-1)!.id as string);
    const closed = pages.closed.all(kind, after, lastOpen, revision, batchRows) as Row[];
    const last: string | null = closed.length < batchRows ? lastOpen : (closed.at(-1)!.id as string);
    const rows = [...open, ...closed]
      .filter((row) => (row.since as number) <= revision && (last === null || (row.id as string) <= last))
      .sort((a, b) => ((a.id as string) < (b.id as string) ? -1 : 1));
    for (let start = 0; start < rows.length; start += batchRows) yield rows.slice(start, start + batchRows);
    after = last ?? undefined;
    await new Promise(setImmediate);
  }
}

/** A version that was open at the revision is given as it was then, without the `until` that came later. */
function asOfThen<Version>(toVersion: (row: Row) => Version): (row: Row) => Version {
  return (row) => toVersion({ ...row, until: null });
}
