import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphError } from '../../kernel/errors.js';
import { guessClient } from '../client-guess.js';
import { createBulkRoute } from './bulk-route.js';
import { addCompression } from './compression.js';
import { createDiscoveryRoutes } from './discovery-routes.js';
import { createListCursors } from './list-cursor.js';
import { anybody } from './open-discovery.js';
import { createRateLimit } from './rate-limit.js';
import { createResourceRoutes } from './resource-routes.js';
import { addScimBodies } from './scim-body.js';
import { createScimContext, type ScimOptions, toScimLimits } from './scim-context.js';
import { sendScimError } from './scim-reply.js';
import { addScimRoute } from './scim-route.js';
import { createHealthRecorder, type HealthRecorder } from './source-health.js';
import { createRegistries } from './source-registry.js';
import { createWriteLines } from './write-lines.js';

/** Of a source: its tenant's slug and its own. */
const base = '/scim/v2/:tenant/:source';

/**
 * Serves SCIM 2.0 (RFC 7643, 7644, 9865) of every source at `/scim/v2/{tenant}/{source}`. `server` is one of
 * `createHttpServer`: request ids, deadlines and `Graph-Revision` are its own. Close it before the stores: what health
 * counters are in memory is written then.
 */
export async function registerScim(server: FastifyInstance, options: ScimOptions): Promise<void> {
  const limits = toScimLimits(options.limits);
  const shared = { options, limits, lines: createWriteLines(), registryOf: createRegistries() };
  const { opaque, clock } = options.services;
  const cursors = createListCursors({ opaque, clock });
  const takeRequest = createRateLimit(clock);
  const routes = [...createResourceRoutes(cursors), ...createDiscoveryRoutes(), createBulkRoute(limits)];

  server.all('/scim/*', { errorHandler: sendScimError }, nothingElse);
  await server.register(async (scim) => {
    const health = createHealthRecorder(options.services, (error) =>
      scim.log.error({ err: error }, 'health was not kept'),
    );
    scim.decorateRequest('scim', null);
    addScimBodies(scim);
    addCompression(scim);
    scim.setErrorHandler(sendScimError);
    scim.addHook('onRequest', async (request) => {
      const { tenant, source } = request.params as { readonly tenant: string; readonly source: string };
      const context = await createScimContext(shared, { request, tenant, source });
      request.scim = context;
      const isAnybody = context.caller === anybody;
      if (!isAnybody) request.caller = context.caller;
      takeRequest(isAnybody ? `anybody ${context.source.id}` : context.source.id, context.limits.requestsPerSecond);
    });
    scim.addHook('onResponse', async (request, reply) => recordHealth(health, request, reply));
    scim.addHook('onClose', () => health.close());
    for (const route of routes) addScimRoute(scim, base, { bodyLimit: limits.bodyBytes, ...route });
    addScimRoute(scim, base, {
      path: '/*',
      handlers: { GET: nothing, POST: nothing, PUT: nothing, PATCH: nothing, DELETE: nothing },
    });
  });
}

async function nothingElse(): Promise<never> {
  throw new GraphError(
    'NOT_FOUND',
    'SCIM 2.0 is served at `/scim/v2/{tenant}/{source}`, and no other version; see the base URL of the source',
  );
}

async function nothing(): Promise<never> {
  throw new GraphError('NOT_FOUND', 'nothing is served at this path; see `/ResourceTypes`');
}

/** Requests, refusals and habits of the source's client; nothing of a request whose token was refused. */
function recordHealth(health: HealthRecorder, request: FastifyRequest, { statusCode }: FastifyReply): void {
  const { scim: context, routeOptions, method } = request;
  if (context === null || context.caller === anybody) return;
  const counts = new Map([['requests', 1]]);
  if (statusCode >= 400) counts.set('errors', 1);
  for (const { quirks } of context.readers)
    for (const [quirk, count] of quirks) counts.set(`coerced.${quirk}`, (counts.get(`coerced.${quirk}`) ?? 0) + count);
  const client = guessClient(
    request.headers['user-agent'],
    context.readers.map(({ quirks }) => quirks),
  );
  if (client) counts.set(`client.${client}`, 1);
  const asks = ['GET', 'HEAD', 'OPTIONS'].includes(method) || routeOptions.config.scimRoute?.onlyAsks === true;
  health.record(context.source.id, { counts, wrote: !asks && statusCode < 300 });
}
