import { describe, expect, it } from '@jest/globals';
import type { GraphChange } from '../../src/graph/change.js';
import { asEdgeId } from '../../src/graph/ids.js';
import { fieldKey } from '../../src/graph/indexed-fields.js';
import {
  account,
  application,
  assigned,
  close,
  contains,
  createGrowingGraph,
  grants,
  group,
  id,
  inherits,
  memberOf,
  membersOf,
  permission,
  put,
  resource,
  role,
  source,
  tenant,
} from './small-estate.js';

/** Tenant acme with the source entra, and the application crm with a root in acme. */
function createAcme() {
  const graph = createGrowingGraph();
  graph.commit(put(tenant('acme')), put(source('entra')), put(application('crm')), put(resource('crm', '/')));
  return graph;
}

describe('settle', () => {
  it('does nothing for what is already so, whatever request says it again', () => {
    const graph = createAcme();
    const changes = [
      put(account('ann')),
      put(group('sales')),
      memberOf('ann', 'sales', { sourceRef: 'request 1' }),
    ] as const;
    expect(graph.commit(...changes).length).toBeGreaterThan(0);
    expect(graph.commit(...changes)).toEqual([]);
    expect(graph.commit(memberOf('ann', 'sales', { sourceRef: 'request 2' }))).toEqual([]);
    expect(graph.commit(close('nobody'), { kind: 'closeEdge', id: asEdgeId('0') })).toEqual([]);
  });

  it('closes the version of a node whose fields differ and opens the next, keeping when it was made', () => {
    const graph = createAcme();
    graph.commit(put(group('sales')));
    const effects = graph.commit(put(group('sales', { displayName: 'Sales DK' })));
    const made = { since: 2, version: 1, createdAt: 2_000, modifiedAt: 2_000 };
    expect(effects).toEqual([
      { kind: 'nodeClosed', version: { node: group('sales'), stamps: made, until: 3 } },
      {
        kind: 'nodeOpened',
        version: {
          node: group('sales', { displayName: 'Sales DK' }),
          stamps: { since: 3, version: 2, createdAt: 2_000, modifiedAt: 3_000 },
        },
      },
    ]);
  });

  it('counts a change of members as a version of the group whose fields stay', () => {
    const graph = createAcme();
    graph.commit(put(group('sales')), put(account('ann')));
    graph.commit(memberOf('ann', 'sales'));
    expect(graph.view.node(id('sales'))).toEqual({
      node: group('sales'),
      stamps: { since: 3, version: 2, createdAt: 2_000, modifiedAt: 3_000 },
    });
    graph.commit(close('ann'));
    expect(graph.view.node(id('sales'))?.stamps).toEqual({ since: 4, version: 3, createdAt: 2_000, modifiedAt: 4_000 });
  });

  it('closes with a node its edges, the edges scoped to it and what it waits for', () => {
    const graph = createAcme();
    graph.commit(
      ...[group('sales'), group('all'), account('ann'), role('admin'), resource('crm', '/prod')].map(put),
      memberOf('ann', 'sales'),
      memberOf('sales', 'all'),
      contains('crm:', 'crm:prod'),
      assigned('ann', 'admin', 'crm:prod'),
    );
    graph.commit(close('crm:prod'), close('sales'));
    const { view } = graph;
    expect([view.node(id('crm:prod')), view.node(id('sales'))]).toEqual([undefined, undefined]);
    expect([...view.edgesOf(id('ann'), 'from'), ...view.edgesOf(id('all'), 'to')]).toEqual([]);
    expect([...view.edgesOf(id('crm:'), 'from')]).toEqual([]);
  });

  it('makes the edges of a node that one source states exactly those given, and leaves what others state', () => {
    const graph = createAcme();
    graph.commit(
      ...[group('sales'), account('ann'), account('bob'), account('eve')].map(put),
      memberOf('ann', 'sales'),
      memberOf('bob', 'sales'),
      memberOf('eve', 'sales', { source: 'other' }),
    );
    const wanted = [memberOf('bob', 'sales')].flatMap((change) => (change.kind === 'putEdge' ? [change.edge] : []));
    const change: GraphChange = {
      kind: 'setEdges',
      node: id('sales'),
      edge: 'MEMBER_OF',
      end: 'to',
      source: wanted[0]!.source,
      edges: wanted,
    };
    expect(graph.commit(change).map(({ kind }) => kind)).toEqual(['edgeClosed', 'nodeClosed', 'nodeOpened']);
    expect(membersOf(graph.view, 'sales')).toEqual(['bob', 'eve']);
  });
});

