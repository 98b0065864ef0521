import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../src/graph/node.js';
import { systemScope } from '../../../src/store/graph-store.js';
import { commitChanges } from '../../../src/usecases/commit-changes.js';
import { patchBody, type ScimClient, type ScimService, startScimService, values } from './scim-service.js';

let service: ScimService;
beforeAll(async () => {
  service = await startScimService();
  await service.tenant('acme');
});
afterAll(() => service.remove());

/** A source with settings that no preset has. */
async function sourceWith(slug: string, settings: JsonObject): Promise<ScimClient> {
  const client = await service.source({ tenant: 'acme', slug });
  const [version] = await service.store.graph.nodesByIds(systemScope, [client.id]);
  if (version?.node.kind !== 'Source') throw new Error('the source is not there');
  const node = { ...version.node, settings: { ...version.node.settings, ...settings } };
  await commitChanges(service.services, { meta: { actor: 'suite' }, plan: { changes: [{ kind: 'putNode', node }] } });
  return client;
}

describe('the settings of a source', () => {
  it('[50] may ask for If-Match on every change', async () => {
    const client = await sourceWith('careful', { requireIfMatch: true });
    const { body: user } = await client.send('POST', '/Users', { userName: 'kit' });
    const path = `/Users/${user.id}`;
    const patch = patchBody({ op: 'replace', path: 'title', value: 'Boss' });
    const statuses = [];
    for (const [method, body] of [
      ['PATCH', patch],
      ['PUT', { userName: 'kit' }],
      ['DELETE', undefined],
    ] as const)
      statuses.push((await client.send(method, path, body)).status);
    expect([statuses, (await client.send('GET', path)).body]).toEqual([[428, 428, 428], user]);
    expect((await client.send('PATCH', path, patch, { 'if-match': 'W/"1"' })).body.meta.version).toBe('W/"2"');
    expect((await client.send('DELETE', path, undefined, { 'if-match': 'W/"1"' })).status).toBe(412);
    expect((await client.send('DELETE', path, undefined, { 'if-match': '*' })).status).toBe(204);
  });

  it('[5][18] may keep members out of answers, and then a body without members says nothing about them', async () => {
    const shy = await sourceWith('shy', { membersInResponses: false });
    const open = await sourceWith('open', { membersInResponses: true });
    const seen = [];
    for (const client of [shy, open]) {
      const { body } = await client.send('POST', '/Groups', { displayName: 'Build', members: [{ value: 'x' }] });
      const put = await client.send('PUT', `/Groups/${body.id}`, { displayName: 'Built' });
      const asked = await client.send('GET', `/Groups/${body.id}?attributes=members`);
      seen.push([body.members, put.body.displayName, values(asked.body.members)]);
    }
    expect(seen).toEqual([
      [undefined, 'Built', ['x']],
      [[{ value: 'x' }], 'Built', []],
    ]);
  });

  it.each([
    ['auto', 200, 204],
    ['body', 200, 200],
    ['none', 204, 204],
  ])('[32] answer a PATCH as `patchResponse` %s says: users %i, groups %i', async (patchResponse, ofUser, ofGroup) => {
    const client = await sourceWith(`answers-${patchResponse}`, { patchResponse });
    const { body: user } = await client.send('POST', '/Users', { userName: 'kit' });
    const { body: group } = await client.send('POST', '/Groups', { displayName: 'Build' });
    const clear = patchBody({ op: 'add', path: 'externalId', value: 'x' });
    const answers = [
      await client.send('PATCH', `/Users/${user.id}`, clear),
      await client.send('PATCH', `/Groups/${group.id}`, clear),
      await client.send('PATCH', `/Groups/${group.id}?attributes=displayName`, clear),
    ];
    expect(answers.map(({ status }) => status)).toEqual([ofUser, ofGroup, 200]);
    expect(answers.map(({ headers }) => headers.get('etag'))).toEqual(['W/"2"', 'W/"2"', 'W/"2"']);
  });

  it('[32] answer a PATCH of a large group without a body, though they say bodies', async () => {
    const client = await sourceWith('large', { patchResponse: 'body', limits: { maxPageSize: 2 } });
    const answers = [];
    for (const members of [
      ['a', 'b'],
      ['a', 'b', 'c'],
    ]) {
      const group = { displayName: 'Build', members: members.map((value) => ({ value })) };
      const { body } = await client.send('POST', '/Groups', group);
      const rename = patchBody({ op: 'replace', path: 'displayName', value: 'Built' });
      const patched = await client.send('PATCH', `/Groups/${body.id}`, rename);
      answers.push([patched.status, patched.body?.displayName]);
    }
    expect(answers).toEqual([
      [200, 'Built'],
      [204, undefined],
    ]);
  });

  it('[46] of dialect rfc: the root takes what one of its types has, a type only what it has itself', async () => {
    const strict = await sourceWith('strict', { dialect: 'rfc' });
    const schemas = (name: string) => [`urn:ietf:params:scim:schemas:core:2.0:${name}`];
    await strict.send('POST', '/Users', { schemas: schemas('User'), userName: 'kit', displayName: 'One' });
    await strict.send('POST', '/Groups', { schemas: schemas('Group'), displayName: 'One' });
    const totals = [];
    for (const path of [
      '/?filter=userName eq "kit"',
      '/?filter=displayName eq "one"',
      '/Groups?filter=userName eq "kit"',
    ])
      totals.push((await strict.send('GET', path)).body.totalResults);
    expect(totals).toEqual([1, 2, undefined]);
    const bare = await strict.send('POST', '/Users', { userName: 'bare' });
    expect([bare.status, bare.body.scimType]).toEqual([400, 'invalidSyntax']);
  });

  it('[15][38] show groups of groups where the source says so, rings included, and filters see what is shown', async () => {
    const seen = [];
    const found = [];
    for (const indirectGroups of [false, true]) {
      const client = await sourceWith(`indirect-${indirectGroups}`, { indirectGroups });
      const { body: user } = await client.send('POST', '/Users', { userName: 'kit' });
      const ids: string[] = [];
      for (const member of [user.id, 'ext-0', 'ext-1', 'ext-2']) {
        const group = { displayName: `G${ids.length}`, externalId: `ext-${ids.length}`, members: [{ value: member }] };
        ids.push((await client.send('POST', '/Groups', group)).body.id);
      }
      await client.send(
        'PATCH',
        `/Groups/${ids[0]}`,
        patchBody({ op: 'add', path: 'members', value: [{ value: ids[3] }] }),
      );
      const { groups } = (await client.send('GET', `/Users/${user.id}`)).body;
      seen.push(groups.map(({ display, type }: { display: string; type: string }) => `${display} ${type}`));
      for (const filter of [
        `groups.value eq "${ids[0]}"`,
        `groups.value eq "${ids[1]}"`,
        `groups[value eq "${ids[1]}" and type eq "indirect"]`,
        'groups.display eq "G1"',
        `not (groups.value eq "${ids[1]}")`,
      ])
        found.push((await client.send('GET', `/Users?filter=${filter}`)).body.totalResults);
    }
    expect(found).toEqual([...[1, 0, 0, 0, 1], ...[1, 1, 1, 1, 0]]);
    expect(seen).toEqual([['G0 direct'], ['G0 direct', 'G1 indirect', 'G2 indirect', 'G3 indirect']]);
  });

  it('[36][43][52][55] may bound what is asked at once more narrowly than the service', async () => {
    const limits = {
      ...{ requestsPerSecond: 4, defaultPageSize: 2, maxPageSize: 3, cursorTimeoutSeconds: 60, patchOperations: 2 },
      ...{ bulkOperations: 1, pathLength: 10, textLength: 20, valuesPerAttribute: 2, nesting: 6 },
    };
    const client = await sourceWith('narrow', { limits });
    const send = async (...request: Parameters<ScimClient['send']>) => {
      service.clock.advance(1_000);
      return client.send(...request);
    };
    const ids = [];
    for (const userName of ['a', 'b', 'c', 'd']) ids.push((await send('POST', '/Users', { userName })).body.id);
    const path = `/Users/${ids[0]}`;
    const title = { op: 'add', path: 'title', value: 'x' };
    const config = (await send('GET', '/ServiceProviderConfig')).body;
    expect([config.bulk.maxOperations, config.filter.maxResults, config.pagination]).toMatchObject([
      1,
      3,
      { defaultPageSize: 2, maxPageSize: 3, cursorTimeout: 60 },
    ]);
    const pages = [await send('GET', '/Users'), await send('GET', '/Users?count=50')];
    expect(pages.map(({ body }) => body.itemsPerPage)).toEqual([2, 3]);
    const { nextCursor } = (await send('GET', '/Users?cursor&count=1')).body;
    service.clock.advance(60_000);
    const refused = [
      await send('GET', `/Users?count=1&cursor=${nextCursor}`),
      await send('PATCH', path, patchBody(title, title, title)),
      await send('PATCH', path, patchBody({ ...title, path: 'name.familyName' })),
      await send('PATCH', path, patchBody({ ...title, value: 'x'.repeat(21) })),
      await send('PATCH', path, patchBody({ op: 'add', path: 'emails', value: ['a', 'b', 'c'] })),
      await send('POST', '/Users', { userName: 'deep', x: [[[[[[]]]]]] }),
      await send('POST', '/Bulk', {
        Operations: [
          { method: 'DELETE', path },
          { method: 'DELETE', path },
        ],
      }),
    ];
    expect(refused.map(({ status, body }) => [status, body.scimType])).toEqual([
      [400, 'expiredCursor'],
      [413, undefined],
      [400, 'invalidPath'],
      [400, 'invalidValue'],
      [400, 'tooMany'],
      [400, 'invalidSyntax'],
      [413, undefined],
    ]);
    service.clock.advance(10_000);
    const statuses = [];
    for (let at = 0; at < 9; at += 1) statuses.push((await client.send('GET', '/Users')).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 200, 200, 429]);
  });

  it('[53] may show discovery to everybody, and nothing else', async () => {
    const open = await sourceWith('open-discovery', { openDiscovery: true });
    const closed = await sourceWith('closed-discovery', {});
    const ask = async (base: string, method: string, path: string) => {
      const { status, headers } = await fetch(`${base}${path}`, { method });
      return [status, headers.get('graph-revision')];
    };
    const { body } = await open.send('GET', '/Schemas');
    expect(await (await fetch(`${open.base}/Schemas`)).json()).toEqual(body);
    const seen = [];
    for (const path of ['/ServiceProviderConfig', '/ResourceTypes/User', '/Users', '/Me', '/Bulk'])
      seen.push(await ask(open.base, 'GET', path));
    seen.push(await ask(open.base, 'POST', '/Schemas'), await ask(closed.base, 'GET', '/Schemas'));
    seen.push(await ask(`${service.url}/scim/v2/acme/nothing`, 'GET', '/Schemas'));
    expect(seen).toEqual([200, 200, 401, 401, 401, 405, 401, 401].map((status) => [status, null]));
  });

  it('[8] may hold schemas of its own: served, kept to, filtered by, and no other source’s', async () => {
    const urn = 'urn:ietf:params:scim:schemas:extension:acme:2.0:User';
    const schemas = [
      {
        id: urn,
        attributes: [
          { name: 'badge', required: true, mutability: 'immutable', caseExact: true },
          { name: 'level', type: 'integer' },
          { name: 'desks', type: 'complex', multiValued: true, subAttributes: [{ name: 'value' }] },
        ],
      },
      { id: 'urn:acme:2.0:Group', resourceType: 'Group', attributes: [{ name: 'cost', type: 'decimal' }] },
    ];
    const client = await sourceWith('schemas', { schemas });
    const other = await service.source({ tenant: 'acme', slug: 'no-schemas' });
    const served = await client.send('GET', `/Schemas/${urn}`);
    expect(served.body.attributes.map(({ name, type }: { name: string; type: string }) => [name, type])).toEqual([
      ['badge', 'string'],
      ['level', 'integer'],
      ['desks', 'complex'],
    ]);
    expect((await other.send('GET', `/Schemas/${urn}`)).status).toBe(404);
    const types = (await client.send('GET', '/ResourceTypes')).body.Resources;
    const extensionsOf = (at: number) => types[at].schemaExtensions.map(({ schema }: { schema: string }) => schema);
    expect([extensionsOf(0).includes(urn), extensionsOf(1)]).toEqual([true, ['urn:acme:2.0:Group']]);

    const own = { badge: 'B7', level: '3', desks: ['d-1'] };
    const { body: user } = await client.send('POST', '/Users', { userName: 'kit', [urn]: own });
    expect([user.schemas.includes(urn), user[urn]]).toEqual([
      true,
      { badge: 'B7', level: 3, desks: [{ value: 'd-1' }] },
    ]);
    expect((await client.send('POST', '/Users', { userName: 'plain' })).status).toBe(201);
    const lacking = await client.send('POST', '/Users', { userName: 'lacking', [urn]: { level: 1 } });
    const changed = await client.send(
      'PATCH',
      `/Users/${user.id}`,
      patchBody({ op: 'replace', path: `${urn}:badge`, value: 'B8' }),
    );
    expect([lacking.body.scimType, changed.body.scimType]).toEqual(['invalidValue', 'mutability']);
    const found = [];
    for (const filter of [`${urn}:level gt 2`, `${urn}:badge eq "b7"`, `${urn}:desks[value eq "D-1"]`])
      found.push((await client.send('GET', `/Users?filter=${encodeURIComponent(filter)}`)).body.totalResults);
    expect(found).toEqual([1, 0, 1]);
    const ignored = await other.send('POST', '/Users', { userName: 'kit', [urn]: own });
    expect([ignored.status, urn in ignored.body]).toEqual([201, false]);
  });
});
