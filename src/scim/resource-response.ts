import type { Instant } from '../kernel/clock.js';
import {
  type Attributes,
  type AttributesDraft,
  type AttributeValue,
  createAttributes,
  isComplex,
  isList,
} from './attribute-value.js';
import { toEntityTag } from './entity-tag.js';
import { fromMember, type Member } from './member.js';
import type { ReferencedResource } from './referred-values.js';
import { type AttributeDefinition, findSubAttribute } from './schema.js';
import type { ResourceType, SchemaRegistry } from './schema-registry.js';
import { MEMBERS } from './schemas/group-schema.js';
import { isSelected, project, type Selection } from './selection.js';

/** A group an account belongs to. */
export interface GroupMembership {
  readonly id: string;
  readonly displayName?: string;
  readonly type: 'direct' | 'indirect';
}

/** A stored resource with all that its answer may need. */
export interface StoredResource {
  readonly resourceType: ResourceType;
  readonly id: string;
  readonly attributes: Attributes;
  readonly created: Instant;
  readonly lastModified: Instant;
  /** Counts the resource's own versions, from 1. */
  readonly version: number;
  /** Of a group; absent when they were not read. */
  readonly members?: readonly Member[];
  /** Of a user; absent when they were not read. */
  readonly groups?: readonly GroupMembership[];
}

export interface Rendering {
  readonly registry: SchemaRegistry;
  /** Of the source, without a slash at its end. */
  readonly baseUrl: string;
  readonly selection: Selection;
  /** What an id in an attribute leads to; undefined while it leads nowhere. */
  findReferenced(value: string): ReferencedResource | undefined;
}

/**
 * The resource as its client sees it (RFC 7643 §3): stored values unchanged, `$ref` and names of what they refer to
 * added, `schemas` exactly those present, never a null.
 */
export function renderResource(stored: StoredResource, rendering: Rendering): Attributes {
  const whole = toWholeResource(stored, rendering);
  const shown = project(whole, stored.resourceType, rendering.selection);
  const { schema, extensions } = stored.resourceType;
  const present = extensions.filter((extension) => extension.id in shown);
  return createAttributes([
    ...Object.entries(shown),
    ...(showsNobody(stored, rendering.selection) ? [['members', []] as const] : []),
    ['schemas', [schema.id, ...present.map((extension) => extension.id)]],
  ]);
}

/** A group without members says so: its client could not tell it from one whose members are not shown. */
function showsNobody({ resourceType, members }: StoredResource, selection: Selection): boolean {
  return resourceType.name === 'Group' && members?.length === 0 && isSelected(selection, MEMBERS);
}

/** Everything a filter or a selection may ask about. */
export function toWholeResource(stored: StoredResource, rendering: Omit<Rendering, 'selection'>): Attributes {
  const { resourceType, id, attributes, members = [], groups = [] } = stored;
  const present = resourceType.extensions.filter((extension) => extension.id in attributes);
  const whole = createAttributes([
    ['schemas', [resourceType.schema.id, ...present.map((extension) => extension.id)]],
    ['id', id],
    ...Object.entries(attributes),
  ]);
  if (members.length > 0) whole.members = members.map(fromMember);
  addReferences(whole, resourceType.schema.attributes, rendering);
  for (const { id: urn, attributes: definitions } of resourceType.extensions) {
    const held = whole[urn];
    if (isComplex(held)) whole[urn] = addReferences(createAttributes(Object.entries(held)), definitions, rendering);
  }
  if (groups.length > 0) whole.groups = groups.map((group) => renderMembership(group, rendering));
  whole.meta = renderMeta(stored, rendering);
  return whole;
}

/** Where the resource is, as in the `Location` header. */
export function toLocation({ resourceType, id }: Pick<StoredResource, 'resourceType' | 'id'>, baseUrl: string): string {
  return `${baseUrl}${resourceType.endpoint}/${encodeURIComponent(id)}`;
}

function renderMeta(stored: StoredResource, rendering: Omit<Rendering, 'selection'>): Attributes {
  return createAttributes([
    ['resourceType', stored.resourceType.name],
    ['created', new Date(stored.created).toISOString()],
    ['lastModified', new Date(stored.lastModified).toISOString()],
    ['location', toLocation(stored, rendering.baseUrl)],
    ['version', toEntityTag(stored, rendering)],
  ]);
}

function renderMembership(
  { id, displayName, type }: GroupMembership,
  { baseUrl, registry }: Omit<Rendering, 'selection'>,
): Attributes {
  const membership = createAttributes([
    ['value', id],
    ['$ref', toLocation({ resourceType: registry.group, id }, baseUrl)],
    ['type', type],
  ]);
  if (displayName !== undefined) membership.display = displayName;
  return membership;
}

/** Completes each attribute that refers to a resource (it has a `$ref`) by what its `value` leads to. */
function addReferences(
  draft: AttributesDraft,
  definitions: readonly AttributeDefinition[],
  rendering: Omit<Rendering, 'selection'>,
): AttributesDraft {
  for (const definition of definitions) {
    const held = draft[definition.name];
    if (held === undefined || !findSubAttribute(definition, '$ref')) continue;
    const complete = (element: AttributeValue) =>
      isComplex(element) ? addReference(element, definition, rendering) : element;
    draft[definition.name] = isList(held) ? held.map(complete) : complete(held);
  }
  return draft;
}

function addReference(
  element: Attributes,
  definition: AttributeDefinition,
  { registry, baseUrl, findReferenced }: Omit<Rendering, 'selection'>,
): Attributes {
  const target = typeof element.value === 'string' ? findReferenced(element.value) : undefined;
  if (!target) return element;
  const resourceType = target.resourceType === 'User' ? registry.user : registry.group;
  const complete = createAttributes([
    ...Object.entries(element),
    ['$ref', toLocation({ resourceType, id: target.id }, baseUrl)],
  ]);
  if (findSubAttribute(definition, 'type')) complete.type ??= target.resourceType;
  const nameOfTarget = findSubAttribute(definition, 'display') ?? findSubAttribute(definition, 'displayName');
  if (nameOfTarget && target.displayName !== undefined) complete[nameOfTarget.name] ??= target.displayName;
  return complete;
}
