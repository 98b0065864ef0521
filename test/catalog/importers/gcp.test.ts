import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parseCatalogue } from '../../../src/catalog/catalogue-document.js';
import type { RoleDraft } from '../../../src/catalog/importers/platform-import.js';
import { fileOf, hasShared, openPlatformWorld, readFiles, sharedFile, withoutShared } from './platform-world.js';

const roles = fileOf('roles.json', [
  { name: 'roles/viewer', title: 'Viewer', stage: 'GA', includedPermissions: ['storage.objects.get'] },
  {
    name: 'roles/owner',
    title: 'Owner',
    stage: 'GA',
    includedPermissions: ['storage.objects.get', 'storage.buckets.delete'],
  },
  {
    name: 'roles/iam.serviceAccountTokenCreator',
    stage: 'GA',
    includedPermissions: ['iam.serviceAccounts.getAccessToken'],
  },
  { name: 'projects/shop/roles/old', stage: 'DISABLED', includedPermissions: ['storage.buckets.delete'] },
]);

const organization = ['organizations/1'];
const folder = ['folders/2', ...organization];
const shop = ['projects/3', ...folder];
const bank = ['projects/4', ...organization];
const at = {
  organization: '/organizations:1',
  folder: '/organizations:1/folders:2',
  shop: '/organizations:1/folders:2/projects:3',
  bank: '/organizations:1/projects:4',
};

const managerAsset = (kind: string, ancestors: readonly string[], bindings: readonly object[]) => ({
  name: `//cloudresourcemanager.googleapis.com/${ancestors[0]}`,
  assetType: `cloudresourcemanager.googleapis.com/${kind}`,
  ancestors,
  iamPolicy: { version: 3, bindings },
});
const bind = (role: string, members: string | readonly string[], more: object = {}) => ({
  role: `roles/${role}`,
  members: [members].flat(),
  ...more,
});
const serviceAccount = (
  name: string,
  ancestors: readonly string[],
  data: object = {},
  bindings: readonly object[] = [],
) => ({
  name: `//iam.googleapis.com/projects/shop/serviceAccounts/${name}@shop.iam.gserviceaccount.com`,
  asset_type: 'iam.googleapis.com/ServiceAccount',
  ancestors,
  resource: { data: { email: `${name}@shop.iam.gserviceaccount.com`, ...data } },
  iam_policy: { bindings },
});
const bot = 'serviceAccount:bot@shop.iam.gserviceaccount.com';

