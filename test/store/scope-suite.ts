import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Edge, edgeIdOf } from '../../src/graph/edge.js';
import type { NodeKind } from '../../src/graph/node.js';
import { NODE_KINDS } from '../../src/graph/node-kind.js';
import { type GraphStore, type ReadScope, systemScope } from '../../src/store/graph-store.js';
import { account, id, member, put } from '../graph/small-estate.js';
import { type OpenStore, ofSource, ofTenants, type StoreFixture, twoTenants, write } from './store-fixture.js';

/** Each scope, what it sees of `twoTenants`, and which edges by their ends. */
const VIEWS: readonly [string, ReadScope, Readonly<Partial<Record<NodeKind, readonly string[]>>>, readonly string[]][] =
  [
    [
      'the system',
      systemScope,
      {
        Tenant: ['acme', 'globex'],
        Source: ['entra', 'okta'],
        Application: ['crm'],
        Resource: ['crm:', 'crm:prod'],
        Account: ['ann', 'bob', 'zoe'],
        Group: ['build', 'eng', 'ops'],
        Role: ['acme-only', 'deployer'],
        Permission: ['deploy'],
      },
      ['ann build', 'bob build', 'build eng', 'crm: crm:prod', 'deployer deploy', 'eng deployer', 'zoe ops'],
    ],
    [
      'a tenant',
      ofTenants('globex'),
      {
        Tenant: ['globex'],
        Source: ['okta'],
        Application: ['crm'],
        Account: ['zoe'],
        Group: ['ops'],
        Role: ['deployer'],
        Permission: ['deploy'],
      },
      ['deployer deploy', 'eng deployer', 'zoe ops'],
    ],
    [
      'both tenants',
      ofTenants('globex', 'acme'),
      {
        Tenant: ['acme', 'globex'],
        Source: ['entra', 'okta'],
        Application: ['crm'],
        Resource: ['crm:', 'crm:prod'],
        Account: ['ann', 'bob', 'zoe'],
        Group: ['build', 'eng', 'ops'],
        Role: ['acme-only', 'deployer'],
        Permission: ['deploy'],
      },
      ['ann build', 'bob build', 'build eng', 'crm: crm:prod', 'deployer deploy', 'eng deployer', 'zoe ops'],
    ],
    [
      'no tenant',
      ofTenants(),
      { Application: ['crm'], Role: ['deployer'], Permission: ['deploy'] },
      ['deployer deploy', 'eng deployer'],
    ],
    ['a source', ofSource('okta'), { Source: ['okta'], Account: ['zoe'], Group: ['ops'] }, ['zoe ops']],
    [
      'the other source',
      ofSource('entra'),
      { Source: ['entra'], Account: ['ann', 'bob'], Group: ['build', 'eng'] },
      ['ann build', 'bob build', 'build eng', 'crm: crm:prod', 'deployer deploy'],
    ],
    ['a source that is none', ofSource('nobody'), {}, []],
  ];

const edges: readonly Edge[] = twoTenants.flatMap((change) => (change.kind === 'putEdge' ? [change.edge] : []));
const nodes = twoTenants.flatMap((change) => (change.kind === 'putNode' ? [change.node] : []));

