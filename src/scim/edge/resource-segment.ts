import type { NodeQuery, Page, Where } from '../../store/graph-store.js';
import { isTaken } from '../../store/read-checks.js';
import type { Attributes } from '../attribute-value.js';
import type { Reader } from '../dialect.js';
import type { Filter } from '../filter.js';
import { type Predicate, toPredicate } from '../filter-evaluator.js';
import { parseFilter } from '../filter-parser.js';
import { byAnyName, namesComparedIn } from '../filter-references.js';
import { type IndexCondition, splitFilter } from '../filter-split.js';
import { toLocation } from '../resource-response.js';
import type { ResourceType, ResourceTypeName } from '../schema-registry.js';
import type { SearchRequest } from '../search-request.js';
import { sayingActive } from '../user-to-graph.js';
import { asksForEmptyText, countBroad, indexedAttributesOf, STORE_ORDERS, toWhere } from './filter-where.js';
import { readReferenced } from './referenced.js';
import { isDeleting, NODE_KIND_OF, type ResourceVersion } from './resource-node.js';
import { type EdgeParts, readWhole } from './resource-reader.js';
import type { ScimContext } from './scim-context.js';

/** What a query asks of one resource type: what the store answers, and what is looked at in process after it. */
export interface Segment {
  readonly resourceType: ResourceType;
  readonly where?: Where;
  readonly residual?: Predicate;
  /** What the residual and the order look at. */
  readonly parts: EdgeParts;
  /** How the store sorts; absent: by creation, then id. `'process'`: it cannot. */
  readonly order?: NonNullable<NodeQuery['order']> | 'process';
}

/** A resource that was found, with all that filters and orders ask about where it was looked at. */
export interface Match {
  readonly version: ResourceVersion;
  readonly whole?: Attributes;
}

/** `isAlone`: the query asks no other resource type. Throws `invalidFilter`, `tooMany`. */
export async function toSegment(
  context: ScimContext,
  resourceType: ResourceType,
  { search, isAlone }: { readonly search: SearchRequest; readonly isAlone: boolean },
): Promise<Segment> {
  const order = orderOf(resourceType, search, isAlone);
  if (search.filter === undefined) return { resourceType, parts: partsOf(undefined, search), ...order };
  const { name } = resourceType;
  const reader = context.reader(resourceType);
  const said = parseFilter(search.filter, isAlone ? reader : lackingNothing(reader));
  const filter = await meetingAnyName(context, said);
  const split = splitFilter(filter, indexedAttributesOf(name, context.settings));
  const where = split.indexed && (await toAffordableWhere(context, name, split.indexed));
  const residual = split.indexed && !where ? filter : split.residual;
  return {
    resourceType,
    ...(where && { where }),
    ...(residual && { residual: toPredicate(residual) }),
    parts: partsOf(residual, search),
    ...order,
  };
}

/** What is referred to may be asked for by any of its names, not only by the one that was sent. */
async function meetingAnyName(context: ScimContext, filter: Filter): Promise<Filter> {
  const names = namesComparedIn(filter);
  if (names.length === 0) return filter;
  const find = await readReferenced(context, { names });
  const { user, group } = context.registry;
  return byAnyName(filter, (name) => {
    const found = find(name);
    return (
      found && toLocation({ resourceType: found.resourceType === 'User' ? user : group, id: found.id }, context.baseUrl)
    );
  });
}

/** How many values an index looks at in the time of one resource that is looked at in process. */
const valuesInTimeOfResource = 5;

/**
 * What the store is asked; absent: what it cannot answer, does not take, or would keep everybody waiting for. One broad
 * condition takes no longer than counting all resources does; of many of them each takes as long.
 */
async function toAffordableWhere(
  context: ScimContext,
  name: ResourceTypeName,
  indexed: IndexCondition,
): Promise<Where | undefined> {
  if (asksForEmptyText(indexed)) return undefined;
  const where = await toWhere(context, indexed, name);
  if (!isTaken(where)) return undefined;
  const broad = countBroad(indexed);
  if (broad < 2) return where;
  const { services, scope, limits } = context;
  const resources = await services.store.count(scope, { kind: NODE_KIND_OF[name] });
  return broad * resources <= limits.scanBudget * valuesInTimeOfResource ? where : undefined;
}

export function countSegment({ services, scope }: ScimContext, segment: Segment): Promise<number> {
  return services.store.count(scope, queryOf(segment));
}

export async function listSegment(
  { services, scope }: ScimContext,
  segment: Segment,
  window: Pick<NodeQuery, 'limit' | 'skip' | 'after'>,
): Promise<Page<ResourceVersion>> {
  const { order } = segment;
  const sorted = order === undefined || order === 'process' ? {} : { order };
  return services.store.list(scope, { ...queryOf(segment), ...sorted, ...window });
}

/** Those that the residual holds for, in order. */
export async function matchAll(
  context: ScimContext,
  { residual, parts, order }: Segment,
  versions: readonly ResourceVersion[],
): Promise<readonly Match[]> {
  const present = versions.filter(({ node }) => !isDeleting(node));
  if (!residual && order !== 'process') return present.map((version) => ({ version }));
  const whole = await readWhole(context, present, parts);
  return present.flatMap((version, index) => {
    const attributes = toJudged(version, whole[index] as Attributes);
    return !residual || residual(attributes) ? [{ version, whole: attributes }] : [];
  });
}

/** An account is as active as it was where a PATCH has removed what its document said of that: so the store finds it too. */
function toJudged({ node }: ResourceVersion, whole: Attributes): Attributes {
  return node.kind === 'Account' ? sayingActive(whole, node) : whole;
}

/** Beside other types, an attribute that this one lacks is no fault: it has no value (RFC 7644 §3.4.2.1). */
function lackingNothing(reader: Reader): Reader {
  return { ...reader, accepts: (quirk) => quirk === 'UNKNOWN_IN_FILTER' || reader.accepts(quirk) };
}

function queryOf({ resourceType, where }: Segment) {
  return { kind: NODE_KIND_OF[resourceType.name], ...(where && { where }) } as const;
}

/** The store sorts each resource type for itself. */
function orderOf(
  { name, schema }: ResourceType,
  { sortBy, sortOrder }: SearchRequest,
  isAlone: boolean,
): Pick<Segment, 'order'> {
  if (sortBy === undefined) return {};
  if (!isAlone) return { order: 'process' };
  const core = `${schema.id}:`.toLowerCase();
  const key = sortBy.trim().toLowerCase();
  const by = STORE_ORDERS[name][key.startsWith(core) ? key.slice(core.length) : key];
  return { order: by === undefined ? 'process' : { by, descending: sortOrder === 'descending' } };
}

function partsOf(residual: Filter | undefined, { sortBy }: SearchRequest): EdgeParts {
  const asks = (name: string) =>
    (residual !== undefined && mentions(residual, name)) || sortBy?.trim().toLowerCase().startsWith(name) === true;
  return { members: asks('members'), groups: asks('groups') };
}

function mentions(filter: Filter, name: string): boolean {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.terms.some((term) => mentions(term, name));
    case 'not':
      return mentions(filter.term, name);
    default:
      return filter.ref.attribute.name === name;
  }
}
