import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Attributes, isComplex } from '../attribute-value.js';
import { toLocation } from '../resource-response.js';
import { createSchemaRegistry, type ResourceType, type SchemaRegistry } from '../schema-registry.js';
import { parseSearchRequest, toSearchRequest } from '../search-request.js';
import { type Selections, toSelections } from './answer-selection.js';
import { deleteResource } from './deletion.js';
import type { ListCursors } from './list-cursor.js';
import { countMembers } from './member-parts.js';
import { isWanted, type Preconditions } from './precondition.js';
import { createResource, createResourceId, patchResource, replaceResource, type Target } from './provisioning.js';
import { getResource, type ResourceVersion, resourceTypeOf } from './resource-node.js';
import { answerQuery } from './resource-query.js';
import { readEntityTags, renderResources } from './resource-reader.js';
import type { ScimContext } from './scim-context.js';
import { sendScim } from './scim-reply.js';
import type { ScimHandler, ScimRoute } from './scim-route.js';

/** `/Users`, `/Users/{id}`, `/Users/.search`, the same of groups, and queries over all at the root. */
export function createResourceRoutes(cursors: ListCursors): readonly ScimRoute[] {
  const all = (registry: SchemaRegistry) => registry.resourceTypes;
  const root = { path: '', handlers: { GET: askByQuery(cursors, '', all) } };
  const search = { path: '/.search', handlers: { POST: askByBody(cursors, '', all) }, onlyAsks: true } as const;
  const { resourceTypes } = createSchemaRegistry();
  return [root, search, ...resourceTypes.flatMap((resourceType) => routesOf(resourceType, cursors))];
}

/** A resource type as the source of a request has it, its own extensions included. */
type TypeOf = (registry: SchemaRegistry) => ResourceType;
type TypesOf = (registry: SchemaRegistry) => readonly ResourceType[];

function routesOf({ endpoint, name }: ResourceType, cursors: ListCursors): readonly ScimRoute[] {
  const typeOf: TypeOf = ({ user, group }) => (name === 'User' ? user : group);
  const alone = (registry: SchemaRegistry) => [typeOf(registry)];
  const handlers = { GET: get, PUT: put, PATCH: patch, DELETE: remove } as const;
  return [
    { path: endpoint, handlers: { GET: askByQuery(cursors, endpoint, alone), POST: post(typeOf) } },
    { path: `${endpoint}/.search`, handlers: { POST: askByBody(cursors, endpoint, alone) }, onlyAsks: true },
    {
      path: `${endpoint}/:id`,
      handlers: Object.fromEntries(Object.entries(handlers).map(([method, handler]) => [method, handler(typeOf)])),
    },
  ];
}

function askByQuery(cursors: ListCursors, path: string, typesOf: TypesOf): ScimHandler {
  return async (context, request, reply) => {
    const resourceTypes = typesOf(context.registry);
    const search = toSearchRequest(parametersOf(request));
    return sendScim(reply, 200, await answerQuery(context, cursors, { path, resourceTypes, search }));
  };
}

function askByBody(cursors: ListCursors, path: string, typesOf: TypesOf): ScimHandler {
  return async (context, request, reply) => {
    const resourceTypes = typesOf(context.registry);
    const search = parseSearchRequest(request.body, context.reader(resourceTypes[0] as ResourceType));
    return sendScim(reply, 200, await answerQuery(context, cursors, { path, resourceTypes, search }));
  };
}

function post(typeOf: TypeOf): ScimHandler {
  return async (context, request, reply) => {
    const resourceType = typeOf(context.registry);
    const selections = selectionsOf(context, request);
    const target = { resourceType, id: createResourceId(resourceType) };
    const version = await createResource(context, target, request.body);
    return sendResource(context, reply, { status: 201, version, selections });
  };
}

function get(typeOf: TypeOf): ScimHandler {
  return async (context, request, reply) => {
    const resourceType = typeOf(context.registry);
    const selections = selectionsOf(context, request);
    const version = await getResource(context, resourceType, idOf(request));
    const preconditions = preconditionsOf(request);
    if (preconditions.ifMatch !== undefined || preconditions.ifNoneMatch !== undefined) {
      const tag = await readEntityTag(context, version);
      if (!isWanted(preconditions, tag)) return reply.code(304).header('etag', tag).send();
    }
    return sendResource(context, reply, { status: 200, version, selections });
  };
}

function put(typeOf: TypeOf): ScimHandler {
  return async (context, request, reply) => {
    const resourceType = typeOf(context.registry);
    const selections = selectionsOf(context, request);
    const version = await replaceResource(context, targetOf(request, resourceType), request.body);
    return sendResource(context, reply, { status: 200, version, selections });
  };
}

function patch(typeOf: TypeOf): ScimHandler {
  return async (context, request, reply) => {
    const resourceType = typeOf(context.registry);
    const asked = toSearchRequest(parametersOf(request));
    const selections = toSelections(context, asked);
    const version = await patchResource(context, targetOf(request, resourceType), request.body);
    if (asked.attributes.length > 0 || (await answersWithBody(context, version)))
      return sendResource(context, reply, { status: 200, version, selections });
    return reply
      .code(204)
      .header('etag', await readEntityTag(context, version))
      .send();
  };
}

function remove(typeOf: TypeOf): ScimHandler {
  return async (context, request, reply) => {
    const resourceType = typeOf(context.registry);
    await deleteResource(context, targetOf(request, resourceType));
    return reply.code(204).send();
  };
}

/** `auto`: users with a body, groups without; a group with more members than a page holds resources never has one. */
async function answersWithBody(context: ScimContext, { node }: ResourceVersion): Promise<boolean> {
  const { patchResponse } = context.settings;
  if (node.kind === 'Account' || patchResponse !== 'body') return patchResponse !== 'none' && node.kind === 'Account';
  return (await countMembers(context, node.id)) <= context.limits.maxPageSize;
}

async function sendResource(
  context: ScimContext,
  reply: FastifyReply,
  answer: { readonly status: number; readonly version: ResourceVersion; readonly selections: Selections },
): Promise<FastifyReply> {
  const { status, version, selections } = answer;
  const { node } = version;
  const location = toLocation({ resourceType: resourceTypeOf(context.registry, node), id: node.id }, context.baseUrl);
  void reply.header('location', location);
  const [body] = await renderResources(context, [version], selections);
  return sendScim(reply.header('etag', shownTag(body) ?? (await readEntityTag(context, version))), status, body);
}

/** The tag that the body says; absent: `meta.version` was not asked for. */
function shownTag(body: Attributes | undefined): string | undefined {
  const meta = body?.meta;
  return isComplex(meta) && typeof meta.version === 'string' ? meta.version : undefined;
}

async function readEntityTag(context: ScimContext, version: ResourceVersion): Promise<string> {
  const [tag] = await readEntityTags(context, [version]);
  return tag as string;
}

function selectionsOf(context: ScimContext, request: FastifyRequest): Selections {
  return toSelections(context, toSearchRequest(parametersOf(request)));
}

function targetOf(request: FastifyRequest, resourceType: ResourceType): Target {
  return { resourceType, id: idOf(request), ...preconditionsOf(request) };
}

function preconditionsOf({ headers }: FastifyRequest): Preconditions {
  return { ifMatch: headers['if-match'], ifNoneMatch: headers['if-none-match'] };
}

const parametersOf = (request: FastifyRequest) => request.query as Readonly<Record<string, unknown>>;
const idOf = (request: FastifyRequest) => (request.params as { readonly id: string }).id;
