import { checkText } from '../graph/text.js';
import { isGraphError } from '../kernel/errors.js';
import {
  type Attributes,
  type AttributeValue,
  createAttributes,
  isForbiddenName,
  isJsonObject,
  orUnassigned,
  type Scalar,
  saysNothing,
} from './attribute-value.js';
import { parseDateTime } from './date-time.js';
import type { Reader } from './dialect.js';
import { type AttributeDefinition, type AttributeType, findSubAttribute } from './schema.js';
import { MEMBERS } from './schemas/group-schema.js';
import { ScimError, type ScimType } from './scim-error.js';

/**
 * Reads JSON as a value of the attribute, a list for a multi-valued one; undefined when that says "unassigned" (null,
 * an empty list or object). Read-only and write-only sub-attributes and `$ref`, which this service makes itself, are
 * left out. Throws `invalidValue` for what the dialect cannot take for the attribute's type.
 */
export function coerceAttribute(
  definition: AttributeDefinition,
  json: unknown,
  reader: Reader,
): AttributeValue | undefined {
  if (!definition.multiValued) return coerceSingle(definition, json, reader);
  return orUnassigned(coerceElements(definition, json, reader));
}

/** The elements of a multi-valued attribute, empty for null; one value alone becomes a list where the dialect says so. */
export function coerceElements(
  definition: AttributeDefinition,
  json: unknown,
  reader: Reader,
): readonly AttributeValue[] {
  if (json === null || json === undefined) return [];
  if (!Array.isArray(json) && !reader.accepts('SINGLE_VALUE')) throw wrongType(definition, json, 'a list');
  const list: readonly unknown[] = Array.isArray(json) ? json : [json];
  if (definition !== MEMBERS && list.length > reader.limits.valuesPerAttribute) throw tooManyValues(definition, reader);
  return onePrimary(
    definition,
    list.flatMap((element) => coerceSingle(definition, element, reader) ?? []),
    reader,
  );
}

/** One value, or one element of a multi-valued attribute; undefined when unassigned. */
export function coerceSingle(
  definition: AttributeDefinition,
  json: unknown,
  reader: Reader,
): AttributeValue | undefined {
  if (json === null || json === undefined) return undefined;
  if (Array.isArray(json)) {
    if (json.length === 0) return undefined;
    if (json.length > 1 || Array.isArray(json[0]) || !reader.accepts('E5'))
      throw wrongType(definition, json, `one ${definition.type}`);
    return coerceSingle(definition, json[0], reader);
  }
  if (definition.type === 'complex') return coerceComplex(definition, json, reader);
  if (json === '' && !definition.required && reader.accepts('EMPTY_TEXT')) return undefined;
  const value = SCALARS[definition.type](bareValueOf(json, reader), reader);
  if (value === undefined) throw wrongType(definition, json, `a ${definition.type}`);
  return value;
}

/** A simple value in an object of its own, `{"$ref": null, "value": "False"}`, as Entra has sent it; else what was given. */
function bareValueOf(json: unknown, reader: Reader): unknown {
  if (!isJsonObject(json) || !('value' in json)) return json;
  const { value, ...others } = json;
  return typeof value !== 'object' && saysNothing(others) && reader.accepts('E5') ? value : json;
}

export function tooManyValues({ name }: AttributeDefinition, { limits }: Reader): ScimError {
  return new ScimError('tooMany', `\`${name}\` has more than ${limits.valuesPerAttribute} values; send fewer`);
}

/** Of several primary values the last stays primary, where the dialect says so (RFC 7643 §2.4). */
function onePrimary(definition: AttributeDefinition, elements: readonly AttributeValue[], reader: Reader) {
  const last = elements.findLastIndex(isPrimary);
  if (elements.findIndex(isPrimary) === last) return elements;
  if (!reader.accepts('SECOND_PRIMARY')) {
    throw new ScimError('invalidValue', `\`${definition.name}\` has two primary values; mark one`);
  }
  return demoteAllBut(last, elements);
}

export function isPrimary(element: AttributeValue): boolean {
  return typeof element === 'object' && 'primary' in element && element.primary === true;
}

/** The elements with `primary` false on every primary one but that at `index`. */
export function demoteAllBut(index: number, elements: readonly AttributeValue[]): readonly AttributeValue[] {
  return elements.map((element, at) =>
    at !== index && isPrimary(element)
      ? createAttributes([...Object.entries(element as Attributes), ['primary', false]])
      : element,
  );
}

function coerceComplex(definition: AttributeDefinition, json: unknown, reader: Reader): Attributes | undefined {
  if (!isJsonObject(json)) return coerceBareValue(definition, json, reader);
  const value = createAttributes();
  for (const [key, inner] of Object.entries(expandJsonText(definition, json, reader))) {
    const sub = findSub(definition, key, reader);
    const coerced = sub && isStored(sub) ? coerceSubAttribute(sub, inner, reader) : undefined;
    if (sub && coerced !== undefined) value[sub.name] = coerced;
  }
  return orUnassigned(value);
}

