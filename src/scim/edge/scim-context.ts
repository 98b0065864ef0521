import type { FastifyRequest } from 'fastify';
import type { NodeId } from '../../graph/ids.js';
import type { SourceNode, TenantNode } from '../../graph/node.js';
import { fold } from '../../graph/text.js';
import type { Authenticate } from '../../http/bearer-auth.js';
import { GraphError, isGraphError } from '../../kernel/errors.js';
import type { ReadScope } from '../../store/graph-store.js';
import type { Caller } from '../../usecases/caller.js';
import type { CommitDependencies } from '../../usecases/commit-changes.js';
import type { Services } from '../../usecases/services.js';
import { parseSourceSettings, type SourceSettings } from '../../usecases/source-settings.js';
import { createReader, DEFAULT_READER_LIMITS, type Reader } from '../dialect.js';
import type { ResourceType, SchemaRegistry } from '../schema-registry.js';
import { type AskedSource, findOpenSource } from './open-discovery.js';
import type { RegistryOf } from './source-registry.js';
import type { WriteLines } from './write-lines.js';

/** Sizes are bytes, times seconds, counts resources. */
export interface ScimLimits {
  readonly bodyBytes: number;
  readonly bulkBytes: number;
  readonly defaultPageSize: number;
  readonly maxPageSize: number;
  readonly cursorTimeoutSeconds: number;
  /** Resources, and members of groups, that a filter without an index may look at. */
  readonly scanBudget: number;
  /** Members of a group that one commit changes; more are changed in parts, so that nobody waits for seconds. */
  readonly membersPerCommit: number;
  /** Of one source; absent: as many as come. */
  readonly requestsPerSecond?: number;
}

const DEFAULT_SCIM_LIMITS: ScimLimits = {
  bodyBytes: 10_485_760,
  bulkBytes: 1_048_576,
  defaultPageSize: 100,
  maxPageSize: 1_000,
  cursorTimeoutSeconds: 900,
  scanBudget: 20_000,
  membersPerCommit: 5_000,
};

/** A page that is not asked for by size is no larger than the largest. */
export function toScimLimits(differing: Partial<ScimLimits> = {}): ScimLimits {
  const limits = { ...DEFAULT_SCIM_LIMITS, ...differing };
  return { ...limits, defaultPageSize: Math.min(limits.defaultPageSize, limits.maxPageSize) };
}

/** What the SCIM edge stands on. */
export type ScimServices = Pick<Services, 'store' | 'side' | 'clock' | 'opaque'> & CommitDependencies;
export interface ScimOptions {
  readonly services: ScimServices;
  readonly authenticate: Authenticate;
  /** What callers see, without a slash at its end; absent: the host that each request names. */
  readonly publicUrl?: string;
  /** What differs from `DEFAULT_SCIM_LIMITS`. */
  readonly limits?: Partial<ScimLimits>;
}

/** One request of one source, who sends it and how it is read and answered. Everything read goes through `scope`. */
export interface ScimContext {
  readonly services: ScimServices;
  readonly limits: ScimLimits;
  readonly lines: WriteLines;
  readonly registry: SchemaRegistry;
  readonly tenant: TenantNode;
  readonly source: SourceNode;
  readonly settings: SourceSettings;
  readonly scope: ReadScope;
  readonly caller: Caller;
  /** Of the source, without a slash at its end. */
  readonly baseUrl: string;
  readonly requestId: string;
  /** The request's deadline, which the store's reads keep too. */
  readonly signal: AbortSignal;
  /** The reader of that type; the same for the whole request, so that it counts the request's habits. */
  reader(resourceType: ResourceType): Reader;
  readonly readers: readonly Reader[];
}

/** What differs from request to request. */
export interface ScimRequest {
  readonly request: FastifyRequest;
  /** As the path names them. */
  readonly tenant: string;
  readonly source: string;
}

/** The same for all requests. */
interface SharedContext extends Pick<ScimContext, 'limits' | 'lines'> {
  readonly options: ScimOptions;
  readonly registryOf: RegistryOf;
}

