import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openOnFirstFree, testServers } from '../../store/neo4j-fixture.js';
import { createCrowd, expectFoundAsEvaluated } from './filtered-crowd.js';
import { patchBody, type ScimClient, type ScimService, startScimService, values } from './scim-service.js';

/** An empty server makes its indexes first; a shared machine takes its time. */
const timeoutMs = 300_000;

describe('SCIM over Neo4j', () => {
  let service: ScimService;
  let client: ScimClient;
  beforeAll(async () => {
    service = await startScimService({
      fixture: await openOnFirstFree(testServers()),
      environment: { REQUEST_DEADLINE_MS: '60000' },
    });
    await service.tenant('acme');
    client = await service.source({ tenant: 'acme', slug: 'entra', preset: 'entra' });
    await createCrowd(service, client);
  }, timeoutMs);
  afterAll(() => service.remove());

  // Each filter is a statement that the server has to plan.
  it(
    '[40] finds by filters what holds of each resource looked at by itself',
    () => expectFoundAsEvaluated(client, 20),
    timeoutMs,
  );

  it('[44] walks by cursor through what is there all along exactly once, beside insertions and deletions', async () => {
    const before = (await client.send('GET', '/Users')).body.Resources.map(({ id }: { id: string }) => id);
    const [first, last] = [before[0], before.at(-1)];
    const seen: string[] = [];
    let cursor = '';
    for (let page = 0; page === 0 || cursor !== ''; page += 1) {
      const { body } = await client.send('GET', `/Users?count=3&cursor=${cursor}`);
      seen.push(...body.Resources.map(({ id }: { id: string }) => id));
      cursor = body.nextCursor ?? '';
      if (page === 0) for (const id of [first, last]) await client.send('DELETE', `/Users/${id}`);
      await client.send('POST', '/Users', { userName: `during-${page}` });
    }
    const untouched = before.filter((id: string) => id !== first && id !== last);
    expect(seen.filter((id) => untouched.includes(id))).toEqual(untouched);
  });

  it('[16][30][33][34] loses no member that several clients add at once, and joins those that come later', async () => {
    const { body: group } = await client.send('POST', '/Groups', { displayName: 'All' });
    const path = `/Groups/${group.id}`;
    const add = (...names: readonly string[]) =>
      patchBody({ op: 'add', path: 'members', value: names.map((value) => ({ value })) });
    const batches = Array.from({ length: 8 }, (_, at) => [`m-${at}`, `n-${at}`]);
    const answers = await Promise.all(batches.map((batch) => client.send('PATCH', path, add(...batch))));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]));
    const { id: byExternalId } = (await client.send('POST', '/Users', { userName: 'kit', externalId: 'm-0' })).body;
    const { id: byName } = (await client.send('POST', '/Users', { userName: 'N-0' })).body;
    const named = batches.flat().filter((name) => name !== 'm-0' && name !== 'n-0');
    expect(values((await client.send('GET', path)).body.members)).toEqual([...named, byExternalId, byName].sort());
    const whose = encodeURIComponent(`groups.value eq "${group.id}"`);
    expect((await client.send('GET', `/Users?filter=${whose}`)).body.totalResults).toBe(2);
    await client.send('PATCH', path, patchBody({ op: 'remove', path: `members[value eq "${byName}"]` }));
    expect((await client.send('GET', `/Users?filter=${whose}`)).body.totalResults).toBe(1);
  });

  it('[4][17][19][50] keeps names unique until they are free, and versions apart', async () => {
    const made = await client.send('POST', '/Users', { userName: 'Taken' });
    const path = `/Users/${made.body.id}`;
    const title = patchBody({ op: 'replace', path: 'title', value: 'Boss' });
    const statuses = [
      await client.send('POST', '/Users', { userName: 'tAKEN' }),
      await client.send('PATCH', path, title, { 'if-match': 'W/"1"' }),
      await client.send('PATCH', path, title, { 'if-match': 'W/"1"' }),
      await client.send('DELETE', path),
      await client.send('GET', path),
      await client.send('POST', '/Users', { userName: 'taken' }),
    ];
    expect(statuses.map(({ status }) => status)).toEqual([409, 200, 412, 204, 404, 201]);
  });
});
