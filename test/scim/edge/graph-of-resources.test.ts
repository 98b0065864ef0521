import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EdgeKind } from '../../../src/graph/edge.js';
import { asNodeId, asStatementSource, type NodeId, resourceIdOf, roleIdOf } from '../../../src/graph/ids.js';
import type { GraphNode, JsonObject, NodeOf } from '../../../src/graph/node.js';
import { systemScope } from '../../../src/store/graph-store.js';
import { commitChanges } from '../../../src/usecases/commit-changes.js';
import { patchBody, type ScimClient, type ScimService, startScimService } from './scim-service.js';

const nonHuman = 'urn:identity-graph:params:scim:schemas:extension:non-human:2.0:User';
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const crm = asNodeId('app.crm');

let service: ScimService;
let tenant: NodeId;
let root: NodeId;
let app: ScimClient;
beforeAll(async () => {
  service = await startScimService();
  tenant = await service.tenant('acme');
  root = resourceIdOf(crm, tenant, '/');
  await put(
    { kind: 'Application', id: crm, slug: 'crm', name: 'CRM', caseSensitiveActions: false, directMembersOnly: false },
    { kind: 'Resource', id: root, application: crm, tenant, path: '/' },
    roleNamed('reader'),
  );
  app = await service.source({
    tenant: 'acme',
    slug: 'crm',
    application: 'crm',
    classification: [
      { kind: 'group', type: 'SERVICE_ACCOUNT', name: 'Robots' },
      { kind: 'userName', type: 'AI_AGENT', pattern: 'agent-*' },
    ],
  });
});
afterAll(() => service.remove());

const roleNamed = (name: string): GraphNode => ({
  kind: 'Role',
  id: roleIdOf(crm, undefined, name),
  application: crm,
  name,
  assignable: true,
  deprecated: false,
});
const put = (...nodes: readonly GraphNode[]) =>
  commitChanges(service.services, {
    meta: { actor: 'catalogue' },
    plan: { changes: nodes.map((node) => ({ kind: 'putNode', node })) },
  });
const account = async (id: string) => {
  const [version] = await service.store.graph.nodesByIds(systemScope, [asNodeId(id)]);
  return version?.node as NodeOf<'Account'>;
};
const identityOf = async (id: string) => (await edges(id, 'to', 'HAS_ACCOUNT'))[0]?.from as NodeId;
const edges = async (id: string, end: 'from' | 'to', kind: EdgeKind) =>
  (await service.store.graph.edgesOf(systemScope, { node: asNodeId(id), end, kind, limit: 100 })).items.map(
    ({ edge }) => edge,
  );
const waiting = async () =>
  (await service.store.graph.list(systemScope, { kind: 'PendingReference', limit: 100 })).items.map(
    ({ node }) => node.reference.target.value,
  );

