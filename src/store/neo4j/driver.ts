import neo4j, { type Config, type Driver, type Transaction as DriverTransaction, type Session } from 'neo4j-driver';
import { GraphError } from '../../kernel/errors.js';
import { type Attempts, createAttempts, orGiveUp } from './attempts.js';

export interface Neo4jAddress {
  /** `neo4j://` routes to the leader of a cluster, `bolt://` is one server; with `+s` over TLS, with `+ssc` unverified. */
  readonly uri: string;
  readonly username: string;
  readonly password: string;
  /** Absent: the server's own default. */
  readonly database?: string;
  /** Paths of the certificates that alone are trusted; absent: those of this machine. Encrypts, whatever the address says. */
  readonly trustedCertificates?: readonly string[];
}

export interface Neo4jLimits {
  /**
   * How long the server lets one transaction run, in milliseconds: a client that hangs must not hold a lock for ever, and
   * the largest commit must pass also on a server that has just been started.
   */
  readonly transactionTimeoutMs: number;
  /** The same for one statement by itself, which holds up nobody else. */
  readonly statementTimeoutMs: number;
  /** How long a transaction is run again while the server is away or refuses for the moment. */
  readonly retryMs: number;
  readonly maxConnections: number;
}
export const defaultLimits: Neo4jLimits = {
  transactionTimeoutMs: 120_000,
  statementTimeoutMs: 30_000,
  retryMs: 8_000,
  maxConnections: 50,
};

/** How long a connection may take to come about, in milliseconds. */
const connectTimeoutMs = 5_000;
/** How much later than the server a transaction is given up here, in milliseconds: a server that hangs ends nothing. */
const graceMs = 5_000;
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

/** All reject with `DEADLINE`, or `UNAVAILABLE` where the server is away, once the connection's signal aborts; what the server does for them then ends too. */
export interface Connection {
  /**
   * Runs the work as one transaction, on the leader. `work` runs again, from its beginning, where the server was away,
   * chose another victim in a deadlock, or the reply of its commit was lost: it must allow that. `timeoutMs`: absent, the
   * longest that the limits allow.
   */
  transact<Result>(work: (transaction: Transaction) => Promise<Result>, timeoutMs?: number): Promise<Result>;
  /** One statement as one transaction. */
  run(statement: string, parameters?: Parameters): Promise<readonly Row[]>;
  /**
   * One statement that writes nothing, in one trip; runs again where the server was away, and where it met what another
   * transaction was removing: of that no row comes, or a whole one.
   */
  read(statement: string, parameters?: Parameters, options?: ReadOptions): Promise<readonly Row[]>;
  /** One statement outside a transaction of its caller: of the schema, and such as make transactions of their own. May run again, as `transact`. */
  runAlone(statement: string, parameters?: Parameters): Promise<readonly Row[]>;
  /** How the server would run the statement: the operators of its plan, the first that is run last. */
  explain(statement: string): Promise<readonly PlanStep[]>;
  /** The same connection, whose calls last no longer than the signal. */
  until(signal: AbortSignal): Connection;
  /** Why the server could not be used last; absent: it could. */
  trouble(): GraphError | undefined;
  close(): Promise<void>;
}
export interface PlanStep {
  readonly operator: string;
  readonly details: string;
}

/** How often at most a statement reads what others remove meanwhile. */
const mostReads = 20;

/** Neo4j isolates no more than READ COMMITTED: what is removed between the reads of its id and of its document has none. */
const isTorn = ({ doc, fromDoc, toDoc }: Row) => doc === null || fromDoc === null || toDoc === null;

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
  return createConnection({ driver, openSession, limits, attempts: createAttempts(limits.retryMs) });
}

interface Shared {
  readonly driver: Driver;
  readonly openSession: () => Session;
  readonly limits: Neo4jLimits;
  readonly attempts: Attempts;
}

