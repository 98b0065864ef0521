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
    expect(await membersOf(path)).toBeUndefined();
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