/** The same for a sub-attribute: empty text clears a required one too, since a complex value may go as a whole. */
export function coerceSubAttribute(
  sub: AttributeDefinition,
  json: unknown,
  reader: Reader,
): AttributeValue | undefined {
  const value = coerceAttribute(sub, json, reader);
  return value === '' && reader.accepts('EMPTY_TEXT') ? undefined : value;
}

/** Whether clients may set it and it is kept. */
export function isStored({ name, mutability }: AttributeDefinition): boolean {
  return name !== '$ref' && mutability !== 'readOnly' && mutability !== 'writeOnly';
}

/** Text where a complex value with a `value` sub-attribute is due stands for that sub-attribute. */
function coerceBareValue(definition: AttributeDefinition, json: unknown, reader: Reader): Attributes | undefined {
  const sub = findSubAttribute(definition, 'value');
  if (!sub || typeof json === 'object' || !reader.accepts('E5')) throw wrongType(definition, json, 'an object');
  if (typeof json === 'string' && json.startsWith('{')) return coerceComplex(definition, { value: json }, reader);
  const value = coerceSubAttribute(sub, json, reader);
  return value === undefined ? undefined : createAttributes([[sub.name, value]]);
}

/**
 * A role sent as `{"value": "{\"id\":…,\"value\":\"25\",\"displayName\":\"Approver\"}"}`. Its `id`, the provider's key of
 * the role, has no place in the schema and is left out.
 */
function expandJsonText(definition: AttributeDefinition, json: Readonly<Record<string, unknown>>, reader: Reader) {
  const { value, ...others } = json;
  if (definition.name !== 'roles' || typeof value !== 'string' || !value.startsWith('{')) return json;
  const parsed = parseJsonObject(value);
  if (!parsed || !('value' in parsed) || !reader.accepts('E11')) return json;
  const { id: _key, ...role } = parsed;
  return { ...others, ...role };
}

function parseJsonObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return isJsonObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function findSub(definition: AttributeDefinition, key: string, reader: Reader): AttributeDefinition | undefined {
  if (isForbiddenName(key))
    throw new ScimError('invalidValue', `attribute name \`${key}\` is not allowed; leave it out`);
  const sub = findSubAttribute(definition, key);
  if (sub) return sub;
  const alias = key.toLowerCase() === 'displayname' ? findSubAttribute(definition, 'display') : undefined;
  if (alias && reader.accepts('E7')) return alias;
  if (reader.accepts('UNKNOWN_IN_BODY')) return undefined;
  throw new ScimError(
    'invalidSyntax',
    `unknown sub-attribute \`${key.slice(0, 200)}\` of \`${definition.name}\`; see /Schemas`,
  );
}

type ScalarReader = (json: unknown, reader: Reader) => Scalar | undefined;

const SCALARS: Record<Exclude<AttributeType, 'complex'>, ScalarReader> = {
  string: readText,
  reference: readText,
  binary: (json, reader) => {
    const text = readText(json, reader);
    return text !== undefined && /^[\w+/-]*={0,2}$/.test(text.replace(/\s/g, '')) ? text : undefined;
  },
  dateTime: (json) => (typeof json === 'string' && parseDateTime(json) ? json : undefined),
  boolean: (json, reader) => {
    if (typeof json === 'boolean') return json;
    const isWord = typeof json === 'string' && /^(true|false)$/i.test(json);
    return isWord && reader.accepts('E1') ? json.toLowerCase() === 'true' : undefined;
  },
  integer: (json, reader) => {
    const number = readNumber(json, reader);
    return Number.isSafeInteger(number) ? number : undefined;
  },
  decimal: readNumber,
};

function readText(json: unknown, reader: Reader): string | undefined {
  const isScalar = Number.isFinite(json) || typeof json === 'boolean';
  const text = isScalar && reader.accepts('E1') ? String(json) : json;
  if (typeof text !== 'string') return undefined;
  if (text.length > reader.limits.textLength) {
    throw new ScimError('invalidValue', `a value is longer than ${reader.limits.textLength} characters; shorten it`);
  }
  checkReadable(text, 'invalidValue');
  return text;
}

/** Throws `fault` for text that no store holds. */
export function checkReadable(text: string, fault: ScimType): void {
  try {
    checkText(text, 'a value');
  } catch (error) {
    throw new ScimError(fault, isGraphError(error) ? error.message : 'a value cannot be read', { cause: error });
  }
}

function readNumber(json: unknown, reader: Reader): number | undefined {
  if (typeof json === 'number') return Number.isFinite(json) ? json : undefined;
  const isNumeric = typeof json === 'string' && /^-?\d+(\.\d+)?$/.test(json);
  return isNumeric && reader.accepts('E1') ? Number(json) : undefined;
}

function wrongType({ name }: AttributeDefinition, json: unknown, wanted: string): ScimError {
  return new ScimError('invalidValue', `\`${name}\` is ${describeJson(json)}, where ${wanted} is due`);
}

/** For messages; what a list or an object holds is not shown, it may be of any size and depth. */
export function describeJson(json: unknown): string {
  if (Array.isArray(json)) return 'a list';
  if (typeof json === 'object' && json !== null) return 'an object';
  if (typeof json === 'number' && !Number.isFinite(json)) return `\`${json}\``;
  return json === undefined ? 'missing' : `\`${JSON.stringify(json).slice(0, 100)}\``;
}
