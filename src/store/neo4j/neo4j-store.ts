import type { Clock } from '../../kernel/clock.js';
import type { GraphStore } from '../graph-store.js';
import { guard } from '../guard.js';
import { CATALOGUE_KINDS, type NeighbourhoodReader } from '../neighbourhood.js';
import type { SideStore } from '../side-store.js';
import {
  type Connection,
  connect,
  defaultLimits,
  isAway,
  type Neo4jAddress,
  type Neo4jLimits,
  translateError,
} from './driver.js';
import { createEdgeReader } from './edge-reader.js';
import { toHead } from './head-row.js';
import { createLogReader } from './log-reader.js';
import { createNeighbourhoodReader } from './neighbourhood-reader.js';
import { createNodeReader } from './node-reader.js';
import { createPruner } from './pruner.js';
import { createRestorer } from './restorer.js';
import { prepareSchema } from './schema.js';
import { createSideStore } from './side-store.js';
import { createSnapshotReader } from './snapshot-reader.js';
import { createWriter } from './writer.js';

export interface Neo4jStore {
  readonly graph: GraphStore;
  /** In the same database; lives as long as `graph`. */
  readonly side: SideStore;
  /** Lives as long as `graph`. */
  readonly neighbourhoods: NeighbourhoodReader;
}

export interface Neo4jStoreOptions extends Neo4jAddress {
  readonly clock: Clock;
  readonly limits?: Partial<Neo4jLimits>;
  /** How long the server works at a part of the graph that somebody waits for, in milliseconds; absent: as at anything. */
  readonly questionTimeoutMs?: number;
}

/**
 * The store in one database of a Neo4j server or cluster, which any number of processes may share. A server that cannot
 * be reached now is no error: until it can, every request is refused with `UNAVAILABLE`.
 * @throws GraphError UNAVAILABLE for credentials that are refused, and a database of another program or a newer version
 */
export async function openNeo4jStore(options: Neo4jStoreOptions): Promise<Neo4jStore> {
  const { clock, limits, questionTimeoutMs, ...address } = options;
  const bare = connect(address, { ...defaultLimits, ...limits });
  const prepare = createPreparation(bare);
  const connection = preparedFirst(bare, prepare);
  try {
    await prepare();
  } catch (error) {
    if (!isAway(error)) {
      await connection.close();
      throw translateError(error);
    }
  }
  return createStore(connection, clock, questionTimeoutMs);
}

/** Prepares the schema once; after a failure the next caller tries again. */
function createPreparation(connection: Connection): () => Promise<void> {
  let prepared: Promise<void> | undefined;
  return () => {
    prepared ??= prepareSchema(connection).catch((error: unknown) => {
      prepared = undefined;
      throw error;
    });
    return prepared;
  };
}

/** The connection, on which everything waits until the schema is prepared. */
function preparedFirst(connection: Connection, prepare: () => Promise<void>): Connection {
  return {
    ...connection,
    transact: (work) => prepare().then(() => connection.transact(work)),
    run: (statement, parameters) => prepare().then(() => connection.run(statement, parameters)),
    read: (statement, parameters, options) => prepare().then(() => connection.read(statement, parameters, options)),
    runAlone: (statement, parameters) => prepare().then(() => connection.runAlone(statement, parameters)),
  };
}

function createStore(connection: Connection, clock: Clock, questionTimeoutMs: number | undefined): Neo4jStore {
  const writer = createWriter(connection, clock);
  const log = createLogReader(connection);
  let closed: Promise<void> | undefined;

  const graph: GraphStore = {
    ...createNodeReader(connection),
    ...createEdgeReader(connection),
    commit: writer.commit,
    head: async () => toHead(await log.head()),
    horizon: log.horizon,
    revisionAt: log.revisionAt,
    commitsAfter: log.commitsAfter,
    findCommit: log.findCommit,
    snapshot: createSnapshotReader(connection, log),
    prune: createPruner(connection),
    restore: createRestorer(connection),
    close() {
      closed ??= writer.close().then(() => connection.close());
      return closed;
    },
  };
  const common = { isClosed: () => closed !== undefined, translate: translateError };
  const neighbourhoods = createNeighbourhoodReader({
    connection,
    catalogue: createSnapshotReader(connection, log, CATALOGUE_KINDS),
    timeoutMs: questionTimeoutMs,
  });
  return {
    neighbourhoods: guard(neighbourhoods, { ...common, streams: ['catalogue'] }),
    graph: guard(graph, { ...common, streams: ['snapshot'] }),
    side: guard(createSideStore(connection), { ...common, streams: ['facts'] }),
  };
}
