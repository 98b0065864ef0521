import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { patchBody, type ScimClient, type ScimService, startScimService } from './scim-service.js';

let service: ScimService;
let client: ScimClient;
beforeAll(async () => {
  service = await startScimService({ limits: { bodyBytes: 20_000, bulkBytes: 10_000 } });
  await service.tenant('acme');
  client = await service.source({ tenant: 'acme', slug: 'any' });
});
afterAll(() => service.remove());

const patchError = async (body: unknown) => {
  const { body: user } = await client.send('POST', '/Users', { userName: `p-${Math.random()}` });
  const answer = await client.send('PATCH', `/Users/${user.id}`, body);
  return [answer.status, answer.body.scimType];
};

describe('bodies', () => {
  it.each([
    ['application/scim+json', ''],
    ['application/json', ''],
    ['application/json; charset=utf-8', '\uFEFF'],
    ['text/plain', ''],
    ['no/kind/at all', ''],
  ])('[48] are read as JSON when sent as %s', async (type, mark) => {
    const userName = `${type}${mark.length}`;
    const sent = await client.send('POST', '/Users', `${mark}${JSON.stringify({ userName })}`, {
      'content-type': type,
    });
    expect([sent.status, sent.body.userName]).toEqual([201, userName]);
  });

  it('[48] are read when they do not say what they are', async () => {
    const { hostname, port, pathname } = new URL(`${client.base}/Users`);
    const status = await new Promise((resolve, reject) => {
      const headers = { authorization: `Bearer ${client.token}` };
      request({ hostname, port, path: pathname, method: 'POST', headers }, (response) => {
        response.resume();
        resolve([response.statusCode, response.headers['content-type']]);
      })
        .on('error', reject)
        .end(JSON.stringify({ userName: 'untyped' }));
    });
    expect(status).toEqual([201, 'application/scim+json; charset=utf-8']);
  });

  it.each([
    ['{', 400, 'invalidSyntax'],
    ['', 400, 'invalidSyntax'],
    ['[]', 400, 'invalidSyntax'],
    ['{"userName":""}', 400, 'invalidValue'],
    [`{"userName":"deep","x":${'['.repeat(100)}${']'.repeat(100)}}`, 400, 'invalidSyntax'],
    ['{"userName":"x","__proto__":{"active":true}}', 400, 'invalidSyntax'],
    [`{"userName":"${'x'.repeat(2_000)}"}`, 400, 'invalidValue'],
    [`{"userName":"${'x'.repeat(30_000)}"}`, 413, undefined],
    ['{"userName":"nul\\u0000"}', 400, 'invalidValue'],
  ])('[48][51] that are faulty are refused: %.30s', async (body, status, scimType) => {
    const answer = await client.send('POST', '/Users', body);
    expect([answer.status, answer.body.status, answer.body.scimType]).toEqual([status, String(status), scimType]);
  });

  it('[48] that are packed are refused as such, not as faulty JSON (RFC 9110 §15.5.16)', async () => {
    const packed = async (encoding: string, body: string | ReturnType<typeof gzipSync>) => {
      const headers = { authorization: `Bearer ${client.token}`, 'content-encoding': encoding };
      const answer = await fetch(`${client.base}/Users`, { method: 'POST', headers, body });
      return { status: answer.status, taken: answer.headers.get('accept-encoding'), body: await answer.json() };
    };
    const plain = JSON.stringify({ userName: 'packed' });
    expect(await packed('gzip', gzipSync(plain))).toEqual({
      status: 415,
      taken: 'identity',
      body: {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
        status: '415',
        detail: 'the body is sent as `gzip`, and no content encoding is taken; send it as it is',
      },
    });
    expect((await packed('identity', plain)).status).toBe(201);
  });

  it('[52] that are far too large are refused with an answer, also to a client that is still sending', async () => {
    const body = JSON.stringify({ userName: 'x'.repeat(8_000_000) });
    const statuses = [];
    for (let at = 0; at < 5; at += 1) statuses.push((await client.send('POST', '/Users', body)).status);
    expect(statuses).toEqual([413, 413, 413, 413, 413]);
  });

  it('[51] whose names are too long for any index are refused by the names that clients know', async () => {
    const long = 'y'.repeat(1_100);
    const details = [];
    for (const [path, body] of [
      ['/Users', { userName: long }],
      ['/Users', { userName: 'long-1', emails: [{ value: long }] }],
      ['/Groups', { displayName: 'long-2', members: [{ value: long }] }],
    ] as const)
      details.push((await client.send('POST', path, body)).body.detail);
    const said = (name: string) => `\`${name}\` is longer than 1024 bytes of UTF-8; shorten it`;
    expect(details).toEqual([said('userName'), said('emails.value'), said('value')]);
  });

  it('[26][48] with numbers beyond all numbers are refused, as text too', async () => {
    const { status, body } = await client.send('POST', '/Users', '{"userName":"infinite","title":1e999}');
    expect([status, body.detail]).toEqual([400, '`title` is `Infinity`, where a string is due']);
  });

  it('[25][29][35] of a PATCH that are faulty change nothing', async () => {
    expect(await patchError(patchBody({ op: 'add', path: '__proto__.x', value: 1 }))).toEqual([400, 'invalidPath']);
    expect(await patchError(patchBody({ op: 'replace', path: 'id', value: 'x' }))).toEqual([400, 'mutability']);
    expect(await patchError(patchBody({ op: 'remove', path: 'userName' }))).toEqual([400, 'mutability']);
    const { body: user } = await client.send('POST', '/Users', { userName: 'atomic' });
    const half = patchBody({ op: 'add', path: 'title', value: 'x' }, { op: 'move', path: 'title' });
    const refused = await client.send('PATCH', `/Users/${user.id}`, half);
    expect([refused.status, refused.body.detail]).toEqual([
      400,
      'operation 2: `op` is `"move"`, where add, remove or replace is due',
    ]);
    expect((await client.send('GET', `/Users/${user.id}`)).body).toEqual(user);
  });
});

