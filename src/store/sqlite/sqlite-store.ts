import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { isIdSyntax } from '../../graph/ids.js';
import { invariant } from '../../kernel/assert.js';
import type { Clock } from '../../kernel/clock.js';
import { GraphError } from '../../kernel/errors.js';
import { laneOf } from '../fair-queue.js';
import type { GraphStore } from '../graph-store.js';
import { guard } from '../guard.js';
import type { SideStore } from '../side-store.js';
import { backupDatabase, type Database, openDatabase } from './driver.js';
import { createEdgeReader } from './edge-reader.js';
import { databaseFileName, lockFolder } from './lock.js';
import { createLogReader } from './log-reader.js';
import { createNodeReader } from './node-reader.js';
import { restoreThrough } from './restore.js';
import { checkSchema } from './schema.js';
import { createSideReader } from './side-reader.js';
import { createSideWrites } from './side-writes.js';
import { createSnapshotReader } from './snapshot-reader.js';
import { fromWireError, toWireError } from './wire-error.js';
import { createWriter, startWriterThread, type Writer } from './writer.js';

export interface SqliteStore {
  readonly graph: GraphStore;
  /** In the same file; lives as long as `graph`. */
  readonly side: SideStore;
  /** Copies the file as of one commit to a new path, while others write. Rejects with `INVALID` for one that is there already or cannot be written. */
  backup(path: string): Promise<void>;
}

export interface SqliteStoreOptions {
  readonly folder: string;
  readonly clock: Clock;
  /** `read`: beside the process that holds the folder; whatever writes is refused. */
  readonly access?: 'write' | 'read';
  readonly startThread?: (path: string) => Worker;
}

/**
 * The store in one file of a folder, which this process holds alone if it writes.
 * @throws GraphError UNAVAILABLE, in one line: the folder is held, cannot be written, or holds what this program cannot read
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<SqliteStore> {
  const { folder, clock, access = 'write', startThread = startWriterThread } = options;
  const path = join(folder, databaseFileName);
  const lock = access === 'write' ? lockFolder(folder) : undefined;
  try {
    const writer = lock ? await createWriter(() => startThread(path), clock) : refusingWriter;
    return createStore(openReader(path), writer, () => lock?.release());
  } catch (error) {
    lock?.release();
    throw fromWireError(toWireError(error));
  }
}

function openReader(path: string): Database {
  const nothing = new GraphError('UNAVAILABLE', `there is no store at \`${path}\`; nothing was stored there yet`);
  if (!existsSync(path)) throw nothing;
  const database = openDatabase(path, 'read');
  if (checkSchema(database, path) === 'present') return database;
  database.close();
  throw nothing;
}

const refusingWriter: Writer = {
  submit: () => Promise.reject(new GraphError('UNAVAILABLE', 'the store was opened for reading only')),
  close: () => Promise.resolve(),
};

function createStore(reader: Database, writer: Writer, release: () => void): SqliteStore {
  const log = createLogReader(reader);
  const snapshot = createSnapshotReader(reader, log);
  let closed: Promise<void> | undefined;

  const graph: GraphStore = {
    ...createNodeReader(reader),
    ...createEdgeReader(reader),
    horizon: log.horizon,
    revisionAt: log.revisionAt,
    commitsAfter: log.commitsAfter,
    findCommit: log.findCommit,
    snapshot,
    async head() {
      const { storeId, revision, hash, at, horizon, openNodes, openEdges } = log.head();
      return { storeId, revision, hash, at, horizon, openNodes, openEdges };
    },
    async commit(commit, signal) {
      if (!isIdSyntax(commit.id)) throw new GraphError('INVALID', `\`${commit.id}\` is no commit id`);
      const result = await writer.submit({ kind: 'commit', commit }, laneOf(commit), signal);
      invariant(result.kind === 'commit', 'a commit is answered by its receipt');
      return result.receipt;
    },
    async prune(horizon) {
      for (;;) {
        const result = await writer.submit({ kind: 'prune', horizon }, 'prune');
        if (result.kind === 'prune' && result.finished) return;
      }
    },
    restore: (base, commits, horizon) => restoreThrough(writer, base, commits, horizon),
    until: guardedGraph,
    close() {
      closed ??= writer.close().then(() => {
        reader.close();
        release();
      });
      return closed;
    },
  };
  const side: SideStore = { ...createSideReader(reader), ...createSideWrites(writer), until: guardedSide };
  return { graph: guardedGraph(), side: guardedSide(), backup: (path) => backupTo(reader, path) };

  /** A read takes no longer than a page: what is late is refused before it begins. */
  function guardedGraph(signal?: AbortSignal): GraphStore {
    return guard(graph, { ...common(signal), streams: ['snapshot'] });
  }
  function guardedSide(signal?: AbortSignal): SideStore {
    return guard(side, { ...common(signal), streams: ['facts'] });
  }
  function common(signal: AbortSignal | undefined) {
    const translate = (error: unknown) => fromWireError(toWireError(error));
    return { isClosed: () => closed !== undefined, translate, signal };
  }
}

async function backupTo(reader: Database, path: string): Promise<void> {
  if (existsSync(path)) throw new GraphError('INVALID', `\`${path}\` is there already; name another file`);
  try {
    await backupDatabase(reader, path);
  } catch (cause) {
    const { message } = cause as Error;
    throw new GraphError('INVALID', `\`${path}\` cannot be written (${message}); name another file`, {}, { cause });
  }
}
