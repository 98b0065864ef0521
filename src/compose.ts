import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { resolvers } from '../resolvers/resolvers.js';
import { createIndexEngine, type FollowingEngine } from './access/index/index-engine.js';
import { createNeo4jEngine } from './access/neo4j/neo4j-engine.js';
import { registerImports } from './catalog/edge/import-routes.js';
import { registerPlatformImports } from './catalog/edge/platform-routes.js';
import { registerGraphql } from './graphql/register-graphql.js';
import { createAuthenticator } from './http/bearer-auth.js';
import { sendError } from './http/http-errors.js';
import { createLogText } from './http/log-text.js';
import { addMetrics } from './http/metrics.js';
import { createHttpServer, type HttpServerOptions } from './http/server.js';
import { type Clock, createSystemClock } from './kernel/clock.js';
import type { Config } from './kernel/config.js';
import { GraphError } from './kernel/errors.js';
import { registerScim } from './scim/edge/register-scim.js';
import type { ScimLimits } from './scim/edge/scim-context.js';
import { sendScimError } from './scim/edge/scim-reply.js';
import type { GraphStore } from './store/graph-store.js';
import type { NeighbourhoodReader } from './store/neighbourhood.js';
import { type Neo4jStoreOptions, openNeo4jStore } from './store/neo4j/neo4j-store.js';
import type { SideStore } from './store/side-store.js';
import { openSqliteStore } from './store/sqlite/sqlite-store.js';
import { makeFirstToken } from './usecases/first-token.js';
import { createFreshness, type Freshness } from './usecases/freshness.js';
import { measureEstate } from './usecases/measure-estate.js';
import { getSecretKey } from './usecases/secret-key.js';
import { createServices } from './usecases/services.js';

/** The running service. */
export interface Service {
  /** Where it listens, without a trailing slash. */
  readonly url: string;
  /** The administrator's token; absent where one was made at an earlier start and none is given. Waits for a store that is away. */
  readonly administratorToken: Promise<string | undefined>;
  /** Lets requests that run finish, refuses new ones, and lets go of the store. */
  close(): Promise<void>;
}

export interface StartOptions {
  /** Once it aborts, what is still starting is given up. */
  readonly stop: AbortSignal;
}

/**
 * Wires the adapters to the ports and listens. Rejects with one line to print: a folder that is held or cannot be
 * written, a port in use. Absent: it was told to stop before it served.
 */
export async function startService(config: Config): Promise<Service>;
export async function startService(config: Config, options: StartOptions): Promise<Service | undefined>;
export async function startService(config: Config, options?: StartOptions): Promise<Service | undefined> {
  const clock = createSystemClock();
  const store = await openStore(config, { clock, purpose: 'serve' });
  try {
    const service = await serve(config, clock, store, options?.stop);
    if (!options?.stop.aborted) return service;
    await service.close();
    return undefined;
  } catch (error) {
    await store.graph.close();
    if (options?.stop.aborted) return undefined;
    throw error;
  }
}

export interface Stores {
  readonly graph: GraphStore;
  readonly side: SideStore;
  /** Copies the embedded store's file; absent with Neo4j, which has tools of its own. */
  readonly backup?: (path: string) => Promise<void>;
  /** Only Neo4j can be asked for parts of the graph. */
  readonly neighbourhoods?: NeighbourhoodReader;
}

/** Without serving, beside a running service: for backup, export and checks. */
export function openStoreForReading(config: Config): Promise<Stores> {
  const clock = createSystemClock();
  if (config.NEO4J_URI !== undefined) return openNeo4j(config, config.NEO4J_URI, { clock, purpose: 'read' });
  return openSqliteStore({ folder: resolve(config.DATA_DIR), clock, access: 'read' });
}

/** Without serving, to write: the embedded store is then this process's alone. */
export function openStoreForWriting(config: Config): Promise<Stores> {
  return openStore(config, { clock: createSystemClock(), purpose: 'write' });
}

interface Opening {
  readonly clock: Clock;
  readonly purpose: NonNullable<Neo4jStoreOptions['purpose']>;
}

/** To write: Neo4j, which any number of processes may share, or the embedded store, which this process then holds alone. */
function openStore(config: Config, opening: Opening): Promise<Stores> {
  const { clock } = opening;
  if (config.NEO4J_URI !== undefined) return openNeo4j(config, config.NEO4J_URI, opening);
  const folder = resolve(config.DATA_DIR);
  try {
    mkdirSync(folder, { recursive: true });
  } catch {
    throw new GraphError('UNAVAILABLE', `the folder \`${folder}\` cannot be made; set DATA_DIR to one that can`);
  }
  return openSqliteStore({ folder, clock });
}

function openNeo4j(config: Config, uri: string, { clock, purpose }: Opening): Promise<Stores> {
  const { NEO4J_USERNAME: username = '', NEO4J_PASSWORD: password = '', NEO4J_DATABASE: database } = config;
  const { NEO4J_CERTIFICATES: trustedCertificates } = config;
  return openNeo4jStore({
    uri,
    username,
    password,
    clock,
    purpose,
    ...(database !== undefined && { database }),
    ...(trustedCertificates !== undefined && { trustedCertificates }),
    questionTimeoutMs: config.REQUEST_DEADLINE_MS,
  });
}

