import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { company } from './company.js';
import { type SmallService, startSmallService } from './small-service.js';

let service: SmallService;
beforeAll(async () => {
  service = await startSmallService(company);
});
afterAll(() => service.stop());

async function ask(query: string, headers: Record<string, string> = {}) {
  const { data, errors } = await service.ask(query, { headers });
  expect(errors).toBeUndefined();
  return data;
}
const refsOf = (nodes: readonly { readonly ref: string }[]) => nodes.map(({ ref }) => ref);

describe('names', () => {
  it('lead back to the node that they were printed of', async () => {
    const { search, identities, groups } = await ask(
      '{ search(text: "e", first: 100) { id ref } identities { nodes { id ref accounts { id ref } } } groups { nodes { id ref } } }',
    );
    const printed = [...search, ...identities.nodes, ...groups.nodes] as { id: string; ref: string }[];
    expect(printed.length).toBeGreaterThan(10);
    const identityRefs = (identities.nodes as { id: string; ref: string }[]).map(({ id, ref }) => [id, ref]);
    for (const [id, ref] of identityRefs) {
      const { identity } = await ask(`{ identity(ref: "${ref}") { ... on GraphNode { id } } }`);
      expect(identity).toEqual({ id });
    }
  });

  it('that several things share are printed as ids, and asked for are ambiguous', async () => {
    await service.commit([putGroup('twin-a'), putGroup('twin-b')]);
    const { groups } = await ask('{ groups(displayName: "TWIN") { nodes { id ref label } } }');
    expect(groups.nodes).toEqual([
      { id: 'group:twin-a', ref: 'group:twin-a', label: 'twin' },
      { id: 'group:twin-b', ref: 'group:twin-b', label: 'twin' },
    ]);
    const { errors } = await service.ask('{ identities(filter: { inGroup: "acme.idp/twin" }) { totalCount } }');
    expect(errors?.[0]).toMatchObject({
      message: '`acme.idp/twin` names 2 things; give the id of one of them',
      extensions: { code: 'AMBIGUOUS', argument: 'inGroup', candidates: ['group:twin-a', 'group:twin-b'] },
    });
  });

  it('of nothing are not found, as an answer', async () => {
    const { identity } = await ask(
      '{ identity(ref: "acme/nobody") { __typename ... on NotFound { code message argument } } }',
    );
    expect(identity).toEqual({
      __typename: 'NotFound',
      code: 'NOT_FOUND',
      message: '`acme/nobody` names no identity that you may see; check its spelling',
      argument: 'ref',
    });
  });

  it('of another kind of thing are told which kinds are meant', async () => {
    const { identity } = await ask('{ identity(ref: "acme.idp/eng") { ... on NotFound { message } } }');
    expect(identity.message).toBe('`acme.idp/eng` names no identity that you may see; check its spelling');
    const { errors } = await service.ask(
      '{ inheritancePaths(identity: "svc:ci", permission: "main:deploy", filter: { via: ["acme"] }) { totalCount } }',
    );
    expect(errors?.[0]?.message).toBe(
      '`acme` names no identity, account, group, role or permission that you may see; check its spelling',
    );
  });
});

