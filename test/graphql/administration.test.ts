import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { asNodeId } from '../../src/graph/ids.js';
import type { GraphNode, SourceNode } from '../../src/graph/node.js';
import { hashOfToken } from '../../src/usecases/credential-token.js';
import { type SmallService, startSmallService } from './small-service.js';

let service: SmallService;
beforeAll(async () => {
  service = await startSmallService('');
});
afterAll(() => service.stop());

const problem = '__typename ... on Problem { code message } ... on Invalid { issues { pointer message hint } }';
const catalogue = JSON.stringify({
  apiVersion: 'idgraph/v1',
  kind: 'Catalogue',
  application: 'crm',
  name: 'CRM',
  version: '1',
  permissions: [
    { action: 'contact.read', class: 'READ', tier: 3 },
    { action: 'contact.delete', class: 'WRITE', tier: 1 },
  ],
  roles: [{ name: 'admin', statements: [{ actions: ['contact.*'] }] }],
});

async function only(
  field: string,
  selection: string,
  variables: object = {},
  declared = '',
): Promise<Record<string, unknown>> {
  const { data, errors } = await service.ask(`mutation ${declared} { result: ${field} { ${problem} ${selection} } }`, {
    variables,
  });
  expect(errors).toBeUndefined();
  return data.result;
}

