import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { patchBody, type ScimClient, type ScimService, startScimService, values } from './scim-service.js';

let service: ScimService;
let client: ScimClient;
beforeAll(async () => {
  service = await startScimService({ limits: { bulkBytes: 100_000 } });
  await service.tenant('acme');
  client = await service.source({ tenant: 'acme', slug: 'any' });
});
afterAll(() => service.remove());

const bulk = (operations: readonly object[], failOnErrors?: number) =>
  client.send('POST', '/Bulk', {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
    ...(failOnErrors !== undefined && { failOnErrors }),
    Operations: operations,
  });
const post = (path: string, bulkId: string, data: object) => ({ method: 'POST', path, bulkId, data });
const statusesOf = (body: { readonly Operations: readonly { readonly status: string }[] }) =>
  body.Operations.map(({ status }) => status);

describe('a bulk request', () => {
  it('[55][56] makes what others refer to first, and answers in the order of the request', async () => {
    const { status, body } = await bulk([
      {
        method: 'PATCH',
        path: '/Groups/bulkId:g',
        data: patchBody({ op: 'replace', path: 'displayName', value: 'Later' }),
      },
      post('/Groups', 'g', { displayName: 'Early', members: [{ value: 'bulkId:u' }] }),
      post('/Users', 'u', { userName: 'bulk-kit' }),
      { method: 'DELETE', path: '/Users/usr.nothing' },
    ]);
    const location = body.Operations[1].location;
    expect([status, body]).toEqual([
      200,
      {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkResponse'],
        Operations: [
          { method: 'PATCH', location, version: 'W/"2"', status: '200' },
          { method: 'POST', bulkId: 'g', location, version: 'W/"2"', status: '201' },
          {
            method: 'POST',
            bulkId: 'u',
            location: expect.stringMatching(`^${client.base}/Users/usr\\.`),
            version: 'W/"1"',
            status: '201',
          },
          {
            method: 'DELETE',
            location: `${client.base}/Users/usr.nothing`,
            status: '404',
            response: {
              schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
              status: '404',
              detail: 'resource `usr.nothing` is not found',
            },
          },
        ],
      },
    ]);
    const group = await client.send('GET', location.slice(client.base.length));
    expect([group.body.displayName, `${client.base}/Users/${group.body.members[0].value}`]).toEqual([
      'Later',
      body.Operations[2].location,
    ]);
  });

  it('[56, RFC 7644 §3.7] says where the resource is of all but a POST that failed', async () => {
    const { body: user } = await client.send('POST', '/Users', { userName: 'located' });
    const path = `/Users/${user.id}`;
    const { body } = await bulk([
      { method: 'PUT', path, version: 'W/"9"', data: { userName: 'located' } },
      { method: 'PATCH', path, data: patchBody({ op: 'replace', path: 'id', value: 'x' }) },
      { method: 'DELETE', path },
      post('/Users', 'u', { userName: '' }),
      { method: 'DELETE', path: '/Nothing/1' },
    ]);
    const { location } = user.meta;
    expect(body.Operations.map(({ response: _response, ...told }: { response?: object }) => told)).toEqual([
      { method: 'PUT', location, status: '412' },
      { method: 'PATCH', location, status: '400' },
      { method: 'DELETE', location, status: '204' },
      { method: 'POST', bulkId: 'u', status: '400' },
      { method: 'DELETE', status: '400' },
    ]);
  });

  it('[55, RFC 7644 §3.7.3] takes a PATCH as the bare list of its operations', async () => {
    const { body: user } = await client.send('POST', '/Users', { userName: 'bare', nickName: 'B' });
    const path = `/Users/${user.id}`;
    const data = [
      { op: 'remove', path: 'nickName' },
      { op: 'add', path: 'userName', value: 'Dave' },
    ];
    const { body } = await bulk([{ method: 'PATCH', path, data }]);
    const { nickName: _removed, ...rest } = user;
    const meta = { ...user.meta, lastModified: expect.any(String), version: 'W/"2"' };
    expect([statusesOf(body), (await client.send('GET', path)).body]).toEqual([
      ['200'],
      { ...rest, userName: 'Dave', meta },
    ]);
  });

  it('[55] makes groups that contain each other', async () => {
    const { body } = await bulk([
      post('/Groups', 'a', { displayName: 'A', members: [{ type: 'Group', value: 'bulkId:b' }] }),
      post('/Groups', 'b', { displayName: 'B', members: [{ type: 'Group', value: 'bulkId:a' }] }),
    ]);
    expect(
      body.Operations.map(({ status, version }: { status: string; version: string }) => [status, version]),
    ).toEqual([
      ['201', 'W/"2"'],
      ['201', 'W/"1"'],
    ]);
    const paths = body.Operations.map(({ location }: { location: string }) => location.slice(client.base.length));
    const [a, b] = [await client.send('GET', paths[0]), await client.send('GET', paths[1])];
    expect([values(a.body.members), values(b.body.members)]).toEqual([[b.body.id], [a.body.id]]);
  });

  it('[55] takes back what refers to what could not be made', async () => {
    await client.send('POST', '/Users', { userName: 'taken' });
    const { body } = await bulk([
      post('/Groups', 'c', { displayName: 'C', members: [{ value: 'bulkId:d' }] }),
      post('/Groups', 'd', { displayName: '', members: [{ value: 'bulkId:c' }] }),
      post('/Users', 'e', { userName: 'TAKEN' }),
      post('/Groups', 'f', { displayName: 'F', members: [{ value: 'bulkId:e' }] }),
      post('/Groups', 'h', { displayName: 'H', members: [{ value: 'bulkId:nothing' }] }),
    ]);
    expect(statusesOf(body)).toEqual(['409', '400', '409', '409', '400']);
    expect(
      (await client.send('GET', '/Groups?filter=displayName eq "C" or displayName eq "F"')).body.totalResults,
    ).toBe(0);
  });

  it('[55] stops after as many failures as it allows', async () => {
    const { body } = await bulk(
      [
        { method: 'DELETE', path: '/Users/usr.one' },
        post('/Nothing', 'x', {}),
        post('/Users', 'late', { userName: 'late' }),
      ],
      2,
    );
    expect(statusesOf(body)).toEqual(['404', '400']);
    expect((await client.send('GET', '/Users?filter=userName eq "late"')).body.totalResults).toBe(0);
  });

  it('[55] refuses more operations or bytes than it says', async () => {
    const many = Array.from({ length: 1_001 }, () => ({ method: 'DELETE', path: '/Users/x' }));
    expect((await bulk(many)).status).toBe(413);
    expect((await bulk([post('/Users', 'big', { userName: 'big', title: 'x'.repeat(100_000) })])).status).toBe(413);
  });
});

it('[55][56] a bulk request is done to its end, though it takes longer than one request may', async () => {
  const hurried = await startScimService({ environment: { REQUEST_DEADLINE_MS: '50' } });
  await hurried.tenant('acme');
  const source = await hurried.source({ tenant: 'acme', slug: 'any' });
  const many = Array.from({ length: 300 }, (_, at) => post('/Users', `u${at}`, { userName: `u${at}` }));
  const { status, body } = await source.send('POST', '/Bulk', { Operations: many });
  expect([status, new Set(statusesOf(body))]).toEqual([200, new Set(['201'])]);
  await hurried.remove();
});
