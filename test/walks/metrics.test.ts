import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeAcme, startWholeService, type WholeService } from './whole-service.js';

let service: WholeService;
let ofAcme: string;
beforeAll(async () => {
  service = await startWholeService();
  const { idp } = await makeAcme(service);
  await service.ask('mutation { createTenant(slug: "globex", name: "Globex") { __typename } }');
  const user = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'ada' };
  expect((await service.send('POST', `${idp.scimBaseUrl}/Users`, user, idp.token)).status).toBe(201);
  const made = await service.ask(
    'mutation { createToken(input: { name: "dashboard", scopes: ["graph:read"], tenants: ["acme"] }) { ... on TokenCreated { token } } }',
  );
  ofAcme = (made.data as { createToken: { token: string } }).createToken.token;
  const rules = 'rules: [{ type: SERVICE_ACCOUNT, userName: "svc-*" }]';
  await service.ask(`mutation { setClassification(source: "acme.idp", ${rules}) { __typename } }`);
  const robot = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'svc-ci' };
  expect((await service.send('POST', `${idp.scimBaseUrl}/Users`, robot, idp.token)).status).toBe(201);
  await service.ask('{ findings { totalCount } }');
});
afterAll(() => service.stop());

/** By node:http, since `fetch` sets the header `host` itself. */
const scrape = (headers: Readonly<Record<string, string>> = {}) =>
  new Promise<readonly [number | undefined, string]>((done, fail) => {
    const asked = request(`${service.url}/metrics`, { headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
      });
      response.on('end', () => done([response.statusCode, text]));
    });
    asked.on('error', fail).end();
  });

describe('the metrics', () => {
  it('tell whoever asks on this machine of identities, sources, tokens, the process and its requests', async () => {
    const [status, text] = await scrape();
    expect(status).toBe(200);
    expect(text).toContain('identity_graph_identities{tenant="acme",type="HUMAN",state="ACTIVE"} 1\n');
    expect(text).toContain('identity_graph_source_accounts{source="acme.idp"} 2\n');
    expect(text).toContain(
      'identity_graph_findings{tenant="acme",rule="orphaned-nhi",severity="MEDIUM",state="OPEN"} 1\n',
    );
    expect(text).toMatch(/identity_graph_token_created_seconds\{id="[\w-]+",name="dashboard",kind="api"\} \d{10}\n/);
    expect(text).not.toMatch(/^identity_graph_\w+ /m);
    expect(text).toMatch(/\nprocess_resident_memory_bytes \d+/);
    expect(text).toMatch(
      /http_request_duration_seconds_count\{method="POST",route="\/scim\/v2\/:tenant\/:source\/Users",status="201"\} 2\n/,
    );
  });

  it('want a token of who comes from elsewhere, through a proxy or by another name', async () => {
    for (const headers of [{ 'x-forwarded-for': '203.0.113.9' }, { host: 'rebound.example' }])
      expect([headers, (await scrape(headers))[0]]).toEqual([headers, 401]);
    const { idp } = await makeIdp();
    expect((await scrape({ host: 'elsewhere.example', authorization: idp }))[0]).toBe(401);
  });

  it('show a token of one tenant nothing else', async () => {
    const [status, text] = await scrape({ host: 'elsewhere.example', authorization: `Bearer ${ofAcme}` });
    expect(status).toBe(200);
    expect(text).toContain('tenant="acme"');
    expect(text).not.toMatch(/globex|process_|http_request|administrator/);
  });
});

/** A source's own token, which opens SCIM alone. */
async function makeIdp(): Promise<{ readonly idp: string }> {
  const { data } = await service.ask(
    'mutation { rotateSourceToken(source: "acme.idp") { ... on SourceCreated { token } } }',
  );
  return { idp: (data as { rotateSourceToken: { token: string } }).rotateSourceToken.token };
}
