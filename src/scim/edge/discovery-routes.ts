import type { FastifyRequest } from 'fastify';
import { HttpStatusError } from '../../http/http-status-error.js';
import { GraphError } from '../../kernel/errors.js';
import type { Reader } from '../dialect.js';
import {
  type DiscoveryDocument,
  renderResourceType,
  renderResourceTypes,
  renderSchema,
  renderSchemas,
  renderServiceProviderConfig,
} from '../discovery-documents.js';
import { notFound } from './resource-node.js';
import type { ScimContext } from './scim-context.js';
import { sendScim } from './scim-reply.js';
import type { ScimHandler, ScimRoute } from './scim-route.js';

/** What the service can do (RFC 7644 §4), for one source; and `/Me` (§3.11), which it cannot. */
export function createDiscoveryRoutes(): readonly ScimRoute[] {
  const me: ScimHandler = async () => {
    throw new HttpStatusError(501, '`/Me` is not served; a token of a source is no user');
  };
  const routes: readonly ScimRoute[] = [
    { path: '/ServiceProviderConfig', handlers: { GET: show(showConfig) } },
    {
      path: '/ResourceTypes',
      handlers: { GET: show(({ registry, baseUrl }) => renderResourceTypes(registry, baseUrl)) },
    },
    { path: '/ResourceTypes/:name', handlers: { GET: show(showResourceType) } },
    { path: '/Schemas', handlers: { GET: show(({ registry, baseUrl }) => renderSchemas(registry, baseUrl)) } },
    { path: '/Schemas/:name', handlers: { GET: show(showSchema) } },
  ];
  return [
    ...routes.map((route) => ({ ...route, isDiscovery: true }) as const),
    { path: '/Me', handlers: { GET: me, POST: me, PUT: me, PATCH: me, DELETE: me } },
  ];
}

/** A document whole: orders and pages are ignored, a filter is refused. */
function show(render: (context: ScimContext, name: string) => DiscoveryDocument): ScimHandler {
  return async (context, request, reply) => {
    if (Object.keys(request.query as object).some((key) => key.toLowerCase() === 'filter'))
      throw new GraphError('FORBIDDEN', 'discovery takes no `filter`; ask without it');
    return sendScim(reply, 200, render(context, nameOf(request)));
  };
}

function showConfig({ limits, readers, baseUrl, settings }: ScimContext): DiscoveryDocument {
  const features = {
    maxBulkOperations: (readers[0] as Reader).limits.bulkOperations,
    maxBulkPayloadSize: limits.bulkBytes,
    defaultPageSize: limits.defaultPageSize,
    maxPageSize: limits.maxPageSize,
    cursorTimeout: limits.cursorTimeoutSeconds,
    interopProfileConformant: settings.dialect === 'interop',
  };
  return renderServiceProviderConfig(features, baseUrl);
}

function showResourceType({ registry, baseUrl }: ScimContext, name: string): DiscoveryDocument {
  const found = registry.resourceTypes.find((resourceType) => resourceType.name.toLowerCase() === name.toLowerCase());
  if (!found) throw notFound(name);
  return renderResourceType(found, baseUrl);
}

function showSchema({ registry, baseUrl }: ScimContext, urn: string): DiscoveryDocument {
  const found = registry.schemas.find((schema) => schema.id.toLowerCase() === urn.toLowerCase());
  if (!found) throw notFound(urn);
  return renderSchema(found, baseUrl);
}

const nameOf = (request: FastifyRequest) => (request.params as { readonly name?: string }).name ?? '';
