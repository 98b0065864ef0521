import { fold } from '../graph/text.js';
import { isJsonObject } from './attribute-value.js';
import type { BulkOperation } from './bulk-request.js';
import { field } from './message.js';

/** Operations that are done at once. */
const largestBatch = 16;

/** What two resources may not have in common, in some sources. */
const claimed = ['username', 'displayname', 'externalid'] as const;

/**
 * The groups of `bulkOrder` in batches whose groups may be done at once: each makes one resource, none refers to another
 * of its batch, and no two could want the same name, so that the outcome is as if they were done one after the other.
 */
export function bulkBatches(
  order: readonly (readonly number[])[],
  operations: readonly BulkOperation[],
  refersTo: readonly (readonly number[])[],
): readonly (readonly (readonly number[])[])[] {
  const batches: (readonly number[])[][] = [];
  let open: { readonly groups: (readonly number[])[]; readonly names: Set<string> } | undefined;
  for (const group of order) {
    const [index = -1] = group;
    const operation = operations[index];
    const isLone = group.length > 1 || operation?.method !== 'POST';
    const names = isLone ? [] : namesIn(operation);
    const members = new Set(open?.groups.flat());
    const waits = refersTo[index]?.some((other) => members.has(other)) || names.some((name) => open?.names.has(name));
    if (isLone || waits || members.size >= largestBatch) open = undefined;
    if (!open) {
      open = { groups: [], names: new Set() };
      batches.push(open.groups);
    }
    open.groups.push(group);
    for (const name of names) open.names.add(name);
    if (isLone) open = undefined;
  }
  return batches;
}

function namesIn({ data }: BulkOperation): readonly string[] {
  if (!isJsonObject(data)) return [];
  return claimed.flatMap((name) => {
    const value = field(data, name);
    return value === undefined || value === null ? [] : [`${name} ${fold(JSON.stringify(value))}`];
  });
}