/**
 * The context of a request whose token is that of the source in the path, or that asks without one what the source shows
 * to everybody. Rejects UNAUTHENTICATED, in the same words whatever is wrong: an unknown tenant or source, no token, a
 * wrong one, another source's.
 */
export async function createScimContext(
  { options, registryOf, ...shared }: SharedContext,
  { request, ...path }: ScimRequest,
): Promise<ScimContext> {
  const store = options.services.store.until(request.deadline);
  const asked = await findAsked({ store, authenticate: options.authenticate }, request, path);
  if (asked === undefined) throw unauthenticated();
  const { source, tenant, caller } = asked;
  const settings = parseSourceSettings(source.settings);
  const registry = registryOf(settings.schemas, source);
  const { dialect } = settings;
  const limits = { ...DEFAULT_READER_LIMITS, ...given(settings.limits) };
  const readers = registry.resourceTypes.map((resourceType) => createReader({ resourceType, dialect, limits }));
  const host = options.publicUrl ?? `${request.protocol}://${request.host}`;
  return {
    ...shared,
    registry,
    limits: toScimLimits({ ...shared.limits, ...given(settings.limits) }),
    services: { ...options.services, store },
    tenant,
    source,
    settings,
    scope: { kind: 'source', source: source.id },
    caller,
    baseUrl: `${host}/scim/v2/${tenant.slug}/${source.slug}`,
    requestId: request.id,
    signal: request.deadline,
    reader: (resourceType) => readers.find((reader) => reader.resourceType === resourceType) as Reader,
    readers,
  };
}

/** What is begun in parts is finished, whatever the request's deadline and whether its client waits or not. */
export function untilDone(context: ScimContext): ScimContext {
  const { signal } = new AbortController();
  return { ...context, signal, services: { ...context.services, store: context.services.store.until(signal) } };
}

/** Absent: who asks may not. */
async function findAsked(
  { store, authenticate }: Pick<ScimServices, 'store'> & Pick<ScimOptions, 'authenticate'>,
  request: FastifyRequest,
  path: Pick<ScimRequest, 'tenant' | 'source'>,
): Promise<AskedSource | undefined> {
  const caller = await findCaller(authenticate, request);
  if (caller === undefined) {
    const isOpen = request.routeOptions.config.scimRoute?.isDiscovery === true;
    return isOpen ? findOpenSource(store, path) : undefined;
  }
  const { source, tenant } = await findOwn(store, caller.source);
  if (source === undefined || tenant === undefined) return undefined;
  const isNamed = fold(source.slug) === fold(path.source) && fold(tenant.slug) === fold(path.tenant);
  return isNamed ? { source, tenant, caller } : undefined;
}

/** Absent: there is no token, or none that is known. */
async function findCaller(run: Authenticate, { headers, deadline }: FastifyRequest): Promise<Caller | undefined> {
  try {
    return await run(headers.authorization, deadline);
  } catch (error) {
    if (isGraphError(error, 'UNAUTHENTICATED')) return undefined;
    throw error;
  }
}

/** A token names its source, and that its tenant: nothing else needs to be read to know that the path is theirs. */
async function findOwn(
  store: ScimServices['store'],
  id: NodeId | undefined,
): Promise<{ readonly source?: SourceNode; readonly tenant?: TenantNode }> {
  if (id === undefined) return {};
  const [source] = await store.nodesByIds({ kind: 'source', source: id }, [id]);
  if (source?.node.kind !== 'Source') return {};
  const [tenant] = await store.nodesByIds({ kind: 'tenants', tenants: [source.node.tenant] }, [source.node.tenant]);
  return tenant?.node.kind === 'Tenant' ? { source: source.node, tenant: tenant.node } : {};
}

/** What has a value. */
function given<Values extends object>(values: Values): { [Key in keyof Values]: NonNullable<Values[Key]> } {
  const present = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present) as { [Key in keyof Values]: NonNullable<Values[Key]> };
}

function unauthenticated(): GraphError {
  return new GraphError('UNAUTHENTICATED', "send the source's own token as `Authorization: Bearer …`");
}
