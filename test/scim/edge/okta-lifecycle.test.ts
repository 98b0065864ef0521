import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { patchBody, type ScimClient, type ScimService, startScimService, values } from './scim-service.js';

const core = 'urn:ietf:params:scim:schemas:core:2.0:User';
const groupCore = 'urn:ietf:params:scim:schemas:core:2.0:Group';

let service: ScimService;
let okta: ScimClient;
beforeAll(async () => {
  service = await startScimService();
  await service.tenant('acme');
  okta = await service.source({ tenant: 'acme', slug: 'okta', preset: 'okta' });
});
afterAll(() => service.remove());

const kit = {
  schemas: [core],
  userName: 'kit@okta.local',
  name: { givenName: 'Kit', familyName: 'Holm' },
  emails: [{ primary: true, value: 'kit@okta.local', type: 'work', display: 'kit@okta.local' }],
  displayName: 'Kit Holm',
  locale: 'en-US',
  externalId: '00ujl29u0le5T6Aj10h7',
  groups: [],
  password: '1mz050nq',
  active: true,
};
const { groups: _groups, password: _password, ...kept } = kit;
const create = async (userName: string) =>
  (await okta.send('POST', '/Users', { ...kit, userName, externalId: userName })).body;

describe('the life of a user and a group as Okta pushes them', () => {
  it('[43] answers the connection check with an empty list', async () => {
    const { status, body } = await okta.send('GET', '/Users?startIndex=1&count=2');
    expect([status, body]).toEqual([
      200,
      {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
        totalResults: 0,
        startIndex: 1,
        itemsPerPage: 0,
        Resources: [],
      },
    ]);
  });

  it('[11][14][17] creates a user, drops the password, and finds it by userName in any letter case', async () => {
    const { status, headers, body } = await okta.send('POST', '/Users', kit);
    expect(body).toEqual({
      ...kept,
      id: expect.stringMatching(/^usr\./),
      meta: {
        resourceType: 'User',
        created: '2027-01-15T08:00:00.000Z',
        lastModified: '2027-01-15T08:00:00.000Z',
        location: `${okta.base}/Users/${body.id}`,
        version: 'W/"1"',
      },
    });
    expect([status, headers.get('location'), headers.get('etag'), headers.get('content-type')]).toEqual([
      201,
      body.meta.location,
      'W/"1"',
      'application/scim+json; charset=utf-8',
    ]);
    const found = await okta.send('GET', `/Users?filter=userName+eq+%22KIT@okta.local%22&startIndex=1&count=100`);
    expect([found.body.totalResults, found.body.Resources]).toEqual([1, [body]]);
    const read = await okta.send('GET', `/Users/${body.id}`);
    expect([read.body, read.headers.get('location')]).toEqual([body, body.meta.location]);
  });

  it('[17] refuses a second user of the same name, and says nothing of the first', async () => {
    const { status, body } = await okta.send('POST', '/Users', { ...kit, userName: 'KIT@OKTA.LOCAL' });
    expect([status, body]).toEqual([
      409,
      {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
        status: '409',
        scimType: 'uniqueness',
        detail: '`userName` is already in use in this source; choose another',
      },
    ]);
  });

  it('[18] takes back what it has shown without making a new version', async () => {
    const { id } = await create('readback@okta.local');
    const shown = await okta.send('GET', `/Users/${id}`);
    const { status, body } = await okta.send('PUT', `/Users/${id}`, shown.body);
    expect([status, body]).toEqual([200, shown.body]);
  });

  it('[18] takes back what it has filled in of others, and changes only what is changed', async () => {
    const boss = await create('boss@okta.local');
    const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
    const nonHuman = 'urn:identity-graph:params:scim:schemas:extension:non-human:2.0:User';
    const extensions = { [enterprise]: { manager: { value: boss.id } }, [nonHuman]: { owners: [{ value: boss.id }] } };
    const { body: made } = await okta.send('POST', '/Users', { ...kit, userName: 'owned@okta.local', ...extensions });
    const $ref = `${okta.base}/Users/${boss.id}`;
    expect([made[enterprise].manager, made[nonHuman].owners]).toEqual([
      { value: boss.id, $ref, displayName: 'Kit Holm' },
      [{ value: boss.id, $ref, display: 'Kit Holm' }],
    ]);
    expect((await okta.send('PUT', `/Users/${made.id}`, made)).body).toEqual(made);
    const titled = await okta.send('PUT', `/Users/${made.id}`, { ...made, title: 'Boss' });
    expect([titled.body.title, titled.body[nonHuman], titled.body.meta.version]).toEqual([
      'Boss',
      made[nonHuman],
      expect.stringMatching(/^W\/"2-/),
    ]);
    await okta.send('PATCH', `/Users/${boss.id}`, patchBody({ op: 'replace', path: 'displayName', value: 'Bo' }));
    expect((await okta.send('GET', `/Users/${made.id}`)).body[nonHuman].owners).toEqual([
      { value: boss.id, $ref, display: 'Bo' },
    ]);
  });

  it('[19][20] deactivates by PATCH without a path, shows the user still, and activates again', async () => {
    const { id } = await create('leaver@okta.local');
    const off = await okta.send('PATCH', `/Users/${id}`, patchBody({ op: 'replace', value: { active: false } }));
    expect([off.status, off.body.active, off.headers.get('etag')]).toEqual([200, false, 'W/"2"']);
    const listed = await okta.send('GET', '/Users?filter=userName eq "leaver@okta.local" and active eq false');
    expect(listed.body.Resources).toEqual([off.body]);
    const forgotten = await okta.send('PUT', `/Users/${id}`, { schemas: [core], userName: 'leaver@okta.local' });
    expect([forgotten.status, forgotten.body.active]).toEqual([200, false]);
    const on = await okta.send('PATCH', `/Users/${id}`, patchBody({ op: 'replace', value: { active: true } }));
    expect([on.status, on.body.active]).toEqual([200, true]);
  });

  it('[26][28][29][32] pushes a group, renames it with its id inside, and swaps members in one request', async () => {
    const [ann, bo] = [await create('ann@okta.local'), await create('bo@okta.local')];
    const made = await okta.send('POST', '/Groups', { schemas: [groupCore], displayName: 'Build', members: [] });
    expect([made.status, made.body.members]).toEqual([201, []]);
    const path = `/Groups/${made.body.id}`;
    const rename = { op: 'replace', value: { id: made.body.id, displayName: 'Builders' } };
    expect((await okta.send('PATCH', path, patchBody(rename))).status).toBe(204);
    const add = { op: 'add', path: 'members', value: [{ value: ann.id, display: 'ann@okta.local' }] };
    expect((await okta.send('PATCH', path, patchBody(add))).status).toBe(204);
    const swap = [
      { op: 'remove', path: `members[value eq "${ann.id}"]` },
      { op: 'add', path: 'members', value: [{ value: bo.id, display: 'bo@okta.local' }] },
    ];
    const swapped = await okta.send('PATCH', path, patchBody(...swap));
    expect([swapped.status, swapped.headers.get('etag')]).toEqual([204, 'W/"4"']);
    const { body } = await okta.send('GET', path);
    expect([body.displayName, body.members, body.meta.version]).toEqual([
      'Builders',
      [{ value: bo.id, $ref: `${okta.base}/Users/${bo.id}`, type: 'User', display: 'bo@okta.local' }],
      'W/"4"',
    ]);
    const member = await okta.send('GET', `/Users/${bo.id}`);
    expect([member.body.groups, member.body.meta.version]).toEqual([
      [{ value: made.body.id, $ref: `${okta.base}${path}`, type: 'direct', display: 'Builders' }],
      'W/"1"',
    ]);
  });

  it('[28] empties a group that is pushed with an empty list, and deletes one that is unlinked', async () => {
    const cy = await create('cy@okta.local');
    const made = await okta.send('POST', '/Groups', { displayName: 'Short', members: [{ value: cy.id }] });
    const path = `/Groups/${made.body.id}`;
    expect(values(made.body.members)).toEqual([cy.id]);
    await okta.send('PATCH', path, patchBody({ op: 'replace', path: 'members', value: [] }));
    expect((await okta.send('GET', path)).body.members).toEqual([]);
    const statuses = [];
    for (const method of ['DELETE', 'DELETE', 'GET', 'PUT', 'PATCH'])
      statuses.push(
        (await okta.send(method, path, method === 'PATCH' ? patchBody({ op: 'remove', path: 'members' }) : undefined))
          .status,
      );
    expect(statuses).toEqual([204, 404, 404, 400, 404]);
  });
});
