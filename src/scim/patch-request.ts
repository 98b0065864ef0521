import { GraphError } from '../kernel/errors.js';
import { describeJson } from './attribute-coercion.js';
import { isJsonObject } from './attribute-value.js';
import type { Reader } from './dialect.js';
import { checkObject, readSchemaUrns } from './resource-document.js';
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

/** Refuses a body whose `schemas` lacks the message's URN, where the dialect minds. */
export function checkMessageSchema(
  json: Readonly<Record<string, unknown>>,
  urn: string,
  reader: Pick<Reader, 'accepts'>,
): void {
  const hasUrn = readSchemaUrns(json).some((one) => one.toLowerCase() === urn.toLowerCase());
  if (!hasUrn && !reader.accepts('MISSING_SCHEMAS'))
    throw new ScimError('invalidSyntax', `\`schemas\` lacks \`${urn}\`; add it`);
}

/** The value of a key in any letter case, or undefined. `name` is in lower case. */
export function field(json: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.entries(json).find(([key]) => key.toLowerCase() === name)?.[1];
}

/** Adds which operation of the request (counted from 1) a fault lies in. */
export function inOperation<T>(index: number, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof ScimError) {
      throw new ScimError(error.scimType, `operation ${index + 1}: ${error.message}`, { cause: error });
    }
    throw error;
  }
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
