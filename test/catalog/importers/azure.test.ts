import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createActionIndex } from '../../../src/catalog/action-pattern.js';
import { parseCatalogue } from '../../../src/catalog/catalogue-document.js';
import { fileOf, hasShared, openPlatformWorld, readFiles, sharedFile, withoutShared } from './platform-world.js';

const providers = fileOf('providers.json', [
  {
    name: 'Microsoft.Storage',
    operations: [],
    resourceTypes: [
      {
        name: 'storageAccounts',
        operations: [
          { name: 'Microsoft.Storage/storageAccounts/read', isDataAction: false },
          { name: 'Microsoft.Storage/storageAccounts/delete', isDataAction: false },
          { name: 'Microsoft.Storage/storageAccounts/listKeys/action', isDataAction: false },
          { name: 'Microsoft.Storage/storageAccounts/blobs/read', isDataAction: true },
        ],
      },
    ],
  },
]);
const block = (actions: readonly string[], more: object = {}) => ({
  actions,
  notActions: [],
  dataActions: [],
  notDataActions: [],
  ...more,
});
const define = (roleName: string, ...permissions: readonly object[]) => ({
  name: `guid-${roleName}`,
  roleName,
  roleType: 'BuiltInRole',
  permissions,
});
const roles = fileOf('roles.json', [
  define('Owner', block(['*'])),
  define('Reader', block(['*/read'])),
  define('Contributor', block(['*'], { notActions: ['Microsoft.Storage/*/LISTKEYS/action'] })),
  define(
    'Two',
    block(['*'], { notActions: ['*/delete', '*/listKeys/*'] }),
    block(['Microsoft.Storage/storageAccounts/delete']),
  ),
  define('Blobs', block([], { dataActions: ['*'] })),
  define('Guarded', block(['*/read'], { condition: '@Resource[x] StringEquals {y}', conditionVersion: '2.0' })),
]);

const entities = fileOf('entities.json', [
  { id: '/providers/Microsoft.Management/managementGroups/Root', parent: { id: null }, type: 'x' },
  {
    id: '/providers/Microsoft.Management/managementGroups/eu',
    parent: { id: '/providers/Microsoft.Management/managementGroups/root' },
  },
  {
    id: '/subscriptions/S1',
    displayName: 'Shop',
    parent: { id: '/providers/Microsoft.Management/managementGroups/eu' },
  },
  {
    id: '/subscriptions/S2',
    displayName: 'Bank',
    parent: { id: '/providers/Microsoft.Management/managementGroups/Root' },
  },
]);
const assign = (principal: string, role: string, scope: string, more: object = {}) => ({
  id: `${scope}/providers/Microsoft.Authorization/roleAssignments/${principal}${role}`,
  type: 'Microsoft.Authorization/roleAssignments',
  principalId: principal,
  principalName: `${principal}@acme.example`,
  principalType: 'User',
  roleDefinitionId: `/subscriptions/s1/providers/Microsoft.Authorization/roleDefinitions/GUID-${role}`,
  roleDefinitionName: role,
  scope,
  ...more,
});
const eu = '/managementgroups:root/managementgroups:eu';
const read = 'Microsoft.Storage/storageAccounts/read';

