import { isForbiddenName } from './attribute-value.js';
import type { Reader } from './dialect.js';
import { type AttributeDefinition, findSubAttribute, type Schema } from './schema.js';
import { findSchemaAttribute } from './schema-registry.js';
import { ScimError, type ScimType } from './scim-error.js';

/** A place in a resource: `[extension:]attribute[.sub]`. */
export interface AttributeRef {
  /** URN of the extension that holds the attribute; absent: a core or common attribute. */
  readonly extension?: string;
  readonly attribute: AttributeDefinition;
  readonly sub?: AttributeDefinition;
}

export type ResolvedName =
  | { readonly kind: 'attribute'; readonly ref: AttributeRef }
  /** A URN alone: all attributes of that extension. */
  | { readonly kind: 'extension'; readonly schema: Schema }
  | { readonly kind: 'unknown' };

/** URNs of SCIM 1.1, by what they became in 2.0. */
const oldUrns = new Map([
  ['urn:scim:schemas:core:1.0', 'urn:ietf:params:scim:schemas:core:2.0'],
  ['urn:scim:schemas:core:2.0', 'urn:ietf:params:scim:schemas:core:2.0'],
  ['urn:scim:schemas:extension:enterprise:1.0', 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'],
  ['urn:scim:schemas:extension:enterprise:2.0', 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'],
]);

const localName = /^[A-Za-z_$][\w$-]*(\.[A-Za-z_$][\w$-]*)?$/;

/**
 * Finds what `text` names in the reader's resource type, in any letter case: `userName`, `name.familyName`,
 * `URN:attribute.sub`, a URN alone, and an extension's attribute without its URN where the dialect accepts that.
 * Throws `fault` when the text is no attribute name at all (RFC 7644 §3.10).
 */
export function resolveName(text: string, reader: Reader, fault: ScimType = 'invalidPath'): ResolvedName {
  const { resourceType } = reader;
  for (const schema of [resourceType.schema, ...resourceType.extensions]) {
    const local = afterUrn(text, schema.id, reader);
    if (local === undefined) continue;
    const isCore = schema === resourceType.schema;
    if (local === '') return isCore ? { kind: 'unknown' } : { kind: 'extension', schema };
    const [name, sub] = splitLocalName(local, fault);
    const attribute = isCore ? resourceType.attributes.get(name.toLowerCase()) : findSchemaAttribute(schema, name);
    return refer(attribute, sub, isCore ? undefined : schema.id);
  }
  if (/^urn:/i.test(text)) {
    checkNameParts(text);
    return { kind: 'unknown' };
  }
  const [name, sub] = splitLocalName(text, fault);
  const attribute = resourceType.attributes.get(name.toLowerCase());
  return attribute ? refer(attribute, sub, undefined) : resolveBareExtensionName(name, sub, reader);
}

/** The URN in its present spelling, or undefined when the dialect does not accept the old one. */
export function modernUrn(urn: string, reader: Reader): string | undefined {
  const modern = oldUrns.get(urn.toLowerCase());
  if (modern === undefined) return urn;
  if (!reader.accepts('OLD_URN')) return undefined;
  return modern === 'urn:ietf:params:scim:schemas:core:2.0' ? reader.resourceType.schema.id : modern;
}

/** The canonical spelling, with its URN for an extension: what `resolveName` reads back. */
export function printName({ extension, attribute, sub }: AttributeRef): string {
  return `${extension === undefined ? '' : `${extension}:`}${attribute.name}${sub ? `.${sub.name}` : ''}`;
}

/** Refuses names that could reach into an object's prototype. */
export function checkNameParts(text: string): void {
  const forbidden = text.split(/[.:[\]\s"']+/).find(isForbiddenName);
  if (forbidden !== undefined)
    throw new ScimError('invalidPath', `attribute name \`${forbidden}\` is not allowed; leave it out`);
}

/** What follows the URN and its separator, or undefined when the text does not begin with the URN. */
function afterUrn(text: string, urn: string, reader: Reader): string | undefined {
  if (!text.toLowerCase().startsWith(urn.toLowerCase())) return undefined;
  const rest = text.slice(urn.length);
  if (rest === '') return '';
  if (rest.startsWith(':')) return rest.slice(1);
  return rest.startsWith('.') && reader.accepts('E5') ? rest.slice(1) : undefined;
}

function splitLocalName(local: string, fault: ScimType): readonly [string, string | undefined] {
  checkNameParts(local);
  if (!localName.test(local)) {
    throw new ScimError(
      fault,
      `\`${local.slice(0, 100)}\` is no attribute name; write \`attribute\` or \`attribute.subAttribute\``,
    );
  }
  const [name = '', sub] = local.split('.');
  return [name, sub];
}

function refer(
  attribute: AttributeDefinition | undefined,
  sub: string | undefined,
  extension: string | undefined,
): ResolvedName {
  if (!attribute) return { kind: 'unknown' };
  const home = extension === undefined ? {} : { extension };
  if (sub === undefined) return { kind: 'attribute', ref: { ...home, attribute } };
  const definition = findSubAttribute(attribute, sub);
  return definition ? { kind: 'attribute', ref: { ...home, attribute, sub: definition } } : { kind: 'unknown' };
}

function resolveBareExtensionName(name: string, sub: string | undefined, reader: Reader): ResolvedName {
  for (const schema of reader.resourceType.extensions) {
    const attribute = findSchemaAttribute(schema, name);
    if (attribute && reader.accepts('E5')) return refer(attribute, sub, schema.id);
  }
  return { kind: 'unknown' };
}
