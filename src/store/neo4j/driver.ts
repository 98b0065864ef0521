import { setTimeout } from 'node:timers/promises';
import neo4j, { type Driver, type ManagedTransaction, Neo4jError } from 'neo4j-driver';
import { GraphError, isGraphError } from '../../kernel/errors.js';

export interface Neo4jAddress {
  /** `neo4j://` routes to the leader of a cluster, `bolt://` is one server; with `+s` over TLS, with `+ssc` unverified. */
  readonly uri: string;
  readonly username: string;
  readonly password: string;
  /** Absent: the server's own default. */
  readonly database?: string;
  /** Paths of the certificates that are trusted, where those of this machine are not enough; for an address without `+s`. */
  readonly trustedCertificates?: readonly string[];
}

export interface Neo4jLimits {
  /**
   * How long the server lets one transaction run, in milliseconds: a client that hangs must not hold a lock for ever, and
   * the largest commit must pass also on a server that has just been started.
   */
  readonly transactionTimeoutMs: number;
  /** How long a transaction is run again while the server is away or refuses for the moment. */
  readonly retryMs: number;
  readonly maxConnections: number;
}
export const defaultLimits: Neo4jLimits = { transactionTimeoutMs: 120_000, retryMs: 8_000, maxConnections: 50 };

/** How long a connection may take to come about, in milliseconds. */
const connectTimeoutMs = 5_000;
/** Before a read is tried again for the first time; then twice as long each time. */
const firstPauseMs = 50;
/** A connection that was idle for longer is tried before it is used. */
const livenessCheckMs = 30_000;

/** What a statement takes; integers are sent as integers. */
export type Parameter =
  | string
  | number
  | boolean
  | null
  | readonly Parameter[]
  | { readonly [name: string]: Parameter };
export type Parameters = Readonly<Record<string, Parameter>>;
/** One row by the names that the statement returns. Absent values are `null`. */
export type Row = Readonly<Record<string, unknown>>;

export interface Transaction {
  run(statement: string, parameters?: Parameters): Promise<readonly Row[]>;
}

export interface ReadOptions {
  /** Ends it, at the server too, with `DEADLINE`. */
  readonly signal?: AbortSignal | undefined;
  /** Instead of the connection's own; sent to the server, in milliseconds. */
  readonly timeoutMs?: number | undefined;
}

export interface Connection {
  /**
   * Runs the work as one transaction, on the leader. `work` runs again, from its beginning, where the server was away,
   * chose another victim in a deadlock, or the reply of its commit was lost: it must allow that.
   */
  transact<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result>;
  /** One statement as one transaction. */
  run(statement: string, parameters?: Parameters): Promise<readonly Row[]>;
  /** One statement that writes nothing, in one trip; runs again where the server was away. */
  read(statement: string, parameters: Parameters, options?: ReadOptions): Promise<readonly Row[]>;
  /** One statement outside a transaction of its caller: of the schema, and such as make transactions of their own. */
  runAlone(statement: string, parameters?: Parameters): Promise<readonly Row[]>;
  /** How the server would run the statement: the operators of its plan, the first that is run last. */
  explain(statement: string): Promise<readonly PlanStep[]>;
  close(): Promise<void>;
}
export interface PlanStep {
  readonly operator: string;
  readonly details: string;
}

/** Does not yet reach for the server. */
export function connect(address: Neo4jAddress, limits: Neo4jLimits = defaultLimits): Connection {
  const driver = createDriver(address, limits);
  const openSession = () =>
    driver.session({
      ...(address.database !== undefined && { database: address.database }),
      // Reads too: a replica may lag behind what was acknowledged.
      defaultAccessMode: neo4j.session.WRITE,
      bookmarkManager: driver.executeQueryBookmarkManager,
    });

  async function transact<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    const session = openSession();
    try {
      return await session.executeWrite((managed) => work(toTransaction(managed)), {
        timeout: limits.transactionTimeoutMs,
      });
    } finally {
      await session.close();
    }
  }

  async function runAlone(
    statement: string,
    parameters: Parameters = {},
    { signal, timeoutMs = limits.transactionTimeoutMs }: ReadOptions = {},
  ): Promise<readonly Row[]> {
    if (signal?.aborted) throw pastDeadline();
    const session = openSession();
    // Closing it resets the connection, and with it what the server runs there.
    const end = () => void session.close().catch(() => {});
    signal?.addEventListener('abort', end, { once: true });
    try {
      const { records } = await session.run(statement, toParameters(parameters), { timeout: timeoutMs });
      return records.map((record) => record.toObject());
    } catch (error) {
      throw signal?.aborted ? pastDeadline(error) : error;
    } finally {
      signal?.removeEventListener('abort', end);
      await session.close();
    }
  }

  async function read(statement: string, parameters: Parameters, options: ReadOptions = {}): Promise<readonly Row[]> {
    const until = performance.now() + limits.retryMs;
    for (let pauseMs = firstPauseMs; ; pauseMs *= 2)
      try {
        return await runAlone(statement, parameters, options);
      } catch (error) {
        if (!isAway(error) || performance.now() + pauseMs > until) throw error;
        await setTimeout(pauseMs);
      }
  }

  return {
    transact,
    run: (statement, parameters) => transact((transaction) => transaction.run(statement, parameters)),
    read,
    runAlone: (statement, parameters) => runAlone(statement, parameters),
    async explain(statement) {
      const session = openSession();
      try {
        const { summary } = await session.run(`EXPLAIN ${statement}`);
        return summary.plan ? stepsOf(summary.plan) : [];
      } finally {
        await session.close();
      }
    },
    close: () => driver.close(),
  };
}