describe('from nothing to the first push', () => {
  it('makes a tenant, visible to whatever is asked next', async () => {
    const made = await only(
      'createTenant(slug: "acme", name: "Acme", environment: PROD)',
      '... on TenantCreated { tenant { ref name environment sources { ref } } revision }',
    );
    expect(made).toEqual({
      __typename: 'TenantCreated',
      tenant: { ref: 'acme', name: 'Acme', environment: 'PROD', sources: [] },
      revision: expect.stringMatching(/^[\w-]{22}$/),
    });
    const { data, headers } = await service.ask('{ tenants { nodes { slug } asOf { revision } } }');
    expect(data.tenants.nodes).toEqual([{ slug: 'acme' }]);
    expect([data.tenants.asOf.revision, headers.get('graph-revision')]).toEqual([made.revision, made.revision]);
  });

  it('refuses a second tenant of that slug in any letter case, and slugs that are none', async () => {
    const taken = await only('createTenant(slug: "acme", name: "Other")', '');
    expect([taken.__typename, taken.code]).toEqual(['Invalid', 'UNIQUENESS']);
    const wrong = await only('createTenant(slug: "Ac me", name: "Other")', '');
    expect(wrong).toMatchObject({
      __typename: 'Invalid',
      code: 'INVALID',
      issues: [{ pointer: '/slug', hint: '1 to 63 of a-z 0-9 -, not beginning with -' }],
    });
  });

  it('makes a source by preset, tells where to write and the token, once', async () => {
    const made = await only(
      'createSource(input: { tenant: "acme", slug: "entra", kind: IDP, preset: "entra" })',
      '... on SourceCreated { source { ref kind preset authoritative tenant { ref } classification { type } } scimBaseUrl token tokenExpiresAt }',
    );
    expect(made).toEqual({
      __typename: 'SourceCreated',
      source: {
        ref: 'acme.entra',
        kind: 'IDP',
        preset: 'entra',
        authoritative: true,
        tenant: { ref: 'acme' },
        classification: [],
      },
      scimBaseUrl: `${service.url}/scim/v2/acme/entra`,
      token: expect.stringMatching(/^[\w-]{43}$/),
      tokenExpiresAt: null,
    });
    const credential = await service.services.side.findCredential(hashOfToken(String(made.token)));
    expect(credential).toMatchObject({ kind: 'scim', name: 'source entra', scopes: [] });
    expect(JSON.stringify(credential)).not.toContain(made.token);
  });

  it('makes a source with settings of its own, and changes them, what is not given staying', async () => {
    const shown =
      'source { settings { dialect patchResponse requireIfMatch indirectGroups groupNamesUnique limits { name value } schemas } }';
    const schemas = JSON.stringify([{ id: 'urn:acme:2.0:User', attributes: [{ name: 'badge' }] }]);
    const made = await only(
      'createSource(input: { tenant: "acme", slug: "own", kind: IDP, preset: "entra", authoritative: false, groupNamesUnique: false, settings: { patchResponse: "none", limits: { maxPageSize: 50 } } })',
      `... on SourceCreated { ${shown} }`,
    );
    const settings = {
      dialect: 'lenient',
      patchResponse: 'none',
      requireIfMatch: false,
      indirectGroups: false,
      groupNamesUnique: false,
      limits: [{ name: 'maxPageSize', value: 50 }],
      schemas: [],
    };
    expect(made.source).toEqual({ settings });
    const set = (input: string, more = '') =>
      only(
        `setSourceSettings(source: "acme.own", settings: { ${input} })`,
        `... on SettingsSet { ${shown} } ${more}`,
        { schemas },
        '($schemas: String)',
      );
    expect((await set('requireIfMatch: true, schemas: $schemas, limits: {}')).source).toEqual({
      settings: { ...settings, requireIfMatch: true, limits: [], schemas: ['urn:acme:2.0:User'] },
    });
    const faulty = await set('patchResponse: "loud", schemas: $schemas');
    expect([faulty.__typename, faulty.issues]).toMatchObject(['Invalid', [{ pointer: '/patchResponse' }]]);
  });

  it('makes the first authoritative source of a tenant the one that anchors correlation', async () => {
    const [tenant, source] = [await nodeOf('Tenant', 'acme'), await nodeOf('Source', 'entra')];
    expect(tenant).toMatchObject({
      anchorSource: source.id,
      correlation: ['externalId', 'userName', 'employeeNumber', 'email'],
    });
    const second = await only(
      'createSource(input: { tenant: "acme", slug: "okta", kind: IDP, preset: "okta", correlateBy: [USER_NAME] })',
      '',
    );
    expect([second.__typename, second.message]).toEqual([
      'Invalid',
      "the tenant's first authoritative source says how accounts correlate; leave it out",
    ]);
  });

  it('refuses sources of unknown presets, tenants and dialects, and application sources of no application', async () => {
    const refused = async (input: string) => {
      const { __typename, message } = await only(`createSource(input: { slug: "x", ${input} })`, '');
      return [__typename, message];
    };
    expect(await refused('tenant: "nowhere", kind: IDP')).toEqual([
      'NotFound',
      '`nowhere` names no tenant that you may see; check its spelling',
    ]);
    expect((await refused('tenant: "acme", kind: IDP, preset: "toString"'))[1]).toMatch(
      /^`toString` is no preset; take one of okta, /,
    );
    expect((await refused('tenant: "acme", kind: IDP, dialect: "loose"'))[0]).toBe('Invalid');
    expect((await refused('tenant: "acme", kind: APPLICATION'))[1]).toMatch(/needs the application/);
  });

  it('takes an application from its catalogue, and the same again changes nothing', async () => {
    const take = () =>
      only(
        'importCatalogue(document: $document, application: "crm")',
        '... on CatalogueImported { application { ref name } parts revision }',
        { document: catalogue },
        '($document: String!)',
      );
    const first = await take();
    expect(first).toMatchObject({ application: { ref: 'crm', name: 'CRM' }, parts: 1 });
    expect((await take()).revision).toBe(first.revision);
    const { data } = await service.ask(
      '{ roles(application: "crm") { nodes { ref } } permissions(application: "crm", tierAtMost: 1) { nodes { ref tier } totalCount } }',
    );
    expect(data).toEqual({
      roles: { nodes: [{ ref: 'crm:admin' }] },
      permissions: { nodes: [{ ref: 'crm:contact.delete', tier: 1 }], totalCount: 1 },
    });
  });

  it('tells every fault of a catalogue', async () => {
    const document = JSON.stringify({
      ...JSON.parse(catalogue),
      permissions: [{ action: 'x', class: 'READ', tier: 9 }],
    });
    const refused = await only('importCatalogue(document: $document)', '', { document }, '($document: String!)');
    expect(refused).toMatchObject({ __typename: 'Invalid', code: 'INVALID' });
    expect((refused.issues as { pointer: string }[]).map(({ pointer }) => pointer)).toContain('/permissions/0/tier');
  });

  it('installs the application in the tenant', async () => {
    const made = await only(
      'installApplication(application: "crm", tenant: "acme", environment: PROD)',
      '... on ApplicationInstalled { root { ref path environment application { ref } parent { ref } } }',
    );
    expect(made.root).toEqual({
      ref: 'crm:/acme',
      path: '/',
      environment: 'PROD',
      application: { ref: 'crm' },
      parent: null,
    });
  });

  it('installs what is installed without taking anything from it', async () => {
    const again = async (environment: string) =>
      (
        await only(
          `installApplication(application: "crm", tenant: "acme"${environment})`,
          '... on ApplicationInstalled { root { environment } revision }',
        )
      ).root;
    expect(await again('')).toEqual({ environment: 'PROD' });
    expect(await again(', environment: STAGE')).toEqual({ environment: 'STAGE' });
  });

  it('then takes what the provider pushes, and tells how the source is doing', async () => {
    const source = await nodeOf('Source', 'entra');
    await service.commit(['kit', 'svc-sync', 'svc-agent'].map((name) => putAccount(source, name)));
    const { id } = source;
    const counts = { requests: 9, errors: 2, 'coerced.E5': 1, 'coerced.E1': 4, 'client.okta': 3, 'client.entra': 4 };
    await service.services.side.addHealth(id, service.clock.now(), counts, service.clock.now());
    const { data } = await service.ask(
      '{ sources { nodes { ref health { lastWriteAt accounts groups dangling requests errors looksLike coerced { habit count } } } } }',
    );
    expect(data.sources.nodes[0].health).toEqual({
      lastWriteAt: new Date(service.clock.now()).toISOString(),
      accounts: 3,
      groups: 0,
      dangling: 0,
      requests: 9,
      errors: 2,
      looksLike: 'entra',
      coerced: [
        { habit: 'E1', count: 4 },
        { habit: 'E5', count: 1 },
      ],
    });
  });
});