describe('paths', () => {
  it('[49] may end in a slash, a question mark or an ampersand', async () => {
    await client.send('POST', '/Users/?', { userName: 'slashed' });
    for (const path of [
      '/Users/?',
      '/Users?filter=userName+eq+%22slashed%22&',
      '/Users/?filter=userName%20eq%20slashed',
    ])
      expect((await client.send('GET', path)).status).toBe(200);
  });

  it('[9] are known in any letter case, and ids are kept as they are', async () => {
    const { body: user } = await client.send('POST', '/users', { userName: 'cased' });
    expect((await client.send('GET', `/USERS/${user.id}`)).body).toEqual(user);
    expect((await client.send('GET', `/Users/${user.id.toUpperCase()}`)).status).toBe(404);
    expect((await client.send('GET', '/serviceproviderconfig')).status).toBe(200);
  });

  it('[37] may be long: a filter that its encoding makes 30 kB is taken, more than 32 kB is refused', async () => {
    const filter = (length: number) => encodeURIComponent(`userName eq "${'ü'.repeat(length)}"`);
    const seen = [];
    for (const length of [5_000, 6_000]) {
      const { status, body } = await client.send('GET', `/Users?filter=${filter(length)}`);
      seen.push([filter(length).length, status, body.totalResults]);
    }
    expect(seen).toEqual([
      [30_022, 200, 0],
      [36_022, 431, undefined],
    ]);
  });

  it('[51] of another version, or of no source, are told where SCIM is served', async () => {
    const seen = [];
    for (const path of ['/scim/v1/Users', '/scim/v1/acme/any/Users', '/scim/v2', '/scim/v2/acme']) {
      const response = await fetch(`${service.url}${path}`, { method: 'POST', body: '{}' });
      seen.push([response.status, response.headers.get('content-type'), await response.json()]);
    }
    const body = {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: '404',
      detail: expect.stringMatching(/^SCIM 2.0 is served at /),
    };
    expect(seen).toEqual(Array(4).fill([404, 'application/scim+json; charset=utf-8', body]));
  });

  it('[54] are answered with gzip where that is taken and worth it', async () => {
    const codings = [];
    for (const [path, accepted] of [
      ['/Schemas', 'gzip'],
      ['/Schemas', 'br, gzip;q=0.5'],
      ['/Schemas', 'gzip;q=0'],
      ['/Schemas', 'identity'],
      ['/ResourceTypes/User', 'gzip'],
    ] as const) {
      const { status, headers, body } = await client.send('GET', path, undefined, { 'accept-encoding': accepted });
      codings.push([status, headers.get('content-encoding'), body.schemas.length]);
    }
    expect(codings).toEqual([
      [200, 'gzip', 1],
      [200, 'gzip', 1],
      [200, null, 1],
      [200, null, 1],
      [200, null, 1],
    ]);
  });

  it('[51] that are wrongly encoded are refused without a word of the framework', async () => {
    const { status, body } = await client.send('GET', '/Users/%zz');
    expect([status, body]).toEqual([
      400,
      {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
        status: '400',
        scimType: 'invalidValue',
        detail: 'the address cannot be read; percent-encode it, and keep ids short',
      },
    ]);
  });

  it('[21] answer 405 with Allow to methods that they lack', async () => {
    const seen = [];
    for (const [method, path] of [
      ['POST', '/ServiceProviderConfig'],
      ['DELETE', '/Schemas'],
      ['PATCH', '/Users'],
      ['POST', '/Users/x'],
      ['GET', '/Bulk'],
      ['GET', '/Users/.search'],
    ] as const) {
      const { status, headers, body } = await client.send(method, path, method === 'POST' ? {} : undefined);
      seen.push([status, headers.get('allow'), body.schemas]);
    }
    const error = ['urn:ietf:params:scim:api:messages:2.0:Error'];
    expect(seen).toEqual([
      [405, 'GET, HEAD, OPTIONS', error],
      [405, 'GET, HEAD, OPTIONS', error],
      [405, 'GET, POST, HEAD, OPTIONS', error],
      [405, 'GET, PUT, PATCH, DELETE, HEAD, OPTIONS', error],
      [405, 'POST, OPTIONS', error],
      [405, 'POST, OPTIONS', error],
    ]);
  });

  it('[21][54] know HEAD, OPTIONS and what is not there', async () => {
    const head = await client.send('HEAD', '/Users');
    const options = await client.send('OPTIONS', '/Users');
    const nothing = await client.send('GET', '/Devices');
    const me = await client.send('GET', '/Me');
    expect([head.status, head.body, options.status, options.headers.get('allow')]).toEqual([
      200,
      undefined,
      204,
      'GET, POST, HEAD, OPTIONS',
    ]);
    expect([nothing.status, nothing.body.status, me.status, me.body.status]).toEqual([404, '404', 501, '501']);
  });

  it('[52] answers carry the id of the request and the revision', async () => {
    const made = await client.send('POST', '/Users', { userName: 'traced' }, { 'x-request-id': 'request-0123' });
    const read = await client.send('GET', '/Users?count=0');
    expect(made.headers.get('x-request-id')).toBe('request-0123');
    expect(made.headers.get('graph-revision')).toBe(read.headers.get('graph-revision'));
    expect(made.headers.get('graph-revision')).toMatch(/^[\w-]{22}$/);
  });
});