/** Without `neighbourhoods` there is no choice: the configuration asks for Neo4j beside `ACCESS_ENGINE=neo4j`. */
function createEngine(config: Config, { graph: log, neighbourhoods }: Stores, clock: Clock): FollowingEngine {
  if (config.ACCESS_ENGINE === 'neo4j' && neighbourhoods) return createNeo4jEngine({ log, neighbourhoods, clock });
  return createIndexEngine({ log, clock });
}

async function serve(config: Config, clock: Clock, store: Stores, stop: AbortSignal | undefined): Promise<Service> {
  const secretKey = getSecretKey(resolve(config.DATA_DIR), config.SECRET_KEY);
  const engine = createEngine(config, store, clock);
  const freshness = createFreshness({ store: store.graph, engine, clock, stuck: () => stuckAt(engine) });
  await freshness.catchUp(stop);
  const graph = handingOn(store.graph, engine);
  const services = createServices({ store: graph, side: store.side, engine, clock, limits: config, secretKey });
  const server = createHttpServer({
    limits: config,
    trustProxy: config.TRUST_PROXY,
    logLevel: config.LOG_LEVEL,
    ...logStreamOf(config),
    readiness: freshness.readiness,
    printRevision: () => services.opaque.printRevision(engine.revision()),
    refuseAddress,
  });
  await addProtocols(server, config, services);
  const closing = new AbortController();
  const { token } = await makeFirstToken(services, config.ADMIN_TOKEN, closing.signal);
  const administratorToken = token.catch((error: unknown) => {
    server.log.error({ err: error }, "the administrator's token could not be made");
    return undefined;
  });
  const url = await listen(server, config);
  freshness.begin(toLog(server));
  return {
    url,
    administratorToken,
    async close() {
      closing.abort();
      freshness.close();
      const cut = setTimeout(() => server.server.closeAllConnections(), config.STOP_GRACE_MS);
      await server.close();
      clearTimeout(cut);
      await engine.close();
      await store.graph.close();
    },
  };
}

const toLog = ({ log }: ReturnType<typeof createHttpServer>): Parameters<Freshness['begin']>[0] => ({
  failed: (error) => log.error({ err: error }, 'the store cannot be followed; requests are refused until it can'),
  recovered: () => log.info('the store can be followed again'),
});

/** Each protocol in its own words; paths are served in any letter case. */
const refuseAddress: NonNullable<HttpServerOptions['refuseAddress']> = (error, request, reply) =>
  /^\/scim\//i.test(request.url) ? sendScimError(error, request, reply) : sendError(error, request, reply);

async function addProtocols(
  server: ReturnType<typeof createHttpServer>,
  config: Config,
  services: ReturnType<typeof createServices>,
): Promise<void> {
  const authenticate = createAuthenticator(services);
  addMetrics(server, { authenticate, measure: (caller) => measureEstate(services, caller) });
  const publicUrl = config.PUBLIC_URL && { publicUrl: config.PUBLIC_URL };
  await registerGraphql(server, { services, authenticate, resolvers, ...publicUrl });
  await registerScim(server, { services, authenticate, limits: scimLimitsOf(config), ...publicUrl });
  const imports = { services, authenticate, documentLimitBytes: config.IMPORT_LIMIT_BYTES };
  registerImports(server, imports);
  registerPlatformImports(server, imports);
}

/** For people on a terminal, unless told otherwise. */
function logStreamOf({ LOG_FORMAT }: Config): { readonly logStream?: { write(line: string): void } } {
  const { stdout } = process;
  const asText = LOG_FORMAT === undefined ? stdout.isTTY : LOG_FORMAT === 'text';
  return asText ? { logStream: createLogText((text) => void stdout.write(text)) } : {};
}

/** What of the configuration bounds SCIM; the rest is its own. */
function scimLimitsOf(config: Config): Partial<ScimLimits> {
  const requestsPerSecond = config.SCIM_REQUESTS_PER_SECOND;
  return {
    maxPageSize: config.MAX_PAGE_SIZE,
    cursorTimeoutSeconds: config.CURSOR_TTL_SECONDS,
    scanBudget: config.SCAN_BUDGET_NODES,
    ...(requestsPerSecond !== undefined && { requestsPerSecond }),
  };
}

/** What this process commits it hands to its own engine at once; what others commit the engine reads from the log. */
function handingOn(store: GraphStore, engine: Pick<FollowingEngine, 'offer'>): GraphStore {
  return {
    ...store,
    until: (signal) => handingOn(store.until(signal), engine),
    async commit(commit, signal) {
      const receipt = await store.commit(commit, signal);
      if (receipt.stored !== undefined) engine.offer(receipt.stored);
      return receipt;
    },
  };
}

/** Two failures at one revision mean that it cannot be got over. */
function stuckAt(engine: Pick<FollowingEngine, 'status'>): string | undefined {
  const { failing } = engine.status();
  if (failing === undefined || failing.failures < 2) return undefined;
  return `the access index cannot get past revision ${failing.revision}: ${failing.message}`;
}

async function listen(
  server: ReturnType<typeof createHttpServer>,
  { PORT: port, HOST: host }: Config,
): Promise<string> {
  try {
    return await server.listen({ port, host });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE')
      throw new GraphError(
        'UNAVAILABLE',
        `port ${port} on ${host} is in use; set PORT to another, or stop what holds it`,
      );
    if (code !== undefined && ['EACCES', 'EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN', 'EINVAL'].includes(code))
      throw new GraphError('UNAVAILABLE', `port ${port} on ${host} cannot be listened on (${code}); set PORT or HOST`);
    throw error;
  }
}
