import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { GraphError } from '../../src/kernel/errors.js';
import type { DialectName } from '../../src/scim/dialect.js';
import { parsePatchRequest } from '../../src/scim/patch-request.js';
import { patch, patchBody, patchFault, toAttributes } from './patching.js';
import { CORE_USER, ENTERPRISE, faultOf, groupReader, NON_HUMAN, userReader } from './readers.js';

const work = { value: 'kit@x.dk', type: 'work', primary: true };
const home = { value: 'k@home.org', type: 'home' };
const kit = { userName: 'kit', emails: [work, home] };

const patched = (operations: unknown, from: object = kit, dialect: DialectName = 'rfc') =>
  patch(from, operations, userReader(dialect)).attributes;
const fault = (operations: unknown, from: object = kit, dialect: DialectName = 'rfc') =>
  patchFault(from, operations, userReader(dialect));

describe('a PATCH', () => {
  it('[22] takes operations and keys in any letter case', () => {
    const body = {
      SCHEMAS: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      operations: [{ OP: 'Replace', Path: 'TITLE', Value: 'x' }],
    };
    expect(parsePatchRequest(body, userReader('rfc'))).toEqual([{ op: 'replace', path: 'TITLE', value: 'x' }]);
  });

  it('[22] needs its schema URN in rfc, not in lenient', () => {
    const body = { Operations: [{ op: 'remove', path: 'title' }] };
    expect(faultOf(() => parsePatchRequest(body, userReader('rfc')))).toMatch(/^invalidSyntax: `schemas` lacks/);
    expect(parsePatchRequest(body, userReader('lenient'))).toHaveLength(1);
  });

  it.each([
    [[], 'invalidSyntax: `Operations` is no list of operations; send one at least'],
    [[1], 'invalidSyntax: operation 1: it is no object'],
    [
      [{ op: 'move', path: 'title' }],
      'invalidSyntax: operation 1: `op` is `"move"`, where add, remove or replace is due',
    ],
    [[{ op: 'add', path: 'title' }], 'invalidValue: operation 1: `add` needs a `value`'],
    [[{ op: 'remove' }], 'noTarget: operation 1: `remove` needs a `path`'],
    [[{ op: 'add', value: 'x' }], 'invalidValue: operation 1: a `value` without `path` must be an object'],
  ])('[22] refuses operations %j', (operations, message) => {
    expect(fault(operations)).toBe(message);
  });

  it('[25] applies operations in order, and names the failing one counted from 1', () => {
    expect(
      patched([
        { op: 'add', path: 'title', value: 'a' },
        { op: 'remove', path: 'title' },
        { op: 'add', path: 'title', value: 'b' },
      ]),
    ).toEqual({ ...kit, title: 'b' });
    expect(
      fault([
        { op: 'replace', path: 'title', value: 'a' },
        { op: 'replace', path: 'emails[type eq "zzz"].value', value: 'x' },
      ]),
    ).toBe('noTarget: operation 2: no `emails` element matches `type eq "zzz"`');
  });

  it('[25] leaves the attributes it was given as they are', () => {
    const before = toAttributes(kit);
    patch(before, [{ op: 'replace', path: 'emails[type eq "work"].value', value: 'new@x.dk' }], userReader());
    expect(before).toEqual(kit);
  });

  it('[14, 30] says that nothing changed when a present value is added or an absent one removed', () => {
    const reader = userReader('lenient');
    const { changed } = patch(
      kit,
      [
        { op: 'add', path: 'emails', value: [home] },
        { op: 'add', path: 'userName', value: 'kit' },
        { op: 'remove', path: 'title' },
      ],
      reader,
    );
    expect(changed).toBe(false);
    expect(patch(kit, [{ op: 'add', path: 'title', value: 'x' }], reader).changed).toBe(true);
  });

  it('[RFC 7644 §3.5.2.1] adds attributes, sub-attributes and elements', () => {
    expect(patched([{ op: 'add', path: 'name.givenName', value: 'Kit' }])).toEqual({
      ...kit,
      name: { givenName: 'Kit' },
    });
    expect(patched([{ op: 'add', path: 'emails', value: [{ value: 'n@x.dk' }] }]).emails).toEqual([
      work,
      home,
      { value: 'n@x.dk' },
    ]);
    expect(patched([{ op: 'add', path: 'emails[type eq "home"]', value: { display: 'Home' } }]).emails).toEqual([
      work,
      { ...home, display: 'Home' },
    ]);
  });

  it('[30] merges an element of the same value and type, and adds one of another type', () => {
    expect(
      patched([
        {
          op: 'add',
          path: 'emails',
          value: [
            { ...home, display: 'H' },
            { value: 'K@home.org', type: 'other' },
          ],
        },
      ]).emails,
    ).toEqual([work, { ...home, display: 'H' }, { value: 'K@home.org', type: 'other' }]);
  });

  it('[RFC 7644 §3.5.2.3] replaces lists whole, complex values by the parts given', () => {
    expect(patched([{ op: 'replace', path: 'emails', value: [{ value: 'n@x.dk' }] }])).toEqual({
      userName: 'kit',
      emails: [{ value: 'n@x.dk' }],
    });
    const named = { userName: 'kit', name: { givenName: 'Kit', familyName: 'Holm' } };
    expect(patched([{ op: 'replace', path: 'name', value: { givenName: 'Ib', familyName: null } }], named)).toEqual({
      userName: 'kit',
      name: { givenName: 'Ib' },
    });
    expect(patched([{ op: 'replace', path: 'emails.type', value: 'other' }]).emails).toEqual([
      { ...work, type: 'other' },
      { ...home, type: 'other' },
    ]);
  });

  it('[10] clears an attribute that is replaced by null or an empty list', () => {
    expect(patched([{ op: 'replace', path: 'emails', value: [] }])).toEqual({ userName: 'kit' });
    expect(patched([{ op: 'replace', value: { emails: null } }])).toEqual({ userName: 'kit' });
  });

  it('[10] leaves an element as it is when nothing is added to it, and drops it when nothing replaces it', () => {
    expect(patched([{ op: 'add', path: 'emails[type eq "home"]', value: null }])).toEqual(kit);
    expect(patched([{ op: 'add', path: 'phoneNumbers[type eq "mobile"].value', value: null }])).toEqual(kit);
    expect(patched([{ op: 'replace', path: 'emails[type eq "home"]', value: null }]).emails).toEqual([work]);
  });

  it('[28, RFC 7644 §3.5.2.2] removes attributes, sub-attributes and elements', () => {
    expect(patched([{ op: 'remove', path: 'emails' }])).toEqual({ userName: 'kit' });
    expect(patched([{ op: 'remove', path: 'emails[type eq "work"]' }]).emails).toEqual([home]);
    expect(patched([{ op: 'remove', path: 'emails[type eq "home"].type' }]).emails).toEqual([
      work,
      { value: 'k@home.org' },
    ]);
    expect(patched([{ op: 'remove', path: 'emails', value: [{ value: 'K@HOME.org' }] }]).emails).toEqual([work]);
  });

  it.each<[unknown]>([[null], [[]], [''], [{}], [[{ $ref: null }]], [[null]]])(
    '[28] removes nothing by a list of nothing, %j, in lenient',
    (value) => {
      expect(patched([{ op: 'remove', path: 'emails', value }], kit, 'lenient')).toEqual(kit);
    },
  );

  it('[28] misses what is not there in rfc only', () => {
    expect(fault([{ op: 'remove', path: 'emails[type eq "x"]' }])).toBe(
      'noTarget: operation 1: no `emails` element matches `type eq "x"`',
    );
    expect(fault([{ op: 'remove', path: 'emails', value: [{ value: 'x' }] }])).toBe(
      'noTarget: operation 1: `emails` has no such value',
    );
    expect(patched([{ op: 'remove', path: 'emails[type eq "x"]' }], kit, 'lenient')).toEqual(kit);
  });

  it.each([
    'title',
    'name',
    'name.givenName',
    'phoneNumbers',
    `${ENTERPRISE}:department`,
    `${ENTERPRISE}:manager.value`,
  ])('[28, RFC 7644 §3.5.2.2] leaves what is unassigned so: remove `%s`, in rfc', (path) => {
    expect(patched([{ op: 'remove', path }])).toEqual(kit);
  });

  it('[24] takes the core URN as path or key for what its value holds', () => {
    const value = { title: 'Boss', 'name.givenName': 'Kit' };
    const said = { ...kit, title: 'Boss', name: { givenName: 'Kit' } };
    expect(patched([{ op: 'add', path: CORE_USER, value }])).toEqual(said);
    expect(patched([{ op: 'replace', value: { [CORE_USER.toUpperCase()]: value } }])).toEqual(said);
    expect(fault([{ op: 'remove', path: CORE_USER }])).toMatch(/^invalidPath: /);
  });

  it('[24] takes an extension whole, with what the schema lacks left out where bodies may hold it', () => {
    const value = { schemas: [ENTERPRISE], department: 'Ops', shoeSize: 43 };
    const sent = [{ op: 'add', path: ENTERPRISE, value }];
    expect(patched(sent)).toEqual({ ...kit, [ENTERPRISE]: { department: 'Ops' } });
    expect(fault(sent, kit, 'interop')).toMatch(/^invalidSyntax: operation 1: unknown attribute `schemas` of/);
  });

  it('[29] refuses to write what is read-only or to remove what is required', () => {
    expect(fault([{ op: 'replace', path: 'groups', value: [] }], kit, 'lenient')).toBe(
      'mutability: operation 1: `groups` is read-only',
    );
    expect(fault([{ op: 'replace', path: 'meta.version', value: 'x' }])).toBe(
      'mutability: operation 1: `meta.version` is read-only',
    );
    expect(fault([{ op: 'replace', path: 'id', value: 'u-18' }], kit, 'lenient')).toBe(
      'mutability: operation 1: `id` is read-only',
    );
    expect(fault([{ op: 'replace', value: { groups: [] } }])).toBe('mutability: operation 1: `groups` is read-only');
    expect(fault([{ op: 'remove', path: 'userName' }])).toBe(
      'mutability: operation 1: `userName` is required and cannot be removed',
    );
    expect(fault([{ op: 'replace', path: 'userName', value: '' }])).toBe(
      'invalidValue: `userName` is required; give it a value',
    );
  });

  it('[11] takes a password and keeps nothing of it', () => {
    expect(patch(kit, [{ op: 'replace', path: 'password', value: 'secret' }], userReader()).changed).toBe(false);
  });

  it('[31] takes primary from the others when one becomes primary', () => {
    const primaryHome = { ...home, primary: true };
    const demoted = { ...work, primary: false };
    expect(patched([{ op: 'replace', path: 'emails[type eq "home"].primary', value: true }]).emails).toEqual([
      demoted,
      primaryHome,
    ]);
    expect(patched([{ op: 'add', path: 'emails', value: [{ value: 'n@x.dk', primary: true }] }]).emails).toEqual([
      demoted,
      home,
      { value: 'n@x.dk', primary: true },
    ]);
  });

  it('[12] refuses two primary values in rfc, and lets the last win in lenient', () => {
    const operations = [
      {
        op: 'replace',
        path: 'emails',
        value: [
          { value: 'a', primary: true },
          { value: 'b', primary: true },
        ],
      },
    ];
    expect(fault(operations)).toBe('invalidValue: operation 1: `emails` has two primary values; mark one');
    expect(patched(operations, kit, 'lenient').emails).toEqual([
      { value: 'a', primary: false },
      { value: 'b', primary: true },
    ]);
  });

  it('[9] ignores and counts an unknown path in lenient, and refuses it elsewhere', () => {
    const reader = userReader('lenient');
    expect(patch(kit, [{ op: 'add', path: 'shoeSize', value: 44 }], reader).changed).toBe(false);
    expect([...reader.quirks]).toEqual([['UNKNOWN_IN_PATH', 1]]);
    expect(fault([{ op: 'add', path: 'shoeSize', value: 44 }])).toBe(
      'invalidPath: operation 1: unknown attribute `shoeSize`; see /Schemas',
    );
    expect(fault([{ op: 'add', path: 'shoeSize', value: 44 }], kit, 'interop')).toBe(
      'invalidPath: operation 1: unknown attribute `shoeSize`; see /Schemas',
    );
  });

  it('[24] takes an extension as a whole, with or without a path', () => {
    const inner = { department: 'Sales', manager: { value: 'b2f0' } };
    expect(patched([{ op: 'add', path: ENTERPRISE, value: inner }])).toEqual({ ...kit, [ENTERPRISE]: inner });
    expect(patched([{ op: 'replace', value: { [ENTERPRISE]: inner, [`${CORE_USER}:title`]: 'Boss' } }])).toEqual({
      ...kit,
      title: 'Boss',
      [ENTERPRISE]: inner,
    });
    expect(patched([{ op: 'remove', path: ENTERPRISE }], { ...kit, [ENTERPRISE]: inner })).toEqual(kit);
  });

  it('[7] keeps lists of plain values, each once', () => {
    const path = `${NON_HUMAN}:environments`;
    const made = patched([
      { op: 'add', path, value: ['prod', 'test'] },
      { op: 'add', path, value: ['Prod'] },
      { op: 'remove', path: `${path}[value eq "test"]` },
    ]);
    expect(made[NON_HUMAN]).toEqual({ environments: ['Prod'] });
  });

  it.each([
    [{ op: 'add', path: '__proto__.polluted', value: true }],
    [{ op: 'add', path: 'name.__proto__', value: { polluted: true } }],
    [{ op: 'add', path: 'constructor', value: { prototype: { polluted: true } } }],
    [{ op: 'add', value: JSON.parse('{"__proto__":{"polluted":true}}') }],
    [{ op: 'add', value: { 'constructor.prototype.polluted': true } }],
    [{ op: 'add', path: 'name', value: JSON.parse('{"__proto__":{"polluted":true}}') }],
    [{ op: 'add', path: ENTERPRISE, value: JSON.parse('{"__proto__":{"polluted":true}}') }],
  ])('[35] refuses %j in every dialect', (operation) => {
    for (const dialect of ['lenient', 'rfc', 'interop'] as const)
      expect(fault([operation], kit, dialect)).toMatch(/^invalid(Path|Value): operation 1: attribute name/);
    expect(Object.prototype).not.toHaveProperty('polluted');
  });

  it('[36] keeps its limits of operations, path length, values and text', () => {
    const many = Array.from({ length: 1001 }, () => ({ op: 'remove', path: 'title' }));
    expect(faultOf(() => parsePatchRequest(patchBody(many), userReader()))).toMatchObject({ code: 'TOO_LARGE' });
    expect(fault([{ op: 'remove', path: 'x'.repeat(8193) }])).toBe(
      'invalidPath: operation 1: path is longer than 8192 characters',
    );
    expect(fault([{ op: 'add', path: 'emails', value: Array.from({ length: 1001 }, () => home) }])).toBe(
      'tooMany: operation 1: `emails` has more than 1000 values; send fewer',
    );
    expect(fault([{ op: 'add', path: 'title', value: 'x'.repeat(65537) }])).toBe(
      'invalidValue: operation 1: a value is longer than 65536 characters; shorten it',
    );
  });
});