describe('discovery', () => {
  it('[53] says what is served, whole and by name', async () => {
    const { body: config } = await client.send('GET', '/ServiceProviderConfig');
    expect([config.patch, config.bulk, config.filter, config.sort, config.etag, config.pagination]).toEqual([
      { supported: true },
      { supported: true, maxOperations: 1000, maxPayloadSize: 10_000 },
      { supported: true, maxResults: 1000 },
      { supported: true },
      { supported: true },
      {
        cursor: true,
        index: true,
        defaultPaginationMethod: 'index',
        defaultPageSize: 100,
        maxPageSize: 1000,
        cursorTimeout: 900,
      },
    ]);
    const { body: types } = await client.send('GET', '/ResourceTypes?sortBy=name');
    expect(types.Resources.map(({ id }: { id: string }) => id)).toEqual(['User', 'Group']);
    expect((await client.send('GET', '/ResourceTypes/Group')).body).toEqual(types.Resources[1]);
    const { body: schemas } = await client.send('GET', '/Schemas');
    const [first] = schemas.Resources;
    expect((await client.send('GET', `/Schemas/${first.id}`)).body).toEqual(first);
    const refused = [];
    for (const path of ['/Schemas?filter=id pr', '/Schemas/urn:nothing', '/ResourceTypes/Device'])
      refused.push((await client.send('GET', path)).status);
    expect(refused).toEqual([403, 404, 404]);
  });
});

it.each([true, false])(
  '[4][53] says whether names of groups are unique, as they are kept: %s (RFC 7643 §7)',
  async (groupNamesUnique) => {
    const named = await service.source({ tenant: 'acme', slug: `named-${groupNamesUnique}`, groupNamesUnique });
    const { body } = await named.send('GET', '/Schemas/urn:ietf:params:scim:schemas:core:2.0:Group');
    const statuses = [];
    for (const displayName of ['Sales', 'sales'])
      statuses.push((await named.send('POST', '/Groups', { displayName })).status);
    expect([body.attributes[0].name, body.attributes[0].uniqueness, statuses]).toEqual(
      groupNamesUnique ? ['displayName', 'server', [201, 409]] : ['displayName', 'none', [201, 201]],
    );
  },
);

it('[53] says of the interop profile nothing where the source does not keep it', async () => {
  const interop = await service.source({ tenant: 'acme', slug: 'interop', dialect: 'interop' });
  const [kept, other] = [
    await interop.send('GET', '/ServiceProviderConfig'),
    await client.send('GET', '/ServiceProviderConfig'),
  ];
  expect([kept.body.interopProfileConformant, 'interopProfileConformant' in other.body]).toEqual([true, false]);
});

describe('a source with a limit', () => {
  let slow: ScimService;
  afterAll(() => slow.remove());

  it('[52] is told when it may send again', async () => {
    slow = await startScimService({ limits: { requestsPerSecond: 2 } });
    await slow.tenant('acme');
    const [one, other] = [
      await slow.source({ tenant: 'acme', slug: 'one' }),
      await slow.source({ tenant: 'acme', slug: 'two' }),
    ];
    const statuses = [];
    for (let at = 0; at < 5; at += 1) statuses.push((await one.send('GET', '/Users')).status);
    const refused = await one.send('GET', '/Users');
    expect([statuses, refused.headers.get('retry-after'), refused.body.status]).toEqual([
      [200, 200, 200, 200, 429],
      '1',
      '429',
    ]);
    expect((await other.send('GET', '/Users')).status).toBe(200);
    slow.clock.advance(1_000);
    expect((await one.send('GET', '/Users')).status).toBe(200);
  });
});
