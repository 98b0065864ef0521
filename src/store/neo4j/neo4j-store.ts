import type { Clock } from '../../kernel/clock.js';
import { GraphError, isGraphError } from '../../kernel/errors.js';
import type { GraphStore } from '../graph-store.js';
import { guard } from '../guard.js';
import { CATALOGUE_KINDS, type NeighbourhoodReader } from '../neighbourhood.js';
import type { SideStore } from '../side-store.js';
import { isUnanswered, orGiveUp } from './attempts.js';
import { type Connection, connect, defaultLimits, type Neo4jAddress, type Neo4jLimits } from './driver.js';
import { isMistaken, translateError } from './driver-errors.js';
import { createEdgeReader } from './edge-reader.js';
import { toHead } from './head-row.js';
import { createLogReader } from './log-reader.js';
import { createNeighbourhoodReader } from './neighbourhood-reader.js';
import { createNodeReader } from './node-reader.js';
import { createPruner } from './pruner.js';
import { createRestorer } from './restorer.js';
import { findSchema, prepareSchema } from './schema.js';
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
  /**
   * `serve`, the default, goes on without a server that cannot be reached now; for the others it has to answer. `read`
   * takes a store that is there, and makes none.
   */
  readonly purpose?: 'serve' | 'write' | 'read';
  readonly limits?: Partial<Neo4jLimits>;
  /** How long the server works at a part of the graph that somebody waits for, in milliseconds; absent: as at anything. */
  readonly questionTimeoutMs?: number;
}

/** How long the opening waits for the server, in milliseconds: what opens goes on without it. */
const openingMs = 10_000;

/**
 * The store in one database of a Neo4j server or cluster, which any number of processes may share. To whoever serves, a
 * server that cannot be reached now is no error: until it can, every request is refused with `UNAVAILABLE`.
 * @throws GraphError UNAVAILABLE in one line: credentials that are refused, a database that there is not, or is another
 *   program's or a newer version's; for a purpose that needs them, no server and no store
 */
export async function openNeo4jStore(options: Neo4jStoreOptions): Promise<Neo4jStore> {
  const { clock, purpose = 'serve', limits: differing, questionTimeoutMs, ...address } = options;
  const limits = { ...defaultLimits, ...differing };
  const bare = connect(address, limits);
  const prepare = createPreparation(() => (purpose === 'read' ? findSchema(bare) : prepareSchema(bare)));
  const opening = AbortSignal.timeout(openingMs);
  try {
    await orGiveUp(prepare(), { signal: opening, longestMs: openingMs });
  } catch (error) {
    const goesOn = purpose === 'serve' && (opening.aborted || isPassing(error));
    if (!goesOn) {
      await bare.close();
      throw opening.aborted || isPassing(error) ? noServer(address.uri, error) : translateError(error);
    }
  }
  return createStore(preparedFirst(bare, prepare), { clock, limits, questionTimeoutMs });
}

/** Only whoever chose the address is told it. */
const noServer = (uri: string, cause: unknown) =>
  new GraphError(
    'UNAVAILABLE',
    `no Neo4j answers at \`${uri}\`; see that it runs, and that NEO4J_URI says where`,
    {},
    { cause },
  );

/** What may be over when the next asks: the server is away, hangs or is busy. */
function isPassing(error: unknown): boolean {
  if (isGraphError(error)) return isUnanswered(error);
  return !isMistaken(error) && isGraphError(translateError(error));
}

/** Prepares once; after a failure the next caller tries again. */
function createPreparation(prepareOnce: () => Promise<void>): () => Promise<void> {
  let prepared: Promise<void> | undefined;
  return () => {
    prepared ??= prepareOnce().catch((error: unknown) => {
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
    transact: (work, timeoutMs) => prepare().then(() => connection.transact(work, timeoutMs)),
    run: (statement, parameters) => prepare().then(() => connection.run(statement, parameters)),
    read: (statement, parameters, options) => prepare().then(() => connection.read(statement, parameters, options)),
    runAlone: (statement, parameters) => prepare().then(() => connection.runAlone(statement, parameters)),
    until: (signal) =>
      preparedFirst(connection.until(signal), () =>
        orGiveUp(prepare(), { signal, longestMs: defaultLimits.transactionTimeoutMs }),
      ),
  };
}

interface StoreOptions {
  readonly clock: Clock;
  readonly limits: Neo4jLimits;
  readonly questionTimeoutMs: number | undefined;
}

function createStore(connection: Connection, { clock, limits, questionTimeoutMs }: StoreOptions): Neo4jStore {
  const writer = createWriter(connection, { clock, longestMs: limits.transactionTimeoutMs });
  let closed: Promise<void> | undefined;
  const common = { isClosed: () => closed !== undefined, translate: translateError };
  const neighbourhoods = createNeighbourhoodReader({
    connection,
    catalogue: createSnapshotReader(connection, createLogReader(connection), CATALOGUE_KINDS),
    timeoutMs: questionTimeoutMs,
  });
  return {
    graph: graphOn(connection),
    side: sideOn(connection),
    neighbourhoods: guard(neighbourhoods, { ...common, streams: ['catalogue'] }),
  };

  function graphOn(using: Connection): GraphStore {
    const log = createLogReader(using);
    const graph: GraphStore = {
      ...createNodeReader(using),
      ...createEdgeReader(using),
      commit: writer.commit,
      head: async () => toHead(await log.head()),
      horizon: log.horizon,
      revisionAt: log.revisionAt,
      commitsAfter: log.commitsAfter,
      findCommit: log.findCommit,
      snapshot: createSnapshotReader(using, log),
      prune: createPruner(connection),
      restore: createRestorer(connection),
      until: (signal) => graphOn(connection.until(signal)),
      close() {
        closed ??= writer.close().then(() => connection.close());
        return closed;
      },
    };
    return guard(graph, { ...common, streams: ['snapshot'] });
  }

  function sideOn(using: Connection): SideStore {
    const side: SideStore = {
      ...createSideStore(using),
      until: (signal) => sideOn(connection.until(signal)),
    };
    return guard(side, { ...common, streams: ['facts'] });
  }
}