function createConnection(shared: Shared, signal?: AbortSignal): Connection {
  const { driver, openSession, limits, attempts } = shared;

  async function inSession<Result>(timeout: number, use: (session: Session) => Promise<Result>): Promise<Result> {
    const session = openSession();
    let done = false;
    try {
      const result = await orGiveUp(use(session), { signal, longestMs: timeout + graceMs });
      done = true;
      return result;
    } finally {
      // Where it was given up the connection is reset, which ends what the server does: nobody waits for that.
      const closing = session.close().catch(() => {});
      if (done) await closing;
    }
  }

  function transact<Result>(
    work: (transaction: Transaction) => Promise<Result>,
    timeout = limits.transactionTimeoutMs,
  ): Promise<Result> {
    return attempts.run(() => inSession(timeout, (session) => transactOnce(session, work, timeout)), signal);
  }

  function runAlone(
    statement: string,
    parameters: Parameters = {},
    timeout = limits.transactionTimeoutMs,
  ): Promise<readonly Row[]> {
    return inSession(timeout, async (session) => {
      const { records } = await session.run(statement, toParameters(parameters), { timeout });
      return records.map((record) => record.toObject());
    });
  }

  return {
    transact,
    run: (statement, parameters) =>
      transact((transaction) => transaction.run(statement, parameters), limits.statementTimeoutMs),
    async read(statement, parameters, { signal: own, timeoutMs = limits.statementTimeoutMs } = {}) {
      if (own) return createConnection(shared, own).read(statement, parameters, { timeoutMs });
      for (let left = mostReads; left > 0; left--) {
        const rows = await attempts.run(() => runAlone(statement, parameters, timeoutMs), signal);
        if (!rows.some(isTorn)) return rows;
      }
      throw new GraphError('UNAVAILABLE', 'what is read changes all the time; try again later');
    },
    runAlone: (statement, parameters) => attempts.run(() => runAlone(statement, parameters), signal),
    explain: (statement) =>
      inSession(limits.statementTimeoutMs, async (session) => {
        const { summary } = await session.run(`EXPLAIN ${statement}`);
        return summary.plan ? stepsOf(summary.plan) : [];
      }),
    until: (other) => createConnection(shared, other),
    trouble: attempts.trouble,
    close: () => driver.close(),
  };
}

async function transactOnce<Result>(
  session: Session,
  work: (transaction: Transaction) => Promise<Result>,
  timeout: number,
): Promise<Result> {
  const transaction = await session.beginTransaction({ timeout });
  try {
    const result = await work(toTransaction(transaction));
    await transaction.commit();
    return result;
  } catch (error) {
    if (transaction.isOpen()) await transaction.rollback().catch(() => {});
    throw error;
  }
}

function createDriver({ uri, username, password, trustedCertificates }: Neo4jAddress, limits: Neo4jLimits): Driver {
  // The driver takes one of the two.
  const plainUri = trustedCertificates ? uri.replace(/^(neo4j|bolt)\+s(sc)?:/, '$1:') : uri;
  const options: Config = {
    ...(trustedCertificates && {
      encrypted: 'ENCRYPTION_ON',
      trust: 'TRUST_CUSTOM_CA_SIGNED_CERTIFICATES',
      trustedCertificates: [...trustedCertificates],
    }),
    maxConnectionPoolSize: limits.maxConnections,
    connectionTimeout: connectTimeoutMs,
    connectionAcquisitionTimeout: limits.retryMs,
    connectionLivenessCheckTimeout: livenessCheckMs,
    // Revisions, milliseconds and counts are below 2^53.
    disableLosslessIntegers: true,
    // Warnings of the planner are for the test that reads plans; nobody reads them at run time.
    notificationFilter: { minimumSeverityLevel: 'OFF' },
    telemetryDisabled: true,
    userAgent: 'identity-graph',
  };
  try {
    return neo4j.driver(plainUri, neo4j.auth.basic(username, password), options);
  } catch (cause) {
    const example = 'write `neo4j://` or `bolt://`, a host and a port, and parameters after `neo4j://` only';
    throw new GraphError('INVALID', `NEO4J_URI is no address that the driver takes; ${example}`, {}, { cause });
  }
}

function toTransaction(transaction: DriverTransaction): Transaction {
  return {
    async run(statement, parameters = {}) {
      const { records } = await transaction.run(statement, toParameters(parameters));
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
