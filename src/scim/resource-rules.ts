import { sameValue } from '../graph/same-value.js';
import { readAttribute, toList } from './attribute-access.js';
import type { AttributeRef } from './attribute-name.js';
import { type Attributes, type AttributeValue, isComplex } from './attribute-value.js';
import type { ResourceType } from './schema-registry.js';
import { ScimError } from './scim-error.js';

/**
 * Throws `invalidValue` when a required attribute or sub-attribute has no value (RFC 7643 §2.2). What an extension
 * requires is due only where something of it is there.
 */
export function checkResource(attributes: Attributes, resourceType: ResourceType): void {
  for (const ref of refsOf(resourceType)) {
    if (ref.extension !== undefined && attributes[ref.extension] === undefined) continue;
    const values = toList(readAttribute(attributes, ref));
    if (ref.attribute.required && (values.length === 0 || values.some(isBlank))) {
      throw new ScimError('invalidValue', `\`${ref.attribute.name}\` is required; give it a value`);
    }
    for (const sub of ref.attribute.subAttributes) {
      if (sub.required && values.some((value) => isComplex(value) && isBlank(value[sub.name]))) {
        throw new ScimError('invalidValue', `\`${ref.attribute.name}.${sub.name}\` is required; give it a value`);
      }
    }
  }
}

const isBlank = (value: AttributeValue | undefined) =>
  value === undefined || (typeof value === 'string' && value.trim() === '');

/** Throws `mutability` when an immutable attribute that has a value would get another or lose it (RFC 7644 §3.5.1). */
export function checkImmutable(before: Attributes, after: Attributes, resourceType: ResourceType): void {
  for (const ref of refsOf(resourceType)) {
    const held = readAttribute(before, ref);
    if (held === undefined) continue;
    const next = readAttribute(after, ref);
    if (ref.attribute.mutability === 'immutable' && !sameValue(held, next)) throw immutable(ref.attribute.name);
    if (ref.attribute.multiValued || !isComplex(held)) continue;
    for (const sub of ref.attribute.subAttributes) {
      const isKept = held[sub.name] === undefined || (isComplex(next) && sameValue(held[sub.name], next[sub.name]));
      if (sub.mutability === 'immutable' && !isKept) throw immutable(`${ref.attribute.name}.${sub.name}`);
    }
  }
}

function refsOf({ schema, extensions }: ResourceType): readonly AttributeRef[] {
  return [
    ...schema.attributes.map((attribute) => ({ attribute })),
    ...extensions.flatMap(({ id, attributes }) => attributes.map((attribute) => ({ extension: id, attribute }))),
  ];
}

function immutable(name: string): ScimError {
  return new ScimError('mutability', `\`${name}\` may be set once and not changed after`);
}