describe('claims', () => {
  it('refuses a name that another holds, naming where it is looked for and never who holds it', () => {
    const graph = createAcme();
    graph.commit(put(account('ann', { userName: 'Ann' })));
    expect(() => graph.commit(put(account('bob', { userName: 'aNN' })))).toThrow(
      expect.objectContaining({
        code: 'UNIQUENESS',
        message: 'Account.userName `ann` in `entra` is taken; choose another',
      }),
    );
  });

  it('lets two accounts swap names in one commit', () => {
    const graph = createAcme();
    graph.commit(put(account('ann')), put(account('bob')));
    graph.commit(put(account('ann', { userName: 'bob' })), put(account('bob', { userName: 'ann' })));
    expect(graph.view.holders(fieldKey('Account', 'userName', 'entra', 'bob'))).toEqual(['ann']);
    expect(graph.view.holders(fieldKey('Account', 'userName', 'entra', 'ann'))).toEqual(['bob']);
  });

  it('gives a name to the next in the commit that removes its holder', () => {
    const graph = createAcme();
    graph.commit(put(account('old', { userName: 'ann' })));
    graph.commit(put(account('new', { userName: 'ann' })), close('old'));
    expect(graph.view.holders(fieldKey('Account', 'userName', 'entra', 'ann'))).toEqual(['new']);
  });
});

describe('expectations', () => {
  const sales = put(group('sales'));
  it('holds a commit to the version that its writer read', () => {
    const graph = createAcme();
    graph.commitExpecting([{ kind: 'version', node: id('sales'), version: 0 }], sales);
    expect(() => graph.commitExpecting([{ kind: 'version', node: id('sales'), version: 0 }], sales)).toThrow(
      expect.objectContaining({ code: 'VERSION_MISMATCH' }),
    );
    graph.commitExpecting([{ kind: 'version', node: id('sales'), version: 1 }], close('sales'));
    expect(graph.view.node(id('sales'))).toBeUndefined();
  });

  it('refuses where a value that was to be unclaimed is held', () => {
    const graph = createAcme();
    const key = fieldKey('Group', 'displayName', 'entra', 'SALES');
    graph.commitExpecting([{ kind: 'unclaimed', key }], sales);
    expect(() => graph.commitExpecting([{ kind: 'unclaimed', key }], put(group('other')))).toThrow(
      expect.objectContaining({ code: 'UNIQUENESS' }),
    );
  });
});

