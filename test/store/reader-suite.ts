import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { asEdgeId, type NodeId } from '../../src/graph/ids.js';
import { fieldKey } from '../../src/graph/indexed-fields.js';
import type { FieldOperator, NodeQuery, Where } from '../../src/store/graph-store.js';
import { systemScope } from '../../src/store/graph-store.js';
import { account, close, id, member, memberOf, put } from '../graph/small-estate.js';
import { type OpenStore, refusalOf, type StoreFixture, twoTenants, write } from './store-fixture.js';

const field = (name: string, operator: FieldOperator, value: string): Where => ({
  kind: 'field',
  field: name,
  operator,
  value,
});
const stamp = (name: 'id' | 'createdAt' | 'modifiedAt', operator: FieldOperator, value: string): Where => ({
  kind: 'stamp',
  stamp: name,
  operator,
  value,
});

/** What the readers of the open graph promise. Nothing is written after the beginning. */
export function describeReaders(open: OpenStore): void {
  describe('the readers of the open graph', () => {
    let fixture: StoreFixture;
    const people = ['Åsa', 'asb', 'Zed', 'ÅSC', '日本', 'b_%'].map((displayName, index) =>
      put(account(`p${index}`, { displayName, userName: `u${index}`, employeeNumber: String(index % 2) })),
    );
    beforeAll(async () => {
      fixture = await open();
      await write(fixture.graph, 'a', ...twoTenants);
      for (const [index, person] of people.entries()) {
        fixture.clock.advance(10);
        await write(fixture.graph, `p${index}`, person);
      }
      await write(fixture.graph, 'members', memberOf('p1', 'eng'), memberOf('p3', 'eng'), memberOf('p4', 'build'));
    });
    afterAll(() => fixture.remove());

    const listed = async (query: Partial<NodeQuery<'Account'>>) => {
      const page = await fixture.graph.list(systemScope, { kind: 'Account', limit: 1_000, ...query });
      return page.items.map(({ node }) => node.id as string);
    };

    it('give one slot an id, in the order asked', async () => {
      const versions = await fixture.graph.nodesByIds(systemScope, ['bob', 'nobody', 'ann', 'bob'].map(id));
      expect(versions.map((version) => version?.node.id)).toEqual(['bob', undefined, 'ann', 'bob']);
    });

    it('do not take an id that only begins like another', async () => {
      expect(await fixture.graph.nodesByIds(systemScope, [id('ann\u0000x'), id('ANN'), id('')])).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
    });

    it('refuse more ids than the limit', async () => {
      const ids = Array.from({ length: 1_001 }, (_, index) => id(`x${index}`));
      expect(await refusalOf(fixture.graph.nodesByIds(systemScope, ids))).toBe('TOO_LARGE');
      expect(await refusalOf(fixture.graph.edgesByIds(systemScope, ids.map(String).map(asEdgeId)))).toBe('TOO_LARGE');
    });

    it('find nodes by a value, folded as its field says', async () => {
      const find = async (name: string, scope: string, value: string) =>
        (await fixture.graph.find(systemScope, fieldKey('Account', name, scope, value))).map(({ node }) => node.id);
      expect(await find('userName', 'entra', 'ANN')).toEqual(['ann']);
      expect(await find('emails', 'entra', 'A@acme.test')).toEqual(['ann']);
      expect(await find('employeeNumber', 'entra', '0')).toEqual(['p0', 'p2', 'p4']);
      expect(await find('userName', 'okta', 'ann')).toEqual([]);
      expect(await refusalOf(find('userName', 'entra', 'ann\u0000'))).toBe('INVALID');
    });

    it.each<[string, Where, readonly string[]]>([
      ['equality', field('displayName', 'EQUALS', 'åsa'), ['p0']],
      ['a prefix', field('displayName', 'STARTS_WITH', 'ås'), ['p0', 'p3']],
      ['an empty prefix', field('employeeNumber', 'STARTS_WITH', ''), ['p0', 'p1', 'p2', 'p3', 'p4', 'p5']],
      ['a prefix of signs that patterns would read', field('displayName', 'STARTS_WITH', 'b_%'), ['p5']],
      ['a part', field('displayName', 'CONTAINS', '_%'), ['p5']],
      ['less', field('displayName', 'LESS', 'asb'), ['ann']],
      ['less or equal', field('displayName', 'LESS_OR_EQUAL', 'asb'), ['ann', 'p1']],
      ['greater, by bytes of UTF-8', field('displayName', 'GREATER', 'zed'), ['p0', 'p3', 'p4']],
      ['greater or equal', field('displayName', 'GREATER_OR_EQUAL', 'åsc'), ['p3', 'p4']],
      ['one of several values', field('emails', 'EQUALS', 'a@acme.test'), ['ann']],
      ['presence', { kind: 'present', field: 'employeeNumber' }, ['p0', 'p1', 'p2', 'p3', 'p4', 'p5']],
      ['absence', { kind: 'not', of: { kind: 'present', field: 'employeeNumber' } }, ['ann', 'bob', 'zoe']],
      ['an id', stamp('id', 'EQUALS', 'ann'), ['ann']],
      ['the beginning of an id', stamp('id', 'STARTS_WITH', 'p'), ['p0', 'p1', 'p2', 'p3', 'p4', 'p5']],
      ['a time', stamp('createdAt', 'GREATER_OR_EQUAL', '1800000000050'), ['p4', 'p5']],
      ['an edge', { kind: 'edge', edge: 'MEMBER_OF', end: 'from', other: id('eng') }, ['p1', 'p3']],
      [
        'all of several',
        { kind: 'and', of: [field('employeeNumber', 'EQUALS', '1'), field('displayName', 'GREATER', 'b')] },
        ['p3', 'p5'],
      ],
      [
        'any of several',
        { kind: 'or', of: [field('userName', 'EQUALS', 'u1'), field('userName', 'EQUALS', 'u2')] },
        ['p1', 'p2'],
      ],
      ['all of none', { kind: 'and', of: [] }, ['ann', 'bob', 'zoe', 'p0', 'p1', 'p2', 'p3', 'p4', 'p5']],
      ['any of none', { kind: 'or', of: [] }, []],
    ])('list and count by %s', async (_, where, expected) => {
      expect(await listed({ where })).toEqual(expected);
      expect(await fixture.graph.count(systemScope, { kind: 'Account', where })).toBe(expected.length);
    });

    it('look a value up within one scope only where that is asked', async () => {
      const where = (scope: string): Where => ({ ...field('userName', 'STARTS_WITH', ''), scope }) as Where;
      expect(await listed({ where: where('okta') })).toEqual(['zoe']);
      expect(await listed({ where: { kind: 'present', field: 'userName', scope: 'okta' } })).toEqual(['zoe']);
    });

    it('list in the order of insertion, or by a stamp, or by a field with those that lack it last', async () => {
      expect(await listed({})).toEqual(['ann', 'bob', 'zoe', 'p0', 'p1', 'p2', 'p3', 'p4', 'p5']);
      expect(await listed({ order: { by: 'id' } })).toEqual(['ann', 'bob', 'p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'zoe']);
      expect(await listed({ order: { by: 'createdAt', descending: true } })).toEqual([
        ...['p5', 'p4', 'p3', 'p2', 'p1', 'p0'],
        ...['ann', 'bob', 'zoe'],
      ]);
      const byName = ['ann', 'p1', 'p5', 'bob', 'p2', 'p0', 'p3', 'p4'];
      expect(await listed({ order: { by: 'displayName' } })).toEqual([...byName, 'zoe']);
      expect(await listed({ order: { by: 'displayName', descending: true } })).toEqual([...byName.toReversed(), 'zoe']);
      expect(await listed({ order: { by: 'employeeNumber' } })).toEqual([
        ...['p0', 'p2', 'p4', 'p1', 'p3', 'p5'],
        ...['ann', 'bob', 'zoe'],
      ]);
    });

    it.each<Partial<NodeQuery<'Account'>>>([
      {},
      { order: { by: 'id' } },
      { order: { by: 'modifiedAt', descending: true } },
      { order: { by: 'displayName' } },
      { order: { by: 'employeeNumber', descending: true } },
      { where: field('displayName', 'GREATER', 'b'), order: { by: 'employeeNumber' } },
    ])('go through %j page by page as in one, by position or by number', async (query) => {
      const whole = await listed(query);
      const paged: NodeId[] = [];
      for (let after: string | undefined, done = false; !done; ) {
        const more = after === undefined ? {} : { after };
        const page = await fixture.graph.list(systemScope, { kind: 'Account', limit: 2, ...query, ...more });
        expect(page.items.length).toBeLessThanOrEqual(2);
        paged.push(...page.items.map(({ node }) => node.id));
        [after, done] = [page.next, page.next === undefined];
      }
      expect(paged).toEqual(whole);
      expect(await listed({ ...query, skip: 3, limit: 4 })).toEqual(whole.slice(3, 7));
    });

    it('narrow a list to a tenant or a source', async () => {
      expect(await listed({ tenant: id('globex') })).toEqual(['zoe']);
      expect(await listed({ source: id('entra'), limit: 2 })).toEqual(['ann', 'bob']);
    });

    it('refuse what they cannot answer whole', async () => {
      const where = (part: Where) => refusalOf(listed({ where: part }));
      expect([
        await where(field('attributes.nickName', 'EQUALS', 'x')),
        await where({ kind: 'present', field: 'toString' }),
        await where(field('userName', 'EQUALS', 'x\u0000')),
        await where(stamp('createdAt', 'CONTAINS', '1')),
        await where(stamp('createdAt', 'LESS', 'yesterday')),
        await refusalOf(listed({ order: { by: 'attributes' } })),
        await refusalOf(listed({ after: 'no position' })),
        await refusalOf(listed({ limit: 0 })),
        await refusalOf(listed({ limit: 1_001 })),
        await refusalOf(listed({ skip: -1 })),
      ]).toEqual(Array(10).fill('INVALID'));
    });

    it('give the edges of a node by id, page by page', async () => {
      const query = { node: id('build'), end: 'to', kind: 'MEMBER_OF' } as const;
      const whole = await fixture.graph.edgesOf(systemScope, { ...query, limit: 10 });
      expect(whole.next).toBeUndefined();
      expect(whole.items.map(({ edge }) => edge.from).sort()).toEqual(['ann', 'bob', 'p4']);
      expect(whole.items.map((version) => version.id)).toEqual(whole.items.map((version) => version.id).toSorted());
      const first = await fixture.graph.edgesOf(systemScope, { ...query, limit: 2 });
      expect(first).toEqual({ items: whole.items.slice(0, 2), next: whole.items[1]!.id });
      const rest = await fixture.graph.edgesOf(systemScope, { ...query, limit: 2, after: asEdgeId(first.next!) });
      expect(rest).toEqual({ items: whole.items.slice(2) });
      expect(await fixture.graph.countEdges(systemScope, query)).toBe(3);
      expect(await fixture.graph.countEdges(systemScope, { ...query, end: 'from' })).toBe(1);
      expect(await refusalOf(fixture.graph.edgesOf(systemScope, { ...query, limit: 1_001 }))).toBe('INVALID');
      const ids = whole.items.map((version) => version.id);
      expect(await fixture.graph.edgesByIds(systemScope, [asEdgeId('none'), ...ids])).toEqual([
        undefined,
        ...whole.items,
      ]);
    });
  });

  describe('the history of a node', () => {
    it('is every version, oldest first, and says when each ended', async () => {
      const fixture = await open();
      const { graph } = fixture;
      await write(graph, 'a', ...twoTenants);
      await write(graph, 'b', put(account('ann', { displayName: 'Anna' })));
      await write(graph, 'c', close('ann'));
      await write(graph, 'd', { kind: 'putReference', reference: member('build', 'later') });
      const history = await graph.history(systemScope, id('ann'));
      expect(history.map(({ stamps, until }) => [stamps.since, until])).toEqual([
        [1, 2],
        [2, 3],
      ]);
      expect(history.map(({ node }) => node.kind === 'Account' && node.displayName)).toEqual(['Ann', 'Anna']);
      expect((await graph.history(systemScope, id('eng'))).map(({ until }) => until)).toEqual([undefined]);
      expect(await graph.history(systemScope, id('nobody'))).toEqual([]);
      await fixture.remove();
    });
  });
}
