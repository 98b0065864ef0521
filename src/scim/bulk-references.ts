import { isJsonObject } from './attribute-value.js';
import type { BulkOperation } from './bulk-request.js';

/** Where an operation names what another one makes: `bulkId:qwerty`, as a whole value or as the id in a path. */
const reference = /^bulkId:(.+)$/i;

/** The bulkIds that the operation refers to in its path and its data. */
export function bulkIdsIn({ path, data }: BulkOperation): readonly string[] {
  const found: string[] = [];
  const collect = (bulkId: string) => {
    found.push(bulkId);
    return bulkId;
  };
  withIds(data, collect);
  withIdInPath(path, collect);
  return [...new Set(found)];
}

/** The operation with ids in place of bulkIds. */
export function resolveBulkIds(operation: BulkOperation, idOf: (bulkId: string) => string): BulkOperation {
  const path = withIdInPath(operation.path, idOf);
  return operation.data === undefined
    ? { ...operation, path }
    : { ...operation, path, data: withIds(operation.data, idOf) };
}

function withIdInPath(path: string, idOf: (bulkId: string) => string): string {
  return path
    .split('/')
    .map((part) => withId(part, idOf))
    .join('/');
}

function withIds(json: unknown, idOf: (bulkId: string) => string): unknown {
  if (typeof json === 'string') return withId(json, idOf);
  if (Array.isArray(json)) return json.map((element) => withIds(element, idOf));
  if (!isJsonObject(json)) return json;
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, withIds(value, idOf)]));
}

function withId(text: string, idOf: (bulkId: string) => string): string {
  const bulkId = reference.exec(text)?.[1];
  return bulkId === undefined ? text : idOf(bulkId);
}
