import { GraphError } from '../kernel/errors.js';
import { isJsonObject } from './attribute-value.js';
import type { Reader } from './dialect.js';
import { checkMessageSchema, checkObject, field, inOperation } from './message.js';
import { PATCH_URN } from './patch-request.js';
import { ScimError } from './scim-error.js';

const BULK_URN = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';

/** One operation of RFC 7644 §3.7; `data` is a body of its method, not read yet. */
export interface BulkOperation {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** As sent: `/Users`, `/Users/2819`, `/Groups/bulkId:a`. */
  readonly path: string;
  /** Always there for POST. */
  readonly bulkId?: string;
  /** An entity tag the resource must still have. */
  readonly version?: string;
  readonly data?: unknown;
}

export interface BulkRequest {
  /** How many failures stop the rest; absent: none do. */
  readonly failOnErrors?: number;
  readonly operations: readonly BulkOperation[];
}

/** Reads the envelope. Throws `invalidSyntax` or `invalidValue`, and TOO_LARGE past the limit of operations. */
export function parseBulkRequest(body: unknown, reader: Pick<Reader, 'accepts' | 'limits'>): BulkRequest {
  const json = checkObject(body);
  checkMessageSchema(json, BULK_URN, reader);
  const operations = field(json, 'operations');
  if (!Array.isArray(operations)) throw new ScimError('invalidSyntax', '`Operations` is no list of operations');
  const limit = reader.limits.bulkOperations;
  if (operations.length > limit) {
    throw new GraphError('TOO_LARGE', `a bulk request may hold ${limit} operations; send several requests`, {
      limit: 'bulkOperations',
    });
  }
  const failOnErrors = readFailOnErrors(field(json, 'failonerrors'));
  const parsed = operations.map(parseOperation);
  checkBulkIds(parsed);
  return { ...(failOnErrors !== undefined && { failOnErrors }), operations: parsed };
}

function readFailOnErrors(json: unknown): number | undefined {
  if (json === undefined || json === null) return undefined;
  if (typeof json === 'number' && Number.isSafeInteger(json) && json > 0) return json;
  throw new ScimError('invalidValue', '`failOnErrors` is no whole number above 0');
}

function parseOperation(json: unknown, index: number): BulkOperation {
  return inOperation(index, () => {
    if (!isJsonObject(json)) throw new ScimError('invalidSyntax', 'it is no object');
    const method = readMethod(field(json, 'method'));
    const path = readText(field(json, 'path'), 'path');
    if (path === undefined) throw new ScimError('invalidSyntax', '`path` is missing');
    const bulkId = readText(field(json, 'bulkid'), 'bulkId');
    if (method === 'POST' && !bulkId) throw new ScimError('invalidSyntax', 'POST needs a `bulkId`');
    const version = readText(field(json, 'version'), 'version');
    const data = readData(method, field(json, 'data') ?? undefined);
    if (method !== 'DELETE' && data === undefined) throw new ScimError('invalidSyntax', `${method} needs \`data\``);
    return {
      method,
      path,
      ...(bulkId !== undefined && { bulkId }),
      ...(version !== undefined && { version }),
      ...(data !== undefined && { data }),
    };
  });
}

/** RFC 7644 §3.7.3 shows PATCH with the bare list of its operations. */
function readData(method: BulkOperation['method'], json: unknown): unknown {
  return method === 'PATCH' && Array.isArray(json) ? { schemas: [PATCH_URN], Operations: json } : json;
}

function readMethod(json: unknown): BulkOperation['method'] {
  const word = typeof json === 'string' ? json.toUpperCase() : '';
  if (word === 'POST' || word === 'PUT' || word === 'PATCH' || word === 'DELETE') return word;
  throw new ScimError('invalidSyntax', '`method` is none of POST, PUT, PATCH, DELETE');
}

function readText(json: unknown, name: string): string | undefined {
  if (json === undefined || json === null) return undefined;
  if (typeof json === 'string') return json;
  throw new ScimError('invalidSyntax', `\`${name}\` is no text`);
}

function checkBulkIds(operations: readonly BulkOperation[]): void {
  const seen = new Set<string>();
  for (const { method, bulkId } of operations) {
    if (method !== 'POST' || bulkId === undefined) continue;
    if (seen.has(bulkId))
      throw new ScimError('invalidValue', `\`bulkId\` \`${bulkId.slice(0, 100)}\` is given twice; make it unique`);
    seen.add(bulkId);
  }
}
