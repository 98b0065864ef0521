import type { StoredCommit } from '../../graph/change.js';
import { isIdSyntax, type Revision } from '../../graph/ids.js';
import { GraphError } from '../../kernel/errors.js';
import type { GraphStore } from '../graph-store.js';
import { checkKept } from '../read-checks.js';
import { beingRestored } from '../restore-checks.js';
import type { Connection, Row } from './driver.js';
import { getHeadRow, type HeadRow } from './head-row.js';
import { toStoredCommit } from './log-rows.js';
import { commitById, commitSizesAfter, commitsBetween, newestNotAfter } from './read-statements.js';
import { readHead } from './schema-statements.js';

export interface LogReader extends Pick<GraphStore, 'horizon' | 'revisionAt' | 'commitsAfter' | 'findCommit'> {
  /** @throws GraphError UNAVAILABLE while a restore fills the store, or where one was ended: what is there is a part */
  head(): Promise<HeadRow>;
}

const defaultMaxBytes = 4_000_000;
/** How many commits one page of the log has at most, however small they are. */
const maxCommitsPerPage = 1_000;

export function createLogReader(connection: Connection): LogReader {
  async function head(): Promise<HeadRow> {
    const row = getHeadRow(await connection.read(readHead));
    if (row.restoring !== undefined) throw beingRestored();
    return row;
  }

  /** The last revision of the unbroken run after `revision` that fits; the first fits whatever its size. */
  async function lastThatFits(revision: Revision, maxBytes: number): Promise<Revision> {
    let [last, bytes] = [revision, 0];
    for (const row of await connection.read(commitSizesAfter, { revision, limit: maxCommitsPerPage })) {
      bytes += row.bytes as number;
      if (row.revision !== last + 1 || (bytes > maxBytes && last > revision)) break;
      last += 1;
    }
    return last;
  }

  return {
    head,
    async horizon() {
      const { horizon: revision, horizonHash: hash, horizonAt: at } = await head();
      return { revision, hash, at };
    },
    async revisionAt(time) {
      const [row] = await connection.read(newestNotAfter, { time });
      if (row) return row.revision as number;
      const { horizon, horizonAt } = await head();
      if (horizon > 0 && time < horizonAt)
        throw new GraphError('GONE', `what was known before revision ${horizon} is no longer kept`);
      return horizon;
    },
    async commitsAfter(revision, { maxBytes = defaultMaxBytes } = {}) {
      const { horizon } = await head();
      checkKept(revision, horizon);
      const last = await lastThatFits(revision, maxBytes);
      if (last === revision) return [];
      return wholeCommits(await connection.read(commitsBetween, { first: revision, last }));
    },
    async findCommit(id) {
      if (!isIdSyntax(id)) return undefined;
      const [row] = await connection.read(commitById, { id });
      return row && toStoredCommit(row);
    },
  };
}

/** Up to the first of which a part is not there. */
function wholeCommits(rows: readonly Row[]): readonly StoredCommit[] {
  const commits: StoredCommit[] = [];
  for (const row of rows) {
    const commit = toStoredCommit(row);
    if (!commit) break;
    commits.push(commit);
  }
  return commits;
}
