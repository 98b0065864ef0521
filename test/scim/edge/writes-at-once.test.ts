import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { patchBody, type ScimClient, type ScimService, startScimService, values } from './scim-service.js';

let service: ScimService;
let entra: ScimClient;
beforeAll(async () => {
  service = await startScimService();
  await service.tenant('acme');
  entra = await service.source({ tenant: 'acme', slug: 'entra', preset: 'entra' });
});
afterAll(() => service.remove());

const add = (members: readonly string[]) =>
  patchBody({ op: 'add', path: 'members', value: members.map((value) => ({ value })) });

describe('members of one group', () => {
  it('[34] are all there when 50 clients add 20 each at once', async () => {
    const { body: group } = await entra.send('POST', '/Groups', { displayName: 'All' });
    const batches = Array.from({ length: 50 }, (_, client) =>
      Array.from({ length: 20 }, (__, at) => `u-${client}-${at}`),
    );
    const statuses = await Promise.all(
      batches.map(async (batch) => (await entra.send('PATCH', `/Groups/${group.id}`, add(batch))).status),
    );
    expect(new Set(statuses)).toEqual(new Set([204]));
    const { body } = await entra.send('GET', `/Groups/${group.id}`);
    expect(values(body.members)).toEqual(batches.flat().sort());
    expect(body.meta.version).toBe('W/"51"');
  });

  it('[30][34] are all there beside renames at once, and adding them again changes nothing', async () => {
    const { body: group } = await entra.send('POST', '/Groups', { displayName: 'Renamed' });
    const path = `/Groups/${group.id}`;
    const writes = Array.from({ length: 8 }, (_, at) => entra.send('PATCH', path, add([`m-${at}`])));
    const rename = entra.send('PATCH', path, patchBody({ op: 'replace', value: { displayName: 'New' } }));
    const statuses = (await Promise.all([...writes, rename])).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([204]));
    const before = (await entra.send('GET', path)).body;
    expect([before.displayName, before.members.length]).toEqual(['New', 8]);
    service.clock.advance(60_000);
    await entra.send('PATCH', path, add(['m-1', 'm-2', 'm-2']));
    await entra.send('PATCH', path, patchBody({ op: 'remove', path: 'members[value eq "nobody"]' }));
    expect((await entra.send('GET', path)).body).toEqual(before);
  });

  it('[33] are added by one read of the group and one commit, beside the two reads of its source and tenant', async () => {
    const { body: group } = await entra.send('POST', '/Groups', { displayName: 'Trips' });
    const path = `/Groups/${group.id}`;
    await entra.send('PATCH', path, add(Array.from({ length: 3_000 }, (_, at) => `t-${at}`)));
    service.calls.clear();
    const { status } = await entra.send('PATCH', path, add(['one', 'two']));
    expect([status, Object.fromEntries(service.calls)]).toEqual([204, { nodesByIds: 3, commit: 1 }]);
  });

  it('[50] a stale If-Match loses, and a fresh one wins', async () => {
    const { body: group } = await entra.send('POST', '/Groups', { displayName: 'Matched' });
    const path = `/Groups/${group.id}`;
    const first = await entra.send('PATCH', path, add(['a']), { 'if-match': 'W/"1"' });
    const stale = await entra.send('PATCH', path, add(['b']), { 'if-match': 'W/"1"' });
    const fresh = await entra.send('PATCH', path, add(['c']), { 'if-match': first.headers.get('etag') ?? '' });
    expect([first.status, stale.status, stale.body.status, fresh.status]).toEqual([204, 412, '412', 204]);
    expect(values((await entra.send('GET', path)).body.members)).toEqual(['a', 'c']);
    const known = await entra.send('GET', path, undefined, { 'if-none-match': 'W/"9", W/"3"' });
    expect([known.status, known.headers.get('etag'), known.body]).toEqual([304, 'W/"3"', undefined]);
  });

  it('[25][34] of a name and of members too are all done, none refused', async () => {
    const { body: group } = await entra.send('POST', '/Groups', { displayName: 'Busy' });
    const path = `/Groups/${group.id}`;
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, at) => {
        const rename = { op: 'replace', path: 'displayName', value: `Busy ${at}` };
        return entra.send(
          'PATCH',
          path,
          patchBody(rename, { op: 'add', path: 'members', value: [{ value: `b-${at}` }] }),
        );
      }),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]));
    const { body } = await entra.send('GET', path);
    expect([body.members.length, body.displayName.startsWith('Busy '), body.meta.version]).toEqual([
      50,
      true,
      'W/"51"',
    ]);
  });
});

describe('attributes of one user', () => {
  it('[25] are all there when 50 clients add one each at once, and a PUT among them is done', async () => {
    const { body: user } = await entra.send('POST', '/Users', { userName: 'busy' });
    const path = `/Users/${user.id}`;
    const addresses = Array.from({ length: 50 }, (_, at) => `busy-${at}@acme.com`);
    const answers = await Promise.all(
      addresses.map((value) => entra.send('PATCH', path, patchBody({ op: 'add', path: 'emails', value: [{ value }] }))),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(values((await entra.send('GET', path)).body.emails)).toEqual([...addresses].sort());
    const puts = await Promise.all(addresses.map((title) => entra.send('PUT', path, { userName: 'busy', title })));
    expect(puts.map(({ status, body }) => [status, body.title])).toEqual(addresses.map((title) => [200, title]));
  });

  it('[50] lose to nobody but who names the version', async () => {
    const { body: user } = await entra.send('POST', '/Users', { userName: 'versioned' });
    const path = `/Users/${user.id}`;
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        entra.send('PATCH', path, patchBody({ op: 'replace', path: 'title', value: `t-${at}` }), {
          'if-match': 'W/"1"',
        }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(412)]);
  });
});

it('[19] one of those who delete a user or a group at once is told so, the others that it is not there', async () => {
  for (const [path, body] of [
    ['/Users', { userName: 'gone' }],
    ['/Groups', { displayName: 'Gone', members: [{ value: 'x' }] }],
  ] as const) {
    const { id } = (await entra.send('POST', path, body)).body;
    const deletions = Array.from({ length: 8 }, () => entra.send('DELETE', `${path}/${id}`));
    const statuses = (await Promise.all(deletions)).map(({ status }) => status);
    expect(statuses.sort()).toEqual([204, 404, 404, 404, 404, 404, 404, 404]);
  }
});
