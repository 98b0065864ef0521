import { describe, expect, it } from '@jest/globals';
import { MEMBERS } from '../../src/scim/schemas/group-schema.js';
import { isSelected, parseSelection, project } from '../../src/scim/selection.js';
import { toAttributes } from './patching.js';
import { CORE_USER, ENTERPRISE, faultOf, groupReader, registry, userReader } from './readers.js';

const kit = toAttributes({
  schemas: [CORE_USER],
  id: 'u-17',
  userName: 'kit',
  password: 'secret',
  shoeSize: 44,
  name: { givenName: 'Kit', familyName: 'Holm' },
  emails: [
    { value: 'a@x', type: 'work' },
    { value: 'b@x', type: 'home' },
  ],
  [ENTERPRISE]: { department: 'Sales', manager: { value: 'm-1', displayName: 'Mo' } },
  meta: { resourceType: 'User', version: 'W/"1"' },
});

const shown = (names: { attributes?: readonly string[]; excludedAttributes?: readonly string[] }) =>
  project(kit, registry.user, parseSelection(names, userReader('rfc')));
const always = { schemas: [CORE_USER], id: 'u-17' };

describe('a selection of attributes', () => {
  it('[42, 11] shows by default all that is returned by default, never a password, nothing outside the schemas', () => {
    const { password: _password, shoeSize: _shoeSize, ...rest } = kit;
    expect(shown({})).toEqual(rest);
  });

  it('[42, RFC 7644 §3.9] shows only what is asked for, and what is always returned', () => {
    expect(shown({ attributes: ['USERNAME', 'name.familyName', 'emails.value'] })).toEqual({
      ...always,
      userName: 'kit',
      name: { familyName: 'Holm' },
      emails: [{ value: 'a@x' }, { value: 'b@x' }],
    });
    expect(shown({ attributes: ['password'] })).toEqual(always);
  });

  it('[42] takes names with URNs, and a URN alone', () => {
    expect(shown({ attributes: [`${ENTERPRISE}:department`, `${CORE_USER}:userName`] })).toEqual({
      ...always,
      userName: 'kit',
      [ENTERPRISE]: { department: 'Sales' },
    });
    expect(shown({ attributes: [ENTERPRISE] })).toEqual({ ...always, [ENTERPRISE]: kit[ENTERPRISE] });
    expect(shown({ attributes: [`${ENTERPRISE}:manager.value`] })).toEqual({
      ...always,
      [ENTERPRISE]: { manager: { value: 'm-1' } },
    });
  });

  it('[42, E10] takes a value path for its attribute in lenient alone', () => {
    const attributes = ['emails[type eq "work"]'];
    const selection = parseSelection({ attributes }, userReader('lenient'));
    expect(project(kit, registry.user, selection)).toEqual({ ...always, emails: kit.emails });
    expect(faultOf(() => shown({ attributes }))).toMatch(/^invalidPath: /);
  });

  it('[42] leaves out what is excluded, but not what is always returned', () => {
    expect(shown({ excludedAttributes: ['id', 'schemas', 'meta', 'name.givenName', 'emails', ENTERPRISE] })).toEqual({
      ...always,
      userName: 'kit',
      name: { familyName: 'Holm' },
    });
  });

  it('[42] follows attributes when both are given', () => {
    expect(shown({ attributes: ['userName'], excludedAttributes: ['userName'] })).toEqual({
      ...always,
      userName: 'kit',
    });
  });

  it('[42] ignores names that no resource has, and refuses what is no name', () => {
    expect(shown({ attributes: ['shoeSize'] })).toEqual(always);
    expect(faultOf(() => shown({ attributes: ['a[b]'] }))).toMatch(/^invalidPath/);
  });

  it('[42, E9] says whether members would be shown, so that they need not be read', () => {
    const selects = (names: Parameters<typeof parseSelection>[0]) =>
      isSelected(parseSelection(names, groupReader('rfc')), MEMBERS);
    expect([
      selects({}),
      selects({ excludedAttributes: ['members'] }),
      selects({ attributes: ['displayName'] }),
      selects({ attributes: ['members.value'] }),
    ]).toEqual([true, false, false, true]);
  });
});
