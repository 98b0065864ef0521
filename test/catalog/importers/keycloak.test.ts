import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parseCatalogue } from '../../../src/catalog/catalogue-document.js';
import { systemScope } from '../../../src/store/graph-store.js';
import {
  fileOf,
  hasShared,
  openPlatformWorld,
  readFiles,
  sharedFile,
  sharedRoles,
  withoutShared,
} from './platform-world.js';

const composed = (name: string, composites: object) => ({ name, composite: true, composites });
const acme = {
  realm: 'acme',
  roles: {
    realm: [
      composed('manager', { realm: ['clerk'], client: { shop: ['refund'] } }),
      composed('clerk', { realm: ['manager'] }),
      { name: 'auditor' },
    ],
    client: { shop: [{ name: 'refund' }, { name: 'buy' }], 'realm-management': [{ name: 'impersonation' }] },
  },
  groups: [
    {
      name: 'sales',
      path: '/sales',
      realmRoles: ['auditor'],
      subGroups: [{ name: 'dk', path: '/sales/dk', clientRoles: { shop: ['buy'] } }],
    },
  ],
  users: [
    { id: 'u1', username: 'ada', email: 'ada@acme.example', enabled: true, groups: ['/sales/dk'] },
    { id: 'u2', username: 'bob', enabled: true, realmRoles: ['clerk'] },
    { id: 'u3', username: 'eve', enabled: false, realmRoles: ['auditor'] },
    {
      username: 'service-account-bot',
      enabled: true,
      serviceAccountClientId: 'bot',
      clientRoles: { 'realm-management': ['impersonation'] },
    },
  ],
};
const bot = 'acme/users/service-account-bot';