describe('classification', () => {
  const rules = '[{ type: AI_AGENT, userName: "svc-agent*" }, { type: SERVICE_ACCOUNT, userName: "svc-*" }]';

  it('previews who would change, writes nothing, and pages', async () => {
    const ask = async (page: string) =>
      (
        await service.ask(
          `{ previewClassification(source: "acme.entra", rules: ${rules}, ${page}) { totalCount examined pageInfo { hasNextPage endCursor }
             changes { account { ref } from to } } }`,
        )
      ).data.previewClassification;
    const first = await ask('first: 1');
    expect(first).toMatchObject({ totalCount: 2, examined: 3, pageInfo: { hasNextPage: true } });
    const second = await ask(`first: 1, after: "${first.pageInfo.endCursor}"`);
    expect([...first.changes, ...second.changes].sort((a, b) => (a.account.ref < b.account.ref ? -1 : 1))).toEqual([
      { account: { ref: 'acme.entra/svc-agent' }, from: 'HUMAN', to: 'AI_AGENT' },
      { account: { ref: 'acme.entra/svc-sync' }, from: 'HUMAN', to: 'SERVICE_ACCOUNT' },
    ]);
    expect(second.pageInfo).toEqual({ hasNextPage: false, endCursor: null });
    const { data } = await service.ask('{ identities(filter: { type: [HUMAN] }) { totalCount } }');
    expect(data.identities.totalCount).toBe(3);
  });

  it('re-types in one write, and ids stay', async () => {
    const typed = async () =>
      (await service.ask('{ identities { nodes { __typename id ref } } }')).data.identities.nodes as Record<
        string,
        string
      >[];
    const before = await typed();
    const head = service.services.engine.revision();
    const set = await only(
      `setClassification(source: "acme.entra", rules: ${rules})`,
      '... on ClassificationSet { changes source { classification { type userName group } } }',
    );
    expect(set).toEqual({
      __typename: 'ClassificationSet',
      changes: 2,
      source: {
        classification: [
          { type: 'AI_AGENT', userName: 'svc-agent*', group: null },
          { type: 'SERVICE_ACCOUNT', userName: 'svc-*', group: null },
        ],
      },
    });
    expect(service.services.engine.revision()).toBe(head + 1);
    const after = await typed();
    expect(after.map(({ id, ref }) => [id, ref])).toEqual(before.map(({ id, ref }) => [id, ref]));
    expect(Object.fromEntries(after.map(({ ref, __typename }) => [ref, __typename]))).toEqual({
      'acme/kit': 'HumanIdentity',
      'acme/svc-agent': 'AiAgent',
      'acme/svc-sync': 'ServiceAccount',
    });
  });

  it('refuses rules with no test or with two, each by its place', async () => {
    const refused = await only(
      'setClassification(source: "acme.entra", rules: [{ type: HUMAN }, { type: HUMAN, userName: "a" }, { type: HUMAN, userName: "a", group: "b" }, { type: HUMAN, attribute: "title" }])',
      '',
    );
    expect((refused.issues as { pointer: string }[]).map(({ pointer }) => pointer)).toEqual([
      '/rules/0',
      '/rules/2',
      '/rules/3',
    ]);
  });
});