describe('what a commit may not leave', () => {
  const acme2 = [tenant('globex'), application('hr'), resource('hr', '/'), resource('crm', '/', 'globex')];
  const estate = [account('ann'), group('sales'), role('admin'), role('reader'), permission('read')];
  const own = role('own', { tenant: id('acme') });
  const foreign = role('hr-admin', { application: id('hr') });

  it.each<[string, readonly GraphChange[], string]>([
    ['an edge whose end is not open', [memberOf('ann', 'nowhere')], 'MEMBER_OF needs an open node at `to`'],
    [
      'an edge of a kind that does not join these',
      [memberOf('admin', 'sales')],
      'MEMBER_OF takes Account or Group at `from`',
    ],
    ['a scope that is no resource', [assigned('ann', 'admin', 'sales')], 'ASSIGNED names the resource `sales`'],
    ['a scope of another application', [assigned('ann', 'admin', 'hr:')], 'of different applications'],
    [
      "a tenant's own role at the scope of another",
      [put(own), assigned('ann', 'own', 'crm::globex')],
      "another tenant's",
    ],
    ['inheritance between applications', [put(foreign), inherits('hr-admin', 'admin')], 'of different applications'],
    ["a tenant's own role inherited by everyone's", [put(own), inherits('admin', 'own')], "is not that tenant's"],
    [
      'a grant between applications',
      [put(permission('pay', 'hr')), grants('admin', 'pay')],
      'of different applications',
    ],
    ['containment between tenants', [contains('crm:', 'crm::globex')], 'of different applications or tenants'],
    ['a window that is never', [memberOf('ann', 'sales', { validFrom: 5, validUntil: 5 })], 'which is never'],
    ['a stated HAS_ACCOUNT', [{ kind: 'putEdge', edge: hasAccount() }], 'HAS_ACCOUNT is derived'],
    ['U+0000 deep inside', [put(account('x', { attributes: { a: [{ b: 'admin\u0000x' }] } }))], 'U+0000'],
    [
      'half a surrogate pair in a key',
      [put(account('x', { attributes: { '\ud800': 1 } }))],
      'half of a surrogate pair',
    ],
    ['an indexed value over 1 kB', [put(account('x', { userName: 'é'.repeat(513) }))], 'longer than 1024 bytes'],
    ['an id that is none', [put(group('Sales DK'))], 'an id is 1 to 128 of'],
    ['another kind under the same id', [put(role('sales'))], 'the kind of node `sales` cannot change'],
    [
      'another source of the same account',
      [put(account('ann', { source: id('okta') }))],
      'the source of node `ann` cannot change',
    ],
  ])('refuses %s', (_title, changes, message) => {
    const graph = createAcme();
    graph.commit(...[...acme2, ...estate].map(put));
    expect(() => graph.commit(...changes)).toThrow(
      expect.objectContaining({ code: 'INVALID', message: expect.stringContaining(message) }),
    );
  });

  it('refuses a right to act as another that a role holds nowhere', () => {
    const graph = createAcme();
    graph.commit(...estate.map(put), put(identity()));
    const edge = {
      kind: 'CAN_ACT_AS',
      from: id('admin'),
      to: id('svc'),
      effect: 'ALLOW',
      mode: 'IMPERSONATE',
    } as const;
    const stated = { source: hasAccount().source, statedBy: 'SCIM', statement: '' } as const;
    const change: GraphChange = { kind: 'putEdge', edge: { ...edge, ...stated } };
    expect(() => graph.commit(change)).toThrow(/needs `at`/);
    expect(graph.commit({ kind: 'putEdge', edge: { ...edge, ...stated, at: id('crm:') } })).toHaveLength(1);
  });

  it('refuses a second parent and a loop of containment, and lets a subtree move', () => {
    const graph = createAcme();
    graph.commit(...['/a', '/b', '/a/c'].map((path) => put(resource('crm', path))));
    graph.commit(contains('crm:', 'crm:a'), contains('crm:', 'crm:b'), contains('crm:a', 'crm:a.c'));
    expect(() => graph.commit(contains('crm:b', 'crm:a.c'))).toThrow(/second parent/);
    const first = [...graph.view.edgesOf(id('crm:a.c'), 'to')].map(({ id: edge }) => edge)[0]!;
    graph.commit(contains('crm:b', 'crm:a.c'), { kind: 'closeEdge', id: first });
    const top = [...graph.view.edgesOf(id('crm:b'), 'to')].map(({ id: edge }) => edge)[0]!;
    expect(() => graph.commit(contains('crm:a.c', 'crm:b'), { kind: 'closeEdge', id: top })).toThrow(/closes a loop/);
  });

  it('refuses a commit of more changes than the limit, and one whose consequences are more', () => {
    const graph = createAcme();
    const accounts = Array.from({ length: 20_001 }, (_, index) => put(account(`a${index}`)));
    const tooLarge = expect.objectContaining({
      code: 'TOO_LARGE',
      message: expect.stringContaining('commit it in parts'),
    });
    expect(() => graph.commit(...accounts)).toThrow(tooLarge);
    // Each account also opens an identity and the edge between the two.
    expect(() => graph.commit(...accounts.slice(0, 7_000))).toThrow(tooLarge);
  });
});

function hasAccount() {
  const change = memberOf('ann', 'sales');
  if (change.kind !== 'putEdge') throw new Error('unreachable');
  return { ...change.edge, kind: 'HAS_ACCOUNT', rule: 'own' } as const;
}

function identity() {
  const fields = { name: 'svc', type: 'WORKLOAD', state: 'ACTIVE', hadAuthoritative: false } as const;
  return { kind: 'Identity', id: id('svc'), tenant: id('acme'), ...fields } as const;
}
