import { GraphError } from '../kernel/errors.js';
import { isForbiddenName } from './attribute-value.js';
import type { AttributeDefinition, Schema } from './schema.js';
import { COMMON_ATTRIBUTES } from './schemas/common-attributes.js';
import { ENTERPRISE_USER_SCHEMA } from './schemas/enterprise-user-schema.js';
import { GROUP_SCHEMA, NAMED_GROUP_SCHEMA } from './schemas/group-schema.js';
import { NON_HUMAN_USER_SCHEMA } from './schemas/non-human-user-schema.js';
import { USER_SCHEMA } from './schemas/user-schema.js';

export type ResourceTypeName = 'User' | 'Group';

/** RFC 7643 §6, with its schemas at hand. */
export interface ResourceType {
  readonly name: ResourceTypeName;
  /** Path below the base URL, with a leading slash. */
  readonly endpoint: string;
  readonly description: string;
  readonly schema: Schema;
  readonly extensions: readonly Schema[];
  /** Core and common attributes by lower-case name. */
  readonly attributes: ReadonlyMap<string, AttributeDefinition>;
}

/** A schema of one source's own, and the resource type it extends. */
export interface CustomExtension {
  readonly resourceType: ResourceTypeName;
  readonly schema: Schema;
}

export interface SchemaRegistry {
  /** Core schemas first, then extensions in the order given. */
  readonly schemas: readonly Schema[];
  /** User first. */
  readonly resourceTypes: readonly ResourceType[];
  readonly user: ResourceType;
  readonly group: ResourceType;
}

const attributeName = /^[A-Za-z][\w-]*$/;

/** The schemas of one source: the built-in ones and its own. Throws INVALID for a custom schema that cannot be served. */
export function createSchemaRegistry({
  extensions = [],
  groupNamesUnique = false,
}: {
  readonly extensions?: readonly CustomExtension[];
  readonly groupNamesUnique?: boolean;
} = {}): SchemaRegistry {
  const of = (name: ResourceTypeName) => extensions.filter((one) => one.resourceType === name).map((one) => one.schema);
  const user = createResourceType('User', USER_SCHEMA, [ENTERPRISE_USER_SCHEMA, NON_HUMAN_USER_SCHEMA, ...of('User')]);
  const group = createResourceType('Group', groupNamesUnique ? NAMED_GROUP_SCHEMA : GROUP_SCHEMA, of('Group'));
  const schemas = [user.schema, group.schema, ...user.extensions, ...group.extensions];
  checkUrns(schemas);
  for (const { schema } of extensions) checkNames(schema.attributes, schema.id);
  return { schemas, resourceTypes: [user, group], user, group };
}

/** The extension of that URN in any letter case, or undefined. */
export function findExtension(resourceType: ResourceType, urn: string): Schema | undefined {
  const wanted = urn.toLowerCase();
  return resourceType.extensions.find((schema) => schema.id.toLowerCase() === wanted);
}

/** The attribute of that name in any letter case, or undefined. */
export function findSchemaAttribute(schema: Schema, name: string): AttributeDefinition | undefined {
  const wanted = name.toLowerCase();
  return schema.attributes.find((one) => one.name.toLowerCase() === wanted);
}

function createResourceType(name: ResourceTypeName, schema: Schema, extensions: readonly Schema[]): ResourceType {
  const attributes = [...COMMON_ATTRIBUTES, ...schema.attributes];
  return {
    name,
    endpoint: `/${name}s`,
    description: schema.description,
    schema,
    extensions,
    attributes: new Map(attributes.map((definition) => [definition.name.toLowerCase(), definition])),
  };
}

function checkUrns(schemas: readonly Schema[]): void {
  const seen = new Set<string>();
  for (const { id } of schemas) {
    if (!/^urn:/i.test(id)) throw new GraphError('INVALID', `schema id \`${id}\` is no URN; begin it with \`urn:\``);
    if (seen.has(id.toLowerCase()))
      throw new GraphError('INVALID', `schema \`${id}\` is defined twice; give it its own URN`);
    seen.add(id.toLowerCase());
  }
}

function checkNames(attributes: readonly AttributeDefinition[], owner: string): void {
  const seen = new Set<string>();
  for (const { name, subAttributes } of attributes) {
    const legal = name === '$ref' || (attributeName.test(name) && !isForbiddenName(name));
    if (!legal)
      throw new GraphError('INVALID', `attribute name \`${name}\` of \`${owner}\` is not allowed (RFC 7643 §2.1)`);
    if (seen.has(name.toLowerCase()))
      throw new GraphError('INVALID', `attribute \`${name}\` of \`${owner}\` is defined twice`);
    seen.add(name.toLowerCase());
    checkNames(subAttributes, `${owner}:${name}`);
  }
}
