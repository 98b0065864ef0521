import type { NodeId } from '../../graph/ids.js';
import { asNodeId } from '../../graph/ids.js';
import { fieldKey } from '../../graph/indexed-fields.js';
import { assertNever } from '../../kernel/assert.js';
import type { FieldOperator, Where } from '../../store/graph-store.js';
import type { SourceSettings } from '../../usecases/source-settings.js';
import type { FieldCondition, IndexCondition, IndexedAttributes, IndexOperator } from '../filter-split.js';
import type { ResourceTypeName } from '../schema-registry.js';
import type { ScimContext } from './scim-context.js';

const text = ['eq', 'sw', 'co', 'pr'] as const;
const instant = ['eq', 'gt', 'ge', 'lt', 'le'] as const;
const exact = ['eq'] as const;

/** How a condition on an attribute is asked of the store. */
type Lookup =
  | { readonly kind: 'field'; readonly field: string; readonly operators: readonly IndexOperator[] }
  | {
      readonly kind: 'stamp';
      readonly stamp: 'id' | 'createdAt' | 'modifiedAt';
      readonly operators: readonly IndexOperator[];
    }
  /** A membership, with the listed resource at that end. */
  | { readonly kind: 'membership'; readonly end: 'from' | 'to'; readonly operators: readonly IndexOperator[] };

const common: Readonly<Record<string, Lookup>> = {
  id: { kind: 'stamp', stamp: 'id', operators: exact },
  'meta.created': { kind: 'stamp', stamp: 'createdAt', operators: instant },
  'meta.lastModified': { kind: 'stamp', stamp: 'modifiedAt', operators: instant },
  externalId: { kind: 'field', field: 'externalId', operators: text },
  displayName: { kind: 'field', field: 'displayName', operators: text },
};

/** What the store answers exactly as the filter means it; all else is looked at in process. */
const LOOKUPS: Readonly<Record<ResourceTypeName, Readonly<Record<string, Lookup>>>> = {
  User: {
    ...common,
    userName: { kind: 'field', field: 'userName', operators: text },
    'emails.value': { kind: 'field', field: 'emails', operators: text },
    active: { kind: 'field', field: 'active', operators: exact },
    'groups.value': { kind: 'membership', end: 'from', operators: exact },
  },
  Group: {
    ...common,
    'members.value': { kind: 'membership', end: 'to', operators: exact },
  },
};

/** Memberships are in the store as they are stated; a source that shows those through other groups asks for more. */
export function indexedAttributesOf(
  resourceType: ResourceTypeName,
  { indirectGroups }: Pick<SourceSettings, 'indirectGroups'>,
): IndexedAttributes {
  const answered = Object.entries(LOOKUPS[resourceType]).filter(
    ([name]) => !(indirectGroups && name === 'groups.value'),
  );
  return new Map(answered.map(([name, { operators }]) => [name, operators]));
}

/** By `sortBy`, what the store sorts exactly as SCIM does: attributes that every resource of the type has. */
export const STORE_ORDERS: Readonly<Record<ResourceTypeName, Readonly<Record<string, string>>>> = {
  User: { id: 'id', 'meta.created': 'createdAt', 'meta.lastmodified': 'modifiedAt', username: 'userName' },
  Group: { id: 'id', 'meta.created': 'createdAt', 'meta.lastmodified': 'modifiedAt', displayname: 'displayName' },
};

const FIELD_OPERATORS = {
  eq: 'EQUALS',
  sw: 'STARTS_WITH',
  co: 'CONTAINS',
  lt: 'LESS',
  le: 'LESS_OR_EQUAL',
  gt: 'GREATER',
  ge: 'GREATER_OR_EQUAL',
} as const satisfies Partial<Record<IndexOperator, FieldOperator>>;

/** The condition as the store takes it. Looks up who waits for a member that has not arrived. */
export async function toWhere(
  context: ScimContext,
  condition: IndexCondition,
  resourceType: ResourceTypeName,
): Promise<Where> {
  switch (condition.kind) {
    case 'and':
    case 'or': {
      const of: Where[] = [];
      for (const term of condition.terms) of.push(await toWhere(context, term, resourceType));
      return { kind: condition.kind, of };
    }
    case 'not':
      return { kind: 'not', of: await toWhere(context, condition.term, resourceType) };
    case 'field':
      return toLookup(context, condition, resourceType);
    default:
      return assertNever(condition);
  }
}

/** Empty text is in no index; a filter that asks for it is looked at in process. */
export function asksForEmptyText(condition: IndexCondition): boolean {
  if (condition.kind === 'field') return condition.value === '';
  return condition.kind === 'not' ? asksForEmptyText(condition.term) : condition.terms.some(asksForEmptyText);
}

/** How many conditions the store answers by looking at all values of a field, or at as many as all resources have. */
export function countBroad(condition: IndexCondition): number {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return condition.terms.reduce((sum, term) => sum + countBroad(term), 0);
    case 'not':
      return countBroad(condition.term);
    case 'field':
      return ['co', 'sw', 'pr'].includes(condition.operator) || condition.field === 'active' ? 1 : 0;
    default:
      return assertNever(condition);
  }
}

async function toLookup(
  context: ScimContext,
  { field: attribute, operator, value }: FieldCondition,
  resourceType: ResourceTypeName,
): Promise<Where> {
  const lookup = LOOKUPS[resourceType][attribute];
  if (!lookup) throw new Error(`\`${attribute}\` is not indexed`);
  const asked = String(value ?? '');
  if (lookup.kind === 'membership') return toMembership(context, lookup.end, asked);
  const scope = context.source.id;
  if (lookup.kind === 'field' && operator === 'pr') return { kind: 'present', field: lookup.field, scope };
  const fieldOperator = FIELD_OPERATORS[operator as keyof typeof FIELD_OPERATORS];
  return lookup.kind === 'stamp'
    ? { kind: 'stamp', stamp: lookup.stamp, operator: fieldOperator, value: asked }
    : { kind: 'field', field: lookup.field, operator: fieldOperator, value: asked, scope };
}

async function toMembership(context: ScimContext, end: 'from' | 'to', value: string): Promise<Where> {
  const edge: Where = { kind: 'edge', edge: 'MEMBER_OF', end, other: asNodeId(value) };
  if (end === 'from') return edge;
  const waiting = await findGroupsWaitingFor(context, value);
  const ids = waiting.map((id): Where => ({ kind: 'stamp', stamp: 'id', operator: 'EQUALS', value: id }));
  return { kind: 'or', of: [edge, ...ids] };
}

async function findGroupsWaitingFor(
  { services: { store }, scope, source }: ScimContext,
  value: string,
): Promise<readonly NodeId[]> {
  const found = await store.find(scope, fieldKey('PendingReference', 'target', source.id, value));
  return found.flatMap(({ node }) =>
    node.kind === 'PendingReference' && node.reference.edge.kind === 'MEMBER_OF' ? [node.reference.holder] : [],
  );
}