describe('the Google Cloud importer', () => {
  let world: Awaited<ReturnType<typeof openPlatformWorld>>;
  let close = async () => {};
  beforeEach(async () => {
    world = await openPlatformWorld('gcp');
  });
  afterEach(async () => {
    await close();
    await world.remove();
  });

  async function ask(...assets: readonly object[]) {
    const lines = assets.map((asset) => JSON.stringify(asset)).join('\n');
    const { application, report } = await world.importAll(roles, fileOf('assets.jsonl', lines));
    const asker = await world.createAsker(application, true);
    close = asker.close;
    return { ...asker, report };
  }

  it('lets a binding hold on its resource and all below it, and nowhere else', async () => {
    const { decide } = await ask(
      managerAsset('Folder', folder, [bind('viewer', 'user:ada@acme.example')]),
      managerAsset('Project', shop, [bind('viewer', 'user:bob@acme.example')]),
      managerAsset('Project', bank, [bind('viewer', 'user:bob@acme.example')]),
    );
    const ada = (path: string) => decide('user:ada@acme.example', 'storage.objects.get', path);
    expect([await ada(at.shop), await ada(at.bank), await ada(at.organization)]).toEqual([
      'ALLOWED',
      'NOT_GRANTED',
      'NOT_GRANTED',
    ]);
  });

  it('keeps a condition as one, and reads the end of a window', async () => {
    const until = (year: number) => ({
      condition: { title: 't', expression: `request.time < timestamp("${year}-06-01T00:00:00Z")` },
    });
    const { reached, report } = await ask(
      managerAsset('Project', shop, [
        bind('viewer', 'user:ada@acme.example', { condition: { title: 'x', expression: 'resource.type == "y"' } }),
        bind('viewer', 'user:bob@acme.example', until(2026)),
        bind('viewer', 'user:eve@acme.example', until(2028)),
      ]),
    );
    const all = await Promise.all(['ada', 'bob', 'eve'].map((name) => reached(`user:${name}@acme.example`)));
    expect(all).toEqual([['storage.objects.get CONDITIONAL DIRECT'], [], ['storage.objects.get ALLOWED DIRECT']]);
    expect(report.notes.map(({ code, pointer }) => [code, pointer])).toEqual([
      ['CONDITIONAL', 'assets.jsonl#/iamPolicy/bindings/0/condition'],
    ]);
  });

  it('gives what all users and a domain have to those in the files, and says that there are others', async () => {
    const { reached, report } = await ask(
      managerAsset('Project', shop, [
        bind('viewer', 'allUsers'),
        bind('owner', 'domain:acme.example'),
        bind('iam.serviceAccountTokenCreator', ['user:ada@acme.example', 'user:bob@other.example']),
      ]),
    );
    const own = 'iam.serviceAccounts.getAccessToken ALLOWED DIRECT';
    const deletes = 'storage.buckets.delete ALLOWED INHERITED';
    const read = 'storage.objects.get ALLOWED INHERITED';
    expect(await reached('user:ada@acme.example')).toEqual([own, deletes, read]);
    expect(await reached('user:bob@other.example')).toEqual([own, read]);
    expect(report.notes.map(({ code }) => code)).toEqual(['OUTSIDE', 'OUTSIDE']);
  });

  it('finds the owners of a project where a bucket names them', async () => {
    const bucket = {
      name: '//storage.googleapis.com/projects/_/buckets/b',
      assetType: 'storage.googleapis.com/Bucket',
      ancestors: shop,
      iamPolicy: { bindings: [bind('iam.serviceAccountTokenCreator', 'projectOwner:shop')] },
    };
    const project = {
      ...managerAsset('Project', shop, [bind('owner', 'user:ada@acme.example')]),
      resource: { data: { projectId: 'shop' } },
    };
    const { decide } = await ask(project, bucket);
    const path = `${at.shop}/storage.googleapis.com∕projects∕_∕buckets∕b`;
    expect(await decide('user:ada@acme.example', 'iam.serviceAccounts.getAccessToken', path)).toBe('ALLOWED');
  });

  it('knows the number of a project by an asset that has no policy', async () => {
    const topic = {
      name: '//pubsub.googleapis.com/projects/shop/topics/t',
      assetType: 'pubsub.googleapis.com/Topic',
      ancestors: shop,
    };
    const bucket = { ...topic, name: '//b', iamPolicy: { bindings: [bind('viewer', 'projectOwner:shop')] } };
    const project = managerAsset('Project', shop, [bind('owner', 'user:ada@acme.example')]);
    const { reached } = await ask(topic, project, bucket);
    expect(await reached('user:ada@acme.example')).toContain('storage.objects.get ALLOWED INHERITED');
  });

  it('lets those act as a service account who may get its tokens where it lives, and not as a disabled one', async () => {
    const { reached } = await ask(
      managerAsset('Project', shop, [
        bind('iam.serviceAccountTokenCreator', 'user:ada@acme.example'),
        bind('viewer', bot),
      ]),
      managerAsset('Project', bank, [bind('iam.serviceAccountTokenCreator', 'user:bob@acme.example')]),
      serviceAccount('bot', shop),
      serviceAccount('off', shop, { disabled: true }, [bind('owner', 'user:eve@acme.example')]),
    );
    const own = 'iam.serviceAccounts.getAccessToken ALLOWED DIRECT';
    expect(await reached('user:ada@acme.example')).toEqual([own, 'storage.objects.get ALLOWED VIA_ASSUME']);
    expect(await reached('user:bob@acme.example')).toEqual([own]);
  });

  it('knows by its address where a service account lives that no asset describes', async () => {
    const { reached } = await ask(
      {
        ...managerAsset('Project', shop, [
          bind('iam.serviceAccountTokenCreator', 'user:ada@acme.example'),
          bind('viewer', bot),
        ]),
        resource: { data: { projectId: 'shop' } },
      },
      managerAsset('Project', bank, [
        bind('owner', [
          'serviceAccount:3-compute@developer.gserviceaccount.com',
          'serviceAccount:x@gcp-sa-y.iam.gserviceaccount.com',
        ]),
        bind('iam.serviceAccountTokenCreator', 'user:bob@acme.example'),
      ]),
    );
    const own = 'iam.serviceAccounts.getAccessToken ALLOWED DIRECT';
    expect(await reached('user:ada@acme.example')).toEqual([
      own,
      'storage.buckets.delete ALLOWED VIA_ASSUME',
      'storage.objects.get ALLOWED VIA_ASSUME',
      'storage.objects.get ALLOWED VIA_ASSUME',
    ]);
    expect(await reached('user:bob@acme.example')).toEqual([own]);
  });

  it('makes what needs a second step to act as a service account conditional', async () => {
    const user = {
      name: 'roles/iam.serviceAccountUser',
      stage: 'GA',
      includedPermissions: ['iam.serviceAccounts.actAs'],
    };
    const { application } = await world.importAll(
      roles,
      fileOf('user.json', user),
      fileOf('assets.json', [
        managerAsset('Project', shop, [bind('iam.serviceAccountUser', 'user:ada@acme.example'), bind('viewer', bot)]),
        managerAsset('Project', bank, [bind('iam.serviceAccountUser', 'user:bob@acme.example')]),
        serviceAccount('bot', shop),
      ]),
    );
    const { reached, close: end } = await world.createAsker(application, true);
    close = end;
    const own = 'iam.serviceAccounts.actAs ALLOWED DIRECT';
    expect(await reached('user:ada@acme.example')).toEqual([own, 'storage.objects.get CONDITIONAL VIA_ASSUME']);
    expect(await reached('user:bob@acme.example')).toEqual([own]);
  });

  it('counts nobody of another identity provider among all that sign in at Google', async () => {
    const pool = 'principal://iam.googleapis.com/projects/3/locations/global/workloadIdentityPools/p/subject/s';
    const { reached } = await ask(
      managerAsset('Project', shop, [
        bind('viewer', 'allAuthenticatedUsers'),
        bind('iam.serviceAccountTokenCreator', [pool, bot]),
      ]),
    );
    const own = 'iam.serviceAccounts.getAccessToken ALLOWED DIRECT';
    expect([await reached(pool), await reached(bot)]).toEqual([[own], [own, 'storage.objects.get ALLOWED INHERITED']]);
  });

  it('reads a window with both ends', async () => {
    const expression =
      'request.time >= timestamp("2026-12-01T00:00:00Z") && request.time < timestamp("2027-02-01T00:00:00Z")';
    const later = expression.replace('2026-12', '2027-01-05T00:00:00Z").x("2026');
    const { reached, report } = await ask(
      managerAsset('Project', shop, [
        bind('viewer', 'user:ada@acme.example', { condition: { expression } }),
        bind('viewer', 'user:bob@acme.example', { condition: { expression: later } }),
      ]),
    );
    expect([await reached('user:ada@acme.example'), await reached('user:bob@acme.example')]).toEqual([
      ['storage.objects.get ALLOWED DIRECT'],
      ['storage.objects.get CONDITIONAL DIRECT'],
    ]);
    expect(report.notes.map(({ code }) => code)).toEqual(['CONDITIONAL']);
  });

  it('reads search results, whose folders are in no order', async () => {
    const found = (name: string, folders: readonly string[], bindings: readonly object[], project?: string) => ({
      resource: `//${name}`,
      assetType: project ? 'storage.googleapis.com/Bucket' : 'cloudresourcemanager.googleapis.com/Folder',
      folders,
      organization: 'organizations/1',
      ...(project && { project }),
      policy: { bindings },
    });
    const outer = found(
      'cloudresourcemanager.googleapis.com/folders/9',
      ['folders/9'],
      [bind('viewer', 'user:ada@acme.example')],
    );
    const bucket = found('b', ['folders/9', 'folders/2'], [bind('owner', 'user:bob@acme.example')], 'projects/3');
    const { decide } = await ask(outer, bucket);
    const path = '/organizations:1/folders:9/folders:2/projects:3/b';
    expect([
      await decide('user:ada@acme.example', 'storage.objects.get', path),
      await decide('user:bob@acme.example', 'storage.objects.get', path),
      await decide('user:bob@acme.example', 'storage.objects.get', '/organizations:1/folders:9'),
    ]).toEqual(['ALLOWED', 'ALLOWED', 'NOT_GRANTED']);
  });

  it('reads the policies of a project and of all above it, in YAML as gcloud prints it', async () => {
    const text = `- id: shop
  policy: { bindings: [{ members: ['user:ada@acme.example'], role: roles/viewer }], version: 1 }
  type: project
- id: '2'
  policy: { etag: ACAB }
  type: folder
- id: '1'
  policy: { bindings: [{ members: ['user:bob@acme.example'], role: roles/owner }] }
  type: organization
`;
    const described = 'name: roles/viewer\ntitle: Viewer\nstage: GA\nincludedPermissions:\n- storage.objects.get\n';
    const { application } = await world.importAll(
      fileOf('viewer.yaml', described),
      fileOf('owner.yaml', described.replace('viewer', 'owner')),
      fileOf('above.yaml', text),
    );
    const { decide, close: end } = await world.createAsker(application, true);
    close = end;
    const of = (name: string, path: string) => decide(`user:${name}@acme.example`, 'storage.objects.get', path);
    expect([
      await of('ada', '/organizations:1/folders:2/projects:shop'),
      await of('ada', '/organizations:1/folders:2'),
      await of('bob', '/organizations:1/folders:2/projects:shop'),
    ]).toEqual(['ALLOWED', 'NOT_GRANTED', 'ALLOWED']);
  });

  it('lists members that are deleted and roles that nobody describes, and gives nothing by a disabled role', async () => {
    const { reached, report } = await ask(
      managerAsset('Project', shop, [
        bind('viewer', 'deleted:user:old@acme.example?uid=1'),
        bind('unheard', 'user:ada@acme.example'),
        { role: 'projects/shop/roles/old', members: ['user:ada@acme.example'] },
      ]),
    );
    expect(report.notes.map(({ code }) => code)).toEqual(['DELETED', 'UNKNOWN_ROLE']);
    expect(await reached('user:ada@acme.example')).toEqual([]);
    expect(report.snapshot?.dangling).toBe(1);
  });

  it('refuses files without a role, which would take all roles back', async () => {
    await world.importFiles([roles]);
    const { revision } = await world.store.head();
    const policies = fileOf('assets.json', [managerAsset('Project', shop, [bind('viewer', bot)])]);
    await expect(world.importFiles([policies])).rejects.toMatchObject({ details: { issues: [{ code: 'NO_ROLES' }] } });
    expect((await world.store.head()).revision).toBe(revision);
  });

  it('refuses a list of roles that does not say what they permit', async () => {
    const listed = [{ name: 'roles/viewer', title: 'Viewer', stage: 'GA', etag: 'AA==' }];
    await expect(readFiles('gcp', fileOf('roles.json', listed))).rejects.toMatchObject({
      details: { issues: [{ code: 'NO_PERMISSIONS', pointer: 'roles.json#/0' }] },
    });
  });

  it.each([
    [
      'a field of a binding that it does not know',
      managerAsset('Project', shop, [bind('viewer', 'allUsers', { except: 'x' })]),
      'UNKNOWN_FIELD',
    ],
    ['an empty file', '', 'EMPTY'],
    ['a page of a list', { results: [], nextPageToken: 'x' }, 'TRUNCATED'],
    ['a deny policy', { name: 'policies/x/denypolicies/y', rules: [] }, 'NOT_READ'],
    ['a policy without its place in the tree', { bindings: [] }, 'NO_PLACE'],
  ])('refuses %s', async (_what, value, code) => {
    await expect(readFiles('gcp', roles, fileOf('x.json', value))).rejects.toMatchObject({
      details: { issues: [{ code }] },
    });
  });
});