describe('what a user is in the graph', () => {
  it('[58][63] is an account with what its document says', async () => {
    const { body } = await app.send('POST', '/Users', {
      userName: 'Svc-Sync',
      externalId: 'ext-1',
      displayName: 'Sync',
      emails: [{ value: 'a@acme.com' }, { value: 'b@acme.com', primary: true }],
      [enterprise]: { employeeNumber: '77' },
      [nonHuman]: {
        type: 'workload',
        purpose: 'copies contacts',
        environments: ['production', 'prod'],
        expiresAt: '2027-02-01T00:00:00Z',
      },
    });
    const { attributes, ...fields } = await account(body.id);
    expect(fields).toEqual({
      kind: 'Account',
      id: body.id,
      tenant,
      source: app.id,
      userName: 'Svc-Sync',
      externalId: 'ext-1',
      displayName: 'Sync',
      active: true,
      type: 'WORKLOAD',
      employeeNumber: '77',
      primaryEmail: 'b@acme.com',
      emails: ['a@acme.com', 'b@acme.com'],
      purpose: 'copies contacts',
      environments: ['PROD'],
      expiresAt: Date.UTC(2027, 1, 1),
    });
    expect([body.active, body[nonHuman].environments, attributes.active]).toEqual([true, ['production', 'prod'], true]);
  });

  it('[14][28] stays as active as it was where `active` is removed, until a body says it all again', async () => {
    const { body } = await app.send('POST', '/Users', { userName: 'unsaid', active: false });
    const path = `/Users/${body.id}`;
    const removed = await app.send('PATCH', path, patchBody({ op: 'remove', path: 'active' }));
    expect([removed.body.active, (await account(body.id)).active]).toEqual([undefined, false]);
    const put = await app.send('PUT', path, { userName: 'unsaid' });
    expect([put.body.active, (await account(body.id)).active]).toEqual([false, false]);
  });

  it('[63] has the roles and entitlements of its application, those unknown to the catalogue waiting', async () => {
    const { body } = await app.send('POST', '/Users', {
      userName: 'reader',
      roles: [{ value: 'READER', primary: true }],
      entitlements: [{ value: 'auditor', display: 'Auditor' }],
    });
    const stated = { source: asStatementSource(app.id), statedBy: 'SCIM', statement: 'role' };
    const assigned = (role: string) => ({
      kind: 'ASSIGNED',
      from: body.id,
      to: roleIdOf(crm, undefined, role),
      scope: root,
      ...stated,
      sourceRef: expect.stringMatching(/ create$/),
    });
    expect([await edges(body.id, 'from', 'ASSIGNED'), await waiting()]).toEqual([[assigned('reader')], ['auditor']]);
    await put(roleNamed('Auditor'));
    expect([(await edges(body.id, 'from', 'ASSIGNED')).map(({ to }) => to).sort(), await waiting()]).toEqual([
      [roleIdOf(crm, undefined, 'Auditor'), roleIdOf(crm, undefined, 'reader')].sort(),
      [],
    ]);
    await app.send('PATCH', `/Users/${body.id}`, patchBody({ op: 'remove', path: 'roles' }));
    expect((await edges(body.id, 'from', 'ASSIGNED')).map(({ to }) => to)).toEqual([
      roleIdOf(crm, undefined, 'Auditor'),
    ]);
    const shown = await app.send('GET', `/Users/${body.id}`);
    expect([shown.body.roles, shown.body.entitlements]).toEqual([
      undefined,
      [{ value: 'auditor', display: 'Auditor' }],
    ]);
  });

  it('[16][65] is owned by whom it names, as soon as they are there, and by nobody once it is gone', async () => {
    const owned = await app.send('POST', '/Users', {
      userName: 'agent-7',
      [nonHuman]: { owners: [{ value: 'boss', display: 'The boss' }] },
    });
    expect([owned.body[nonHuman].owners, await waiting()]).toEqual([
      [{ value: 'boss', display: 'The boss' }],
      ['boss'],
    ]);
    const boss = await app.send('POST', '/Users', { userName: 'boss', displayName: 'Bo' });
    const [owner, identity] = [await identityOf(boss.body.id), await identityOf(owned.body.id)];
    expect((await edges(identity, 'to', 'OWNS')).map(({ from }) => from)).toEqual([owner]);
    const shown = await app.send('GET', `/Users/${owned.body.id}`);
    expect([shown.body[nonHuman].owners, shown.body.meta.version]).toEqual([
      [{ value: 'boss', display: 'The boss', $ref: `${app.base}/Users/${boss.body.id}` }],
      expect.stringMatching(/^W\/"1-[\w-]{12}"$/),
    ]);
    expect((await app.send('DELETE', `/Users/${owned.body.id}`)).status).toBe(204);
    expect(await edges(identity, 'to', 'OWNS')).toEqual([]);
  });

  it('[16][65] is owned by a group that it names by externalId, and shows it', async () => {
    const team = (await app.send('POST', '/Groups', { displayName: 'Team', externalId: 'ext-team' })).body;
    const { body } = await app.send('POST', '/Users', {
      userName: 'agent-of-team',
      [nonHuman]: { owners: [{ value: 'ext-team' }] },
    });
    expect(body[nonHuman].owners).toEqual([
      { value: 'ext-team', display: 'Team', $ref: `${app.base}/Groups/${team.id}` },
    ]);
    expect((await edges(await identityOf(body.id), 'to', 'OWNS')).map(({ from }) => from)).toEqual([team.id]);
  });
});

