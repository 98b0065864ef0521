import type { FastifyInstance } from 'fastify';
import { resolvers } from '../../resolvers/resolvers.js';
import { createIndexEngine } from '../../src/access/index/index-engine.js';
import type { GraphChange } from '../../src/graph/change.js';
import { asCommitId, asNodeId } from '../../src/graph/ids.js';
import { registerGraphql } from '../../src/graphql/register-graphql.js';
import { createAuthenticator } from '../../src/http/bearer-auth.js';
import { createHttpServer } from '../../src/http/server.js';
import { type Environment, readConfig } from '../../src/kernel/config.js';
import { observeStore, type StoreCalls } from '../../src/store/observed-store.js';
import { SCOPES, type Scope } from '../../src/usecases/caller.js';
import { createTokenText, hashOfToken } from '../../src/usecases/credential-token.js';
import { createServices, type Services } from '../../src/usecases/services.js';
import { endsOnce } from '../ends-once.js';
import { estateChanges } from '../estate/estate-text.js';
import { openTemporarySqlite } from '../store/sqlite-fixture.js';
import type { OpenStore, StoreFixture } from '../store/store-fixture.js';

/** The whole service but its command line, on a free port of loopback, over an empty store: the embedded one in a folder of its own, unless another is given. */
export interface SmallService {
  readonly url: string;
  /** Of every tenant, with every scope. */
  readonly admin: string;
  readonly server: FastifyInstance;
  readonly services: Services;
  /** From now on it says that it is not ready. */
  becomeUnready(): void;
  readonly store: StoreFixture['graph'];
  readonly clock: StoreFixture['clock'];
  /** Calls of the store since the service began. */
  readonly calls: StoreCalls;
  readonly logged: readonly string[];
  /** Makes a token; `tenants`: ids, absent: all. */
  token(about: { readonly scopes?: readonly Scope[]; readonly tenants?: readonly string[] }): Promise<string>;
  ask(query: string, options?: AskOptions): Promise<Answered>;
  commit(changes: readonly GraphChange[]): Promise<void>;
  stop(): Promise<void>;
}
export interface AskOptions {
  readonly variables?: object;
  /** Absent: the administrator's. */
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
}
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: what a document asks for is known where it is written
  readonly data: any;
  readonly errors:
    | readonly {
        readonly message: string;
        readonly path?: readonly string[];
        readonly extensions: { readonly code: string; readonly requestId: string; readonly [key: string]: unknown };
      }[]
    | undefined;
}

export async function startSmallService(
  estate: string,
  environment: Environment = {},
  open: OpenStore = openTemporarySqlite,
): Promise<SmallService> {
  const fixture = await open();
  const { store, calls } = observeStore(fixture.graph);
  const engine = createIndexEngine({ log: fixture.graph, clock: fixture.clock });
  const services = createServices({
    store,
    side: fixture.side,
    engine,
    clock: fixture.clock,
    limits: readConfig(environment),
    secretKey: Buffer.alloc(32, 7),
  });
  const logged: string[] = [];
  let isReady = true;
  const server = createHttpServer({
    limits: services.limits,
    trustProxy: false,
    logLevel: 'info',
    logStream: { write: (line) => logged.push(line) },
    readiness: () => ({ ready: isReady }),
    printRevision: () => services.opaque.printRevision(engine.revision()),
  });
  const authenticate = createAuthenticator(services);
  await registerGraphql(server, { services, authenticate, resolvers });
  const url = await server.listen({ port: 0, host: '127.0.0.1' });

  let commits = 0;
  const service = {
    becomeUnready: () => {
      isReady = false;
    },
    async token({ scopes = SCOPES, tenants }: Parameters<SmallService['token']>[0]) {
      const token = createTokenText();
      const id = `token-${token.slice(0, 8)}`;
      const bound = tenants && { tenants: tenants.map(asNodeId) };
      const createdAt = fixture.clock.now();
      await fixture.side.putCredential({
        id,
        hash: hashOfToken(token),
        kind: 'api',
        name: id,
        scopes,
        createdAt,
        ...bound,
      });
      return token;
    },
    async commit(changes: readonly GraphChange[]) {
      commits++;
      const { revision } = await fixture.graph.commit({
        id: asCommitId(`estate-${commits}`),
        meta: { actor: 'estate' },
        changes,
      });
      await engine.catchUp(revision);
    },
  };
  await service.commit(estateChanges(estate));
  const admin = await service.token({});
  return {
    ...service,
    url,
    admin,
    server,
    services,
    store: fixture.graph,
    clock: fixture.clock,
    calls,
    logged,
    ask: (query, { variables = {}, token = admin, headers = {} } = {}) =>
      post(url, { query, variables }, { authorization: `Bearer ${token}`, ...headers }),
    stop: endsOnce(async () => {
      await server.close();
      await engine.close();
      await fixture.remove();
    }),
  };
}

async function post(url: string, body: object, headers: Readonly<Record<string, string>>): Promise<Answered> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const { data, errors } = (await response.json()) as Pick<Answered, 'data' | 'errors'>;
  return { status: response.status, headers: response.headers, data, errors };
}
