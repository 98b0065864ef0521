import { readAttribute, writeAttribute } from './attribute-access.js';
import { coerceAttribute, isStored } from './attribute-coercion.js';
import { type AttributeRef, modernUrn } from './attribute-name.js';
import {
  type Attributes,
  type AttributesDraft,
  createAttributes,
  isForbiddenName,
  isJsonObject,
} from './attribute-value.js';
import type { Reader } from './dialect.js';
import { type Member, parseMembers } from './member.js';
import { checkObject, readSchemaUrns } from './message.js';
import { checkResource } from './resource-rules.js';
import type { Schema } from './schema.js';
import { findExtension, findSchemaAttribute } from './schema-registry.js';
import { MEMBERS } from './schemas/group-schema.js';
import { ScimError } from './scim-error.js';

/** What a client may say about a resource: the body of a POST or PUT, read. */
export interface ResourceDocument {
  /** Without `schemas`, `id`, `meta`, `members` and whatever else is read-only or write-only. */
  readonly attributes: Attributes;
  /** Of a group, each value once; undefined when the body does not speak of members. */
  readonly members: readonly Member[] | undefined;
}

/**
 * Reads the body of a POST or PUT (RFC 7644 §3.3, §3.5.1). Read-only attributes are ignored, passwords dropped, unassigned
 * values left out, extension attributes taken whether or not their URN is in `schemas`. Throws `invalidSyntax` for what is no resource, `invalidValue` for wrong or missing values.
 */
export function parseResource(body: unknown, reader: Reader): ResourceDocument {
  const json = checkObject(body);
  checkSchemas(json, reader);
  const draft: BodyDraft = { attributes: createAttributes(), reader };
  let members: readonly Member[] | undefined;
  for (const [key, value] of Object.entries(json)) {
    if (key.toLowerCase() === 'schemas') continue;
    if (/^urn:|^https?:/i.test(key)) {
      readExtension(draft, key, value);
      continue;
    }
    const ref = findBodyAttribute(key, value, reader);
    if (ref?.attribute === MEMBERS) members = parseMembers(value, reader);
    else if (ref) setOnce(draft, ref, value);
  }
  checkResource(draft.attributes, reader.resourceType);
  return { attributes: draft.attributes, members };
}

function checkSchemas(json: Readonly<Record<string, unknown>>, reader: Reader): void {
  const { schema } = reader.resourceType;
  const urns = readSchemaUrns(json).flatMap((urn) => modernUrn(urn, reader) ?? []);
  const isCore = (urn: string) => urn.toLowerCase() === schema.id.toLowerCase();
  if (!urns.some(isCore) && !reader.accepts('MISSING_SCHEMAS')) {
    throw new ScimError('invalidSyntax', `\`schemas\` lacks \`${schema.id}\`; add it`);
  }
  for (const urn of urns) {
    if (isCore(urn) || findExtension(reader.resourceType, urn) || reader.accepts('E8')) continue;
    throw new ScimError('invalidSyntax', `unknown schema \`${urn.slice(0, 200)}\`; see /Schemas`);
  }
}

/** What was read so far, and how. */
interface BodyDraft {
  readonly attributes: AttributesDraft;
  readonly reader: Reader;
}

function readExtension(draft: BodyDraft, urn: string, value: unknown): void {
  const { reader } = draft;
  const schema = findExtension(reader.resourceType, modernUrn(urn, reader) ?? urn);
  if (!schema) {
    ignoreUnknown(urn, reader);
    return;
  }
  if (value === null) return;
  if (!isJsonObject(value))
    throw new ScimError('invalidValue', `\`${schema.id}\` is no object; nest its attributes in one`);
  for (const [key, inner] of Object.entries(value)) {
    if (isForbiddenName(key))
      throw new ScimError('invalidSyntax', `attribute name \`${key}\` is not allowed; leave it out`);
    const attribute = findSchemaAttribute(schema, key);
    if (attribute) setOnce(draft, { extension: schema.id, attribute }, inner);
    else ignoreUnknown(key, reader);
  }
}

/** A core attribute, else an extension's without its URN; undefined when it is to be ignored. */
function findBodyAttribute(key: string, value: unknown, reader: Reader): AttributeRef | undefined {
  const attribute = reader.resourceType.attributes.get(key.toLowerCase());
  if (attribute) return { attribute };
  const extended = reader.resourceType.extensions.map((schema) => bareExtensionRef(schema, key)).find((ref) => ref);
  if (extended && (value === null || reader.accepts('E5'))) return extended;
  ignoreUnknown(key, reader);
  return undefined;
}

function bareExtensionRef(schema: Schema, key: string): AttributeRef | undefined {
  const attribute = findSchemaAttribute(schema, key);
  return attribute && { extension: schema.id, attribute };
}

/** A name may come twice, in two spellings or with and without URN, if only one of them says something. */
function setOnce({ attributes, reader }: BodyDraft, ref: AttributeRef, json: unknown): void {
  if (!isStored(ref.attribute)) return;
  const value = coerceAttribute(ref.attribute, json, reader);
  if (value === undefined) return;
  if (readAttribute(attributes, ref) !== undefined) {
    throw new ScimError('invalidSyntax', `\`${ref.attribute.name}\` is given twice; leave one out`);
  }
  writeAttribute(attributes, ref, value);
}

function ignoreUnknown(key: string, reader: Reader): void {
  if (!reader.accepts('UNKNOWN_IN_BODY')) {
    throw new ScimError('invalidSyntax', `unknown attribute \`${key.slice(0, 200)}\`; see /Schemas`);
  }
}
