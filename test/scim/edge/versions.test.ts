import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { patchBody, type ScimClient, type ScimService, startScimService } from './scim-service.js';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const nonHuman = 'urn:identity-graph:params:scim:schemas:extension:non-human:2.0:User';

let service: ScimService;
let client: ScimClient;
beforeAll(async () => {
  service = await startScimService();
  await service.tenant('acme');
  client = await service.source({ tenant: 'acme', slug: 'any' });
});
afterAll(() => service.remove());

const post = async (path: string, body: object) => (await client.send('POST', path, body)).body;
const rename = (path: string, displayName: string) =>
  client.send('PATCH', path, patchBody({ op: 'replace', path: 'displayName', value: displayName }));
const read = (path: string, headers?: Readonly<Record<string, string>>) => client.send('GET', path, undefined, headers);

describe('the entity tag', () => {
  it.each([
    ['manager', 'mo', (value: string) => ({ [enterprise]: { manager: { value } } })],
    ['owners', 'ole', (value: string) => ({ [nonHuman]: { owners: [{ value }] } })],
  ])(
    '[50] of a user is another as soon as its %s come, are renamed or go (RFC 7644 §3.14)',
    async (_name, other, of) => {
      const { id } = await post('/Users', { userName: `has-${other}`, ...of(other) });
      const path = `/Users/${id}`;
      const target = `/Users/${(await post('/Users', { userName: other, displayName: 'First' })).id}`;
      const steps = [
        () => rename(target, 'Second'),
        () => client.send('PATCH', target, patchBody({ op: 'replace', path: 'title', value: 'Boss' })),
        () => client.send('DELETE', target),
      ];
      let tag = (await read(path)).headers.get('etag') ?? '';
      const seen = [];
      for (const step of steps) {
        await step();
        const { status, headers, body } = await read(path, { 'if-none-match': tag });
        seen.push(status);
        tag = headers.get('etag') ?? '';
        if (status === 200) expect(body.meta.version).toBe(tag);
      }
      expect([seen, tag]).toEqual([[200, 304, 200], 'W/"1"']);
    },
  );

  it('[50] of a group is another when a member is deleted, not when one is renamed', async () => {
    const member = `/Users/${(await post('/Users', { userName: 'member', displayName: 'First' })).id}`;
    const { id, meta } = await post('/Groups', { displayName: 'G', members: [{ value: 'member' }] });
    const seen = [];
    for (const step of [() => rename(member, 'Second'), () => client.send('DELETE', member)]) {
      await step();
      seen.push((await read(`/Groups/${id}`, { 'if-none-match': meta.version })).status);
    }
    expect(seen).toEqual([304, 200]);
  });

  it('[50][56] is the same in the header, in `meta.version`, in a list, and in a bulk answer', async () => {
    const boss = `/Users/${(await post('/Users', { userName: 'boss', displayName: 'First' })).id}`;
    const body = { userName: 'led', [enterprise]: { manager: { value: 'boss' } } };
    const { Operations } = await post('/Bulk', {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
      Operations: [{ method: 'POST', path: '/Users', bulkId: 'led', data: body }],
    });
    const path = new URL(Operations[0].location).pathname.slice(new URL(client.base).pathname.length);
    const whole = await read(path);
    const list = await read('/Users?filter=userName eq "led"&attributes=meta');
    const bare = await read(`${path}?attributes=userName`);
    const patch = patchBody({ op: 'add', path: 'title', value: 'Clerk' });
    expect(new Set([whole.body.meta.version, list.body.Resources[0].meta.version, bare.headers.get('etag')])).toEqual(
      new Set([Operations[0].version]),
    );
    // What was shown of others is no part of what is written.
    await rename(boss, 'Second');
    const patched = await client.send('PATCH', path, patch, { 'if-match': Operations[0].version });
    const stale = await client.send('PATCH', path, patch, { 'if-match': Operations[0].version });
    expect([patched.status, patched.headers.get('etag'), stale.status]).toEqual([200, patched.body.meta.version, 412]);
  });
});

describe('preconditions', () => {
  it('[50] on a change: `If-None-Match` lets nothing happen to what it names (RFC 9110 §13.1.2)', async () => {
    const user = await post('/Users', { userName: 'guarded' });
    const path = `/Users/${user.id}`;
    const statuses = [];
    for (const tag of ['*', 'W/"1"'])
      for (const [method, body] of [
        ['PATCH', patchBody({ op: 'add', path: 'title', value: 'Boss' })],
        ['PUT', { userName: 'guarded', title: 'Boss' }],
        ['DELETE', undefined],
      ] as const)
        statuses.push((await client.send(method, path, body, { 'if-none-match': tag })).status);
    expect([statuses, (await read(path)).body]).toEqual([[412, 412, 412, 412, 412, 412], user]);
    const put = await client.send('PUT', path, { userName: 'guarded', title: 'Boss' }, { 'if-none-match': 'W/"7"' });
    expect([put.status, put.body.title]).toEqual([200, 'Boss']);
  });

  it('[50] on a reading: `If-Match` comes before `If-None-Match` (RFC 9110 §13.2.2)', async () => {
    const path = `/Users/${(await post('/Users', { userName: 'read' })).id}`;
    const statuses = [];
    for (const headers of [
      { 'if-match': 'W/"9"' },
      { 'if-match': 'W/"9"', 'if-none-match': 'W/"1"' },
      { 'if-match': '"1"' },
      { 'if-match': '*', 'if-none-match': '*' },
    ])
      statuses.push((await read(path, headers)).status);
    expect(statuses).toEqual([412, 412, 200, 304]);
  });
});