describe('lists', () => {
  const list = async (filter: string) =>
    refsOf((await ask(`{ identities(filter: { ${filter} }) { nodes { ref } } }`)).identities.nodes);

  it('of identities narrow by every filter', async () => {
    expect(await list('tenant: "acme"')).toEqual(['acme/agent:bot', 'acme/svc:ci', 'acme/svc:lone', 'acme/usr:kim']);
    expect(await list('type: [AI_AGENT, HUMAN]')).toEqual(['acme/agent:bot', 'acme/usr:kim']);
    expect(await list('state: [SUSPENDED]')).toEqual([]);
    expect(await list('owner: "acme/usr:kim"')).toEqual(['acme/agent:bot', 'acme/svc:ci']);
    expect(await list('ownerless: true, type: [SERVICE_ACCOUNT]')).toEqual(['acme/svc:lone', 'globex/svc:spy']);
    expect(await list('ownerless: false')).toEqual(['acme/agent:bot', 'acme/svc:ci']);
    expect(await list('inGroup: "acme.idp/eng"')).toEqual(['acme/svc:ci', 'acme/usr:kim']);
    expect(await list('inGroup: "acme.idp/eng", direct: true')).toEqual(['acme/usr:kim']);
    expect(await list('hasRole: "main:deployer"')).toEqual(['acme/svc:ci', 'globex/svc:spy', 'acme/usr:kim']);
    expect(await list('hasRole: "main:reader"')).toEqual(['acme/svc:lone']);
    expect(await list('privilegedInheritedAtLeast: 1')).toEqual(['acme/svc:ci', 'globex/svc:spy', 'acme/usr:kim']);
    expect(await list('text: "LON"')).toEqual(['acme/svc:lone']);
  });

  it('of identities that have not signed in lately leave out those of whom nothing is known', async () => {
    const at = service.clock.now();
    await service.services.side.recordAuthentication([
      { identity: 'svc:ci' as never, at: at - 1000 },
      { identity: 'usr:kim' as never, at },
    ]);
    expect(await list(`inactiveSince: "${new Date(at).toISOString()}"`)).toEqual(['acme/svc:ci']);
    const { identities } = await ask('{ identities(filter: { text: "kim" }) { nodes { lastAuthenticatedAt } } }');
    expect(identities.nodes).toEqual([{ lastAuthenticatedAt: new Date(at).toISOString() }]);
  });

  it('go on page by page to the same end, and count all', async () => {
    const seen: string[] = [];
    let after = '';
    for (let page = 0; page < 10; page++) {
      const { identities } = await ask(
        `{ identities(first: 2${after}) { nodes { ref } totalCount pageInfo { hasNextPage hasPreviousPage endCursor } } }`,
      );
      expect([identities.totalCount, identities.pageInfo.hasPreviousPage]).toEqual([5, page > 0]);
      seen.push(...refsOf(identities.nodes));
      if (!identities.pageInfo.hasNextPage) break;
      after = `, after: "${identities.pageInfo.endCursor}"`;
    }
    expect(seen).toEqual(['acme/agent:bot', 'acme/svc:ci', 'acme/svc:lone', 'globex/svc:spy', 'acme/usr:kim']);
  });

  it('of groups are counted by the rule by which they are listed, also where the source is not of the tenant', async () => {
    const groups = async (filter: string) => {
      const { groups } = await ask(`{ groups(${filter}) { totalCount nodes { label } } }`);
      return [groups.totalCount, groups.nodes.map(({ label }: { label: string }) => label)];
    };
    expect(await groups('source: "globex.globex-idp"')).toEqual([2, ['secret', 'shared']]);
    expect(await groups('source: "globex.globex-idp", tenant: "globex"')).toEqual([2, ['secret', 'shared']]);
    expect(await groups('source: "globex.globex-idp", tenant: "acme"')).toEqual([0, []]);
  });

  it('say that a count is unknown where they would have to read all to know it', async () => {
    const { identities } = await ask(
      '{ identities(filter: { ownerless: true }) { totalCount completeness { complete } } }',
    );
    expect(identities).toEqual({ totalCount: null, completeness: { complete: true } });
  });
});