describe('a PATCH made to do harm', () => {
  const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
  const deepObject = JSON.parse(`${'{"value":'.repeat(100_000)}1${'}'.repeat(100_000)}`);

  it.each(['emails', 'title', 'name', 'active', 'manager', ENTERPRISE, 'roles'])(
    '[36, 75] is refused when %s nests without end',
    (path) => {
      for (const op of ['add', 'replace', 'remove']) {
        for (const value of [deep, [deep], deepObject, [deepObject], { value: deep }]) {
          expect(() => patch({ ...kit, title: 'x' }, [{ op, path, value }], userReader())).not.toThrow(RangeError);
        }
      }
      expect(fault([{ op: deepObject, path }])).toBe(
        'invalidSyntax: operation 1: `op` is an object, where add, remove or replace is due',
      );
    },
  );

  it('[36] costs no more than its length', () => {
    const blank = `${' '.repeat(60_000)}!`;
    expect(fault([{ op: 'add', path: 'x509Certificates', value: [{ value: blank }] }])).toMatch(/^invalidValue/);
    const zeros = `2020-01-01T00:00:00.${'0'.repeat(1_000_000)}1Z`;
    expect(fault([{ op: 'add', path: `${NON_HUMAN}:expiresAt`, value: zeros }])).toMatch(/^invalidValue/);
    const primaries = Array.from({ length: 1000 }, (_, i) => ({ value: `${i}` }));
    const all = Array.from({ length: 40 }, () => ({ op: 'replace', path: 'emails.primary', value: true }));
    const { emails } = patched(all, { userName: 'kit', emails: primaries });
    expect((emails as readonly { primary: boolean }[]).filter((email) => email.primary)).toEqual([
      { value: '999', primary: true },
    ]);
    expect(fault([...all, ...all], { userName: 'kit', emails: primaries })).toMatch(
      /^tooMany: operation 50: the operations look at too many values together/,
    );
  });
});

