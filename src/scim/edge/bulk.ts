import type { FastifyRequest } from 'fastify';
import type { NodeId } from '../../graph/ids.js';
import { HttpStatusError } from '../../http/http-status-error.js';
import { assertNever } from '../../kernel/assert.js';
import { bulkBatches } from '../bulk-batches.js';
import { bulkOrder } from '../bulk-order.js';
import { bulkIdsIn, resolveBulkIds } from '../bulk-references.js';
import { type BulkOperation, parseBulkRequest } from '../bulk-request.js';
import { toLocation } from '../resource-response.js';
import { ScimError } from '../scim-error.js';
import { deleteResource } from './deletion.js';
import { readNodes } from './membership-pages.js';
import { createResource, createResourceId, patchResource, replaceResource, type Target } from './provisioning.js';
import type { ResourceVersion } from './resource-node.js';
import { readEntityTags } from './resource-reader.js';
import { type ScimContext, untilDone } from './scim-context.js';
import { toFailure } from './scim-reply.js';

const RESPONSE_URN = 'urn:ietf:params:scim:api:messages:2.0:BulkResponse';

/** RFC 7644 §3.7.3; `status` is text there. */
export interface BulkResult {
  readonly method: BulkOperation['method'];
  readonly bulkId?: string;
  /** As it is when all is done; absent: it failed, or the resource is gone. */
  readonly version?: string;
  /** Of the resource; absent only where none was made or none is meant. */
  readonly location?: string;
  readonly status: string;
  /** Of a failure: the error. */
  readonly response?: object;
}

export interface BulkResponse {
  readonly schemas: readonly [typeof RESPONSE_URN];
  /** In the order of the request; those that `failOnErrors` left undone are absent. */
  readonly Operations: readonly BulkResult[];
}

/** A bulk request while it runs. */
interface Run {
  readonly context: ScimContext;
  readonly request: FastifyRequest;
  readonly operations: readonly BulkOperation[];
  /** By bulkId, which operation makes it and which id it will have. */
  readonly made: ReadonlyMap<string, { readonly index: number; readonly id: NodeId }>;
  /** By place in the request; absent: not done (yet). */
  readonly outcomes: Map<number, Outcome>;
}

type Outcome =
  | { readonly kind: 'done'; readonly status: number; readonly target: Target }
  | { readonly kind: 'failed'; readonly error: unknown; readonly target?: Target };

/**
 * Does the operations, each by itself, what others refer to first, those that only make resources several at once unless
 * failures are to stop the rest, and all of them however long they take: who sends many
 * has to be told what became of each. New ids are given out before anything is made: of
 * resources that refer to each other the first waits for the second as for any member that has not arrived.
 */
export async function runBulk(given: ScimContext, request: FastifyRequest): Promise<BulkResponse> {
  const context = untilDone(given);
  const { operations, failOnErrors = Number.POSITIVE_INFINITY } = parseBulkRequest(
    request.body,
    context.reader(context.registry.user),
  );
  const run: Run = { context, request, operations, made: allotIds(context, operations), outcomes: new Map() };
  const refersTo = operations.map((operation) =>
    bulkIdsIn(operation).flatMap((bulkId) => run.made.get(bulkId)?.index ?? []),
  );
  const order = bulkOrder(refersTo);
  const batches =
    failOnErrors < operations.length ? order.map((group) => [group]) : bulkBatches(order, operations, refersTo);
  for (const batch of batches) {
    if (failuresOf(run) >= failOnErrors) break;
    await Promise.all(batch.map((group) => runGroup(run, group)));
  }
  return { schemas: [RESPONSE_URN], Operations: await renderOutcomes(run) };
}

function failuresOf({ outcomes }: Run): number {
  return [...outcomes.values()].filter(({ kind }) => kind === 'failed').length;
}

function allotIds({ registry }: ScimContext, operations: readonly BulkOperation[]): Run['made'] {
  const made = new Map<string, { readonly index: number; readonly id: NodeId }>();
  operations.forEach(({ method, bulkId, path }, index) => {
    const resourceType = registry.resourceTypes.find(({ endpoint }) => isEndpoint(path, endpoint));
    if (method !== 'POST' || bulkId === undefined || !resourceType) return;
    made.set(bulkId, { index, id: createResourceId(resourceType) });
  });
  return made;
}

const isEndpoint = (path: string, endpoint: string) => path.toLowerCase().replace(/\/$/, '') === endpoint.toLowerCase();

