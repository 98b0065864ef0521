import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { EffectiveQuestion, PermissionRow } from '../../../src/access/access-engine.js';
import { createAccessGraph } from '../../../src/access/index/access-graph.js';
import { listPermissions } from '../../../src/access/index/effective-permissions.js';
import { createGraphBanks } from '../../../src/access/index/graph-banks.js';
import { createScratch } from '../../../src/access/index/scratch.js';
import { asEdgeId, asNodeId } from '../../../src/graph/ids.js';
import type { BareEdge } from '../../../src/store/neighbourhood.js';
import { propertyRuns } from '../property-runs.js';

const permissionCount = 1_500;
const tierOf = (number: number) =>
  ([0, 1, 2, 3] as const)[number % 50 === 0 ? 0 : number % 20 === 0 ? 1 : 2 + (number % 2)]!;
const [application, tenant] = [asNodeId('app'), asNodeId('tenant')];
const permission = { kind: 'Permission', application, plane: 'CONTROL', class: 'READ' } as const;
const numberOf = (id: string) => Number(id.slice('permission-'.length));
const permissionId = (number: number) => asNodeId(`permission-${number}`);

/** Three identities with few, many and nearly all of the permissions, at nested scopes, some denied and some conditional. */
function graphOf() {
  let state = 1;
  /** In [0, 1), the same each time (xorshift32, Marsaglia 2003). */
  const random = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  const graph = createAccessGraph(createGraphBanks());
  let edges = 0;
  const put = (edge: BareEdge) => {
    const id = asEdgeId((++edges).toString(16).padStart(32, '0'));
    const version = { id, edge: { ...edge, source: tenant, statedBy: 'push', statement: id } as never, since: 1 };
    graph.apply([{ kind: 'edgeOpened', version }]);
  };
  for (let n = 0; n < permissionCount; n++) {
    const id = permissionId((n * 7919) % permissionCount);
    const tier = tierOf((n * 7919) % permissionCount);
    graph.putNode({ ...permission, id, action: `${n}`, tier });
  }
  const places = ['/', '/a', '/a/b', '/c'].map((path) => ({ id: asNodeId(`at-${path}`), path }));
  for (const { id, path } of places) graph.putNode({ kind: 'Resource', id, application, tenant, path });
  for (const [outer, inner] of [
    [0, 1],
    [1, 2],
    [0, 3],
  ] as const)
    put({ kind: 'CONTAINS', from: places[outer]!.id, to: places[inner]!.id });
  for (const [name, share] of [
    ['few', 0.01],
    ['many', 0.2],
    ['all', 0.6],
  ] as const) {
    const identity = asNodeId(name);
    graph.putNode({ kind: 'Identity', id: identity, tenant, type: 'HUMAN', state: 'ACTIVE' });
    for (let r = 0; r < 6; r++) {
      const role = asNodeId(`${name}-role-${r}`);
      graph.putNode({ kind: 'Role', id: role, application, name: role, assignable: true, deprecated: false });
      if (r % 2 === 1) put({ kind: 'INHERITS', from: asNodeId(`${name}-role-${r - 1}`), to: role });
      else put({ kind: 'ASSIGNED', from: identity, to: role, scope: places[(r / 2) % 4]!.id });
      put({ kind: 'ASSIGNED', from: identity, to: role, scope: places[r % 4]!.id });
      for (let n = 0; n < permissionCount; n++) {
        if (random() > share / 2) continue;
        const condition = random() < 0.1 && ({ kind: 'opaque', text: `maybe ${n % 3}` } as const);
        const effect = random() < 0.1 ? 'DENY' : 'ALLOW';
        put({ kind: 'GRANTS', from: role, to: permissionId(n), effect, ...(condition && { condition }) });
      }
    }
  }
  return graph;
}
const graph = graphOf();
const scratch = createScratch();
const listed = (question: Omit<EffectiveQuestion, 'first'>, first = 10_000, from = 0) =>
  listPermissions(graph, scratch, { ...question, first }, from);

const anyQuestion = fc.record({
  identity: fc.constantFrom('few', 'many', 'all').map(asNodeId),
  orderBy: fc.constantFrom('TIER', 'DEPTH', 'PERMISSION'),
  narrowing: fc.constantFrom<Partial<EffectiveQuestion>>(
    {},
    { resource: asNodeId('at-/a/b') },
    { tierAtMost: 1 },
    { decisions: ['CONDITIONAL', 'DENIED'] },
    { origins: ['DIRECT', 'INHERITED'] },
  ),
});

describe('pages of a long listing', () => {
  it('are slices of all its rows sorted, whatever is asked', () => {
    fc.assert(
      fc.property(anyQuestion, fc.nat(3_000), fc.constantFrom(1, 50, 400), (asked, from, first) => {
        const question = { identity: asked.identity, orderBy: asked.orderBy, ...asked.narrowing };
        const whole = listed(question);
        const sorted = [...whole.items].sort(inOrder(asked.orderBy));
        const place = from % (whole.items.length + 5);
        expect(listed(question, first, place).items).toEqual(sorted.slice(place, place + first));
      }),
      { numRuns: propertyRuns(100) },
    );
  });

  it('are in the order of the tiers as they are now', () => {
    const question = { identity: asNodeId('all'), orderBy: 'TIER' } as const;
    const last = listed(question).items.at(-1)!.permission;
    expect(listed(question, 1).items[0]!.permission).not.toBe(last);
    const setTier = (tier: 0 | 2 | 3) => graph.putNode({ ...permission, id: last, action: last, tier });
    setTier(0);
    const first = listed(question, 50).items.map((row) => row.permission);
    setTier(tierOf(numberOf(last)) as 2 | 3);
    expect(first).toContain(last);
    expect(listed(question, 50).items.map((row) => row.permission)).not.toContain(last);
  });

  it('count each permission with a covering row once', () => {
    let denied = 0;
    for (const identity of ['few', 'many', 'all'].map(asNodeId))
      for (const narrowing of [{}, { resource: asNodeId('at-/a/b') }, { tierAtMost: 2 }]) {
        const { items, permissionCount: counted, totalCount } = listed({ identity, ...narrowing });
        const covering = items.filter(({ decision }) => decision === 'ALLOWED' || decision === 'CONDITIONAL');
        denied += items.length - covering.length;
        expect({ counted, totalCount }).toEqual({
          counted: new Set(covering.map(({ permission }) => permission)).size,
          totalCount: items.length,
        });
      }
    expect(denied).toBeGreaterThan(100);
  });
});

function inOrder(orderBy: 'TIER' | 'DEPTH' | 'PERMISSION') {
  const tier = ({ permission }: PermissionRow) => tierOf(numberOf(permission));
  const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return (a: PermissionRow, b: PermissionRow) =>
    (orderBy === 'TIER' ? tier(a) - tier(b) : 0) ||
    (orderBy === 'PERMISSION' ? 0 : a.leastDepth - b.leastDepth) ||
    byText(a.permission, b.permission) ||
    byText(a.scope, b.scope);
}