describe('cursors', () => {
  const first = async () => {
    const { identities } = await ask('{ identities(first: 2) { pageInfo { endCursor } } }');
    return identities.pageInfo.endCursor as string;
  };
  const codeOf = async (query: string, token = service.admin) =>
    (await service.ask(query, { token })).errors?.[0]?.extensions.code;

  it('end after their time', async () => {
    const cursor = await first();
    service.clock.advance(15 * 60_000);
    expect(await codeOf(`{ identities(first: 2, after: "${cursor}") { totalCount } }`)).toBeUndefined();
    service.clock.advance(1);
    expect(await codeOf(`{ identities(first: 2, after: "${cursor}") { totalCount } }`)).toBe('CURSOR_EXPIRED');
  });

  it('serve no other question, no other caller and nobody who made them up', async () => {
    const cursor = await first();
    const other = await service.token({ tenants: ['tenant:acme'] });
    expect(await codeOf(`{ identities(first: 3, after: "${cursor}") { totalCount } }`)).toBeUndefined();
    expect(await codeOf(`{ identities(filter: { text: "x" }, after: "${cursor}") { totalCount } }`)).toBe(
      'CURSOR_EXPIRED',
    );
    expect(await codeOf(`{ groups(after: "${cursor}") { totalCount } }`)).toBe('CURSOR_EXPIRED');
    expect(await codeOf(`{ identities(first: 2, after: "${cursor}") { totalCount } }`, other)).toBe('CURSOR_EXPIRED');
    expect(await codeOf(`{ identities(after: "AAAA${cursor.slice(4)}") { totalCount } }`)).toBe('CURSOR_EXPIRED');
  });

  it('of access go on at the instant of the first page', async () => {
    const page = async (after: string) =>
      (
        await ask(`{ identity(ref: "acme/svc:ci") { ... on ServiceAccount { access { effectivePermissions(first: 1${after}) {
        items { permission { ref } } totalCount pageInfo { hasNextPage endCursor } asOf { at } } } } } }`)
      ).identity.access.effectivePermissions;
    const one = await page('');
    service.clock.advance(60_000);
    const two = await page(`, after: "${one.pageInfo.endCursor}"`);
    expect([one.totalCount, two.totalCount, two.asOf.at]).toEqual([3, 3, one.asOf.at]);
    expect([one.items[0].permission.ref, two.items[0].permission.ref]).toEqual(['main:deploy', 'main:audit']);
  });
});

describe('access', () => {
  it('is summed up, listed and explained', async () => {
    const { identity } =
      await ask(`{ identity(ref: "acme/svc:ci") { __typename ... on Identity { ref state owners { ref } access {
      summary { total privilegedInherited crossTenant leastDepthToPrivileged tiers { tier direct inherited } }
      effectivePermissions(filter: { tierAtMost: 1 }) { permissionCount items { permission { ref tier class } grantedAt { ref } decision
        standing origins leastDepth roles { ref } except { ref } pathCount { atLeast exact } paths { items { text } } } } } } } }`);
    expect(identity).toEqual({
      __typename: 'ServiceAccount',
      ref: 'acme/svc:ci',
      state: 'ACTIVE',
      owners: [{ ref: 'acme/usr:kim' }],
      access: {
        summary: {
          total: 3,
          privilegedInherited: 1,
          crossTenant: 1,
          leastDepthToPrivileged: 5,
          tiers: [
            { tier: 0, direct: 0, inherited: 0 },
            { tier: 1, direct: 0, inherited: 1 },
            { tier: 2, direct: 0, inherited: 1 },
            { tier: 3, direct: 0, inherited: 1 },
          ],
        },
        effectivePermissions: {
          permissionCount: 1,
          items: [
            {
              permission: { ref: 'main:deploy', tier: 1, class: 'READ' },
              grantedAt: { ref: 'main:/acme/prod' },
              decision: 'ALLOWED',
              standing: 'EFFECTIVE',
              origins: ['INHERITED'],
              leastDepth: 5,
              roles: [{ ref: 'main:deployer' }],
              except: [],
              pathCount: { atLeast: '1', exact: true },
              paths: {
                items: [
                  {
                    text: 'acme/svc:ci -HAS_ACCOUNT-> acme.idp/svc:ci -MEMBER_OF-> acme.idp/build -MEMBER_OF-> acme.idp/eng -ASSIGNED-> main:deployer -GRANTS-> main:deploy @ main:/acme/prod',
                  },
                ],
              },
            },
          ],
        },
      },
    });
  });

  it('narrows by text, application and resource', async () => {
    const list = async (filter: string) => {
      const { identity } = await ask(
        `{ identity(ref: "acme/svc:ci") { ... on Identity { access { effectivePermissions(filter: { ${filter} }) { items { permission { ref } } } } } } }`,
      );
      return identity.access.effectivePermissions.items.map(
        ({ permission }: { permission: { ref: string } }) => permission.ref,
      );
    };
    expect(await list('text: "DEP"')).toEqual(['main:deploy']);
    expect(await list('application: "main", tierAtMost: 2')).toEqual(['main:deploy', 'main:audit']);
    expect(await list('scope: "main:/acme"')).toEqual(['main:audit']);
  });

  it('is decided with its witness, one by one and many at once', async () => {
    const { decide, decideMany } = await ask(`{
      decide(identity: "acme/svc:ci", permission: "main:deploy", resource: "main:/acme/prod") { ... on DecisionAnswer { decision
        identity { ref } permission { ref } resource { ref } asOf { until } completeness { complete } } }
      decideMany(questions: [
        { identity: "acme/svc:ci", permission: "main:deploy", resource: "main:/acme" }
        { identity: "acme/nobody", permission: "main:deploy", resource: "main:/acme" }
        { identity: "acme/svc:lone", permission: "main:read", resource: "main:/acme/prod" }
      ]) { __typename ... on DecisionAnswer { decision } ... on NotFound { argument } } }`);
    expect(decide).toEqual({
      decision: 'ALLOWED',
      identity: { ref: 'acme/svc:ci' },
      permission: { ref: 'main:deploy' },
      resource: { ref: 'main:/acme/prod' },
      asOf: { until: null },
      completeness: { complete: true },
    });
    expect(decideMany).toEqual([
      { __typename: 'DecisionAnswer', decision: 'NOT_GRANTED' },
      { __typename: 'NotFound', argument: 'identity' },
      { __typename: 'DecisionAnswer', decision: 'ALLOWED' },
    ]);
  });

  it('that is not granted says how little is missing', async () => {
    const { whyNot } =
      await ask(`{ whyNot(identity: "acme/svc:ci", permission: "main:deploy", resource: "main:/acme") { ... on WhyNot {
      decision nearMisses { wouldBe blockers { blocker edge { kind to { ref } } node { ref } } path { length } } } } }`);
    expect(whyNot).toEqual({
      decision: 'NOT_GRANTED',
      nearMisses: [
        {
          wouldBe: 'ALLOWED',
          blockers: [{ blocker: 'OUT_OF_SCOPE', edge: { kind: 'ASSIGNED', to: { ref: 'main:deployer' } }, node: null }],
          path: { length: 5 },
        },
      ],
    });
  });

  it('is listed the other way round too', async () => {
    const { whoCan } = await ask(
      '{ whoCan(permission: "main:deploy", filter: { type: [SERVICE_ACCOUNT] }) { items { identity { ref } decision grantedAt { ref } origins leastDepth } totalCount } }',
    );
    expect(whoCan).toEqual({
      items: [
        {
          identity: { ref: 'acme/svc:ci' },
          decision: 'ALLOWED',
          grantedAt: [{ ref: 'main:/acme/prod' }],
          origins: ['INHERITED'],
          leastDepth: 5,
        },
        {
          identity: { ref: 'globex/svc:spy' },
          decision: 'ALLOWED',
          grantedAt: [{ ref: 'main:/globex/vault' }],
          origins: ['INHERITED'],
          leastDepth: 4,
        },
      ],
      totalCount: 2,
    });
  });
});

