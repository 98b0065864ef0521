import { afterEach, describe, expect, it } from '@jest/globals';
import { systemScope } from '../../../src/store/graph-store.js';
import { patchBody, type ScimService, startScimService, values } from './scim-service.js';

const running: ScimService[] = [];
const begin = async (options: Parameters<typeof startScimService>[0] = {}) => {
  const service = await startScimService(options);
  running.push(service);
  return service;
};
afterEach(async () => {
  for (const service of running.splice(0)) await service.remove();
});

describe('what was acknowledged', () => {
  it('[69] is there when the service starts again on the same folder', async () => {
    const first = await begin();
    await first.tenant('acme');
    const before = await first.source({ tenant: 'acme', slug: 'okta' });
    const { body: user } = await before.send('POST', '/Users', { userName: 'kit', title: 'Engineer' });
    const { body: made } = await before.send('POST', '/Groups', { displayName: 'Build' });
    await before.send(
      'PATCH',
      `/Groups/${made.id}`,
      patchBody({ op: 'add', path: 'members', value: [{ value: user.id }] }),
    );
    const { body: group } = await before.send('GET', `/Groups/${made.id}`);
    await first.stop();

    const second = await begin({ folder: first.folder });
    const after = second.client('acme', 'okta', before.token);
    const read = async (path: string) =>
      JSON.parse(JSON.stringify((await after.send('GET', path)).body).replaceAll(second.url, first.url));
    expect(await read(`/Groups/${made.id}`)).toEqual(group);
    expect(values(group.members)).toEqual([user.id]);
    expect((await read(`/Users/${user.id}`)).title).toBe('Engineer');
  });

  it('[68] is counted for its source, with refusals and habits, though the service stops at once', async () => {
    const service = await begin();
    await service.tenant('acme');
    const client = await service.source({ tenant: 'acme', slug: 'entra', preset: 'entra' });
    const { body } = await client.send('POST', '/Users', {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      userName: 'kit',
      active: 'True',
    });
    await client.send('GET', `/Users/${body.id}`, undefined, { 'user-agent': 'Okta SCIM Client 1.0.0' });
    await client.send('GET', '/Users/unknown');
    await client.send('POST', '/Users', { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'KIT' });
    await client.send('GET', '/Users', undefined, { authorization: 'Bearer nothing-that-is-known' });
    const { folder, clock } = service;
    await service.stop();

    const again = await begin({ folder });
    expect(await again.store.side.healthOf(client.id, clock.now() - 86_400_000)).toEqual({
      lastWriteAt: clock.now(),
      counts: { requests: 4, errors: 2, 'coerced.E1': 1, 'client.okta': 1 },
    });
  });
});

describe('a group of very many members', () => {
  it('[19] is gone at once when it is deleted, its name free, and its members are in it no more', async () => {
    const service = await begin({ limits: { membersPerCommit: 3 } });
    await service.tenant('acme');
    const client = await service.source({ tenant: 'acme', slug: 'entra', preset: 'entra' });
    const { body: group } = await client.send('POST', '/Groups', { displayName: 'Everyone' });
    const nested = [];
    for (let at = 0; at < 5; at += 1) {
      const { body } = await client.send('POST', '/Groups', { displayName: `Nested ${at}` });
      nested.push(body.id);
    }
    await client.send(
      'PATCH',
      `/Groups/${group.id}`,
      patchBody({ op: 'add', path: 'members', value: nested.map((value) => ({ value })) }),
    );
    expect((await client.send('DELETE', `/Groups/${group.id}`)).status).toBe(204);
    expect((await client.send('GET', `/Groups/${group.id}`)).status).toBe(404);
    expect((await client.send('POST', '/Groups', { displayName: 'EVERYONE' })).status).toBe(201);
    const history = await service.store.graph.history(systemScope, group.id);
    const marks = history.map(({ node }) => ('changing' in node ? node.changing : undefined));
    expect(marks.slice(-3)).toEqual(['delete', 'delete', 'delete']);
  });

  it('[33] is made, replaced and emptied in parts, and says meanwhile that it is changing', async () => {
    const service = await begin({ limits: { membersPerCommit: 4 } });
    await service.tenant('acme');
    const client = await service.source({ tenant: 'acme', slug: 'okta' });
    const users: string[] = [];
    for (let at = 0; at < 6; at += 1)
      users.push((await client.send('POST', '/Users', { userName: `u${at}`, displayName: `U${at}` })).body.id);
    const named = (from: number, to: number) =>
      [...users.slice(from, to), 'late-1', 'late-2'].map((value) => ({ value }));
    const made = await client.send('POST', '/Groups', { displayName: 'Parts', members: named(0, 5) });
    const path = `/Groups/${made.body.id}`;
    const replaced = await client.send('PUT', path, { displayName: 'Parts', members: named(1, 6) });
    const again = await client.send('PUT', path, replaced.body);
    expect(again.body).toEqual(replaced.body);
    const cleared = await client.send('PATCH', path, patchBody({ op: 'remove', path: 'members' }));
    const seen = [made.body, replaced.body, again.body, (await client.send('GET', path)).body];
    expect([seen.map(({ members }) => values(members)), cleared.status]).toEqual([
      [
        [...users.slice(0, 5), 'late-1', 'late-2'].sort(),
        [...users.slice(1, 6), 'late-1', 'late-2'].sort(),
        [...users.slice(1, 6), 'late-1', 'late-2'].sort(),
        [],
      ],
      204,
    ]);
    const history = await service.store.graph.history(systemScope, made.body.id);
    const marks = history.map(({ node }) => ('changing' in node ? node.changing : undefined));
    expect([marks[0], marks.at(-2), marks.at(-1)]).toEqual(['members', 'members', undefined]);
  });
});