describe('tokens', () => {
  const rotate = () =>
    only('rotateSourceToken(source: "acme.entra", overlap: "PT2H")', '... on SourceCreated { token }');
  const tokens = async () =>
    (await service.ask('{ sourceTokens(source: "acme.entra") { id createdAt expiresAt lastUsedAt } }')).data
      .sourceTokens as {
      id: string;
      expiresAt: string | null;
    }[];

  it('of a source are two at most: the new one, and the one before it for a while', async () => {
    const first = (await tokens()).map(({ id }) => id);
    service.clock.advance(1000);
    await rotate();
    const second = await tokens();
    expect(second.map(({ expiresAt }) => expiresAt)).toEqual([
      new Date(service.clock.now() + 2 * 3_600_000).toISOString(),
      null,
    ]);
    expect(second[0]?.id).toBe(first[0]);
    await rotate();
    const third = await tokens();
    expect(third).toHaveLength(2);
    expect(third.map(({ id }) => id)).not.toContain(first[0]);
    const refused = await only('rotateSourceToken(source: "acme.entra", overlap: "forever")', '');
    expect([refused.__typename, refused.code]).toEqual(['Invalid', 'INVALID']);
  });

  it('for the API do no more than the one that makes them', async () => {
    const acme = await nodeOf('Tenant', 'acme');
    const local = await service.token({ scopes: ['admin', 'graph:read'], tenants: [acme.id] });
    const make = async (input: string, token: string) =>
      await service.ask(
        `mutation { createToken(input: { name: "t", ${input} }) { ${problem} ... on TokenCreated { id token } } }`,
        {
          token,
        },
      );
    const made = await make('scopes: ["graph:read"]', local);
    const viewer = await service.ask('{ viewer { scopes allTenants tenants { slug } } }', {
      token: made.data.createToken.token,
    });
    expect(viewer.data.viewer).toEqual({ scopes: ['graph:read'], allTenants: false, tenants: [{ slug: 'acme' }] });
    const more = await make('scopes: ["audit:read"]', local);
    expect(more.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    const nonsense = await make('scopes: ["everything"]', service.admin);
    expect(nonsense.data.createToken.__typename).toBe('Invalid');
    const tenant = await service.ask(`mutation { createTenant(slug: "b", name: "B") { ${problem} } }`, {
      token: local,
    });
    expect(tenant.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('end when they are revoked, which a bound administrator can do to tokens of its tenants alone', async () => {
    const acme = await nodeOf('Tenant', 'acme');
    const local = await service.token({ scopes: ['admin'], tenants: [acme.id] });
    const victim = await only(
      'createToken(input: { name: "v", scopes: ["graph:read"] })',
      '... on TokenCreated { id token }',
    );
    const revoke = (token: string) =>
      service.ask(`mutation { revokeToken(id: "${victim.id}") { ${problem} ... on TokenRevoked { id } } }`, { token });
    expect((await revoke(local)).data.revokeToken.__typename).toBe('NotFound');
    expect((await service.ask('{ viewer { name } }', { token: String(victim.token) })).status).toBe(200);
    expect((await revoke(service.admin)).data.revokeToken).toEqual({ __typename: 'TokenRevoked', id: victim.id });
    expect((await service.ask('{ viewer { name } }', { token: String(victim.token) })).status).toBe(401);
  });
});

describe('owners', () => {
  const set = (owners: string, approver = 'acme/kit') =>
    only(
      `setOwners(target: "acme/svc-sync", owners: ${owners}, approver: "${approver}", approvalRef: "CHG-7", reason: "handover")`,
      '... on OwnersSet { target { ref } owners { ref } }',
    );

  it('are named with their approver, and replace those named before', async () => {
    expect(await set('["acme/kit", "acme/svc-agent"]')).toEqual({
      __typename: 'OwnersSet',
      target: { ref: 'acme/svc-sync' },
      owners: [{ ref: 'acme/kit' }, { ref: 'acme/svc-agent' }].sort(byIdOf(await idsOf())),
    });
    expect((await set('["acme/kit"]')).owners).toEqual([{ ref: 'acme/kit' }]);
    expect((await set('[]')).owners).toEqual([]);
  });

  it('are approved by an active person, and nothing owns itself', async () => {
    expect((await set('["acme/kit"]', 'acme/svc-agent')).message).toBe(
      '`acme/svc-agent` is no active person; name one',
    );
    expect((await set('["acme/svc-sync"]')).__typename).toBe('Invalid');
    expect((await set('["acme/nobody"]')).__typename).toBe('NotFound');
  });

  it('of what belongs to every tenant are named by those who see every tenant', async () => {
    const acme = await nodeOf('Tenant', 'acme');
    const local = await service.token({ scopes: ['governance:write'], tenants: [acme.id] });
    const setOf = (target: string, token: string, reason = 'audit') =>
      service.ask(
        `mutation { setOwners(target: "${target}", owners: ["acme/kit"], approver: "acme/kit", approvalRef: "CHG-8", reason: "${reason}") {
          ${problem} ... on OwnersSet { owners { ref } } } }`,
        { token },
      );
    expect((await setOf('crm', local)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect((await setOf('crm', service.admin)).data.setOwners.owners).toEqual([{ ref: 'acme/kit' }]);
    expect((await setOf('acme/svc-sync', local)).data.setOwners.owners).toEqual([{ ref: 'acme/kit' }]);
    expect((await setOf('crm', service.admin, '  ')).data.setOwners).toMatchObject({
      __typename: 'Invalid',
      issues: [{ pointer: '/reason', hint: '1 to 500 characters' }],
    });
  });
});

async function nodeOf(kind: 'Tenant' | 'Source', slug: string): Promise<GraphNode> {
  const { items } = await service.services.store.list({ kind: 'system' }, { kind, limit: 100 });
  return items.find(({ node }) => node.slug === slug)!.node;
}

async function idsOf(): Promise<ReadonlyMap<string, string>> {
  const { data } = await service.ask('{ identities { nodes { id ref } } }');
  return new Map((data.identities.nodes as { id: string; ref: string }[]).map(({ id, ref }) => [ref, id]));
}

const byIdOf = (ids: ReadonlyMap<string, string>) => (a: { ref: string }, b: { ref: string }) =>
  (ids.get(a.ref) ?? '') < (ids.get(b.ref) ?? '') ? -1 : 1;

function putAccount(source: GraphNode, userName: string) {
  const tenant = (source as SourceNode).tenant;
  const id = asNodeId(`acc.${userName}`);
  const attributes = { userName };
  const node = {
    kind: 'Account',
    id,
    tenant,
    source: source.id,
    userName,
    active: true,
    type: 'HUMAN',
    attributes,
  } as const;
  return { kind: 'putNode', node } as const;
}
