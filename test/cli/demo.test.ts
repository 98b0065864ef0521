import { readFileSync, writeFileSync } from 'node:fs';
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
    const fieldOf = (ref: string, n: number) => `i${n}: identity(ref: "${ref}") { ... on Identity { ref } }`;
    for (const some of [refs.slice(0, 15), refs.slice(15)])
      expect(await ask(`{ ${some.map(fieldOf).join(' ')} }`)).toEqual(
        Object.fromEntries(some.map((ref, n) => [`i${n}`, { ref }])),
      );
  });

  it('finds a service account whose only owner has left, and what it inherits', async () => {
    const answer = await ask(
      '{ findings(filter: { identity: "nordwind/svc-left-behind" }) { nodes { rule { id } severity } } }',
    );
    expect(answer).toEqual({
      findings: {
        nodes: [
          { rule: { id: 'orphaned-nhi' }, severity: 'HIGH' },
          { rule: { id: 'nhi-inherits-privileged-role' }, severity: 'MEDIUM' },
        ],
      },
    });
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
      watched: decide(identity: "nordwind/svc-night-watch", permission: "cloud:secret.read", resource: "cloud:/nordwind/prod") {
        ... on DecisionAnswer { decision conditions } }
      settled: decide(identity: "nordwind/svc-night-watch", permission: "cloud:secret.read", resource: "cloud:/nordwind/prod", context: { mfa: true }) {
        ... on DecisionAnswer { decision } }
      guarded: decide(identity: "nordwind/svc-network-bot", permission: "cloud:network.update", resource: "cloud:/nordwind/prod") {
        ... on DecisionAnswer { decision } }
      junior: inheritancePaths(identity: "nordwind/svc-newsletter", permission: "crm:contact.export") { items { hops { kind } } }
      everyone: inheritancePaths(identity: "nordwind/svc-lone-reader", permission: "cloud:compute.read") { items { hops { to { label } } } }
      barred: identity(ref: "nordwind/svc-barred-admin") { ... on Identity { access { summary { tiers { viaAssume } } } } }
      steward: identity(ref: "nordwind/svc-data-steward") { ... on Identity { access { summary { eligible } } } }
      auditor: identity(ref: "nordwind/svc-temp-auditor") { ... on Identity { access { summary { total latent } } } }
    }`);
    expect(answer).toMatchObject({
      disabled: { state: 'SUSPENDED', access: { summary: { total: 0, latent: 21 } } },
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
      watched: { decision: 'CONDITIONAL', conditions: ['mfa equals true'] },
      settled: { decision: 'ALLOWED' },
      guarded: { decision: 'CONDITIONAL' },
      junior: { items: [{ hops: ['HAS_ACCOUNT', 'ASSIGNED', 'INHERITS', 'GRANTS'].map((kind) => ({ kind })) }] },
      everyone: { items: [{ hops: [{ to: { label: 'everyone' } }, {}, {}] }] },
      barred: { access: { summary: { tiers: [0, 0, 0, 0].map((viaAssume) => ({ viaAssume })) } } },
      steward: { access: { summary: { eligible: 11 } } },
      auditor: { access: { summary: { total: 0, latent: 0 } } },
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

  it('touches no store but the one that it has loaded', async () => {
    const path = `${folder.path}/demo/demo.json`;
    writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), storeId: 'another' }));
    const { code, out, err } = await start().ended;
    expect([code, out, err]).toEqual([
      1,
      '',
      expect.stringMatching(/^the store holds something else than the demo.*\n$/),
    ]);
  });
});
