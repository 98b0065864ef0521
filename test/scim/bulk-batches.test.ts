import { describe, expect, it } from '@jest/globals';
import { bulkBatches } from '../../src/scim/bulk-batches.js';
import type { BulkOperation } from '../../src/scim/bulk-request.js';

const post = (data: object): BulkOperation => ({ method: 'POST', path: '/Users', bulkId: 'x', data });
const patch: BulkOperation = { method: 'PATCH', path: '/Users/1', data: {} };
const batched = (operations: readonly BulkOperation[], refersTo: readonly (readonly number[])[] = []) =>
  bulkBatches(
    operations.map((_operation, index) => [index]),
    operations,
    refersTo,
  ).map((batch) => batch.flat());

describe('the operations of a bulk request', () => {
  it('[55] are done at once where each makes another resource', () => {
    expect(batched([post({ userName: 'a' }), post({ userName: 'b' }), post({ displayName: 'a' })])).toEqual([
      [0, 1, 2],
    ]);
    expect(
      batched(Array.from({ length: 40 }, (_, at) => post({ userName: `u${at}` }))).map((one) => one.length),
    ).toEqual([16, 16, 8]);
  });

  it('[55] wait for what they refer to, and for whoever could want the same name', () => {
    expect(batched([post({ userName: 'a' }), post({ userName: 'b' })], [[], [0]])).toEqual([[0], [1]]);
    expect(batched([post({ userName: 'a' }), post({ UserName: 'A' }), post({ userName: 'b' })])).toEqual([[0], [1, 2]]);
    expect(batched([post({ externalId: 1 }), post({ externalId: 1 })])).toEqual([[0], [1]]);
  });

  it('[55] are done alone where they change what is there, or refer to each other', () => {
    expect(batched([post({}), patch, patch, post({}), post({})])).toEqual([[0], [1], [2], [3, 4]]);
    const operations = [post({ userName: 'a' }), post({ userName: 'b' }), post({ userName: 'c' })];
    expect(bulkBatches([[0, 1], [2]], operations, [[1], [0], []])).toEqual([[[0, 1]], [[2]]]);
  });
});