describe('the type of an account', () => {
  it.each([
    ['service-account', 'SERVICE_ACCOUNT'],
    ['serviceAccount', 'SERVICE_ACCOUNT'],
    ['Service Account', 'SERVICE_ACCOUNT'],
    ['WORKLOAD', 'WORKLOAD'],
    ['AI-Agent', 'AI_AGENT'],
    ['agent', 'AI_AGENT'],
    ['Human', 'HUMAN'],
  ])('[10][58] is meant by `%s` as it is sent: %s', async (type, meant) => {
    const { body } = await app.send('POST', '/Users', { userName: `is ${type}`, [nonHuman]: { type } });
    expect([body[nonHuman].type, (await account(body.id)).type]).toEqual([type, meant]);
  });

  it('[58] is refused where it means nothing: nobody is taken for a person by a slip; an environment that means nothing is kept', async () => {
    const { body } = await app.send('POST', '/Users', { userName: 'slip', [nonHuman]: { type: 'workload' } });
    const refused = [];
    for (const [method, path, sent] of [
      ['POST', '/Users', { userName: 'slip-2', [nonHuman]: { type: 'robot' } }],
      ['PATCH', `/Users/${body.id}`, patchBody({ op: 'replace', path: `${nonHuman}:type`, value: 'banana' })],
    ] as const) {
      const answer = await app.send(method, path, sent);
      refused.push([answer.status, answer.body.scimType, answer.body.detail.replace(/^operation 1: /, '')]);
    }
    const types = '`human`, `service_account`, `workload`, `ai_agent`';
    expect(refused).toEqual([
      [400, 'invalidValue', `\`type\` is \`robot\`; use ${types}`],
      [400, 'invalidValue', `\`type\` is \`banana\`; use ${types}`],
    ]);
    const kept = ['pre-prod', 'moon'];
    const environments = patchBody({ op: 'add', path: `${nonHuman}:environments`, value: kept });
    expect((await app.send('PATCH', `/Users/${body.id}`, environments)).status).toBe(200);
    const { type, environments: known, attributes } = await account(body.id);
    expect([type, known, (attributes[nonHuman] as JsonObject).environments]).toEqual(['WORKLOAD', ['STAGE'], kept]);
  });

  it('[58] that means nothing and is there hinders no other change', async () => {
    const { body } = await app.send('POST', '/Users', { userName: 'old', [nonHuman]: { purpose: 'unknown' } });
    const stored = await account(body.id);
    await put({ ...stored, attributes: { ...stored.attributes, [nonHuman]: { type: 'robot' } } });
    const path = `/Users/${body.id}`;
    const send = async (type?: string) => {
      const sent = { userName: 'old', active: type === undefined, ...(type && { [nonHuman]: { type } }) };
      const answer = await app.send('PUT', path, sent);
      return [answer.status, answer.body.active, answer.body[nonHuman]?.type];
    };
    expect([await send('robot'), await send('android'), await send()]).toEqual([
      [200, false, 'robot'],
      [400, undefined, undefined],
      [200, true, undefined],
    ]);
  });

  it('[58] follows the groups that rules look at, whoever moves, and shows in no answer', async () => {
    const made = (await app.send('POST', '/Users', { userName: 'bot', externalId: 'bot-1' })).body;
    const typeOf = async (id: string) => (await account(id))?.type;
    const seen = [await typeOf(made.id)];
    const group = (await app.send('POST', '/Groups', { displayName: 'robots', members: [{ value: 'bot-1' }] })).body;
    const path = `/Groups/${group.id}`;
    const rename = (displayName: string) =>
      app.send('PATCH', path, patchBody({ op: 'replace', value: { displayName } }));
    seen.push(await typeOf(made.id));
    await rename('People');
    seen.push(await typeOf(made.id));
    await rename('Robots');
    seen.push(await typeOf(made.id));
    await app.send('PATCH', path, patchBody({ op: 'remove', path: `members[value eq "${made.id}"]` }));
    seen.push(await typeOf(made.id));
    await app.send('PUT', path, { displayName: 'Robots', members: [{ value: made.id }, { value: 'late-bot' }] });
    seen.push(await typeOf(made.id));
    const late = (await app.send('POST', '/Users', { userName: 'late-bot' })).body;
    seen.push(await typeOf(late.id));
    await app.send('DELETE', path);
    seen.push(await typeOf(made.id), await typeOf(late.id));
    expect(seen).toEqual([
      'HUMAN',
      'SERVICE_ACCOUNT',
      'HUMAN',
      'SERVICE_ACCOUNT',
      'HUMAN',
      'SERVICE_ACCOUNT',
      'SERVICE_ACCOUNT',
      'HUMAN',
      'HUMAN',
    ]);
    const agent = (await app.send('POST', '/Users', { userName: 'agent-8' })).body;
    expect([await typeOf(agent.id), Object.keys(agent).sort()]).toEqual([
      'AI_AGENT',
      ['active', 'id', 'meta', 'schemas', 'userName'],
    ]);
  });
});