(hasShared ? describe : describe.skip)(
  `the Google Cloud importer, reading all predefined roles${withoutShared}`,
  () => {
    const read = () => readFiles('gcp', sharedFile('gcp/gcp-predefined-roles.ndjson'));

    it('finds 2,461 roles with 165,179 grants, and viewer in editor in owner', async () => {
      const { catalogue } = await read();
      const sets = new Map(catalogue.roles.map(({ name, permissions }: RoleDraft) => [name, new Set(permissions)]));
      const [viewer, editor, owner] = ['viewer', 'editor', 'owner'].map(
        (name) => sets.get(`roles/${name}`) as Set<string>,
      );
      const isIn = (inner: Set<string>, outer: Set<string>) =>
        [...inner].every((each) => outer.has(each)) && inner.size < outer.size;
      expect([sets.size, [...sets.values()].reduce((sum, { size }) => sum + size, 0)]).toEqual([2461, 165_179]);
      expect([isIn(viewer!, editor!), isIn(editor!, owner!)]).toEqual([true, true]);
      expect(parseCatalogue(JSON.stringify(catalogue)).kind).toBe('parsed');
    });

    it('classifies the 13,790 permissions or lists them, and no known way to more access below tier 1', async () => {
      const { catalogue, notes } = await read();
      const unclassified = notes.filter(({ code }) => code === 'UNCLASSIFIED');
      const empty = notes.filter(({ code }) => code === 'NO_PERMISSIONS');
      expect([catalogue.permissions.length, unclassified.length, empty.length, notes.length]).toEqual([
        13_790, 257, 27, 284,
      ]);
      const { iam }: { iam: Record<string, string[]> } = JSON.parse(sharedFile('gcp/gcp-tags.json').text);
      const known = new Set([...(iam.PrivEsc ?? []), ...(iam.CredentialExposure ?? [])]);
      expect(catalogue.permissions.filter(({ action, tier }) => known.has(action) && tier > 1)).toEqual([]);
    });
  },
);
