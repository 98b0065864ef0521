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
});
