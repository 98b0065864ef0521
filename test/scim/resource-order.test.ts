import { describe, expect, it } from '@jest/globals';
import { createResourceOrder, type SortOrder } from '../../src/scim/resource-order.js';
import { toAttributes } from './patching.js';
import { faultOf, userReader } from './readers.js';

const users = [
  {
    id: '1',
    userName: 'b',
    externalId: 'b',
    name: { familyName: 'Å' },
    meta: { created: '2020-01-01T01:00:00+02:00' },
  },
  {
    id: '2',
    userName: 'A',
    externalId: 'a',
    emails: [{ value: 'z@x' }, { value: 'a@x', primary: true }],
    meta: { created: '2020-01-01T00:00:00Z' },
  },
  { id: '3', userName: 'C', externalId: 'C', emails: [{ value: 'm@x' }], name: { familyName: 'a' }, active: true },
].map(toAttributes);

const sorted = (sortBy: string, order: SortOrder = 'ascending') =>
  [...users].sort(createResourceOrder(sortBy, order, userReader('rfc'))).map((user) => user.id);

describe('sorting', () => {
  it('[45, RFC 7644 §3.4.2.3] follows the letter case rule of the attribute', () => {
    expect(sorted('userName')).toEqual(['2', '1', '3']);
    expect(sorted('externalId')).toEqual(['3', '2', '1']);
  });

  it('[45] takes the primary value of a list, else its first, and puts missing values last', () => {
    expect(sorted('emails')).toEqual(['2', '3', '1']);
    expect(sorted('emails.value')).toEqual(['2', '3', '1']);
  });

  it('[45] reverses for descending, missing values first', () => {
    expect(sorted('emails', 'descending')).toEqual(['1', '3', '2']);
    expect(sorted('name.familyName', 'descending')).toEqual(['2', '1', '3']);
  });

  it('[45] orders instants by time, not as text', () => {
    expect(sorted('meta.created')).toEqual(['1', '2', '3']);
  });

  it('[45] is refused for unknown, complex and secret attributes', () => {
    expect(faultOf(() => sorted('shoeSize'))).toBe(
      'invalidPath: unknown attribute `shoeSize` to sort by; see /Schemas',
    );
    expect(faultOf(() => sorted('name'))).toBe(
      'invalidPath: `name` cannot be sorted by; name one of its sub-attributes',
    );
    expect(faultOf(() => sorted('password'))).toBe(
      'invalidPath: `password` cannot be sorted by; name one of its sub-attributes',
    );
  });
});
