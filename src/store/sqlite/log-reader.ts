import { isIdSyntax, type Revision } from '../../graph/ids.js';
import { GraphError } from '../../kernel/errors.js';
import type { GraphStore, Head } from '../graph-store.js';
import { checkKept } from '../read-checks.js';
import type { Database, Row } from './driver.js';
import { commitSizesAfter, commitsBetween, newestNotAfter } from './read-statements.js';
import { toHead, toStoredCommit } from './rows.js';
import { commitById, readHead } from './write-statements.js';

export interface LogReader extends Pick<GraphStore, 'horizon' | 'revisionAt' | 'commitsAfter' | 'findCommit'> {
  head(): Head & HorizonTotals;
}
/** What the head says of the graph at the horizon. */
export interface HorizonTotals {
  readonly horizonAt: number;
  readonly horizonHash: string;
  readonly horizonNodes: number;
  readonly horizonEdges: number;
}

const defaultMaxBytes = 4_000_000;
/** How many commits one page of the log has at most, however small they are. */
const maxCommitsPerPage = 1_000;

export function createLogReader(database: Database): LogReader {
  const statement = {
    head: database.prepare(readHead),
    newest: database.prepare(newestNotAfter),
    sizes: database.prepare(commitSizesAfter),
    between: database.prepare(commitsBetween),
    byId: database.prepare(commitById),
  };

  function head(): Head & HorizonTotals {
    const row = statement.head.get() as Row;
    return {
      ...toHead(row),
      horizonAt: row.horizon_at as number,
      horizonHash: row.horizon_hash as string,
      horizonNodes: row.horizon_nodes as number,
      horizonEdges: row.horizon_edges as number,
    };
  }

  /** The last revision of the unbroken run after `revision` that fits; the first fits whatever its size. */
  function lastThatFits(revision: Revision, maxBytes: number): Revision {
    let [last, bytes] = [revision, 0];
    for (const row of statement.sizes.all(revision, maxCommitsPerPage) as Row[]) {
      bytes += row.bytes as number;
      if (row.revision !== last + 1 || (bytes > maxBytes && last > revision)) break;
      last += 1;
    }
    return last;
  }

  return {
    head,
    async horizon() {
      const { horizon: revision, horizonHash: hash, horizonAt: at } = head();
      return { revision, hash, at };
    },
    async revisionAt(time) {
      const row = statement.newest.get(time) as Row | undefined;
      if (row) return row.revision as number;
      const { horizon, horizonAt } = head();
      if (horizon > 0 && time < horizonAt)
        throw new GraphError('GONE', `what was known before revision ${horizon} is no longer kept`);
      return horizon;
    },
    async commitsAfter(revision, { maxBytes = defaultMaxBytes } = {}) {
      const { horizon } = head();
      checkKept(revision, horizon);
      const last = lastThatFits(revision, maxBytes);
      return (statement.between.all(revision, last) as Row[]).map(toStoredCommit);
    },
    async findCommit(id) {
      const row = isIdSyntax(id) ? (statement.byId.get(id) as Row | undefined) : undefined;
      return row && toStoredCommit(row);
    },
  };
}
