import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { patchBody, type ScimClient, type ScimService, startScimService, values } from './scim-service.js';

const userCore = 'urn:ietf:params:scim:schemas:core:2.0:User';
const groupCore = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

let service: ScimService;
const sources = new Map<string, ScimClient>();
beforeAll(async () => {
  service = await startScimService();
  await service.tenant('acme');
  for (const preset of ['onelogin', 'jumpcloud', 'ping', 'google'])
    sources.set(preset, await service.source({ tenant: 'acme', slug: preset, preset, authoritative: false }));
});
afterAll(() => service.remove());

/** Speaks as the client of that provider does. */
function clientOf(preset: string, headers: Readonly<Record<string, string>>) {
  const { send } = sources.get(preset) as ScimClient;
  return (method: string, path: string, body?: unknown) => send(method, path, body, headers);
}

describe('the life of a user and a group', () => {
  it('[26][49][72] as OneLogin pushes them: 1.1 URNs, trailing `&` and `?`, removal by values with more in them', async () => {
    const send = clientOf('onelogin', { 'user-agent': '', 'content-type': 'application/scim+json' });
    const path = '/Users?filter=userName+eq+%22kit%40acme.com%22&';
    expect((await send('GET', path)).body).toMatchObject({ totalResults: 0, Resources: [] });
    const schemas = ['urn:scim:schemas:core:2.0', 'urn:scim:schemas:extension:enterprise:2.0'];
    const department = { 'urn:scim:schemas:extension:enterprise:2.0': { department: 'Ops' } };
    const sent = { schemas, userName: 'kit@acme.com', name: { givenName: 'Kit' }, active: true, ...department };
    const made = await send('POST', '/Users', sent);
    expect([made.status, made.body.schemas, made.body[enterprise]]).toEqual([
      201,
      [userCore, enterprise],
      { department: 'Ops' },
    ]);
    const put = await send('PUT', `/Users/${made.body.id}?`, { ...sent, title: 'Boss', active: false });
    expect([put.status, put.body.title, put.body.active]).toEqual([200, 'Boss', false]);
    const { body: group } = await send('POST', '/Groups', { schemas: [groupCore], displayName: 'Ops' });
    const member = { value: made.body.id, display: 'Kit' };
    const groupPath = `/Groups/${group.id}`;
    const members = async () => values((await send('GET', groupPath)).body.members);
    await send('PATCH', groupPath, patchBody({ op: 'add', path: 'members', value: [member, { value: 'other' }] }));
    expect(await members()).toEqual(['other', made.body.id].sort());
    await send('PATCH', groupPath, patchBody({ op: 'remove', path: 'members', value: [member] }));
    expect(await members()).toEqual(['other']);
    expect((await send('DELETE', `/Users/${made.body.id}`)).status).toBe(204);
  });

  it('[19][28][72] as JumpCloud tries them when it is switched on: made and deleted, and nothing of them is left', async () => {
    const send = clientOf('jumpcloud', { 'user-agent': 'JumpCloud' });
    for (let times = 0; times < 2; times += 1) {
      const user = await send('POST', '/Users', {
        schemas: [userCore],
        userName: 'jc-test',
        emails: [{ value: 'a@b.c' }],
      });
      const group = await send('POST', '/Groups', { schemas: [groupCore], displayName: 'jc-test-group' });
      const path = `/Groups/${group.body.id}`;
      await send('PATCH', path, patchBody({ op: 'add', path: 'members', value: [{ value: user.body.id }] }));
      await send('PATCH', path, patchBody({ op: 'remove', path: 'members', value: [{ value: user.body.id }] }));
      expect((await send('GET', path)).body.members).toEqual([]);
      const ended = [await send('DELETE', path), await send('DELETE', `/Users/${user.body.id}`)];
      expect([user.status, group.status, ...ended.map(({ status }) => status)]).toEqual([201, 201, 204, 204]);
    }
    const left = [await send('GET', '/Users'), await send('GET', '/Groups')];
    expect(left.map(({ body }) => body.totalResults)).toEqual([0, 0]);
  });

  it('[2][39][72] as Ping is set up to push them: any attribute to match by, any word before the token', async () => {
    const { token } = sources.get('ping') as ScimClient;
    const send = clientOf('ping', { 'user-agent': 'PingOne', authorization: `OAuth2-Token ${token}` });
    const sent = { schemas: [userCore], userName: 'ann', externalId: 'P-1', emails: [{ value: 'ann@acme.com' }] };
    const { body: user } = await send('POST', '/Users', sent);
    for (const filter of ['externalId eq "P-1"', 'emails.value eq "ANN@acme.com"', 'userName Eq "ANN"']) {
      const { body } = await send('GET', `/Users?filter=${encodeURIComponent(filter)}`);
      expect(body.Resources).toEqual([user]);
    }
    const disabled = await send('PUT', `/Users/${user.id}`, { ...sent, active: false });
    expect([disabled.status, disabled.body.active]).toEqual([200, false]);
    expect((await send('DELETE', `/Users/${user.id}`)).status).toBe(204);
  });

  it('[48][72] as Google provisions them: plain JSON, PATCH of what changed', async () => {
    const headers = { 'user-agent': 'Google-Auto-Provisioning', 'content-type': 'application/json', accept: '*/*' };
    const send = clientOf('google', headers);
    const {
      status,
      headers: answered,
      body: user,
    } = await send('POST', '/Users', {
      schemas: [userCore],
      userName: 'bo@acme.com',
      name: { familyName: 'Bo', givenName: 'B' },
      emails: [{ value: 'bo@acme.com', type: 'work', primary: true }],
      active: true,
    });
    expect([status, answered.get('content-type')]).toEqual([201, 'application/scim+json; charset=utf-8']);
    const patch = patchBody({ op: 'replace', value: { active: false, name: { givenName: 'Bob' } } });
    const patched = await send('PATCH', `/Users/${user.id}`, patch);
    expect([patched.status, patched.body.active, patched.body.name]).toEqual([
      200,
      false,
      { familyName: 'Bo', givenName: 'Bob' },
    ]);
  });
});

