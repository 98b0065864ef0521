import { describe, expect, it } from '@jest/globals';
import type { Reader } from '../../src/scim/dialect.js';
import { parseResource } from '../../src/scim/resource-document.js';
import { patch, patchFault } from './patching.js';
import { CORE_GROUP, CORE_USER, ENTERPRISE, groupReader, userReader } from './readers.js';

const kit = { userName: 'kit', active: true };

/** The user after the operations, and which quirks were counted. */
function sent(operations: unknown, from: object = kit, reader: Reader = userReader('lenient')) {
  const { attributes, changed } = patch(from, operations, reader);
  return { attributes, changed, quirks: Object.fromEntries(reader.quirks) };
}

const members = (operations: unknown) => patch({ displayName: 'Sales DK' }, operations, groupReader('lenient')).members;
const created = (body: object, reader: Reader = userReader('lenient')) => ({
  ...parseResource(body, reader),
  quirks: Object.fromEntries(reader.quirks),
});

describe('Microsoft Entra', () => {
  it('[26, E1] deactivates with a capital op and text for a boolean', () => {
    expect(sent([{ op: 'Replace', path: 'active', value: 'False' }])).toEqual({
      attributes: { userName: 'kit', active: false },
      changed: true,
      quirks: { E1: 1 },
    });
    expect(sent([{ op: 'replace', path: 'active', value: false }]).quirks).toEqual({});
    expect(created({ schemas: [CORE_USER], userName: 'emp1', active: 'True' }).attributes).toEqual({
      userName: 'emp1',
      active: true,
    });
    expect(patchFault(kit, [{ op: 'Replace', path: 'active', value: 'False' }], userReader('rfc'))).toBe(
      'invalidValue: operation 1: `active` is `"False"`, where a boolean is due',
    );
  });

  it('[26, 27, E2] creates one typed element from the filter and then hits it', () => {
    const operations = [
      { op: 'Add', path: 'roles[primary eq "True"].value', value: 'Approver' },
      { op: 'Add', path: 'roles[primary eq "True"].display', value: 'Approver' },
    ];
    expect(sent(operations)).toEqual({
      attributes: { ...kit, roles: [{ primary: true, value: 'Approver', display: 'Approver' }] },
      changed: true,
      quirks: { E1: 2, E2: 1 },
    });
    expect(sent(operations, sent(operations).attributes).changed).toBe(false);
  });

  it('[27, E3] creates the typed element that a replace misses, in lenient only', () => {
    const operations = [{ op: 'Replace', path: 'phoneNumbers[type eq "mobile"].value', value: '+4512345678' }];
    expect(sent(operations).attributes).toEqual({ ...kit, phoneNumbers: [{ type: 'mobile', value: '+4512345678' }] });
    expect(patchFault(kit, operations, userReader('rfc'))).toBe(
      'noTarget: operation 1: no `phoneNumbers` element matches `type eq "mobile"`',
    );
    expect(
      patchFault(
        kit,
        [{ op: 'replace', path: 'emails[type eq "a" or type eq "b"].value', value: 'x' }],
        userReader('lenient'),
      ),
    ).toBe('noTarget: operation 1: no `emails` element matches `type eq "a" or type eq "b"`');
  });

  it('[24, E4] reads each key of a value without path as a path', () => {
    const operations = [
      { op: 'replace', path: 'emails[type eq "work"].value', value: 'ny@x.dk' },
      {
        op: 'replace',
        value: {
          displayName: 'Kit',
          'name.givenName': 'Kit',
          'name.familyName': 'Holm',
          'phoneNumbers[type eq "work"].value': '12',
          [`${ENTERPRISE}:employeeNumber`]: '7781',
        },
      },
    ];
    expect(sent(operations)).toEqual({
      attributes: {
        ...kit,
        displayName: 'Kit',
        name: { givenName: 'Kit', familyName: 'Holm' },
        emails: [{ type: 'work', value: 'ny@x.dk' }],
        phoneNumbers: [{ type: 'work', value: '12' }],
        [ENTERPRISE]: { employeeNumber: '7781' },
      },
      changed: true,
      quirks: { E3: 2, E4: 4 },
    });
  });

  it.each([
    [{ op: 'Add', path: `${ENTERPRISE}:manager`, value: 'b2f0' }],
    [{ op: 'Add', path: `${ENTERPRISE}.manager`, value: 'b2f0' }],
    [{ op: 'Add', path: 'manager', value: [{ $ref: 'http://x/Users/b2f0', value: 'b2f0' }] }],
    [{ op: 'Add', path: `${ENTERPRISE}:manager`, value: { value: 'b2f0', displayName: 'Mo' } }],
    [{ op: 'Add', path: `${ENTERPRISE}:manager.value`, value: 'b2f0' }],
    [{ op: 'Add', value: { manager: 'b2f0' } }],
  ])('[26, E5] keeps the manager of %j in the complex form', (operation) => {
    expect(sent([operation]).attributes).toEqual({ ...kit, [ENTERPRISE]: { manager: { value: 'b2f0' } } });
  });

  it.each(['', { value: '' }, [{ value: '' }], { $ref: null, value: null }])(
    '[26] takes %j for a manager that is to go',
    (value) => {
      const managed = { ...kit, [ENTERPRISE]: { manager: { value: 'b2f0' } } };
      expect(sent([{ op: 'Replace', path: `${ENTERPRISE}:manager`, value }], managed).attributes).toEqual(kit);
      const gone = created({ schemas: [CORE_USER], userName: 'kit', active: true, [ENTERPRISE]: { manager: value } });
      expect(gone.attributes).toEqual(kit);
    },
  );

  it('[26] takes empty text for a manager that is to go, and refuses it to the letter of the RFC', () => {
    const managed = { ...kit, [ENTERPRISE]: { manager: { value: 'b2f0' } } };
    const operations = [{ op: 'replace', path: `${ENTERPRISE}:manager.value`, value: '' }];
    expect(sent(operations, managed).attributes).toEqual(kit);
    expect(patchFault(managed, operations, userReader('rfc'))).toBe(
      'invalidValue: `manager.value` is required; give it a value',
    );
  });

  it.each([{ value: 'False' }, { $ref: null, value: 'False' }, [{ $ref: null, value: 'False' }], [{ value: false }]])(
    '[26, E5] takes %j for a simple value',
    (value) => {
      expect(sent([{ op: 'Replace', path: 'active', value }]).attributes).toEqual({ userName: 'kit', active: false });
    },
  );

  it('[26, E5] refuses an object for a simple value that says more, or to the letter of the RFC', () => {
    const due = 'invalidValue: operation 1: `active` is an object, where a boolean is due';
    const fault = (value: object, reader: Reader) =>
      patchFault(kit, [{ op: 'Replace', path: 'active', value }], reader);
    expect([
      fault({ value: false, type: 'x' }, userReader('lenient')),
      fault({ value: false }, userReader('rfc')),
    ]).toEqual([due, due]);
  });

  it('[26, E5] takes a manager as text in a POST', () => {
    const body = { schemas: [CORE_USER, ENTERPRISE], userName: 'emp1', [ENTERPRISE]: { manager: 'b2f0' } };
    expect(created(body).attributes).toEqual({ userName: 'emp1', [ENTERPRISE]: { manager: { value: 'b2f0' } } });
  });

  it('[28, E6] removes exactly the members listed', () => {
    expect(
      members([{ op: 'Remove', path: 'members', value: [{ $ref: null, value: 'u-17' }, { value: 'u-18' }] }]),
    ).toEqual({
      kind: 'keyed',
      add: [],
      remove: ['u-17', 'u-18'],
    });
    expect(members([{ op: 'remove', path: 'members[value eq "u-17"]' }])).toEqual({
      kind: 'keyed',
      add: [],
      remove: ['u-17'],
    });
    expect(members([{ op: 'remove', path: 'members' }])).toEqual({ kind: 'whole', members: [] });
  });

  it('[26, 30, E7] adds members with a null reference, as text, or with displayName', () => {
    expect(
      members([
        { op: 'Add', path: 'members', value: [{ $ref: null, value: 'u-1' }, { value: 'u-2' }] },
        { op: 'add', path: 'members', value: 'u-3' },
      ]),
    ).toEqual({
      kind: 'keyed',
      add: [{ value: 'u-1' }, { value: 'u-2' }, { value: 'u-3' }],
      remove: [],
    });
    expect(members([{ op: 'Add', path: 'members', value: [{ value: 'string id 1', displayName: 'One' }] }])).toEqual({
      kind: 'keyed',
      add: [{ value: 'string id 1', display: 'One' }],
      remove: [],
    });
  });

  it('[8, E8] creates a group with a foreign URN and meta', () => {
    const body = {
      schemas: [CORE_GROUP, 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group'],
      externalId: '8aa1',
      displayName: 'Sales DK',
      meta: { resourceType: 'Group' },
    };
    expect(created(body, groupReader('lenient'))).toEqual({
      attributes: { externalId: '8aa1', displayName: 'Sales DK' },
      members: undefined,
      quirks: { E8: 1 },
    });
  });

  it('[8, 10, E8] creates a user with nulls, bare extension names and a misspelled URN', () => {
    const misspelled = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0User';
    const body = {
      schemas: [CORE_USER, misspelled],
      userName: 'emp1',
      addresses: null,
      department: 'Sales',
      manager: null,
      [misspelled]: { department: 'Other' },
    };
    expect(created(body)).toEqual({
      attributes: { userName: 'emp1', [ENTERPRISE]: { department: 'Sales' } },
      members: undefined,
      quirks: { E5: 1, E8: 1, UNKNOWN_IN_BODY: 1 },
    });
  });

  it('[26, E11] reads a role that is JSON in text', () => {
    const value = [{ value: '{"id":"06b0","value":"25","displayName":"Approver"}' }];
    expect(sent([{ op: 'Add', path: 'roles', value }]).attributes).toEqual({
      ...kit,
      roles: [{ value: '25', display: 'Approver' }],
    });
    const assertive = [{ op: 'replace', path: 'roles', value: [{ value: '26', primary: true }] }];
    expect(sent(assertive, { ...kit, roles: [{ value: '25' }] }).attributes).toEqual({
      ...kit,
      roles: [{ value: '26', primary: true }],
    });
    const posted = {
      schemas: [CORE_USER],
      userName: 'emp1',
      roles: [
        { primary: false, type: 'WindowsAzureActiveDirectoryRole', value: 'Admin', displayName: 'Administrator' },
      ],
    };
    expect(created(posted).attributes.roles).toEqual([
      { primary: false, type: 'WindowsAzureActiveDirectoryRole', value: 'Admin', display: 'Administrator' },
    ]);
  });

  it('[19, E12] switches an account off and on and never deletes it', () => {
    const off = sent([{ op: 'Replace', path: 'active', value: 'False' }]).attributes;
    expect(sent([{ op: 'Replace', path: 'active', value: 'True' }], off).attributes).toEqual(kit);
  });

  it('[E13] applies several operations to one attribute', () => {
    const operations = [
      { op: 'remove', path: 'displayName' },
      { op: 'add', path: 'displayName', value: 'a' },
      { op: 'replace', path: 'displayName', value: 'b' },
    ];
    expect(sent(operations).attributes).toEqual({ ...kit, displayName: 'b' });
  });
});

describe('Okta', () => {
  it('[11, O4] creates with empty groups and a password that is not kept', () => {
    expect(
      created({ schemas: [CORE_USER], userName: 't@okta.local', groups: [], password: '1mz050nq', active: true })
        .attributes,
    ).toEqual({
      userName: 't@okta.local',
      active: true,
    });
  });

  it('[18, O5] puts back what it read, id, meta and groups included', () => {
    const body = {
      schemas: [CORE_USER],
      id: '23a3',
      userName: 't@okta.local',
      name: { givenName: 'A', familyName: 'U' },
      emails: [{ primary: true, value: 't@okta.local', type: 'work', display: 't@okta.local' }],
      active: true,
      groups: [],
      meta: { resourceType: 'User' },
    };
    const { id: _id, groups: _groups, meta: _meta, schemas: _schemas, ...attributes } = body;
    expect(created(body, userReader('rfc'))).toEqual({ attributes, members: undefined, quirks: {} });
  });

  it('[24, O6] deactivates without a path', () => {
    expect(sent([{ op: 'replace', value: { active: false } }])).toEqual({
      attributes: { userName: 'kit', active: false },
      changed: true,
      quirks: {},
    });
  });

  it('[29, O7] renames a group with its own id inside', () => {
    const operations = [{ op: 'replace', value: { id: 'u-17', displayName: 'X' } }];
    for (const dialect of ['lenient', 'rfc'] as const) {
      expect(patch({ displayName: 'A' }, operations, groupReader(dialect))).toEqual({
        attributes: { displayName: 'X' },
        changed: true,
        members: { kind: 'none' },
      });
    }
    expect(
      patchFault({ displayName: 'A' }, [{ op: 'replace', value: { id: 'other', displayName: 'X' } }], groupReader()),
    ).toBe('mutability: operation 1: `id` is read-only');
  });

  it('[28, 33, O8] removes and adds members in one request, and pushes an empty group', () => {
    const operations = [
      { op: 'remove', path: 'members[value eq "89bb"]' },
      { op: 'add', path: 'members', value: [{ value: '23a3', display: 't@okta.local' }] },
    ];
    expect(members(operations)).toEqual({
      kind: 'keyed',
      add: [{ value: '23a3', display: 't@okta.local' }],
      remove: ['89bb'],
    });
    expect(members([{ op: 'replace', path: 'members', value: [] }])).toEqual({ kind: 'whole', members: [] });
  });

  it('[28, O9] finds the member of a filter in any dialect and form', () => {
    for (const path of [
      'members[value eq "89bb"]',
      'Members[Value EQ "89bb"]',
      `${CORE_GROUP}:members[value eq "89bb"]`,
    ]) {
      expect(patch({ displayName: 'A' }, [{ op: 'remove', path }], groupReader('rfc')).members).toEqual({
        kind: 'keyed',
        add: [],
        remove: ['89bb'],
      });
    }
  });
});

describe('other clients', () => {
  it('[26, 3.3] OneLogin sends the URNs of SCIM 1.1', () => {
    const body = {
      schemas: ['urn:scim:schemas:core:2.0', 'urn:scim:schemas:extension:enterprise:2.0'],
      userName: 'a',
      'urn:scim:schemas:extension:enterprise:1.0': { department: 'Sales' },
    };
    expect(created(body)).toEqual({
      attributes: { userName: 'a', [ENTERPRISE]: { department: 'Sales' } },
      members: undefined,
      quirks: { OLD_URN: 3 },
    });
  });

  it('[28, 3.3, 3.4] OneLogin and JumpCloud remove members by a list with more than values', () => {
    expect(
      members([{ op: 'remove', path: 'members', value: [{ value: 'u-1', display: 'Kit', type: 'User' }] }]),
    ).toEqual({ kind: 'keyed', add: [], remove: ['u-1'] });
  });

  it('[18, 3.5] Ping without PATCH support puts the whole group', () => {
    expect(
      created({ schemas: [CORE_GROUP], displayName: 'A', members: [{ value: 'u-1' }] }, groupReader('rfc')).members,
    ).toEqual([{ value: 'u-1' }]);
  });

  it('[9, 3.7] writes names in any letter case, and core attributes with their URN', () => {
    const operations = [
      { op: 'replace', path: 'UserName', value: 'k' },
      { op: 'replace', path: `${CORE_USER}:name.familyName`, value: 'Holm' },
      { op: 'add', path: 'emails', value: [{ Value: 'a@x', Primary: true }] },
    ];
    expect(sent(operations, kit, userReader('rfc')).attributes).toEqual({
      userName: 'k',
      active: true,
      name: { familyName: 'Holm' },
      emails: [{ value: 'a@x', primary: true }],
    });
  });

  it('[14, 3.7] sends again what was already done, and nothing changes', () => {
    const held = { ...kit, emails: [{ value: 'a@x', type: 'work' }] };
    expect(
      sent(
        [
          { op: 'remove', path: 'title' },
          { op: 'add', path: 'emails', value: [{ value: 'a@x', type: 'work' }] },
        ],
        held,
      ).changed,
    ).toBe(false);
  });

  it('[10, 3.7] clears by empty text in lenient, and keeps it in rfc', () => {
    const operations = [{ op: 'replace', path: 'title', value: '' }];
    expect(sent(operations, { ...kit, title: 'Boss' })).toEqual({
      attributes: kit,
      changed: true,
      quirks: { EMPTY_TEXT: 1 },
    });
    expect(sent(operations, kit, userReader('rfc')).attributes).toEqual({ ...kit, title: '' });
  });
});
