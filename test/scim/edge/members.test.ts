import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { patchBody, type ScimClient, type ScimService, startScimService } from './scim-service.js';

let service: ScimService;
let client: ScimClient;
let kit: string;
let pia: string;
beforeAll(async () => {
  service = await startScimService();
  await service.tenant('acme');
  client = await service.source({ tenant: 'acme', slug: 'any' });
  kit = (await client.send('POST', '/Users', { userName: 'kit', displayName: 'Kit' })).body.id;
  pia = (await client.send('POST', '/Users', { userName: 'pia', externalId: 'ext-pia' })).body.id;
});
afterAll(() => service.remove());

const make = async (members: readonly object[]) => {
  const { body } = await client.send('POST', '/Groups', { displayName: 'Sales', members });
  return `/Groups/${body.id}`;
};
const membersOf = async (path: string) => (await client.send('GET', path)).body.members;
const shown = (id: string, display?: string) => ({
  value: id,
  $ref: `${client.base}/Users/${id}`,
  type: 'User',
  ...(display !== undefined && { display }),
});

describe('a member that has not arrived', () => {
  it('[15][16] is shown as it was sent, by POST, PUT and PATCH', async () => {
    const sent = [
      { value: 'late-a', type: 'Group', display: 'Late' },
      { value: 'late-b', type: 'User' },
      { value: 'late-c' },
    ];
    const path = await make(sent);
    const byValue = (a: { value: string }, b: { value: string }) => a.value.localeCompare(b.value);
    expect((await membersOf(path)).sort(byValue)).toEqual(sent);
    const { body } = await client.send('PUT', path, { displayName: 'Sales', members: sent.slice(0, 2) });
    expect(body.members.sort(byValue)).toEqual(sent.slice(0, 2));
    await client.send(
      'PATCH',
      path,
      patchBody({ op: 'add', path: 'members', value: [{ value: 'late-d', type: 'User' }] }),
    );
    expect((await membersOf(path)).sort(byValue)).toEqual([...sent.slice(0, 2), { value: 'late-d', type: 'User' }]);
    expect((await client.send('GET', '/Groups?filter=members[type eq "Group"]')).body.totalResults).toBe(1);
  });

  it('[16] is shown as what it is once it is there, whatever was said of it', async () => {
    const path = await make([{ value: 'ext-late', type: 'Group' }]);
    const { body } = await client.send('POST', '/Users', { userName: 'late', externalId: 'ext-late' });
    expect(await membersOf(path)).toEqual([shown(body.id)]);
  });
});

describe('a PATCH of members by a filter', () => {
  it('[28] finds them by `$ref` and by `display` as they are shown', async () => {
    const path = await make([{ value: kit }, { value: 'ext-pia' }]);
    await client.send(
      'PATCH',
      path,
      patchBody({ op: 'remove', path: `members[$ref eq "${client.base}/Users/${pia}"]` }),
    );
    expect(await membersOf(path)).toEqual([shown(kit, 'Kit')]);
    await client.send('PATCH', path, patchBody({ op: 'remove', path: 'members[display eq "kit"]' }));
    expect(await membersOf(path)).toEqual([]);
  });

  it('[27][28] replaces those that it finds, and answers noTarget where it finds none', async () => {
    const path = await make([{ value: kit }]);
    const replace = (id: string) =>
      client.send(
        'PATCH',
        path,
        patchBody({ op: 'replace', path: `members[value eq "${id}"]`, value: { value: pia } }),
      );
    expect((await replace(kit)).status).toBe(204);
    expect(await membersOf(path)).toEqual([shown(pia)]);
    const { status, body } = await replace(kit);
    expect([status, body.scimType, body.detail]).toEqual([
      400,
      'noTarget',
      `no \`members\` element matches \`value eq "${kit}"\``,
    ]);
    expect(await membersOf(path)).toEqual([shown(pia)]);
  });
});

describe('a group of thousands', () => {
  it('[15][42] shows every member, and of each what is asked for', async () => {
    const late = Array.from({ length: 2_500 }, (_, at) => ({ value: `late-${at}`, type: 'User' }));
    const path = await make([...late, { value: kit }, { value: pia }]);
    const members: readonly { readonly value: string }[] = await membersOf(path);
    const sorted = (list: readonly { readonly value: string }[]) =>
      [...list].sort((a, b) => (a.value < b.value ? -1 : Number(a.value > b.value)));
    expect(sorted(members)).toEqual(sorted([...late, shown(kit, 'Kit'), shown(pia)]));
    const { body } = await client.send('GET', `${path}?attributes=members.value`);
    expect(body).toEqual({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
      id: path.slice('/Groups/'.length),
      members: members.map(({ value }) => ({ value })),
    });
  });

  it('[18] takes what was read back, and says nothing else than before', async () => {
    const late = Array.from({ length: 1_500 }, (_, at) => ({ value: `late-${at}` }));
    const path = await make([...late, { value: kit }, { value: pia, display: 'Pia as sent' }]);
    const before = await client.send('GET', path);
    const put = await client.send('PUT', path, before.body);
    expect([put.status, put.body, put.headers.get('etag')]).toEqual([200, before.body, before.headers.get('etag')]);
  });
});
