import type { AimedOperation } from './aimed-operation.js';
import { readAttribute, toList, writeAttribute } from './attribute-access.js';
import { coerceAttribute, isStored } from './attribute-coercion.js';
import { printName } from './attribute-name.js';
import {
  type Attributes,
  type AttributesDraft,
  type AttributeValue,
  createAttributes,
  isComplex,
  isJsonObject,
  orUnassigned,
} from './attribute-value.js';
import type { Reader } from './dialect.js';
import { withSub } from './patch-element.js';
import { patchList } from './patch-list.js';
import { type AttributeDefinition, findSubAttribute } from './schema.js';
import { ScimError } from './scim-error.js';

/** Applies one operation to `draft`, which is changed. Throws `ScimError`; `draft` is then to be thrown away. */
export function patchAttribute(draft: AttributesDraft, operation: AimedOperation, reader: Reader): void {
  const { ref } = operation.path;
  const target = ref.sub ?? ref.attribute;
  if (ref.attribute.mutability === 'readOnly' || target.mutability === 'readOnly') {
    throw new ScimError('mutability', `\`${printName(ref)}\` is read-only`);
  }
  if (!isStored(target) || !isStored(ref.attribute)) return;
  const held = readAttribute(draft, ref);
  const { sub: _sub, ...owner } = ref;
  const next = ref.attribute.multiValued
    ? orUnassigned(patchList(toList(held), operation, reader))
    : patchSingle(held, operation, reader);
  if (next === undefined && held !== undefined) checkRemovable(ref.attribute);
  writeAttribute(draft, owner, next);
}

function checkRemovable({ name, required }: AttributeDefinition): void {
  if (required) throw new ScimError('mutability', `\`${name}\` is required and cannot be removed`);
}

function patchSingle(held: AttributeValue | undefined, { op, path, value }: AimedOperation, reader: Reader) {
  const { attribute, sub } = path.ref;
  if (path.filter) throw new ScimError('invalidPath', `\`${attribute.name}\` has one value; it takes no filter`);
  if (op === 'remove') return removeSingle(held, sub, reader);
  if (sub) return withSub(isComplex(held) ? held : createAttributes(), { sub, json: value }, reader);
  if (attribute.type === 'complex' && isJsonObject(value))
    return mergeComplex(held, { attribute, json: value }, reader);
  return coerceAttribute(attribute, value, reader);
}

/** What has no value is unassigned afterwards too (RFC 7644 §3.5.2.2): only a filter can miss its target. */
function removeSingle(held: AttributeValue | undefined, sub: AttributeDefinition | undefined, reader: Reader) {
  return sub && isComplex(held) ? withSub(held, { sub, json: null }, reader) : undefined;
}

/** A complex value takes over the sub-attributes given; the others stay (RFC 7644 §3.5.2.3). */
function mergeComplex(
  held: AttributeValue | undefined,
  { attribute, json }: { readonly attribute: AttributeDefinition; readonly json: Readonly<Record<string, unknown>> },
  reader: Reader,
): Attributes | undefined {
  const given = coerceAttribute(attribute, json, reader);
  const cleared = Object.keys(json).flatMap((key) => findSubAttribute(attribute, key)?.name ?? []);
  const kept = Object.entries(isComplex(held) ? held : {}).filter(([name]) => !cleared.includes(name));
  return orUnassigned(createAttributes([...kept, ...Object.entries(isComplex(given) ? given : {})]));
}
