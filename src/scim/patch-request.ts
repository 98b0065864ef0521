import { GraphError } from '../kernel/errors.js';
import { describeJson } from './attribute-coercion.js';
import { isJsonObject } from './attribute-value.js';
import type { Reader } from './dialect.js';
import { checkMessageSchema, checkObject, field, inOperation } from './message.js';
import { ScimError } from './scim-error.js';

export const PATCH_URN = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** One operation of RFC 7644 §3.5.2, its path and value not read yet. */
export interface PatchOperation {
  readonly op: 'add' | 'remove' | 'replace';
  readonly path?: string;
  /** Undefined: the operation has no value. Null: it says null. */
  readonly value?: unknown;
}

/** Reads the body of a PATCH; keys and `op` in any letter case. Throws `invalidSyntax`, and TOO_LARGE past the limit of operations. */
export function parsePatchRequest(body: unknown, reader: Reader): readonly PatchOperation[] {
  const json = checkObject(body);
  checkMessageSchema(json, PATCH_URN, reader);
  const operations = field(json, 'operations');
  if (!Array.isArray(operations) || operations.length === 0) {
    throw new ScimError('invalidSyntax', '`Operations` is no list of operations; send one at least');
  }
  const limit = reader.limits.patchOperations;
  if (operations.length > limit) {
    throw new GraphError('TOO_LARGE', `a request may hold ${limit} operations; send several requests`, {
      limit: 'patchOperations',
    });
  }
  return operations.map(parseOperation);
}

function parseOperation(json: unknown, index: number): PatchOperation {
  return inOperation(index, () => {
    if (!isJsonObject(json)) throw new ScimError('invalidSyntax', 'it is no object');
    const op = readOp(field(json, 'op'));
    const path = field(json, 'path') ?? undefined;
    if (path !== undefined && typeof path !== 'string') throw new ScimError('invalidPath', '`path` is no text');
    const value = field(json, 'value');
    if (op !== 'remove' && value === undefined) throw new ScimError('invalidValue', `\`${op}\` needs a \`value\``);
    return { op, ...(path !== undefined && { path }), ...(value !== undefined && { value }) };
  });
}

function readOp(op: unknown): PatchOperation['op'] {
  const word = typeof op === 'string' ? op.toLowerCase() : '';
  if (word === 'add' || word === 'remove' || word === 'replace') return word;
  throw new ScimError('invalidSyntax', `\`op\` is ${describeJson(op)}, where add, remove or replace is due`);
}
