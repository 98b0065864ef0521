import type { Edge } from '../graph/edge.js';
import type { AccountNode, GroupNode, JsonValue, NodeVersion, Reference } from '../graph/node.js';
import { type Attributes, type AttributeValue, createAttributes } from './attribute-value.js';
import type { Member } from './member.js';
import type { StoredResource } from './resource-response.js';
import type { ResourceType } from './schema-registry.js';

/** A version of an account or group as the SCIM resource that it is; members and groups are read apart. */
export function toStoredResource(
  { node, stamps }: NodeVersion<AccountNode | GroupNode>,
  resourceType: ResourceType,
): StoredResource {
  return {
    resourceType,
    id: node.id,
    attributes: toAttributes(node),
    created: stamps.createdAt,
    lastModified: stamps.modifiedAt,
    version: stamps.version,
  };
}

/** The document that a client gave, as `applyPatch` takes it. */
export function toAttributes({ attributes }: Pick<AccountNode | GroupNode, 'attributes'>): Attributes {
  return toAttributeValue(attributes) as Attributes;
}

/** The member that an edge into a group stands for; its `value` is an id. What it is, its node says. */
export function memberOfEdge(edge: Edge): Member {
  const display = edge.kind === 'MEMBER_OF' ? edge.display : undefined;
  return { value: edge.from, ...(display !== undefined && { display }) };
}

/** The member that has not arrived, as its client named it. */
export function memberOfReference({ target, type, display }: Reference): Member {
  return {
    value: target.value,
    ...(type !== undefined && { type }),
    ...(display !== undefined && { display }),
  };
}

/** JSON of the store, as values whose names cannot reach a prototype. Documents hold no null. */
function toAttributeValue(json: JsonValue): AttributeValue {
  if (json === null) return '';
  if (typeof json !== 'object') return json;
  if (Array.isArray(json)) return json.map(toAttributeValue);
  return createAttributes(Object.entries(json).map(([name, value]) => [name, toAttributeValue(value as JsonValue)]));
}