/** What lies outside a scope is, to every reader, exactly as if it did not exist. */
export function describeScopes(open: OpenStore): void {
  describe.each(VIEWS)('in the scope of %s', (_, scope, seen, seenEdges) => {
    let fixture: StoreFixture;
    let graph: GraphStore;
    const isSeen = (name: string) => Object.values(seen).some((ids) => ids.includes(name));
    beforeAll(async () => {
      fixture = await open();
      graph = fixture.graph;
      await write(graph, 'a', ...twoTenants);
    });
    afterAll(() => fixture.remove());

    it('every node is either seen by all readers of nodes or by none', async () => {
      const ids = nodes.map((node) => node.id);
      const byIds = await graph.nodesByIds(scope, ids);
      expect(byIds.map((version) => version?.node.id)).toEqual(ids.map((each) => (isSeen(each) ? each : undefined)));
      for (const each of ids) expect(await graph.history(scope, each)).toHaveLength(isSeen(each) ? 1 : 0);
      for (const kind of NODE_KINDS.filter((each) => each !== 'Identity' && each !== 'Group')) {
        const page = await graph.list(scope, { kind, limit: 100, order: { by: 'id' } });
        expect(page.items.map(({ node }) => node.id)).toEqual(seen[kind] ?? []);
        expect(await graph.count(scope, { kind })).toBe(seen[kind]?.length ?? 0);
      }
    });

    it('a value finds only nodes that are seen', async () => {
      for (const [name, source] of [
        ['ann', 'entra'],
        ['zoe', 'okta'],
      ] as const) {
        const key = { kind: 'Account', field: 'userName', scope: source, value: name } as const;
        expect((await graph.find(scope, key)).map(({ node }) => node.id)).toEqual(isSeen(name) ? [name] : []);
        const where = { kind: 'field', field: 'userName', operator: 'EQUALS', value: name } as const;
        expect(await graph.count(scope, { kind: 'Account', where })).toBe(isSeen(name) ? 1 : 0);
      }
    });

    it('a list narrowed to a foreign tenant or source holds nothing of it', async () => {
      for (const [name, tenant, source] of [
        ['ann', 'acme', 'entra'],
        ['zoe', 'globex', 'okta'],
      ] as const) {
        const ofTenant = await graph.list(scope, { kind: 'Account', tenant: id(tenant), limit: 10 });
        const fromSource = await graph.list(scope, { kind: 'Account', source: id(source), limit: 10 });
        for (const page of [ofTenant, fromSource])
          expect(page.items.some(({ node }) => node.id === name)).toBe(isSeen(name));
      }
    });

    it('an edge is seen where one of its ends is, or by the source that states it', async () => {
      const versions = await graph.edgesByIds(scope, edges.map(edgeIdOf));
      const found = versions.flatMap((version) => (version ? [`${version.edge.from} ${version.edge.to}`] : []));
      expect(found.sort()).toEqual(seenEdges);
    });

    it('the edges of a node are those that are seen, and none where the node is not', async () => {
      for (const { kind, from, to } of edges)
        for (const [node, end] of [
          [from, 'from'],
          [to, 'to'],
        ] as const) {
          const expected = edges.filter(
            (edge) => edge.kind === kind && edge[end] === node && seenEdges.includes(`${edge.from} ${edge.to}`),
          );
          const visible = isSeen(node) ? expected.map(edgeIdOf).sort() : [];
          const page = await graph.edgesOf(scope, { node, end, kind, limit: 10 });
          expect(page.items.map((version) => version.id)).toEqual(visible);
          expect(await graph.countEdges(scope, { node, end, kind })).toBe(visible.length);
        }
    });

    it('a filter on members finds members that are seen', async () => {
      for (const [name, groupName] of [
        ['ann', 'build'],
        ['zoe', 'ops'],
      ] as const) {
        const where = { kind: 'edge', edge: 'MEMBER_OF', end: 'from', other: id(groupName) } as const;
        const page = await graph.list(scope, { kind: 'Account', where, limit: 10 });
        expect(page.items.some(({ node }) => node.id === name)).toBe(isSeen(name));
      }
    });
  });

  it('a pending reference is seen by its own source and tenant alone', async () => {
    const fixture = await open();
    const { graph } = fixture;
    await write(graph, 'a', ...twoTenants, put(account('eve')));
    await write(graph, 'b', { kind: 'putReference', reference: member('build', 'later') });
    const counts = [systemScope, ofTenants('acme'), ofTenants('globex'), ofSource('entra'), ofSource('okta')].map(
      (scope) => graph.count(scope, { kind: 'PendingReference' }),
    );
    expect(await Promise.all(counts)).toEqual([1, 1, 0, 1, 0]);
    await fixture.remove();
  });
}