describe('the Keycloak importer', () => {
  let world: Awaited<ReturnType<typeof openPlatformWorld>>;
  let close = async () => {};
  beforeEach(async () => {
    world = await openPlatformWorld('keycloak');
  });
  afterEach(async () => {
    await close();
    await world.remove();
  });

  async function ask(...realms: readonly object[]) {
    const { application, report } = await world.importAll(
      fileOf('realm.json', realms.length === 1 ? realms[0]! : realms),
    );
    const asker = await world.createAsker(application, true);
    close = asker.close;
    return { ...asker, report };
  }

  it('gives members of a group what is mapped to it and to all that contain it', async () => {
    const { reached } = await ask(acme);
    expect(await reached('u1')).toEqual([
      'acme/clients/shop/roles/buy ALLOWED INHERITED',
      'acme/roles/auditor ALLOWED INHERITED',
    ]);
  });

  it('gives what a role is composed of, in a ring too', async () => {
    const { reached } = await ask(acme);
    expect(await reached('u2')).toEqual([
      'acme/clients/shop/roles/refund ALLOWED INHERITED',
      'acme/roles/clerk ALLOWED DIRECT',
      'acme/roles/manager ALLOWED INHERITED',
    ]);
  });

  it('gives nothing to those who are switched off, and lets who may impersonate act as the others', async () => {
    const { reached } = await ask(acme);
    expect(await reached('u3')).toEqual([]);
    expect(await reached(bot)).toEqual([
      'acme/clients/realm-management/roles/impersonation ALLOWED DIRECT',
      'acme/clients/shop/roles/buy ALLOWED VIA_ASSUME',
      'acme/clients/shop/roles/refund ALLOWED VIA_ASSUME',
      'acme/roles/auditor ALLOWED VIA_ASSUME',
      'acme/roles/clerk ALLOWED VIA_ASSUME',
      'acme/roles/manager ALLOWED VIA_ASSUME',
    ]);
  });

  it('keeps realms apart, and lets administrators of the realm master impersonate in the others', async () => {
    const master = {
      realm: 'master',
      roles: {
        realm: [composed('admin', { client: { 'acme-realm': ['impersonation'] } })],
        client: { 'acme-realm': [{ name: 'impersonation' }] },
      },
      users: [{ id: 'root', username: 'ada', enabled: true, realmRoles: ['admin'] }],
    };
    const { reached, decide } = await ask(acme, master);
    expect((await reached('root')).filter((row) => row.includes('acme/roles'))).toEqual([
      'acme/roles/auditor ALLOWED VIA_ASSUME',
      'acme/roles/clerk ALLOWED VIA_ASSUME',
      'acme/roles/manager ALLOWED VIA_ASSUME',
    ]);
    expect(await decide('u2', 'acme/roles/clerk', '/master')).toBe('NOT_GRANTED');
  });

  it('refuses groups in groups at a source that does not nest, and writes nothing', async () => {
    const { application } = await world.importAll(fileOf('realm.json', acme));
    await world.stopNesting(application);
    const { revision } = await world.store.head();
    const again = world.importFiles([fileOf('realm.json', { ...acme, groups: acme.groups, users: [] })], {
      source: world.source,
    });
    await expect(again).rejects.toMatchObject({ code: 'INVALID', details: { argument: 'source' } });
    expect((await world.store.head()).revision).toBe(revision);
  });

  it('refuses two users of one name before any role is written', async () => {
    await world.importAll(fileOf('realm.json', acme));
    const { revision } = await world.store.head();
    const users = ['1', '2'].map((id) => ({ id, username: 'twin', enabled: true }));
    const changed = {
      ...acme,
      users,
      roles: { realm: [...acme.roles.realm, { name: 'new' }], client: acme.roles.client },
    };
    const again = world.importFiles([fileOf('realm.json', changed)], { source: world.source });
    await expect(again).rejects.toMatchObject({ code: 'INVALID', details: { issues: [{ code: 'DUPLICATE' }] } });
    expect((await world.store.head()).revision).toBe(revision);
  });

  it('knows service accounts from people', async () => {
    await ask(acme);
    const { items } = await world.store.list(systemScope, { kind: 'Account', limit: 10 });
    expect(
      items.map(({ node }) => 'userName' in node && `${node.userName} ${'type' in node && node.type}`).sort(),
    ).toEqual(['ada HUMAN', 'bob HUMAN', 'eve HUMAN', 'service-account-bot SERVICE_ACCOUNT']);
  });

  it('joins the files of users that an export of a folder has with their realm', async () => {
    const { users, ...realm } = acme;
    const { application } = await world.importAll(
      fileOf('acme-realm.json', realm),
      fileOf('acme-users-0.json', { realm: 'acme', users: users.slice(0, 1) }),
      fileOf('acme-users-1.json', { realm: 'acme', users: users.slice(1) }),
      fileOf('acme-federated-users-0.json', {
        realm: 'acme',
        federatedUsers: [{ id: 'f1', realmRoles: ['auditor'], groups: ['/sales/dk'] }],
      }),
    );
    const { reached, close: end } = await world.createAsker(application, true);
    close = end;
    const auditor = 'acme/roles/auditor ALLOWED';
    expect([(await reached('u1')).length, (await reached('u2')).length, await reached('f1')]).toEqual([
      2,
      3,
      ['acme/clients/shop/roles/buy ALLOWED INHERITED', `${auditor} DIRECT+INHERITED`],
    ]);
  });

  it('lists mappers that give roles outside of the realm’s mappings', async () => {
    const { notes } = await readFiles(
      'keycloak',
      fileOf('r.json', {
        realm: 'r',
        clientScopes: [{ name: 's', protocolMappers: [{ name: 'm', protocolMapper: 'oidc-hardcoded-role-mapper' }] }],
        components: {
          'org.keycloak.storage.UserStorageProvider': [
            {
              name: 'ldap',
              subComponents: {
                'org.keycloak.storage.ldap.mappers.LDAPStorageMapper': [{ name: 'g', providerId: 'group-ldap-mapper' }],
              },
            },
          ],
        },
      }),
    );
    expect(notes.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual([
      'NOT_READ r.json#/clientScopes/0/protocolMappers/0',
      'NOT_READ r.json#/components/org.keycloak.storage.UserStorageProvider/0/subComponents/org.keycloak.storage.ldap.mappers.LDAPStorageMapper/0',
    ]);
  });

  it('lists roles that are only spoken of, custom roles without a class, and what it cannot say', async () => {
    const { notes, catalogue } = await readFiles(
      'keycloak',
      fileOf('r.json', {
        realm: 'r',
        roles: { realm: [composed('lead', { realm: ['ghost'] })] },
        clients: [{ clientId: 'app', authorizationSettings: { policies: [{}] } }],
        identityProviderMappers: [{ name: 'm', config: { role: 'lead' } }],
      }),
    );
    expect(notes.map(({ code, pointer }) => [code, pointer])).toEqual([
      ['NOT_READ', 'r.json#/clients/0/authorizationSettings'],
      ['NOT_READ', 'r.json#/identityProviderMappers/0'],
      ['UNKNOWN_ROLE', 'r.json#/roles/realm/0/composites'],
      ['UNCLASSIFIED', 'r.json#/roles/realm/0/composites'],
      ['UNCLASSIFIED', 'r.json#/roles/realm/0'],
    ]);
    expect(catalogue.roles).toEqual([
      { name: 'r/roles/ghost', permissions: ['r/roles/ghost'] },
      { name: 'r/roles/lead', displayName: 'lead', inherits: ['r/roles/ghost'], permissions: ['r/roles/lead'] },
    ]);
  });

  it.each([
    [
      'a user of a group that is not there',
      [{ realm: 'r', users: [{ username: 'u', groups: ['/x'] }] }],
      'UNKNOWN_GROUP',
    ],
    ['a realm twice', [{ realm: 'r' }, { realm: 'r' }], 'DUPLICATE'],
    ['what is no realm', [{ hello: 1 }], 'MISSING'],
  ])('refuses %s', async (_what, realms, code) => {
    await expect(readFiles('keycloak', fileOf('x.json', realms))).rejects.toMatchObject({
      details: { issues: [{ code }] },
    });
  });
});

(hasShared ? describe : describe.skip)(`the Keycloak importer, reading real realms${withoutShared}`, () => {
  const files = hasShared
    ? readdirSync(join(sharedRoles, 'keycloak')).filter((name) => name.endsWith('.json'))
    : ['none'];

  it.each(files)('makes a catalogue of %s', async (name) => {
    const { catalogue } = await readFiles('keycloak', sharedFile(`keycloak/${name}`));
    expect(parseCatalogue(JSON.stringify(catalogue)).kind).toBe('parsed');
  });

  it('classifies every role that Keycloak itself brings', async () => {
    const realms = ['baseline-realm-26.0.5', 'master-realm-26.5.5'].map((name) => sharedFile(`keycloak/${name}.json`));
    const { catalogue, notes } = await readFiles('keycloak', ...realms);
    expect([catalogue.permissions.length, notes]).toEqual([63, []]);
  });
});