describe('nodes', () => {
  it('lead to each other', async () => {
    const { agent, groups, resources, tenants, roles } = await ask(`{
      agent: identity(ref: "acme/agent:bot") { ... on AiAgent { actsFor { ref } accounts { ref userName scimId active type identity { ref } } } }
      groups(tenant: "acme", text: "build") { nodes { ref source { ref } tenant { ref } displayName members { nodes { ref __typename } totalCount } owners { ref } } }
      resources(tenant: "acme", text: "prod") { nodes { ref path application { ref } tenant { ref } parent { ref path parent { ref } } } }
      tenants { nodes { ref sources { ref tenant { ref } } } }
      roles(application: "main", text: "deployer") { nodes { ref name application { ref } tenant { ref } assignable deprecated owners { ref } } } }`);
    expect(agent).toEqual({
      actsFor: [{ ref: 'acme/usr:kim' }],
      accounts: [
        {
          ref: 'acme.idp/agent:bot',
          userName: 'agent:bot',
          scimId: 'agent:bot.idp',
          active: true,
          type: 'AI_AGENT',
          identity: { ref: 'acme/agent:bot' },
        },
      ],
    });
    expect(groups.nodes).toEqual([
      {
        ref: 'acme.idp/build',
        source: { ref: 'acme.idp' },
        tenant: { ref: 'acme' },
        displayName: 'build',
        members: { nodes: [{ ref: 'acme.idp/svc:ci', __typename: 'Account' }], totalCount: 1 },
        owners: [],
      },
    ]);
    expect(resources.nodes).toEqual([
      {
        ref: 'main:/acme/prod',
        path: '/prod',
        application: { ref: 'main' },
        tenant: { ref: 'acme' },
        parent: { ref: 'main:/acme', path: '/', parent: null },
      },
    ]);
    expect(tenants.nodes).toEqual([
      { ref: 'acme', sources: [{ ref: 'acme.idp', tenant: { ref: 'acme' } }] },
      { ref: 'globex', sources: [{ ref: 'globex.globex-idp', tenant: { ref: 'globex' } }] },
    ]);
    expect(roles.nodes).toEqual([
      {
        ref: 'main:deployer',
        name: 'deployer',
        application: { ref: 'main' },
        tenant: null,
        assignable: true,
        deprecated: false,
        owners: [],
      },
    ]);
  });
});