/** Operations that refer to each other are done all or none: if one fails, what the others made is taken back. */
async function runGroup(run: Run, group: readonly number[]): Promise<void> {
  for (const index of group) run.outcomes.set(index, await runOperation(run, index));
  if (group.every((index) => run.outcomes.get(index)?.kind === 'done')) return;
  for (const index of group) {
    const outcome = run.outcomes.get(index);
    if (outcome?.kind !== 'done') continue;
    await deleteResource(run.context, { ...outcome.target, ifMatch: '*' });
    run.outcomes.set(index, { kind: 'failed', error: unresolvable() });
  }
}

/** A failed POST leaves no resource to point at; whatever else fails is told with where its resource is or would be. */
async function runOperation(run: Run, index: number): Promise<Outcome> {
  const given = run.operations[index] as BulkOperation;
  let target: Target | undefined;
  try {
    const operation = resolveBulkIds(given, (bulkId) => resolveBulkId(run, bulkId));
    target = targetOf(run, operation);
    return { kind: 'done', status: await perform(run.context, operation, target), target };
  } catch (error) {
    return { kind: 'failed', error, ...(given.method !== 'POST' && target && { target }) };
  }
}

/** Throws `invalidPath`. */
function targetOf({ context, made }: Run, operation: BulkOperation): Target {
  const { method, bulkId = '', version } = operation;
  const { resourceType, id } = parsePath(context, operation);
  const given = method === 'POST' ? made.get(bulkId)?.id : id;
  if (!given || (method === 'POST' && id !== '')) throw wrongPath(operation);
  return { resourceType, id: given, ifMatch: version };
}

/** Resolves to the status. */
async function perform(context: ScimContext, { method, data }: BulkOperation, target: Target): Promise<number> {
  switch (method) {
    case 'POST':
      await createResource(context, target, data);
      return 201;
    case 'PUT':
      await replaceResource(context, target, data);
      return 200;
    case 'PATCH':
      await patchResource(context, target, data);
      return 200;
    case 'DELETE':
      await deleteResource(context, target);
      return 204;
    default:
      return assertNever(method);
  }
}

function resolveBulkId({ made, outcomes }: Run, bulkId: string): string {
  const found = made.get(bulkId);
  if (!found)
    throw new ScimError('invalidValue', `\`bulkId:${bulkId.slice(0, 100)}\` is made by no operation of the request`);
  if (outcomes.get(found.index)?.kind === 'failed') throw unresolvable();
  return found.id;
}

function unresolvable(): HttpStatusError {
  return new HttpStatusError(409, 'what the operation refers to could not be made; see the operation of that bulkId');
}

/** The id is empty where the path names none. */
function parsePath({ registry }: ScimContext, operation: BulkOperation): Pick<Target, 'resourceType' | 'id'> {
  const [, endpoint, id = ''] = /^(\/[^/?]+)(?:\/([^/?]+))?\/?$/.exec(operation.path) ?? [];
  const resourceType = registry.resourceTypes.find((each) => isEndpoint(endpoint ?? '', each.endpoint));
  if (!resourceType) throw wrongPath(operation);
  try {
    return { resourceType, id: decodeURIComponent(id) };
  } catch {
    throw wrongPath(operation);
  }
}

function wrongPath({ method, path }: BulkOperation): ScimError {
  const form = method === 'POST' ? '/Users' : '/Users/{id}';
  return new ScimError('invalidPath', `\`${path.slice(0, 200)}\` is no path for ${method}; write it like \`${form}\``);
}

/** Versions are as they are now that all is done: what was linked later has moved on since. */
async function renderOutcomes({ context, request, operations, outcomes }: Run): Promise<readonly BulkResult[]> {
  const ids = [...outcomes.values()].flatMap((outcome) => (outcome.kind === 'done' ? outcome.target.id : []));
  const versions = [...(await readNodes(context, ids)).values()] as readonly ResourceVersion[];
  const tags = await readEntityTags(context, versions);
  const tagOf = new Map(versions.map(({ node }, index) => [node.id as string, tags[index] as string]));
  return operations.flatMap(({ method, bulkId }, index): readonly BulkResult[] => {
    const outcome = outcomes.get(index);
    if (!outcome) return [];
    const named = {
      method,
      ...(bulkId !== undefined && { bulkId }),
      ...(outcome.target && { location: toLocation(outcome.target, context.baseUrl) }),
    };
    if (outcome.kind === 'failed') {
      const { body } = toFailure(outcome.error, request.log);
      return [{ ...named, status: body.status, response: body }];
    }
    const version = tagOf.get(outcome.target.id);
    const status = String(outcome.status);
    return [{ ...named, ...(version !== undefined && { version }), status }];
  });
}
