import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { demoAnswer, demoQuery } from '../../src/cli/demo-query.js';
import { createCompany } from '../../src/sample/company.js';
import {
  createTemporaryFolder,
  type RunningCommand,
  runCommand,
  startCommand,
  type TemporaryFolder,
} from './running-service.js';

const token = 'demo-administrator-token-of-the-tests';
let folder: TemporaryFolder;
let demo: RunningCommand;
let url: string;

const start = () => startCommand(['demo'], { DATA_DIR: `${folder.path}/demo`, PORT: '0', ADMIN_TOKEN: token });

async function ask(query: string): Promise<unknown> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return ((await response.json()) as { data: unknown }).data;
}

describe('the demo', () => {
  beforeAll(async () => {
    folder = createTemporaryFolder();
    demo = start();
    url = (await demo.printed(/GraphiQL\s+(http:\S+)\/graphiql/))[1] as string;
    await demo.printed(/Ctrl-C/);
  });
  afterAll(() => {
    demo.child.kill('SIGKILL');
    folder.remove();
  });

  it('answers the query that it prints as it says it will', async () => {
    expect(await ask(demoQuery)).toEqual(demoAnswer);
    expect(demo.out()).toContain(demoQuery);
    expect(demo.out()).toContain(JSON.stringify(demoAnswer, undefined, 2));
  });

  it('prints base URL and token of each source, and the token reaches it', async () => {
    const [, baseUrl, sourceToken] = /SCIM nordwind\.entra\s+(\S+)\s+token (\S+)/.exec(demo.out()) as RegExpExecArray;
    const response = await fetch(`${baseUrl}/Users?count=0`, { headers: { authorization: `Bearer ${sourceToken}` } });
    expect(await response.json()).toMatchObject({ totalResults: createCompany().accounts.length });
  });

  it('plants each case that it names', async () => {
    const refs = createCompany().planted.map(({ identity }) => `nordwind/${identity}`);
    const fields = refs.map((ref, n) => `i${n}: identity(ref: "${ref}") { ... on Identity { ref } }`);
    expect(await ask(`{ ${fields.join(' ')} }`)).toEqual(Object.fromEntries(refs.map((ref, n) => [`i${n}`, { ref }])));
  });

  it('makes of the planted cases what the model says of them', async () => {
    const answer = await ask(`{
      disabled: identity(ref: "nordwind/svc-old-administrator") { ... on Identity { state access { summary { total latent } } } }
      bridge: identity(ref: "nordwind/svc-labs-bridge") { ... on Identity { access { summary { crossTenant } } } }
      agent: identity(ref: "nordwind/agent-concierge") { ... on Identity { access { summary { tiers { tier viaAssume } } } } }
      three: identity(ref: "nordwind/svc-three-projects") { ... on Identity { access {
        effectivePermissions(filter: { application: "cloud", text: "deploy.start" }) { totalCount items { grantedAt { ref } } } } } }
      denied: decide(identity: "nordwind/svc-deployer-all", permission: "cloud:deploy.start", resource: "cloud:/nordwind/test/project-02") {
        ... on DecisionAnswer { decision } }
      overridden: decide(identity: "nordwind/svc-report-builder", permission: "crm:contact.export", resource: "crm:/nordwind/denmark") {
        ... on DecisionAnswer { decision } }
      nested: whyNot(identity: "nordwind/svc-ledger-sync", permission: "billing:invoice.approve", resource: "billing:/labs") {
        ... on WhyNot { decision nearMisses { wouldBe blockers { blocker } } } }
    }`);
    expect(answer).toMatchObject({
      disabled: { state: 'SUSPENDED', access: { summary: { total: 0, latent: 11 } } },
      bridge: { access: { summary: { crossTenant: 5 } } },
      agent: { access: { summary: { tiers: [{ tier: 0, viaAssume: 2 }, { tier: 1, viaAssume: 8 }, {}, {}] } } },
      three: {
        access: {
          effectivePermissions: {
            items: expect.arrayContaining(
              ['04', '11', '23'].map((n) => ({ grantedAt: { ref: `cloud:/nordwind/prod/project-${n}` } })),
            ),
            totalCount: 3,
          },
        },
      },
      denied: { decision: 'DENIED' },
      overridden: { decision: 'DENIED' },
      nested: { decision: 'NOT_GRANTED', nearMisses: [{ wouldBe: 'ALLOWED', blockers: [{ blocker: 'NESTING' }] }] },
    });
  });

  it('says in one line that its folder or port is taken', async () => {
    const port = new URL(url).port;
    const again = await runCommand(['demo'], { DATA_DIR: `${folder.path}/demo`, PORT: '0', ADMIN_TOKEN: token });
    const other = await runCommand(['serve'], { DATA_DIR: `${folder.path}/other`, PORT: port });
    expect([again.code, again.err.trim().split('\n').length, again.err]).toEqual([
      1,
      1,
      expect.stringContaining('in use'),
    ]);
    expect([other.code, other.err]).toEqual([
      1,
      `port ${port} on 127.0.0.1 is in use; set PORT to another, or stop what holds it\n`,
    ]);
  });

  it('stops clean on SIGTERM, and takes the company as it was left at its next start', async () => {
    demo.child.kill('SIGTERM');
    expect(await demo.ended).toMatchObject({ code: 0 });
    demo = start();
    url = (await demo.printed(/GraphiQL\s+(http:\S+)\/graphiql/))[1] as string;
    expect(await ask(demoQuery)).toEqual(demoAnswer);
    demo.child.kill('SIGTERM');
    const { err } = await demo.ended;
    expect(err).toBe('');
  });
});