describe('the pair', () => {
  const asOf = async (asked: string, headers: Record<string, string> = {}) => {
    const { identity } = await ask(
      `{ identity(ref: "acme/svc:ci"${asked}) { ... on Identity { access { asOf { at } } } } }`,
      headers,
    );
    return identity.access.asOf.at as string;
  };
  const past = '2027-01-01T00:00:00.000Z';

  it('is newest and now, unless an argument says otherwise, or else the header', async () => {
    expect(await asOf('')).toBe(new Date(service.clock.now()).toISOString());
    expect(await asOf(`, asOf: { at: "${past}" }`)).toBe(past);
    expect(await asOf('', { 'graph-as-of': `at=${past}` })).toBe(past);
    expect(await asOf('', { 'graph-as-of': `revision=${await revision()}; at=${past}` })).toBe(past);
    expect(await asOf(', asOf: { at: "2026-01-01T01:00:00+01:00" }', { 'graph-as-of': `at=${past}` })).toBe(
      '2026-01-01T00:00:00.000Z',
    );
  });

  it('that cannot be read is refused, in header and argument', async () => {
    const codeOf = async (asked: string, headers: Record<string, string> = {}) =>
      (await service.ask(`{ identities(first: 1${asked}) { totalCount } }`, { headers })).errors?.[0]?.extensions.code;
    expect(await codeOf('', { 'graph-as-of': 'yesterday' })).toBe('BAD_USER_INPUT');
    expect(await codeOf('', { 'graph-as-of': 'at=2026-02-30T08:00:00Z' })).toBe('BAD_USER_INPUT');
    expect(await codeOf(', asOf: { atLeastRevision: "7" }')).toBe('BAD_USER_INPUT');
    expect(await codeOf(`, asOf: { atLeastRevision: "${await revision()}" }`)).toBeUndefined();
    const { opaque, engine } = service.services;
    const beyond = opaque.printRevision(engine.revision() + 1);
    expect(await codeOf(`, asOf: { atLeastRevision: "${beyond}" }`)).toBe('BAD_USER_INPUT');
  });
});

describe('a revision', () => {
  it('that another process wrote is waited for where it is asked for', async () => {
    const put = putGroup('elsewhere');
    const { revision: written } = await service.services.store.commit({
      id: 'elsewhere' as never,
      meta: { actor: 'another process' },
      changes: [{ ...put, node: { ...put.node, displayName: 'elsewhere' } }],
    });
    expect(service.services.engine.revision()).toBe(written - 1);
    const atLeast = service.services.opaque.printRevision(written);
    const { identities } = await ask(
      `{ identities(first: 1, asOf: { atLeastRevision: "${atLeast}" }) { nodes { access { asOf { revision } } } } }`,
    );
    expect(identities.nodes[0].access.asOf.revision).toBe(atLeast);
  });
});

const revision = async () => (await ask('{ tenants { asOf { revision } } }')).tenants.asOf.revision as string;

function putGroup(name: string) {
  const id = `group:${name}` as never;
  const place = { tenant: 'tenant:acme' as never, source: 'source:idp' as never };
  const node = { kind: 'Group', id, ...place, displayName: 'twin', active: true, attributes: {} } as const;
  return { kind: 'putNode', node } as const;
}