describe('any PATCH', () => {
  const paths = fc.constantFrom(
    'userName',
    'active',
    'emails',
    'emails.value',
    'emails[type eq "work"]',
    'emails[type eq "x"].value',
    'emails[primary eq true].primary',
    'name',
    'name.givenName',
    'manager',
    ENTERPRISE,
    `${ENTERPRISE}:manager`,
    `${NON_HUMAN}:owners`,
    `${NON_HUMAN}:environments`,
    'roles',
    'members',
    'members[value eq "a"]',
    '__proto__',
    'a[',
    undefined,
  );
  const values = fc.oneof(
    fc.constantFrom<unknown>(
      'x',
      '',
      null,
      true,
      'True',
      7,
      [],
      {},
      { value: 'a' },
      [{ value: 'a', primary: true }],
      { userName: 'b', 'name.familyName': 'c' },
      { active: 'maybe' },
    ),
    fc.jsonValue({ maxDepth: 3 }),
  );
  const operation = fc.record({ op: fc.constantFrom('add', 'Remove', 'replace'), path: paths, value: values });
  const dialects = fc.constantFrom<DialectName>('lenient', 'rfc', 'interop');

  it('[75] of a user gives a valid user or a SCIM error, and reaches no prototype', () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 5 }), dialects, (operations, dialect) => {
        const before = toAttributes(kit);
        try {
          const { attributes, changed } = patch(before, operations, userReader(dialect));
          expect(holdsUnassigned(attributes)).toBe(false);
          expect(
            patch(attributes, [{ op: 'replace', path: 'userName', value: attributes.userName }], userReader(dialect))
              .changed,
          ).toBe(false);
          if (!changed) expect(attributes).toEqual(before);
        } catch (error) {
          if (!(error instanceof GraphError)) throw error;
        }
        expect(before).toEqual(kit);
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it('[75] of a group does too', () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 5 }), dialects, (operations, dialect) => {
        try {
          expect(patch({ displayName: 'G' }, operations, groupReader(dialect)).attributes).not.toHaveProperty(
            'members',
          );
        } catch (error) {
          if (!(error instanceof GraphError)) throw error;
        }
      }),
      { numRuns: 1000 },
    );
  });
});

/** Whether a null, an empty list or an empty object is kept anywhere. */
function holdsUnassigned(value: unknown): boolean {
  if (typeof value !== 'object') return false;
  return value === null || Object.keys(value).length === 0 || Object.values(value).some(holdsUnassigned);
}
