import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { patchBody, type ScimClient, type ScimService, startScimService, values } from './scim-service.js';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

let service: ScimService;
let entra: ScimClient;
beforeAll(async () => {
  service = await startScimService();
  await service.tenant('acme');
  entra = await service.source({ tenant: 'acme', slug: 'entra', preset: 'entra' });
});
afterAll(() => service.remove());

const create = async (userName: string, more: object = {}) =>
  (await entra.send('POST', '/Users', { userName, externalId: `ext-${userName}`, active: 'True', ...more })).body;
const createGroup = async (displayName: string) =>
  (
    await entra.send('POST', '/Groups', {
      schemas: [
        'urn:ietf:params:scim:schemas:core:2.0:Group',
        'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group',
      ],
      externalId: `ext-${displayName}`,
      displayName,
      meta: { resourceType: 'Group' },
    })
  ).body;
const patch = (path: string, ...operations: readonly object[]) => entra.send('PATCH', path, patchBody(...operations));
const membersOf = async (id: string) => values((await entra.send('GET', `/Groups/${id}`)).body.members);

describe('the life of a user and a group as Entra provisions them', () => {
  it('[48] answers a probe for a user that is not there with an empty list', async () => {
    const { status, body } = await entra.send('GET', '/Users?filter=userName+eq+%22b0e5c9a6-5d0c%22');
    expect([status, body.totalResults, body.Resources]).toEqual([200, 0, []]);
  });

  it('[26] E1: text for booleans makes a user, disables and restores it', async () => {
    const { id, active, schemas } = await create('emp1@acme.com', { department: null, manager: null });
    expect([active, schemas]).toEqual([true, ['urn:ietf:params:scim:schemas:core:2.0:User']]);
    const off = await patch(`/Users/${id}`, { op: 'Replace', path: 'active', value: 'False' });
    expect([off.status, off.body.active, off.body.meta.version]).toEqual([200, false, 'W/"2"']);
    const found = await entra.send('GET', `/Users?filter=externalId eq "ext-emp1@acme.com"`);
    expect(found.body.Resources).toEqual([off.body]);
    const on = await patch(`/Users/${id}`, { op: 'Replace', path: 'active', value: 'True' });
    expect([on.status, on.body.active]).toEqual([200, true]);
    expect((await entra.send('DELETE', `/Users/${id}`)).status).toBe(204);
    expect((await entra.send('GET', `/Users/${id}`)).status).toBe(404);
    expect((await create('EMP1@acme.com')).userName).toBe('EMP1@acme.com');
  });

  it('[27] E2, E3: a filtered path makes the element that it describes, typed', async () => {
    const { id } = await create('roles@acme.com');
    const { body } = await patch(
      `/Users/${id}`,
      { op: 'Add', path: 'roles[primary eq "True"].value', value: 'Approver' },
      { op: 'Add', path: 'roles[primary eq "True"].display', value: 'Approver' },
      { op: 'Replace', path: 'phoneNumbers[type eq "mobile"].value', value: '+4512345678' },
    );
    expect([body.roles, body.phoneNumbers]).toEqual([
      [{ primary: true, value: 'Approver', display: 'Approver' }],
      [{ type: 'mobile', value: '+4512345678' }],
    ]);
  });

  it('[16][26] E5: a manager that is a bare id waits, and is shown whole once it is there', async () => {
    const { id } = await create('kit@acme.com');
    const named = await patch(`/Users/${id}`, { op: 'Add', path: `${enterprise}:manager`, value: 'ext-mo@acme.com' });
    expect(named.body[enterprise]).toEqual({ manager: { value: 'ext-mo@acme.com' } });
    const mo = await create('mo@acme.com', { displayName: 'Mo' });
    expect((await entra.send('GET', `/Users/${id}`)).body[enterprise]).toEqual({
      manager: { value: 'ext-mo@acme.com', $ref: `${entra.base}/Users/${mo.id}`, displayName: 'Mo' },
    });
    const probe = await entra.send('GET', `/Users?filter=id eq "${id}" and manager eq "ext-mo@acme.com"&attributes=id`);
    expect(probe.body.Resources).toEqual([{ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], id }]);
  });

  it('[28][30][33] E6, E7: adds members in two dialects and removes exactly the listed ones', async () => {
    const { id, members, schemas } = await createGroup('Sales DK');
    expect([members, schemas]).toEqual([[], ['urn:ietf:params:scim:schemas:core:2.0:Group']]);
    const ids = [];
    for (const name of ['a@acme.com', 'b@acme.com', 'c@acme.com']) ids.push((await create(name)).id);
    const [a, b, c] = ids;
    const added = await patch(`/Groups/${id}`, {
      op: 'Add',
      path: 'members',
      value: [{ $ref: null, value: a }, { value: b }],
    });
    expect([added.status, added.body]).toEqual([204, undefined]);
    expect((await patch(`/Groups/${id}`, { op: 'add', path: 'members', value: c })).status).toBe(204);
    expect(await membersOf(id)).toEqual([...ids].sort());
    await patch(`/Groups/${id}`, { op: 'Remove', path: 'members', value: [{ $ref: null, value: a }, { value: b }] });
    expect(await membersOf(id)).toEqual([c]);
    await patch(`/Groups/${id}`, { op: 'remove', path: `members[value eq "${c}"]` });
    expect(await membersOf(id)).toEqual([]);
  });

  it('[16] keeps a member that has not arrived, and joins it when it does', async () => {
    const { id } = await createGroup('Waiting');
    await patch(`/Groups/${id}`, {
      op: 'Add',
      path: 'members',
      value: [{ value: 'ext-late@acme.com', displayName: 'Late' }],
    });
    const waiting = await entra.send('GET', `/Groups/${id}`);
    expect([waiting.body.members, waiting.body.meta.version]).toEqual([
      [{ value: 'ext-late@acme.com', display: 'Late' }],
      'W/"2"',
    ]);
    const found = await entra.send('GET', '/Groups?filter=members eq "ext-late@acme.com"&attributes=id');
    expect(found.body.Resources.map((group: { id: string }) => group.id)).toEqual([id]);
    const late = await create('late@acme.com');
    const joined = await entra.send('GET', `/Groups/${id}`);
    expect([joined.body.members, joined.body.meta.version]).toEqual([
      [{ value: late.id, display: 'Late', type: 'User', $ref: `${entra.base}/Users/${late.id}` }],
      'W/"3"',
    ]);
    expect((await entra.send('GET', `/Users/${late.id}`)).body.groups).toEqual([
      { value: id, $ref: `${entra.base}/Groups/${id}`, type: 'direct', display: 'Waiting' },
    ]);
    await entra.send('DELETE', `/Users/${late.id}`);
    expect(await membersOf(id)).toEqual([]);
  });

  it('[42] finds groups by name without their members', async () => {
    const { id } = await createGroup('Found');
    const { body } = await entra.send('GET', '/Groups?excludedAttributes=members&filter=displayName eq "found"');
    expect([body.totalResults, body.Resources[0].id]).toEqual([1, id]);
    expect((await entra.send('POST', '/Groups', { displayName: 'FOUND' })).status).toBe(409);
  });

  it('[37][39][49] takes the filters that Microsoft sends', async () => {
    await create('odd@acme.com', { emails: [{ type: 'work', value: 'Odd@work.acme.com', primary: true }] });
    const filters = [
      'emails[type eq "work"].value eq "odd@WORK.acme.com"',
      'emails[type eq "work" and value co "@work"]',
      'userName sw odd',
      "userName eq 'odd@acme.com'",
      '(UserName eq "odd@acme.com") and meta.lastmodified ge "2021-09-23T19:35:41.8420572Z"',
      'not (userName ne "odd@acme.com") and meta.Created gt 2015-10-10T14:38:21.8617979-07:00',
    ];
    const found = [];
    for (const filter of filters) {
      const { body } = await entra.send('GET', `/Users/?filter=${encodeURIComponent(filter)}&startindex=0&`);
      found.push([body.totalResults, body.startIndex, body.Resources?.[0]?.userName]);
    }
    expect(found).toEqual(filters.map(() => [1, 1, 'odd@acme.com']));
  });
});
