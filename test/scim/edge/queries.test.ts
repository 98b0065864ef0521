import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createCrowd, expectFoundAsEvaluated, userOf } from './filtered-crowd.js';
import { patchBody, type ScimClient, type ScimService, startScimService } from './scim-service.js';

let service: ScimService;
let client: ScimClient;
let rfc: ScimClient;
beforeAll(async () => {
  service = await startScimService({ limits: { scanBudget: 30, cursorTimeoutSeconds: 60 } });
  await service.tenant('acme');
  client = await service.source({ tenant: 'acme', slug: 'full' });
  rfc = await service.source({ tenant: 'acme', slug: 'strict', preset: 'generic' });
  await createCrowd(service, client);
});
afterAll(() => service.remove());

const namesOf = (body: { readonly Resources: readonly { readonly userName: string }[] }) =>
  body.Resources.map(({ userName }) => userName);
const ask = async (query: string) => (await client.send('GET', query)).body;
const errorOf = async (query: string, from = client) => {
  const { body } = await from.send('GET', query);
  return [body.status, body.scimType];
};
const search = (more: object) => ({ schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'], ...more });

describe('pages by index', () => {
  it('[43][47] are in order of creation, with exact totals', async () => {
    const seen = [];
    for (const startIndex of [1, 6, 11, 16]) {
      const body = await ask(`/Users?startIndex=${startIndex}&count=5`);
      seen.push([body.totalResults, body.startIndex, body.itemsPerPage, namesOf(body)]);
    }
    const names = Array.from({ length: 12 }, (_, at) => userOf(at).userName);
    expect(seen).toEqual([
      [12, 1, 5, names.slice(0, 5)],
      [12, 6, 5, names.slice(5, 10)],
      [12, 11, 2, names.slice(10)],
      [12, 16, 0, []],
    ]);
  });

  it.each([
    ['count=0', 1, 0],
    ['count=-3', 1, 0],
    ['startIndex=-2&count=1', 1, 1],
    ['STARTINDEX=3&Count=2', 3, 2],
    ['count=5000', 1, 12],
  ])('[43] of %s begin at %i and hold %i', async (query, startIndex, items) => {
    const body = await ask(`/Users?${query}`);
    expect([body.totalResults, body.startIndex, body.itemsPerPage, body.Resources.length]).toEqual([
      12,
      startIndex,
      items,
      items,
    ]);
  });

  it('[43] refuse numbers that are none', async () => {
    expect(await errorOf('/Users?count=ten')).toEqual(['400', 'invalidCount']);
    expect(await errorOf('/Users?startIndex=1.5')).toEqual(['400', 'invalidValue']);
  });
});

describe('filters', () => {
  it('[40] that no index answers are checked over pages, and refused past the scan budget', async () => {
    expect(namesOf(await ask('/Users?filter=title eq "engineer" and active eq true'))).toEqual(['user-00', 'user-06']);
    expect((await ask('/Users?filter=nickName pr&count=2')).totalResults).toBe(3);
    const crowd = await service.source({ tenant: 'acme', slug: 'crowd' });
    for (let at = 0; at < 31; at += 1) await crowd.send('POST', '/Users', { userName: `c${at}`, title: 'x' });
    expect(await errorOf('/Users?filter=title eq "x"', crowd)).toEqual(['400', 'tooMany']);
    expect((await crowd.send('GET', '/Users?filter=userName eq "c7" and title eq "x"')).body.totalResults).toBe(1);
    expect(await errorOf('/Users?sortBy=title', crowd)).toEqual(['400', 'tooMany']);
    expect((await crowd.send('GET', '/Users?sortBy=userName&count=1')).body.totalResults).toBe(31);
  });

  it('[37][41] may name as many alternatives as a filter may hold', async () => {
    const alternatives = Array.from({ length: 256 }, (_, at) => `userName eq "user-${String(at).padStart(2, '0')}"`);
    const body = await ask(`/Users?filter=${encodeURIComponent(alternatives.join(' or '))}`);
    expect(namesOf(body)).toEqual(Array.from({ length: 12 }, (_, at) => userOf(at).userName));
    const mixed = [...alternatives.slice(3, 6), 'meta.created lt "2027-01-15T08:00:02Z"', 'not (userName sw "user-0")'];
    expect(namesOf(await ask(`/Users?filter=${encodeURIComponent(mixed.join(' or '))}`))).toEqual([
      'user-00',
      'user-03',
      'user-04',
      'user-05',
      'user-10',
      'user-11',
    ]);
  });

  it('[40] that look at everything many times over are refused, one that does so once is not', async () => {
    const broad = (times: number) => Array.from({ length: times }, () => 'displayName co "x"').join(' or ');
    const crowd = await service.source({ tenant: 'acme', slug: 'broad' });
    for (let at = 0; at < 80; at += 1)
      await crowd.send('POST', '/Users', { userName: `b${at}`, displayName: `x${at}` });
    expect((await crowd.send('GET', `/Users?filter=${broad(1)}`)).body.totalResults).toBe(80);
    expect(await errorOf(`/Users?filter=${broad(2)}`, crowd)).toEqual(['400', 'tooMany']);
    const few = encodeURIComponent(`${broad(40)} or displayName co "" or userName sw "user-03"`);
    expect(namesOf(await ask(`/Users?filter=${few}`))).toEqual(['user-03']);
  });

  it('[39] that are faulty are refused', async () => {
    expect(await errorOf('/Users?filter=abc')).toEqual(['400', 'invalidFilter']);
    expect(await errorOf('/Users?filter=userName zz "x"')).toEqual(['400', 'invalidFilter']);
    expect(await errorOf('/Users?filter=active gt true')).toEqual(['400', 'invalidFilter']);
    expect(await errorOf('/Users?filter=userName eq "\\u0000"')).toEqual(['400', 'invalidFilter']);
    expect(await errorOf('/Users?filter=groups.value eq "\\ud800"')).toEqual(['400', 'invalidFilter']);
    expect(await errorOf('/Users?filter=nope eq "x"', rfc)).toEqual(['400', 'invalidFilter']);
  });

  it('[40] find what holds of each resource looked at by itself', () => expectFoundAsEvaluated(client, 100));
});

describe('filters by a reference', () => {
  const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
  const nonHuman = 'urn:identity-graph:params:scim:schemas:extension:non-human:2.0:User';

  it('[10][16] meet it by each of its names, whichever was sent and is shown (RFC 7643 §4.3)', async () => {
    const firm = await service.source({ tenant: 'acme', slug: 'firm' });
    const post = async (body: object) => (await firm.send('POST', '/Users', body)).body;
    const mo = await post({ userName: 'mo', externalId: 'mgr-1' });
    await post({ userName: 'led by id', [enterprise]: { manager: { value: mo.id } } });
    await post({ userName: 'led by externalId', [enterprise]: { manager: { value: 'mgr-1' } } });
    await post({ userName: 'led by nobody', [enterprise]: { manager: { value: 'mgr-2' } } });
    await post({ userName: 'owned', [nonHuman]: { owners: [{ value: 'mo' }] } });
    const led = ['led by externalId', 'led by id'];
    const found = [];
    for (const filter of [
      ...[`manager eq "${mo.id}"`, 'manager eq "mgr-1"', 'manager.value eq "MO"', 'manager eq "mgr-2"'],
      ...[`userName sw "led" and manager ne "mgr-1"`, `not (manager eq "${mo.id}") and manager pr`],
      ...[`owners eq "${mo.id}"`, `owners[value eq "mgr-1"]`, `owners[value ne "${mo.id}"]`],
    ])
      found.push([...namesOf((await firm.send('GET', `/Users?filter=${filter}`)).body)].sort());
    const others = [['led by nobody'], ['led by nobody'], ['led by nobody']];
    expect(found).toEqual([led, led, led, ...others, ['owned'], ['owned'], []]);
    const shown = (await firm.send('GET', '/Users?filter=userName eq "led by externalId"')).body.Resources[0];
    expect(shown[enterprise].manager.value).toBe('mgr-1');
  });
});

describe('order and projection', () => {
  it('[45] sorts by what the store sorts and by what it does not', async () => {
    expect(namesOf(await ask('/Users?sortBy=userName&sortOrder=descending&count=2'))).toEqual(['user-11', 'user-10']);
    expect(namesOf(await ask('/Users?sortBy=meta.created&sortOrder=descending&count=1'))).toEqual(['user-11']);
    expect(namesOf(await ask('/Users?sortBy=nickName&count=4')).slice(0, 3)).toEqual(['user-00', 'user-08', 'user-04']);
    expect(namesOf(await ask('/Users?sortBy=nickName&sortOrder=descending')).slice(-3)).toEqual([
      'user-04',
      'user-08',
      'user-00',
    ]);
    expect(await errorOf('/Users?sortBy=name')).toEqual(['400', 'invalidPath']);
  });

  it('[42][46] selects attributes, in a query as in a search', async () => {
    const { body } = await client.send(
      'POST',
      '/Users/.search',
      search({ filter: 'userName eq "user-03"', attributes: ['emails.type'], excludedAttributes: ['userName'] }),
    );
    const schemas = ['urn:ietf:params:scim:schemas:core:2.0:User'];
    expect(body.Resources).toEqual([{ schemas, id: expect.any(String), emails: [{ type: 'home' }] }]);
    const excluded = await ask('/Users?filter=userName eq "user-03"&excludedAttributes=emails,meta');
    expect(Object.keys(excluded.Resources[0]).sort()).toEqual(['active', 'id', 'schemas', 'title', 'userName']);
  });

  it('[42] never reads members that nobody will see', async () => {
    const { body } = await client.send('POST', '/Groups', { displayName: 'Big', members: [{ value: 'x' }] });
    service.calls.clear();
    await client.send('GET', `/Groups/${body.id}?excludedAttributes=members`);
    expect(Object.fromEntries(service.calls)).toEqual({ nodesByIds: 3 });
    await client.send('DELETE', `/Groups/${body.id}`);
  });

  it('[46] asks all resource types at the root', async () => {
    const { body: group } = await client.send('POST', '/Groups', { displayName: 'Root' });
    const all = await ask('/?startIndex=12&count=5');
    expect([all.totalResults, all.Resources.map(({ id }: { id: string }) => id).at(-1), all.itemsPerPage]).toEqual([
      13,
      group.id,
      2,
    ]);
    const found = await client.send(
      'POST',
      '/.search',
      search({ filter: 'displayName eq "root"', sortBy: 'displayName' }),
    );
    expect(found.body.Resources.map(({ id }: { id: string }) => id)).toEqual([group.id]);
    await client.send('DELETE', `/Groups/${group.id}`);
  });
});

describe('pages by cursor', () => {
  const walk = async (query: string, between: (page: number) => Promise<unknown> = async () => undefined) => {
    const names: string[] = [];
    let cursor = '';
    for (let page = 0; page < 20; page += 1) {
      const body = await ask(`/Users?${query}&cursor=${cursor}`);
      names.push(...namesOf(body));
      if (body.nextCursor === undefined) return names;
      expect(body.nextCursor).toMatch(/^[\w.~-]+$/);
      cursor = body.nextCursor;
      await between(page);
    }
    throw new Error('the walk does not end');
  };

  it('[44] meets each untouched resource once while others come and go', async () => {
    const doomed = (await client.send('POST', '/Users', { userName: 'doomed' })).body.id;
    const names = await walk('count=3', async (page) => {
      if (page === 0)
        await client.send('DELETE', `/Users/${(await ask('/Users?filter=userName eq "user-01"')).Resources[0].id}`);
      if (page === 1) await client.send('POST', '/Users', { userName: 'newcomer' });
      if (page === 2) await client.send('DELETE', `/Users/${doomed}`);
    });
    const untouched = Array.from({ length: 12 }, (_, at) => userOf(at).userName).filter((name) => name !== 'user-01');
    expect(names.filter((name) => untouched.includes(name))).toEqual(untouched);
    expect(new Set(names).size).toBe(names.length);
  });

  it('[44] walks through a filter that no index answers', async () => {
    expect(await walk('count=2&filter=title eq "Engineer"')).toEqual(['user-00', 'user-03', 'user-06', 'user-09']);
  });

  it('[44][45] walks in an order that the store keeps, and is refused in another', async () => {
    for (const sortBy of ['id', 'meta.created', 'meta.lastModified', 'userName'])
      expect((await ask(`/Users?cursor&count=2&sortBy=${sortBy}`)).itemsPerPage).toBe(2);
    for (const path of ['/Users?cursor&sortBy=title', '/Groups?cursor&sortBy=externalId', '/?cursor&sortBy=id'])
      expect(await errorOf(path)).toEqual(['400', 'invalidValue']);
  });

  it('[44] refuses a cursor that is forged, of another query or source, or too old', async () => {
    const { nextCursor } = await ask('/Users?count=2&cursor');
    expect(await errorOf(`/Users?count=2&cursor=${nextCursor.slice(0, -2)}xx`)).toEqual(['400', 'invalidCursor']);
    expect(await errorOf(`/Users?count=2&filter=active eq true&cursor=${nextCursor}`)).toEqual([
      '400',
      'invalidCursor',
    ]);
    expect(await errorOf(`/Groups?count=2&cursor=${nextCursor}`)).toEqual(['400', 'invalidCursor']);
    expect(await errorOf(`/Users?count=2&cursor=${nextCursor}`, rfc)).toEqual(['400', 'invalidCursor']);
    expect((await ask(`/Users?count=3&cursor=${nextCursor}`)).itemsPerPage).toBe(3);
    service.clock.advance(60_000);
    expect(await errorOf(`/Users?count=2&cursor=${nextCursor}`)).toEqual(['400', 'expiredCursor']);
  });
});

describe('members in queries', () => {
  it('[40][41] finds groups by a member, and users by a group', async () => {
    const [first] = (await ask('/Users?count=1')).Resources;
    const { body: group } = await client.send('POST', '/Groups', {
      displayName: 'One',
      members: [{ value: first.id }],
    });
    await client.send('POST', '/Groups', { displayName: 'None' });
    const groups = await ask(`/Groups?filter=members.value eq "${first.id}"&attributes=displayName`);
    expect(groups.Resources.map((one: { displayName: string }) => one.displayName)).toEqual(['One']);
    const shown = await ask(`/Groups?filter=members[type eq "User"]&attributes=displayName`);
    expect(shown.Resources.map((one: { displayName: string }) => one.displayName)).toEqual(['One']);
    expect(namesOf(await ask(`/Users?filter=groups.value eq "${group.id}"`))).toEqual([first.userName]);
    const emptied = await client.send(
      'PATCH',
      `/Groups/${group.id}?attributes=displayName`,
      patchBody({ op: 'remove', path: `members[type eq "User"]` }),
    );
    expect([emptied.status, emptied.body.displayName]).toEqual([200, 'One']);
    expect((await ask(`/Groups/${group.id}`)).members).toEqual([]);
  });
});
