import { Script } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { graphiqlScript } from '../../src/graphql/graphiql-page.js';
import { company } from '../graphql/company.js';
import { type SmallService, startSmallService } from '../graphql/small-service.js';

let service: SmallService;
beforeAll(async () => {
  service = await startSmallService(company, { BODY_LIMIT_BYTES: '2000' });
});
afterAll(() => service.stop());

const viewer = '{ viewer { name } }';

function send(headers: Record<string, string>, body = JSON.stringify({ query: viewer })): Promise<Response> {
  return fetch(`${service.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
}

describe('credentials', () => {
  it('are taken with the word Bearer in any letter case, and without it', async () => {
    const forms = [`Bearer ${service.admin}`, `bearer  ${service.admin}`, service.admin, ` ${service.admin} `];
    const statuses = await Promise.all(forms.map(async (authorization) => (await send({ authorization })).status));
    expect(statuses).toEqual([200, 200, 200, 200]);
  });

  it('that are absent, malformed, unknown or cut are refused alike', async () => {
    const wrong = [undefined, 'Bearer', 'Basic YWRtaW46YWRtaW4=', `Bearer ${'x'.repeat(43)}`, service.admin.slice(1)];
    const answers = await Promise.all(
      wrong.map(async (authorization) => {
        const response = await send(authorization === undefined ? {} : { authorization });
        const { errors } = (await response.json()) as { errors: { message: string; extensions: { code: string } }[] };
        const challenge = response.headers.get('www-authenticate');
        return [
          response.status,
          challenge,
          errors[0]?.message,
          errors[0]?.extensions.code,
          response.headers.get('graph-revision'),
        ];
      }),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toEqual([
      401,
      'Bearer',
      'the request has no valid token; send one as `Authorization: Bearer …`',
      'UNAUTHENTICATED',
      null,
    ]);
  });

  it('end at their expiry, and note their last use to the minute', async () => {
    const token = await service.token({ scopes: ['graph:read'] });
    const find = async () =>
      (await service.services.side.listCredentials()).find(({ name }) => name === `token-${token.slice(0, 8)}`);
    expect((await send({ authorization: token })).status).toBe(200);
    const used = await find();
    expect(used?.lastUsedAt).toBe(service.clock.now());
    await service.services.side.putCredential({ ...used!, expiresAt: service.clock.now() + 1000 });
    expect((await send({ authorization: token })).status).toBe(200);
    service.clock.advance(1000);
    expect((await send({ authorization: token })).status).toBe(401);
  });

  it('of a SCIM source open nothing but SCIM', async () => {
    const { data } = await service.ask(
      'mutation { rotateSourceToken(source: "acme.idp") { ... on SourceCreated { token } } }',
    );
    const { status, errors } = await service.ask(viewer, { token: data.rotateSourceToken.token });
    expect([status, errors?.[0]?.extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
  });

  it('without a scope are refused what needs it, field by field', async () => {
    const token = await service.token({ scopes: [] });
    const { data, errors } = await service.ask('{ viewer { scopes } tenants { totalCount } }', { token });
    expect(data).toEqual({ viewer: { scopes: [] }, tenants: null });
    expect(errors?.map(({ message, extensions }) => [message, extensions.code])).toEqual([
      ['the token lacks the scope `graph:read`; use one that has it', 'FORBIDDEN'],
    ]);
  });
});

describe('the server', () => {
  it('names every answer: the id of the caller where it is plain, else its own', async () => {
    const id = async (given?: string) => {
      const headers = { authorization: service.admin, ...(given !== undefined && { 'x-request-id': given }) };
      return (await send(headers)).headers.get('x-request-id');
    };
    expect(await id('pipeline-4711')).toBe('pipeline-4711');
    expect(await id('short')).toMatch(/^[0-9a-f-]{36}$/);
    expect(await id(`${'a'.repeat(20)} forged`)).toMatch(/^[0-9a-f-]{36}$/);
    expect(await id()).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('says which revision its answers come from, in text that gives the number away to nobody', async () => {
    const revision = (await send({ authorization: service.admin })).headers.get('graph-revision');
    expect(revision).toBe(service.services.opaque.printRevision(service.services.engine.revision()));
    expect(revision).toMatch(/^[\w-]{22}$/);
  });

  it('refuses a body that is too large or no JSON, in the shape of a GraphQL answer', async () => {
    const told = async (body: string) => {
      const response = await send({ authorization: service.admin }, body);
      const { errors } = (await response.json()) as { errors: { extensions: { code: string; requestId: string } }[] };
      const named = errors[0]?.extensions.requestId === response.headers.get('x-request-id');
      return [response.status, errors[0]?.extensions.code, named];
    };
    expect(await told(JSON.stringify({ query: `${viewer}${' '.repeat(2000)}` }))).toEqual([
      413,
      'BAD_USER_INPUT',
      true,
    ]);
    expect(await told('{')).toEqual([400, 'BAD_USER_INPUT', true]);
    expect(await told('{}')).toEqual([400, 'BAD_USER_INPUT', true]);
    expect(await told(JSON.stringify([{ query: viewer }]))).toEqual([400, 'BAD_USER_INPUT', true]);
  });

  it('takes GET only from callers that a browser would have had to ask first', async () => {
    const get = (headers: Record<string, string>) =>
      fetch(`${service.url}/graphql?query=${encodeURIComponent(viewer)}`, {
        headers: { authorization: service.admin, ...headers },
      });
    expect((await get({})).status).toBe(400);
    expect((await get({ 'apollo-require-preflight': 'yes' })).status).toBe(200);
  });

  it('answers on unknown paths with a code and the request id alone', async () => {
    const response = await fetch(`${service.url}/nowhere`);
    expect([response.status, await response.json()]).toEqual([
      404,
      { code: 'NOT_FOUND', message: 'nothing is served at this path', requestId: response.headers.get('x-request-id') },
    ]);
  });

  it('names the methods that a path is served with, in the shape of its protocol', async () => {
    const refused = async (method: string, path: string) => {
      const response = await fetch(`${service.url}${path}`, { method, headers: { authorization: service.admin } });
      return [response.status, response.headers.get('allow'), await response.json()];
    };
    const requestId = expect.any(String);
    expect(await refused('DELETE', '/schema.graphql')).toEqual([
      405,
      'GET, HEAD',
      { code: 'INVALID', message: '`DELETE` is not served here; use GET, HEAD', requestId },
    ]);
    expect(await refused('POST', '/healthz/')).toMatchObject([405, 'GET, HEAD', {}]);
    for (const method of ['PUT', 'OPTIONS'])
      expect(await refused(method, '/graphql')).toEqual([
        405,
        'GET, POST',
        {
          errors: [
            {
              message: `\`${method}\` is not served here; use GET, POST`,
              extensions: { code: 'BAD_USER_INPUT', requestId },
            },
          ],
        },
      ]);
  });

  it('refuses a content type that it does not read with 415', async () => {
    const response = await send({ authorization: service.admin, 'content-type': 'application/xml' }, '<a/>');
    expect([response.status, ((await response.json()) as { errors: unknown[] }).errors]).toEqual([
      415,
      [
        expect.objectContaining({
          message: 'the content type is not taken here; send `application/json`',
        }),
      ],
    ]);
  });

  it('answers a body that is far too large while it is still being sent', async () => {
    const response = await send({ authorization: service.admin }, 'x'.repeat(20_000_000));
    expect(response.status).toBe(413);
  });

  it('says openly that it lives and that it is ready', async () => {
    const told = async (path: string) => (await fetch(`${service.url}${path}`)).json();
    expect(await told('/healthz')).toEqual({ status: 'ok' });
    expect(await told('/readyz')).toEqual({ ready: true });
  });

  it('serves GraphiQL to anyone, and lets it load nothing from any other address', async () => {
    const response = await fetch(`${service.url}/graphiql`);
    const page = await response.text();
    expect(response.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; .*script-src 'self'; connect-src 'self'/,
    );
    expect(page.match(/https?:\/\//g)).toBeNull();
    expect(await (await fetch(`${service.url}/`)).text()).toBe(page);
    const assets = [...page.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map((match) => match[1] as string);
    expect(assets.length).toBe(6);
    for (const asset of assets) {
      const served = await fetch(`${service.url}${asset}`);
      expect([asset, served.status, served.headers.get('content-type')]).toEqual([
        asset,
        200,
        asset.endsWith('.css') ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8',
      ]);
      expect((await served.text()).length).toBeGreaterThan(100);
    }
  });

  it('serves a page whose script can be read', () => {
    expect(() => new Script(graphiqlScript)).not.toThrow();
  });

  it('publishes its schema to readers alone', async () => {
    const get = (token: string) => fetch(`${service.url}/schema.graphql`, { headers: { authorization: token } });
    expect((await fetch(`${service.url}/schema.graphql`)).status).toBe(401);
    expect((await get(await service.token({ scopes: ['admin'] }))).status).toBe(403);
    expect(await (await get(service.admin)).text()).toContain('type ServiceAccount implements Identity');
  });

  it('logs no credential, no query and no variable', async () => {
    await service.ask('query Hidden($text: String!) { search(text: $text) { id } }', {
      variables: { text: 'hush-hush' },
    });
    const log = service.logged.join('\n');
    expect(log).toContain('"path":"/graphql"');
    for (const secret of [service.admin, 'hush-hush', 'Hidden']) expect(log).not.toContain(secret);
  });
});