describe('the Azure importer', () => {
  let world: Awaited<ReturnType<typeof openPlatformWorld>>;
  let close = async () => {};
  beforeEach(async () => {
    world = await openPlatformWorld('azure');
  });
  afterEach(async () => {
    await close();
    await world.remove();
  });

  async function ask(...assignments: readonly object[]) {
    const { application, report } = await world.importAll(
      providers,
      roles,
      entities,
      fileOf('assignments.json', assignments),
    );
    const asker = await world.createAsker(application, false);
    close = asker.close;
    return { ...asker, report };
  }

  it('lets an assignment hold on its scope and all below it, in any letter case', async () => {
    const { decide } = await ask(
      assign('ada', 'Reader', '/providers/Microsoft.Management/managementGroups/EU'),
      assign('bob', 'Reader', '/subscriptions/S1/resourceGroups/Web'),
      assign('bob', 'Blobs', '/subscriptions/s2'),
      assign('eve', 'Reader', '/subscriptions/s1/resourceGroups/web/providers/Microsoft.Storage/storageAccounts/a'),
      assign('root', 'Reader', '/'),
    );
    const web = `${eu}/subscriptions:s1/resourcegroups:web`;
    const paths = [
      '/',
      eu,
      `${eu}/subscriptions:s1`,
      web,
      `${web}/providers/microsoft.storage/storageaccounts/a`,
      '/managementgroups:root/subscriptions:s2',
    ];
    const allowedFrom = async (name: string) => {
      const decisions = await Promise.all(paths.map((path) => decide(name, read, path)));
      return paths.filter((_, at) => decisions[at] === 'ALLOWED');
    };
    expect(await allowedFrom('ada')).toEqual(paths.slice(1, 5));
    expect(await allowedFrom('bob')).toEqual(paths.slice(3, 5));
    expect(await allowedFrom('eve')).toEqual(paths.slice(4, 5));
    expect(await allowedFrom('root')).toEqual(paths);
  });

  it('keeps planes apart and subtracts exclusions within their block alone', async () => {
    const { reached } = await ask(
      ...['Owner', 'Contributor', 'Two', 'Blobs'].map((role) => assign(role, role, '/subscriptions/s1')),
    );
    const account = (...names: readonly string[]) =>
      names.map((name) => `Microsoft.Storage/storageAccounts/${name} ALLOWED DIRECT`);
    expect(await reached('Owner')).toEqual(account('delete', 'listKeys/action', 'read'));
    expect(await reached('Contributor')).toEqual(account('delete', 'read'));
    expect(await reached('Two')).toEqual(account('delete', 'read'));
    expect(await reached('Blobs')).toEqual(account('blobs/read'));
  });

  it('keeps conditions of blocks and of assignments, and lists them', async () => {
    const { reached, report } = await ask(
      assign('ada', 'Guarded', '/subscriptions/s1'),
      assign('bob', 'Reader', '/subscriptions/s1', { condition: '@Resource[x] Exists', conditionVersion: '2.0' }),
    );
    expect([await reached('ada'), await reached('bob')]).toEqual([
      [`${read} CONDITIONAL DIRECT`],
      [`${read} CONDITIONAL DIRECT`],
    ]);
    expect(report.notes.map(({ pointer }) => pointer)).toEqual([
      'assignments.json#/1/condition',
      'roles.json#/5/permissions/0/condition',
    ]);
  });

  it('takes eligible assignments with their window for what they are, as the interface answers them', async () => {
    const {
      id,
      type: _,
      ...properties
    } = assign('ada', 'Reader', '/subscriptions/s1', { startDateTime: '2026-01-01T00:00:00Z', endDateTime: null });
    const type = 'Microsoft.Authorization/roleEligibilityScheduleInstances';
    const { reached, report } = await ask({ value: [{ id, type, properties }] });
    expect(await reached('ada')).toEqual([]);
    expect(report.snapshot?.lines.assignment).toBe(1);
  });

  it('knows people, service principals and groups, and lists what is of no known type', async () => {
    const { rows, notes } = await readFiles(
      'azure',
      providers,
      roles,
      fileOf('a.json', [
        assign('u', 'Reader', '/'),
        assign('s', 'Reader', '/', { principalType: 'ServicePrincipal' }),
        assign('g', 'Reader', '/', { principalType: 'Group' }),
        assign('x', 'Nothing', '/', { principalType: 'Unknown', principalName: '' }),
      ]),
    );
    expect(rows && [...rows.rowsOf('account'), ...rows.rowsOf('group')]).toEqual([
      { kind: 'account', externalId: 'u', userName: 'u@acme.example', type: 'HUMAN' },
      { kind: 'account', externalId: 's', userName: 's', displayName: 's@acme.example', type: 'SERVICE_ACCOUNT' },
      { kind: 'account', externalId: 'x', userName: 'x', type: 'WORKLOAD' },
      { kind: 'group', externalId: 'g', displayName: 'g@acme.example' },
    ]);
    expect(notes.map(({ code }) => code)).toEqual(['ASSUMED_TYPE', 'UNKNOWN_ROLE', 'CONDITIONAL']);
  });

  const denied = (properties: object) => ({
    id: '/subscriptions/s1/providers/Microsoft.Authorization/denyAssignments/D1',
    type: 'Microsoft.Authorization/denyAssignments',
    properties: {
      denyAssignmentName: 'managed',
      scope: '/subscriptions/s1',
      permissions: [block(['*/delete', '*/listKeys/*'], { notActions: ['*/listKeys/action'] })],
      principals: [{ id: '00000000-0000-0000-0000-000000000000', type: 'SystemDefined' }],
      excludePrincipals: [],
      ...properties,
    },
  });

  it('lets a deny assignment win over all that is assigned there, and leaves its exceptions conditional', async () => {
    const owners = ['ada', 'bob', 'eve'].map((name) =>
      assign(name, 'Owner', name === 'eve' ? '/' : '/subscriptions/s1'),
    );
    const { decide } = await ask(...owners, denied({}));
    const remove = read.replace('/read', '/delete');
    const shop = `${eu}/subscriptions:s1`;
    expect([
      await decide('ada', remove, shop),
      await decide('ada', read.replace('/read', '/listKeys/action'), shop),
      await decide('eve', remove, shop),
      await decide('eve', remove, '/managementgroups:root/subscriptions:s2'),
    ]).toEqual(['DENIED', 'ALLOWED', 'DENIED', 'ALLOWED']);
  });

  it('makes a deny with exceptions conditional, and lists each', async () => {
    const { reached, report } = await ask(
      assign('ada', 'Owner', '/subscriptions/s1'),
      denied({ excludePrincipals: [{ id: 'eve', type: 'User' }], doNotApplyToChildScopes: true }),
    );
    expect(await reached('ada')).toContain('Microsoft.Storage/storageAccounts/delete CONDITIONAL DIRECT');
    expect(report.notes.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual([
      'CONDITIONAL assignments.json#/1/excludePrincipals',
      'CONDITIONAL assignments.json#/1/doNotApplyToChildScopes',
      'OUTSIDE assignments.json#/1/principals',
      'CONDITIONAL roles.json#/5/permissions/0/condition',
    ]);
  });

  it('reads what PowerShell prints', async () => {
    const definition = {
      Name: 'Cleaner',
      Id: 'guid-cleaner',
      IsCustom: true,
      Description: 'Cleans',
      Actions: ['*/delete'],
      NotActions: [],
      DataActions: [],
      NotDataActions: [],
      AssignableScopes: ['/'],
      Condition: null,
    };
    const assignment = {
      RoleAssignmentName: '1',
      RoleAssignmentId: '/subscriptions/s1/providers/Microsoft.Authorization/roleAssignments/1',
      Scope: '/subscriptions/s1',
      DisplayName: 'Ada',
      SignInName: 'ada@acme.example',
      RoleDefinitionName: 'Cleaner',
      RoleDefinitionId: 'guid-cleaner',
      ObjectId: 'ada',
      ObjectType: 'User',
      CanDelegate: false,
    };
    const { reached } = await ask(definition, assignment);
    expect(await reached('ada')).toEqual(['Microsoft.Storage/storageAccounts/delete ALLOWED DIRECT']);
  });

  it('says where the role stands of which a pattern matches nothing', async () => {
    const { catalogue } = await world.importFiles([
      providers,
      fileOf('own.json', [define('R', block(['*/read', 'X/*']))]),
    ]);
    expect(catalogue.warnings).toMatchObject([{ code: 'MATCHES_NOTHING', pointer: 'own.json#/0' }]);
  });

  it('takes one role that several subscriptions list for one', async () => {
    const { catalogue } = await readFiles('azure', roles, { ...roles, name: 'again.json' });
    expect(catalogue.roles).toHaveLength(6);
  });

  it.each([
    [
      'a subscription of no known place where management groups hold assignments',
      [assign('a', 'Reader', '/providers/Microsoft.Management/managementGroups/eu')],
      'NO_PLACE',
    ],
    [
      'a request for a role, which is none yet',
      [assign('a', 'Reader', '/', { type: 'Microsoft.Authorization/roleAssignmentScheduleRequests' })],
      'NOT_READ',
    ],
    ['one role that permits two things', [define('Reader', block(['*']))], 'DUPLICATE'],
    ['a field of a block that it does not know', [define('R', block([], { exceptActions: [] }))], 'UNKNOWN_FIELD'],
    ['a page of a list', { value: [], nextLink: 'https://x' }, 'TRUNCATED'],
  ])('refuses %s', async (_what, content, code) => {
    await expect(readFiles('azure', roles, fileOf('x.json', content))).rejects.toMatchObject({
      details: { issues: [{ code }] },
    });
  });
});

(hasShared ? describe : describe.skip)(`the Azure importer, reading all built-in roles${withoutShared}`, () => {
  const readAll = () => readFiles('azure', sharedFile('azure/azure-built-in-roles-raw.json'));

  it('finds two roles that hold `*`, and grants no data action by it', async () => {
    const { catalogue } = await readAll();
    const holders = catalogue.roles.filter(({ statements = [] }) =>
      statements.some(({ plane, actions }) => plane === 'CONTROL' && actions.includes('*')),
    );
    expect([catalogue.roles.length, holders.map(({ name }) => name).sort()]).toEqual([928, ['Contributor', 'Owner']]);
    const index = createActionIndex(
      catalogue.permissions.map(({ plane = 'CONTROL', action }) => ({ plane, action })),
      { caseSensitive: false },
    );
    const planesOf = (name: string) =>
      catalogue.roles
        .find((role) => role.name === name)
        ?.statements?.flatMap(
          ({ plane = 'CONTROL', actions, notActions = [] }) => index.expand({ plane, actions, notActions }).matches,
        )
        .map(({ action }) => action.plane);
    expect([new Set(planesOf('Owner')), planesOf('Owner')?.length]).toEqual([
      new Set(['CONTROL']),
      catalogue.permissions.filter(({ plane }) => plane === 'CONTROL').length,
    ]);
  });

  it('makes a catalogue of them, in which every action is classified or listed', async () => {
    const { catalogue, notes } = await readAll();
    expect(parseCatalogue(JSON.stringify(catalogue)).kind).toBe('parsed');
    const counts = new Map<string, number>();
    for (const { code } of notes) counts.set(code, (counts.get(code) ?? 0) + 1);
    expect(Object.fromEntries(counts)).toEqual({ NO_OPERATIONS: 1, CONDITIONAL: 31, UNCLASSIFIED: 2 });
  });
});
