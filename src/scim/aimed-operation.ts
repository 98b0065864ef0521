import { type AttributePath, parseAttributePath } from './attribute-path.js';
import { isForbiddenName, isJsonObject } from './attribute-value.js';
import type { Reader } from './dialect.js';
import type { PatchOperation } from './patch-request.js';
import { findSchemaAttribute } from './schema-registry.js';
import { ScimError } from './scim-error.js';

/** An operation that is aimed: a path-less one has become one for each of its keys. */
export interface AimedOperation {
  readonly op: PatchOperation['op'];
  readonly path: Extract<AttributePath, { kind: 'attribute' }>;
  readonly value?: unknown;
}

/** One operation for each thing it is aimed at: its path, or each key of a value without path (RFC 7644 §3.5.2.1). */
export function aim(operation: PatchOperation, id: string, reader: Reader): readonly AimedOperation[] {
  if (operation.path !== undefined) return aimAtPath(operation.path, operation, { id, reader, isKey: false });
  if (operation.op === 'remove') throw new ScimError('noTarget', '`remove` needs a `path`');
  if (!isJsonObject(operation.value)) throw new ScimError('invalidValue', 'a `value` without `path` must be an object');
  return aimAtKeys(operation.op, operation.value, { id, reader });
}

function aimAtKeys(
  op: PatchOperation['op'],
  values: Readonly<Record<string, unknown>>,
  { id, reader }: Pick<Aiming, 'id' | 'reader'>,
): readonly AimedOperation[] {
  return Object.entries(values).flatMap(([key, value]) => aimAtPath(key, { op, value }, { id, reader, isKey: true }));
}

interface Aiming {
  readonly id: string;
  readonly reader: Reader;
  /** Whether the path is a key of a path-less value. */
  readonly isKey: boolean;
}

function aimAtPath(text: string, { op, value }: PatchOperation, aiming: Aiming): readonly AimedOperation[] {
  const { reader, isKey } = aiming;
  const isCore = text.toLowerCase() === reader.resourceType.schema.id.toLowerCase();
  if (isCore && op !== 'remove' && isJsonObject(value)) return aimAtKeys(op, value, aiming);
  const path = parseAttributePath(text, reader);
  if (isKey && /[.:[]/.test(text)) reader.accepts('E4');
  if (path.kind === 'unknown') {
    if (reader.accepts('UNKNOWN_IN_PATH')) return [];
    throw new ScimError('invalidPath', `unknown attribute \`${text.slice(0, 200)}\`; see /Schemas`);
  }
  if (path.kind === 'extension') return aimAtExtension(path.schema, { op, value }, aiming);
  return isIgnored(path, value, aiming) ? [] : [{ op, path, ...(value !== undefined && { value }) }];
}

/** An extension as a whole: each of its attributes for itself. */
function aimAtExtension(
  schema: Extract<AttributePath, { kind: 'extension' }>['schema'],
  { op, value }: PatchOperation,
  { reader }: Aiming,
): readonly AimedOperation[] {
  const toPath = (attribute: (typeof schema.attributes)[number]) =>
    ({ kind: 'attribute', ref: { extension: schema.id, attribute } }) as const;
  if (op === 'remove' || value === null) {
    return schema.attributes.map((attribute) => ({ op: 'replace', path: toPath(attribute), value: null }));
  }
  if (!isJsonObject(value)) throw new ScimError('invalidValue', `the value of \`${schema.id}\` must be an object`);
  return Object.entries(value).flatMap(([key, inner]) => {
    if (isForbiddenName(key))
      throw new ScimError('invalidPath', `attribute name \`${key}\` is not allowed; leave it out`);
    const attribute = findSchemaAttribute(schema, key);
    if (attribute) return [{ op, path: toPath(attribute), value: inner }];
    if (reader.accepts('UNKNOWN_IN_BODY')) return [];
    throw new ScimError(
      'invalidSyntax',
      `unknown attribute \`${key.slice(0, 200)}\` of \`${schema.id}\`; see /Schemas`,
    );
  });
}

/** What clients read back and send again although they may not set it (O7). `schemas` follows from the attributes. */
function isIgnored({ ref }: AimedOperation['path'], value: unknown, { id, reader, isKey }: Aiming): boolean {
  const { name, mutability } = ref.attribute;
  if (ref.extension !== undefined) return false;
  if (name === 'schemas') return true;
  if (name === 'id' && value === id) {
    reader.accepts('O7');
    return true;
  }
  return isKey && name !== 'id' && mutability === 'readOnly' && reader.accepts('O7');
}
