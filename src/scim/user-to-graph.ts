import type { GraphChange } from '../graph/change.js';
import { asStatementSource, type NodeId, resourceIdOf } from '../graph/ids.js';
import type { AccountNode, IdentityType, JsonObject, Reference, ReferenceTarget, SourceNode } from '../graph/node.js';
import { toList } from './attribute-access.js';
import { type Attributes, type AttributeValue, createAttributes, isComplex, withAttribute } from './attribute-value.js';
import { parseDateTime } from './date-time.js';
import { environmentNamed } from './non-human-values.js';
import { ENTERPRISE_USER_SCHEMA } from './schemas/enterprise-user-schema.js';
import { NON_HUMAN_USER_SCHEMA } from './schemas/non-human-user-schema.js';

/** What makes an account of a SCIM User. */
export interface UserToGraph {
  readonly id: NodeId;
  readonly source: SourceNode;
  /** By the source's rules. */
  readonly type: IdentityType;
  readonly attributes: Attributes;
  /** As it was; absent: it is new. */
  readonly before?: AccountNode;
}

/**
 * The body of a User, `active` as it was where the body says nothing of it, and true at first: neither a forgotten
 * attribute ends access, nor does one give it back.
 */
export function sayingActive(attributes: Attributes, before?: Pick<AccountNode, 'active'>): Attributes {
  return typeof attributes.active === 'boolean'
    ? attributes
    : withAttribute(attributes, 'active', before?.active ?? true);
}

/** The account of a SCIM User. A document in which `active` is unassigned leaves the account as active as it was. */
export function toAccount({ id, source, type, attributes, before }: UserToGraph): AccountNode {
  const active = typeof attributes.active === 'boolean' ? attributes.active : (before?.active ?? true);
  const enterprise = toComplex(attributes[ENTERPRISE_USER_SCHEMA.id]);
  const nonHuman = toComplex(attributes[NON_HUMAN_USER_SCHEMA.id]);
  const emails = toList(attributes.emails).flatMap((email) => toText(toComplex(email).value) ?? []);
  const primary = toList(attributes.emails).find((email) => toComplex(email).primary === true);
  const expiresAt = parseDateTime(toText(nonHuman.expiresAt) ?? '')?.milliseconds;
  const environments = toList(nonHuman.environments).flatMap((name) => environmentNamed(toText(name) ?? '') ?? []);
  return {
    kind: 'Account',
    id,
    tenant: source.tenant,
    source: source.id,
    userName: toText(attributes.userName) ?? '',
    active,
    type,
    ...texts({
      externalId: attributes.externalId,
      displayName: attributes.displayName,
      employeeNumber: enterprise.employeeNumber,
      primaryEmail: toComplex(primary).value ?? emails[0],
      purpose: nonHuman.purpose,
    }),
    ...(emails.length > 0 && { emails }),
    ...(environments.length > 0 && { environments: [...new Set(environments)] }),
    ...(expiresAt !== undefined && { expiresAt }),
    ...(before?.link !== undefined && { link: before.link }),
    ...(source.externalIdsUnique && { claimsExternalId: true }),
    attributes: toJson(attributes),
  };
}

/**
 * Who owns the account, `(:Identity|:Group)-[:OWNS]->(:Identity)`, and which roles it has,
 * `(:Account)-[:ASSIGNED {scope: the application's root}]->(:Role)`: exactly those that the document names. Roles are of
 * the source's application; without one they are no more than attributes. No change where there were and are none.
 */
export function toUserReferences(
  { id, source, attributes, before }: Pick<UserToGraph, 'id' | 'source' | 'attributes' | 'before'>,
  sourceRef: string,
): readonly GraphChange[] {
  const stator = asStatementSource(source.id);
  const held = before ? (before.attributes as Attributes) : createAttributes();
  const stated = { source: stator, statedBy: 'SCIM', sourceRef } as const;
  const changes: GraphChange[] = [];
  const set = (holderEnd: 'from' | 'to', edge: 'OWNS' | 'ASSIGNED', references: readonly Reference[]) =>
    changes.push({ kind: 'setReferences', holder: id, holderEnd, edge, source: stator, references });

  if (ownersOf(attributes).length > 0 || ownersOf(held).length > 0) {
    const target = (value: string) => ({ kind: 'principal', source: source.id, value }) as const;
    const edge = (at: number) =>
      ({ kind: 'OWNS', ownership: at === 0 ? 'PRIMARY' : 'BACKUP', statement: 'owner' }) as const;
    const owners = named(ownersOf(attributes)).map(({ value, display }, at) =>
      reference({ holder: id, holderEnd: 'to', target: target(value), edge: { ...stated, ...edge(at) } }, display),
    );
    set('to', 'OWNS', owners);
  }
  const { application, tenant } = source;
  if (application !== undefined && (rolesOf(attributes).length > 0 || rolesOf(held).length > 0)) {
    const scope = resourceIdOf(application, tenant, '/');
    const target = (value: string): ReferenceTarget => ({ kind: 'role', application, tenant, value });
    const edge = { ...stated, kind: 'ASSIGNED', scope, statement: 'role' } as const;
    const roles = named(rolesOf(attributes)).map(({ value, display }) =>
      reference({ holder: id, holderEnd: 'from', target: target(value), edge }, display),
    );
    set('from', 'ASSIGNED', roles);
  }
  return changes;
}

/** The document as the graph keeps it. */
export function toJson(attributes: Attributes): JsonObject {
  return { ...attributes };
}

const ownersOf = (attributes: Attributes) => toList(toComplex(attributes[NON_HUMAN_USER_SCHEMA.id]).owners);
const rolesOf = (attributes: Attributes) => [...toList(attributes.roles), ...toList(attributes.entitlements)];

/** Each value once, in order. */
function named(elements: readonly AttributeValue[]): readonly { readonly value: string; readonly display?: string }[] {
  const byValue = new Map<string, { readonly value: string; readonly display?: string }>();
  for (const element of elements) {
    const value = toText(isComplex(element) ? element.value : element);
    const display = toText(toComplex(element).display);
    if (value && !byValue.has(value)) byValue.set(value, { value, ...(display && { display }) });
  }
  return [...byValue.values()];
}

function reference(of: Omit<Reference, 'display'>, display: string | undefined): Reference {
  return display === undefined ? of : { ...of, display };
}

type TextFields = 'externalId' | 'displayName' | 'employeeNumber' | 'primaryEmail' | 'purpose';

/** Those of the values that are text. */
function texts(values: Readonly<Record<TextFields, AttributeValue | undefined>>): Partial<Record<TextFields, string>> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => typeof value === 'string'));
}

const toText = (value: AttributeValue | undefined) => (typeof value === 'string' ? value : undefined);
const toComplex = (value: AttributeValue | undefined): Attributes => (isComplex(value) ? value : createAttributes());
