import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { patchBody, type ScimClient, type ScimService, startScimService } from './scim-service.js';

let service: ScimService;
let okta: ScimClient;
let entra: ScimClient;
beforeAll(async () => {
  service = await startScimService();
  await service.tenant('acme');
  await service.tenant('globex');
  okta = await service.source({ tenant: 'acme', slug: 'okta' });
  entra = await service.source({ tenant: 'acme', slug: 'entra' });
});
afterAll(() => service.remove());

describe('a token', () => {
  it('[1][2] opens its own source only, and what is refused is refused alike', async () => {
    const { token } = okta;
    const tries = [
      [service.client('acme', 'entra', token), {}],
      [service.client('acme', 'nothing', token), {}],
      [service.client('globex', 'okta', token), {}],
      [service.client('nobody', 'okta', token), {}],
      [service.client('acme', 'okta', 'x'.repeat(43)), {}],
      [service.client('acme', 'okta', token), { authorization: '' }],
      [service.client('acme', 'okta', token), { authorization: 'Basic YTpi' }],
    ] as const;
    const answers = [];
    for (const [client, headers] of tries)
      for (const path of ['/Users', '/ServiceProviderConfig', '/nothing'])
        answers.push(await client.send('GET', path, undefined, headers));
    const seen = answers.map(({ status, headers, body }) =>
      JSON.stringify([status, headers.get('www-authenticate'), headers.get('graph-revision'), body]),
    );
    expect(new Set(seen)).toEqual(
      new Set([
        JSON.stringify([
          401,
          'Bearer',
          null,
          {
            schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
            status: '401',
            detail: "send the source's own token as `Authorization: Bearer …`",
          },
        ]),
      ]),
    );
  });

  it('[2] is taken without the word Bearer, and ends when it is revoked', async () => {
    const client = await service.source({ tenant: 'globex', slug: 'bare' });
    const bare = () => client.send('GET', '/Users', undefined, { authorization: client.token });
    expect((await bare()).status).toBe(200);
    const [credential] = await service.store.side.listCredentials(client.id);
    expect(credential?.lastUsedAt).toBe(service.clock.now());
    await service.store.side.removeCredential(credential?.id ?? '');
    expect((await bare()).status).toBe(401);
  });
});

describe('a source', () => {
  it("[3] meets another source's ids like ids that never were", async () => {
    const user = (await okta.send('POST', '/Users', { userName: 'kit' })).body;
    const group = (await okta.send('POST', '/Groups', { displayName: 'Build', members: [{ value: user.id }] })).body;
    const answer = async (id: string, kind: string) => {
      const body = kind === 'Users' ? { userName: 'x' } : { displayName: 'x' };
      const requests = [
        ['GET', undefined],
        ['PUT', body],
        ['PATCH', patchBody({ op: 'add', path: 'externalId', value: 'x' })],
        ['DELETE', undefined],
      ] as const;
      const answers = [];
      for (const [method, sent] of requests) {
        const { status, body: error } = await entra.send(method, `/${kind}/${id}`, sent);
        answers.push([status, error.detail.replace(id, 'ID')]);
      }
      return answers;
    };
    const unknown = Array.from({ length: 4 }, () => [404, 'resource `ID` is not found']);
    expect(await answer(user.id, 'Users')).toEqual(unknown);
    expect(await answer(group.id, 'Groups')).toEqual(unknown);
    expect(await answer('usr.never', 'Users')).toEqual(unknown);
    expect((await okta.send('GET', `/Groups/${user.id}`)).status).toBe(404);
  });

  it('[3][4] has its own names, and members of another source never join', async () => {
    const kit = (await okta.send('POST', '/Users', { userName: 'same' })).body;
    const same = await entra.send('POST', '/Users', { userName: 'same' });
    expect(same.status).toBe(201);
    const made = await entra.send('POST', '/Groups', { displayName: 'Mixed', members: [{ value: kit.id }] });
    expect(made.body.members).toEqual([{ value: kit.id }]);
    expect((await okta.send('GET', `/Users/${kit.id}`)).body.groups).toBeUndefined();
    const listed = await entra.send('GET', '/');
    expect(listed.body.Resources.map(({ id }: { id: string }) => id)).toEqual([same.body.id, made.body.id]);
    const found = await entra.send('GET', `/?filter=id eq "${kit.id}"`);
    expect(found.body.totalResults).toBe(0);
  });
});
