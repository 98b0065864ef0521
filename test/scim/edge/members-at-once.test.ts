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
});
