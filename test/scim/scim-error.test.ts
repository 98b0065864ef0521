import { describe, expect, it } from '@jest/globals';
import { GraphError } from '../../src/kernel/errors.js';
import { ScimError, toScimError } from '../../src/scim/scim-error.js';

const schemas = ['urn:ietf:params:scim:api:messages:2.0:Error'];

describe('an error answer', () => {
  it('[51, RFC 7644 §3.12] gives the status as text, the detail keyword and what to fix', () => {
    expect(toScimError(new ScimError('invalidFilter', 'unknown operator `zz`'))).toEqual({
      status: 400,
      body: { schemas, status: '400', scimType: 'invalidFilter', detail: 'unknown operator `zz`' },
    });
    expect(toScimError(new GraphError('UNIQUENESS', 'userName is taken'))).toEqual({
      status: 409,
      body: { schemas, status: '409', scimType: 'uniqueness', detail: 'userName is taken' },
    });
  });

  it('[51] has no detail keyword where the RFC has none', () => {
    expect(toScimError(new GraphError('NOT_FOUND', 'resource `u-99` not found')).body).toEqual({
      schemas,
      status: '404',
      detail: 'resource `u-99` not found',
    });
    expect(toScimError(new GraphError('TOO_LARGE', 'too large')).status).toBe(413);
    expect(toScimError(new GraphError('VERSION_MISMATCH', 'changed since')).status).toBe(412);
  });

  it('[51] shows nothing of a defect', () => {
    expect(toScimError(new TypeError('SELECT secret FROM t')).body).toEqual({
      schemas,
      status: '500',
      detail: 'internal error; the request id names it in the log',
    });
  });
});
