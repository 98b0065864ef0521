import { describe, expect, it } from '@jest/globals';
import { isGraphError } from '../../src/kernel/errors.js';
import { changeSettings, parseSourceSettings } from '../../src/usecases/source-settings.js';

const base = parseSourceSettings({});
const faultOf = (schemas: unknown) => {
  try {
    return changeSettings(base, { schemas: typeof schemas === 'string' ? schemas : JSON.stringify(schemas) });
  } catch (error) {
    if (!isGraphError(error)) throw error;
    return [error.message, error.details.issues?.map(({ pointer }) => pointer)];
  }
};

describe('schemas of a source', () => {
  it('[8] are taken as /Schemas shows them, what is left out by default', () => {
    const shown = {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
      meta: { resourceType: 'Schema' },
      id: 'urn:acme:2.0:User',
      name: 'Acme',
      description: '',
      attributes: [{ name: 'badge', type: 'string', mutability: 'immutable', uniqueness: 'none' }],
    };
    expect(changeSettings(base, { schemas: JSON.stringify([shown]) }).schemas).toMatchObject([
      { resourceType: 'User', id: 'urn:acme:2.0:User', attributes: [{ name: 'badge', returned: 'default' }] },
    ]);
  });

  it.each([
    ['{', ['`schemas` is no JSON; give a list of schemas', undefined]],
    ['{}', [expect.any(String), ['/schemas']]],
    [[{ id: 'urn:acme:2.0:User', attributes: [] }], [expect.any(String), ['/schemas/0/attributes']]],
    [
      [{ id: 'urn:acme:2.0:User', attributes: [{ name: 'a', uniqueness: 'server' }] }],
      [expect.any(String), ['/schemas/0/attributes/0']],
    ],
    [[{ id: 'acme', attributes: [{ name: 'a' }] }], ['schema id `acme` is no URN; begin it with `urn:`', undefined]],
    [
      [{ id: 'urn:ietf:params:scim:schemas:core:2.0:USER', attributes: [{ name: 'a' }] }],
      [expect.stringMatching(/is defined twice/), undefined],
    ],
    [
      [{ id: 'urn:acme:2.0:User', attributes: [{ name: '__proto__' }] }],
      [expect.stringMatching(/is not allowed/), undefined],
    ],
  ])('[8] that cannot be served are refused: %j', (schemas, fault) => {
    expect(faultOf(schemas)).toEqual(fault);
  });
});