/**
 * The driver's error in the ports' words: `UNAVAILABLE` where the server is away, refuses for now, or refuses us; what
 * is left is a defect and given as it is.
 */
export function translateError(error: unknown): Error {
  if (isGraphError(error)) return error;
  if (!isAway(error) && !isRefusal(error)) return error as Error;
  const { message } = error as Error;
  return new GraphError('UNAVAILABLE', `Neo4j cannot be used now: ${message.split('\n')[0]}`, {}, { cause: error });
}

const pastDeadline = (cause?: unknown) =>
  new GraphError('DEADLINE', 'the deadline passed before the database had answered; allow more time', {}, { cause });

/** The server could not be reached, or is about to come back. */
export const isAway = (error: unknown): boolean => error instanceof Neo4jError && error.retryable;

/** A constraint of uniqueness was met. */
export const isTaken = (error: unknown): boolean =>
  (error as { readonly code?: string }).code === 'Neo.ClientError.Schema.ConstraintValidationFailed';

/** What the server, or the driver in its place, refuses though the statement is sound; nobody's fault in this program. */
const refusals =
  /^Neo\.(ClientError\.(Security|Transaction|Cluster|Database|General\.ForbiddenOnReadOnlyDatabase)|DatabaseError|TransientError)|^ServiceUnavailable$|^SessionExpired$/;
const isRefusal = (error: unknown): boolean => {
  const { code = '', message = '' } = error as { readonly code?: string; readonly message?: string };
  return refusals.test(code) || /acquisition timed out|[Pp]ool is closed/.test(message);
};

function createDriver({ uri, username, password, trustedCertificates }: Neo4jAddress, limits: Neo4jLimits): Driver {
  return neo4j.driver(uri, neo4j.auth.basic(username, password), {
    ...(trustedCertificates && {
      encrypted: 'ENCRYPTION_ON',
      trust: 'TRUST_CUSTOM_CA_SIGNED_CERTIFICATES',
      trustedCertificates: [...trustedCertificates],
    }),
    maxConnectionPoolSize: limits.maxConnections,
    connectionTimeout: connectTimeoutMs,
    connectionAcquisitionTimeout: limits.retryMs,
    connectionLivenessCheckTimeout: livenessCheckMs,
    maxTransactionRetryTime: limits.retryMs,
    // Revisions, milliseconds and counts are below 2^53.
    disableLosslessIntegers: true,
    // Warnings of the planner are for the test that reads plans; nobody reads them at run time.
    notificationFilter: { minimumSeverityLevel: 'OFF' },
    telemetryDisabled: true,
    userAgent: 'identity-graph',
  });
}

function toTransaction(managed: ManagedTransaction): Transaction {
  return {
    async run(statement, parameters = {}) {
      const { records } = await managed.run(statement, toParameters(parameters));
      return records.map((record) => record.toObject());
    },
  };
}

const toParameters = (parameters: Parameters) =>
  Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, toParameter(value)]));

/** The driver takes numbers for floats; a `bigint` is an integer to it. */
function toParameter(value: Parameter): unknown {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map(toParameter);
  if (typeof value === 'object' && value !== null) return toParameters(value as Parameters);
  return value;
}

interface Plan {
  readonly operatorType: string;
  readonly arguments: { readonly [name: string]: unknown };
  readonly children: readonly Plan[];
}

function stepsOf({ operatorType, arguments: about, children }: Plan): readonly PlanStep[] {
  const step = { operator: operatorType.replace(/@.*$/, ''), details: String(about.Details ?? '') };
  return [step, ...children.flatMap(stepsOf)];
}
