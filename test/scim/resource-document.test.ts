import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createReader, type DialectName } from '../../src/scim/dialect.js';
import { parseResource } from '../../src/scim/resource-document.js';
import { checkImmutable } from '../../src/scim/resource-rules.js';
import { attribute } from '../../src/scim/schema.js';
import { createSchemaRegistry } from '../../src/scim/schema-registry.js';
import { ScimError } from '../../src/scim/scim-error.js';
import { toAttributes } from './patching.js';
import { CORE_GROUP, CORE_USER, ENTERPRISE, faultOf, groupReader, NON_HUMAN, userReader } from './readers.js';

const user = (body: object, dialect: DialectName = 'rfc') =>
  parseResource({ schemas: [CORE_USER], userName: 'kit', ...body }, userReader(dialect)).attributes;
const fault = (body: unknown, dialect: DialectName = 'rfc') => faultOf(() => parseResource(body, userReader(dialect)));

describe('the body of a POST or PUT', () => {
  it('[9] is read with canonical names, whatever the letter case', () => {
    expect(
      user({
        NAME: { GivenName: 'Kit' },
        Emails: [{ VALUE: 'a@x', Primary: true }],
        [ENTERPRISE.toLowerCase()]: { Department: 'Sales' },
      }),
    ).toEqual({
      userName: 'kit',
      name: { givenName: 'Kit' },
      emails: [{ value: 'a@x', primary: true }],
      [ENTERPRISE]: { department: 'Sales' },
    });
  });

  it('[11, O5] loses what is read-only and the password', () => {
    expect(
      user({
        id: 'x',
        meta: { version: 'W/"9"' },
        groups: [{ value: 'g' }],
        password: 'secret',
        [ENTERPRISE]: { manager: { value: 'm', displayName: 'Mo', $ref: '../x' } },
      }),
    ).toEqual({
      userName: 'kit',
      [ENTERPRISE]: { manager: { value: 'm' } },
    });
  });

  it('[10] treats null, empty lists and empty objects as unassigned', () => {
    expect(
      user({
        title: null,
        emails: [],
        name: {},
        addresses: [{}],
        phoneNumbers: [null],
        [ENTERPRISE]: null,
        [NON_HUMAN]: { owners: [] },
      }),
    ).toEqual({ userName: 'kit' });
  });

  it('[10, 3.7] keeps empty text in rfc and clears by it in lenient', () => {
    expect(user({ title: '' })).toEqual({ userName: 'kit', title: '' });
    expect(user({ title: '' }, 'lenient')).toEqual({ userName: 'kit' });
  });

  it('[10, E13] stores values as sent', () => {
    const sent = { phoneNumbers: [{ value: '+45 12-34', type: 'Mobile' }], locale: ' da-DK ' };
    expect(user(sent)).toEqual({ userName: 'kit', ...sent });
  });

  it('[8, E13] takes extension attributes without their URN in schemas', () => {
    expect(
      user({
        [NON_HUMAN]: {
          type: 'workload',
          environments: ['prod'],
          owners: [{ value: 'u-1' }],
          expiresAt: '2027-01-01T00:00:00Z',
        },
      })[NON_HUMAN],
    ).toEqual({
      type: 'workload',
      environments: ['prod'],
      owners: [{ value: 'u-1' }],
      expiresAt: '2027-01-01T00:00:00Z',
    });
  });

  it('[9] ignores unknown attributes in lenient and rfc, and refuses them in interop', () => {
    const body = { schemas: [CORE_USER], userName: 'kit', shoeSize: 44 };
    expect([fault(body, 'lenient'), fault(body, 'rfc'), fault(body, 'interop')]).toEqual([
      { returned: { attributes: { userName: 'kit' }, members: undefined } },
      { returned: { attributes: { userName: 'kit' }, members: undefined } },
      'invalidSyntax: unknown attribute `shoeSize`; see /Schemas',
    ]);
  });

  it.each([
    [[], 'invalidSyntax: the body is no JSON object; send one'],
    [{ userName: 'kit' }, `invalidSyntax: \`schemas\` lacks \`${CORE_USER}\`; add it`],
    [{ schemas: 'x', userName: 'kit' }, 'invalidSyntax: `schemas` is no list of URNs'],
    [{ schemas: [CORE_USER] }, 'invalidValue: `userName` is required; give it a value'],
    [{ schemas: [CORE_USER], userName: ' ' }, 'invalidValue: `userName` is required; give it a value'],
    [{ schemas: [CORE_USER], userName: 7 }, 'invalidValue: `userName` is `7`, where a string is due'],
    [
      { schemas: [CORE_USER], userName: 'k', active: 'True' },
      'invalidValue: `active` is `"True"`, where a boolean is due',
    ],
    [
      { schemas: [CORE_USER], userName: 'k', emails: { value: 'a' } },
      'invalidValue: `emails` is an object, where a list is due',
    ],
    [{ schemas: [CORE_USER], userName: 'k', UserName: 'l' }, 'invalidSyntax: `userName` is given twice; leave one out'],
    [
      { schemas: [CORE_USER], userName: 'k\u0000' },
      'invalidValue: a value holds the character U+0000, which no text may',
    ],
    [JSON.parse('{"__proto__":{"a":1}}'), 'invalidSyntax: attribute name `__proto__` is not allowed; leave it out'],
    [
      { schemas: [CORE_USER], userName: 'k', [NON_HUMAN]: { expiresAt: 'soon' } },
      'invalidValue: `expiresAt` is `"soon"`, where a dateTime is due',
    ],
    [
      { schemas: [CORE_USER], userName: 'k', [NON_HUMAN]: { owners: [{ display: 'Mo' }] } },
      'invalidValue: `owners.value` is required; give it a value',
    ],
  ])('[7, 51] is refused in rfc when it is %j', (body, message) => {
    expect(fault(body)).toBe(message);
  });

  it('[7, 15] gives the members of a group apart, each once', () => {
    const body = {
      schemas: [CORE_GROUP],
      displayName: 'A',
      members: [{ value: 'u-1', display: 'Kit' }, { value: 'g-1', type: 'Group' }, { value: 'u-1' }],
    };
    expect(parseResource(body, groupReader('rfc'))).toEqual({
      attributes: { displayName: 'A' },
      members: [{ value: 'u-1' }, { value: 'g-1', type: 'Group' }],
    });
    expect(parseResource({ schemas: [CORE_GROUP], displayName: 'A', members: [] }, groupReader('rfc')).members).toEqual(
      [],
    );
    expect(parseResource({ schemas: [CORE_GROUP], displayName: 'A' }, groupReader('rfc')).members).toBeUndefined();
  });

  it('[11, RFC 7644 §3.5.1] may not change an immutable attribute once it has a value', () => {
    const schema = {
      id: 'urn:x:badge',
      name: 'Badge',
      description: '',
      attributes: [attribute('badge', '', { mutability: 'immutable' })],
    };
    const resourceType = createSchemaRegistry({ extensions: [{ resourceType: 'User', schema }] }).user;
    const reader = createReader({ resourceType, dialect: 'rfc' });
    const read = (badge: string) =>
      parseResource({ schemas: [CORE_USER], userName: 'k', 'urn:x:badge': { badge } }, reader).attributes;
    expect(() => checkImmutable(toAttributes({ userName: 'k' }), read('1'), resourceType)).not.toThrow();
    expect(() => checkImmutable(read('1'), read('1'), resourceType)).not.toThrow();
    expect(() => checkImmutable(read('1'), read('2'), resourceType)).toThrow(
      '`badge` may be set once and not changed after',
    );
    expect(() => checkImmutable(read('1'), toAttributes({ userName: 'k' }), resourceType)).toThrow(
      '`badge` may be set once',
    );
  });

  it('[75] is read or refused with a SCIM error, whatever it holds', () => {
    const keys = fc.constantFrom(
      'userName',
      'emails',
      'name',
      'active',
      'roles',
      'schemas',
      ENTERPRISE,
      NON_HUMAN,
      'manager',
      '__proto__',
      'members',
      'x',
    );
    fc.assert(
      fc.property(
        fc.dictionary(keys, fc.jsonValue({ maxDepth: 4 })),
        fc.constantFrom<DialectName>('lenient', 'rfc', 'interop'),
        (body, dialect) => {
          try {
            parseResource({ userName: 'k', ...body }, userReader(dialect));
          } catch (error) {
            if (!(error instanceof ScimError)) throw error;
          }
          expect(Object.keys(Object.prototype)).toEqual([]);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
