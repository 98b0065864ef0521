import type { FastifyInstance } from 'fastify';
import { asNodeId, type NodeId } from '../../../src/graph/ids.js';
import { createAuthenticator } from '../../../src/http/bearer-auth.js';
import { createHttpServer } from '../../../src/http/server.js';
import { createManualClock } from '../../../src/kernel/clock.js';
import { readConfig } from '../../../src/kernel/config.js';
import { registerScim } from '../../../src/scim/edge/register-scim.js';
import type { ScimLimits } from '../../../src/scim/edge/scim-context.js';
import { sendScimError } from '../../../src/scim/edge/scim-reply.js';
import { observeStore, type StoreCalls } from '../../../src/store/observed-store.js';
import { openSqliteStore, type SqliteStore } from '../../../src/store/sqlite/sqlite-store.js';
import { type Caller, SCOPES } from '../../../src/usecases/caller.js';
import { createSource, type SourceRequest } from '../../../src/usecases/create-source.js';
import { createTenant } from '../../../src/usecases/create-tenant.js';
import { createOpaqueText } from '../../../src/usecases/opaque-text.js';
import { endsOnce } from '../../ends-once.js';
import { makeFolder, removeFolder } from '../../store/sqlite-fixture.js';
import type { StoreFixture } from '../../store/store-fixture.js';

export const administrator: Caller = { name: 'administrator', credential: 'admin', tenants: 'all', scopes: SCOPES };
export const start = 1_800_000_000_000;

/** The SCIM service on a free port of loopback, over the embedded store in a folder, or another store. */
export interface ScimService {
  readonly url: string;
  readonly folder: string;
  readonly server: FastifyInstance;
  readonly store: Pick<SqliteStore, 'graph' | 'side'>;
  readonly calls: StoreCalls;
  readonly clock: ReturnType<typeof createManualClock>;
  readonly services: Parameters<typeof registerScim>[1]['services'];
  tenant(slug: string): Promise<NodeId>;
  source(request: Partial<SourceRequest> & Pick<SourceRequest, 'tenant' | 'slug'>): Promise<ScimClient>;
  /** Speaks for a source that exists already. */
  client(tenant: string, source: string, token: string, id?: NodeId): ScimClient;
  /** Stops serving; the folder stays. */
  stop(): Promise<void>;
  remove(): Promise<void>;
}

/** What an identity provider sees of one source. */
export interface ScimClient {
  readonly id: NodeId;
  readonly base: string;
  readonly token: string;
  send(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<ScimAnswer>;
}
export interface ScimAnswer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: what a request answers is known where it is written
  readonly body: any;
}

export async function startScimService({
  folder,
  fixture,
  limits = {},
  environment = {},
}: {
  readonly folder?: string;
  /** Its store is served, and removed with the service. */
  readonly fixture?: StoreFixture;
  readonly limits?: Partial<ScimLimits>;
  readonly environment?: Readonly<Record<string, string>>;
} = {}): Promise<ScimService> {
  const own = folder ?? (await makeFolder());
  const clock = fixture?.clock ?? createManualClock(start);
  const opened = fixture ?? (await openSqliteStore({ folder: own, clock }));
  const { store, calls } = observeStore(opened.graph);
  const opaque = createOpaqueText(Buffer.alloc(32, 7));
  let revision = (await opened.graph.head()).revision;
  const engine = {
    async catchUp(wanted: number) {
      revision = Math.max(revision, wanted);
    },
  };
  const services = { store, side: opened.side, clock, opaque, engine };
  const server = createHttpServer({
    limits: readConfig(environment),
    trustProxy: false,
    logLevel: 'silent',
    readiness: () => ({ ready: true }),
    printRevision: () => opaque.printRevision(revision),
    refuseAddress: sendScimError,
  });
  await registerScim(server, { services, authenticate: createAuthenticator(services), limits });
  const url = await server.listen({ port: 0, host: '127.0.0.1' });
  const stop = endsOnce(async () => {
    await server.close();
    await (fixture ? fixture.remove() : opened.graph.close());
  });
  const service: ScimService = {
    url,
    folder: own,
    server,
    store: opened,
    calls,
    clock,
    services,
    tenant: (slug) => createTenant(services, administrator, { slug, name: slug }),
    async source({ tenant, slug, ...request }) {
      const whole = { tenant, slug, kind: 'IDP', preset: 'okta', ...request } as const;
      const { source, token } = await createSource(services, administrator, whole);
      return service.client(tenant, slug, token.token, source);
    },
    client(tenant, source, token, id = asNodeId('unknown')) {
      const base = `${url}/scim/v2/${tenant}/${source}`;
      return { id, base, token, send: (...request) => send(base, token, ...request) };
    },
    stop,
    async remove() {
      await stop();
      await removeFolder(own);
    },
  };
  return service;
}

async function send(
  base: string,
  token: string,
  ...[method, path, body, headers = {}]: Parameters<ScimClient['send']>
): Promise<ScimAnswer> {
  const response = await fetch(`${base}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      accept: 'application/scim+json',
      ...(body !== undefined && { 'content-type': 'application/scim+json; charset=utf-8' }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
}

export const patchBody = (...operations: readonly object[]) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: operations,
});

export const values = (members: readonly { readonly value: string }[] | undefined): readonly string[] =>
  (members ?? []).map(({ value }) => value).sort();
