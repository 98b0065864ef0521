import { describe, expect, it } from '@jest/globals';
import { parseBulkRequest } from '../../src/scim/bulk-request.js';
import { parseSearchRequest, toSearchRequest } from '../../src/scim/search-request.js';
import { faultOf, userReader } from './readers.js';

const bulk = (operations: unknown, more: object = {}) =>
  faultOf(() =>
    parseBulkRequest(
      { schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'], Operations: operations, ...more },
      userReader('rfc'),
    ),
  );

describe('a search request', () => {
  it('[43] takes parameter names in any letter case, and numbers and lists as text', () => {
    expect(
      toSearchRequest({
        Filter: 'title pr',
        startindex: '0',
        COUNT: '-3',
        attributes: 'userName, emails.value,',
        sortBy: 'userName',
        sortOrder: 'Descending',
        cursor: '',
      }),
    ).toEqual({
      filter: 'title pr',
      attributes: ['userName', 'emails.value'],
      excludedAttributes: [],
      sortBy: 'userName',
      sortOrder: 'descending',
      startIndex: 1,
      count: 0,
      cursor: '',
    });
    expect(toSearchRequest({})).toEqual({
      attributes: [],
      excludedAttributes: [],
      sortOrder: 'ascending',
      startIndex: 1,
    });
  });

  it('[46, RFC 7644 §3.4.3] is read from a body', () => {
    const body = {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
      attributes: ['userName'],
      startIndex: 3,
      count: 10,
    };
    expect(parseSearchRequest(body, userReader('rfc'))).toEqual({
      attributes: ['userName'],
      excludedAttributes: [],
      sortOrder: 'ascending',
      startIndex: 3,
      count: 10,
    });
    expect(faultOf(() => parseSearchRequest({}, userReader('rfc')))).toMatch(/^invalidSyntax/);
  });

  it('[43, 44] is refused when a number is none or a parameter comes twice', () => {
    expect(toSearchRequest({ count: '', startIndex: '' })).toEqual(toSearchRequest({}));
    expect(faultOf(() => toSearchRequest({ count: 'many' }))).toBe('invalidCount: `count` is no whole number');
    expect(faultOf(() => toSearchRequest({ startIndex: 1.5 }))).toBe('invalidValue: `startIndex` is no whole number');
    expect(faultOf(() => toSearchRequest({ filter: ['a', 'b'] }))).toBe(
      'invalidValue: `filter` is no text; give it once',
    );
    expect(faultOf(() => toSearchRequest({ attributes: [1] }))).toBe(
      'invalidValue: `attributes` is no list of attribute names',
    );
  });
});

describe('a bulk request', () => {
  it('[55, RFC 7644 §3.7] is read with its operations in order', () => {
    const data = { displayName: 'A', members: [{ type: 'Group', value: 'bulkId:b' }] };
    expect(
      bulk(
        [
          { method: 'post', path: '/Groups', bulkId: 'a', data },
          { method: 'DELETE', path: '/Users/u-1', version: 'W/"3"' },
        ],
        { failOnErrors: 1 },
      ),
    ).toEqual({
      returned: {
        failOnErrors: 1,
        operations: [
          { method: 'POST', path: '/Groups', bulkId: 'a', data },
          { method: 'DELETE', path: '/Users/u-1', version: 'W/"3"' },
        ],
      },
    });
  });

  it.each([
    ['x', 'invalidSyntax: `Operations` is no list of operations'],
    [[{ method: 'GET', path: '/Users' }], 'invalidSyntax: operation 1: `method` is none of POST, PUT, PATCH, DELETE'],
    [[{ method: 'POST', path: '/Users', data: {} }], 'invalidSyntax: operation 1: POST needs a `bulkId`'],
    [[{ method: 'PUT', path: '/Users/1' }], 'invalidSyntax: operation 1: PUT needs `data`'],
    [[{ method: 'DELETE' }], 'invalidSyntax: operation 1: `path` is missing'],
    [
      [1, 2].map(() => ({ method: 'POST', path: '/Users', bulkId: 'a', data: {} })),
      'invalidValue: `bulkId` `a` is given twice; make it unique',
    ],
  ])('[55] is refused when its operations are %j', (operations, message) => {
    expect(bulk(operations)).toBe(message);
  });

  it('[55] is refused past its limit of operations, and for a senseless failOnErrors', () => {
    expect(bulk(Array.from({ length: 1001 }, () => ({ method: 'DELETE', path: '/Users/1' })))).toMatchObject({
      code: 'TOO_LARGE',
    });
    expect(bulk([], { failOnErrors: 0 })).toBe('invalidValue: `failOnErrors` is no whole number above 0');
  });
});