describe('what is true of every provider', () => {
  it('[13] ids are made here, opaque, never the word that bulk requests refer by, and never come again', async () => {
    const send = clientOf('google', {});
    const ids = new Set<string>();
    for (let at = 0; at < 20; at += 1) {
      const { body } = await send('POST', '/Users', { userName: 'again', id: 'mine' });
      await send('DELETE', `/Users/${body.id}`);
      ids.add(body.id);
    }
    expect([ids.size, [...ids].some((id) => /bulkid|mine|again/i.test(id))]).toEqual([20, false]);
  });

  it('[6] being joined to an account of another source shows in no answer', async () => {
    const anchor = await service.source({ tenant: 'acme', slug: 'anchor', preset: 'okta' });
    const follower = await service.source({ tenant: 'acme', slug: 'follower', authoritative: false });
    const sent = { userName: 'same@acme.com', externalId: 'E-9', displayName: 'Follower' };
    const { body: alone } = await follower.send('POST', '/Users', sent);
    const { body: other } = await anchor.send('POST', '/Users', { ...sent, displayName: 'Anchor', title: 'Boss' });
    expect((await follower.send('GET', `/Users/${alone.id}`)).body).toEqual(alone);
    await anchor.send('DELETE', `/Users/${other.id}`);
    expect((await follower.send('GET', `/Users/${alone.id}`)).body).toEqual(alone);
  });

  it('[66] each change is kept with its request, what it did, who sent it, and how it was; a password nowhere', async () => {
    const client = sources.get('google') as ScimClient;
    const { revision: start } = await service.store.graph.head();
    const named = (id: string) => ({ 'x-request-id': id });
    const { body } = await client.send(
      'POST',
      '/Users',
      { userName: 'log', password: 'Hunter22' },
      named('request-made'),
    );
    const patch = patchBody({ op: 'replace', path: 'title', value: 'Boss' });
    await client.send('PATCH', `/Users/${body.id}`, patch, named('request-changed'));
    await client.send('DELETE', `/Users/${body.id}`, undefined, named('request-ended'));
    const log = [];
    for (const commit of await service.store.graph.commitsAfter(start)) {
      if (!commit.meta.requestId?.startsWith('request-')) continue;
      const titles = commit.effects.flatMap((effect) =>
        'node' in effect.version && effect.version.node.kind === 'Account'
          ? [`${effect.kind} ${effect.version.node.attributes.title ?? ''}`]
          : [],
      );
      log.push([commit.meta.requestId, commit.meta.cause, commit.meta.actor, commit.meta.source, titles]);
      expect(JSON.stringify(commit)).not.toContain('Hunter22');
    }
    expect(log).toEqual([
      ['request-made', 'scim create', 'source google', client.id, ['nodeOpened ']],
      ['request-changed', 'scim patch', 'source google', client.id, ['nodeClosed ', 'nodeOpened Boss']],
      ['request-ended', 'scim delete', 'source google', client.id, ['nodeClosed Boss']],
    ]);
  });
});
