import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Commit, Expectation, GraphChange } from '../../src/graph/change.js';
import { type Edge, edgeIdOf } from '../../src/graph/edge.js';
import { asStatementSource } from '../../src/graph/ids.js';
import { fieldKey } from '../../src/graph/indexed-fields.js';
import { createOverlayView, emptyView } from '../../src/graph/overlay-view.js';
import { settle } from '../../src/graph/settle.js';
import { GraphError } from '../../src/kernel/errors.js';
import { type GraphStore, systemScope } from '../../src/store/graph-store.js';
import { account, close, group, id, member, memberOf, put, source, tenant } from '../graph/small-estate.js';
import { commitOf, type OpenStore, start, wholeLog, wholeSnapshot, write } from './store-fixture.js';

const people = ['p0', 'p1', 'p2', 'p3'];
const groups = ['g0', 'g1', 'g2'];
const name = fc.constantFrom('n0', 'n1', 'n2', 'n3', 'n4');
const person = fc.constantFrom(...people);
const team = fc.constantFrom(...groups);
const edgeOf = (change: GraphChange): Edge => (change.kind === 'putEdge' ? change.edge : ({} as never));

const anyChange: fc.Arbitrary<GraphChange> = fc.oneof(
  fc.tuple(person, name, fc.boolean()).map(([who, userName, active]) => put(account(who, { userName, active }))),
  fc.tuple(team, name).map(([what, displayName]) => put(group(what, { displayName }))),
  fc.constantFrom(...people, ...groups).map(close),
  fc.tuple(fc.constantFrom(...people, ...groups), team).map(([from, to]) => memberOf(from, to)),
  fc
    .tuple(person, team)
    .map(([from, to]) => ({ kind: 'closeEdge', id: edgeIdOf(edgeOf(memberOf(from, to))) }) as const),
  fc.tuple(fc.uniqueArray(person), team).map(
    ([members, to]) =>
      ({
        kind: 'setEdges',
        node: id(to),
        edge: 'MEMBER_OF',
        end: 'to',
        source: asStatementSource('entra'),
        edges: members.map((from) => edgeOf(memberOf(from, to))),
      }) as const,
  ),
  fc
    .tuple(team, name, fc.constantFrom('putReference', 'closeReference'))
    .map(([holder, value, kind]) => ({ kind, reference: member(holder, value) }) as GraphChange),
);
const anyExpectation: fc.Arbitrary<Expectation> = fc.oneof(
  fc.record({ kind: fc.constant('version' as const), node: person.map(id), version: fc.nat(3) }),
  name.map((value) => ({ kind: 'unclaimed', key: fieldKey('Account', 'userName', 'entra', value) }) as const),
);
const anyCommit = fc.record({
  changes: fc.array(anyChange, { minLength: 1, maxLength: 5 }),
  expectations: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(anyExpectation, { maxLength: 1 }) },
  ),
});

/** The store is the in-memory overlay, settled by the same function, and no more than that. */
export function describeModel(open: OpenStore): void {
  describe('any sequence of commits', () => {
    it('does in the store what it does in memory: the same effects, refusals, log and graph', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(anyCommit, { minLength: 5, maxLength: 25 }), async (commits) => {
          const fixture = await open();
          try {
            await compare(fixture.graph, commits);
          } finally {
            await fixture.remove();
          }
        }),
        { numRuns: 25 },
      );
    });
  });
}

async function compare(graph: GraphStore, commits: readonly Pick<Commit, 'changes' | 'expectations'>[]): Promise<void> {
  const model = createModel();
  const estate = [put(tenant('acme')), put(source('entra'))];
  expect((await write(graph, 'estate', ...estate)).stored?.effects).toEqual(model.commit({ changes: estate }));
  for (const [index, commit] of commits.entries()) {
    const expected = model.commit(commit);
    const found = await graph.commit({ ...commitOf(`c${index}`), ...commit }).then(
      ({ stored }) => stored?.effects ?? [],
      (error: GraphError) => error.code,
    );
    expect(found).toEqual(expected);
  }
  expect((await wholeLog(graph)).map(({ effects }) => effects)).toEqual(model.log);
  const { nodes, edges, head } = await wholeSnapshot(graph);
  expect(nodes).toEqual(nodes.map(({ node }) => model.view.node(node.id)));
  expect(edges).toEqual(edges.map((version) => model.view.edge(version.id)));
  expect(head).toMatchObject({ ...model.open(), revision: model.log.length });
  for (const value of ['n0', 'n1', 'n2', 'n3', 'n4']) {
    const key = fieldKey('Account', 'userName', 'entra', value);
    expect((await graph.find(systemScope, key)).map(({ node }) => node.id)).toEqual(model.view.holders(key));
  }
  for (const node of [...people, ...groups].map(id)) {
    const page = await graph.edgesOf(systemScope, { node, end: 'to', kind: 'MEMBER_OF', limit: 100 });
    expect(page.items).toEqual([...model.view.edgesOf(node, 'to', 'MEMBER_OF')]);
  }
}

function createModel() {
  const view = createOverlayView(emptyView);
  const log: ReturnType<typeof settle>['effects'][] = [];
  const count = (kind: string) => log.flat().filter((effect) => effect.kind === kind).length;
  return {
    view,
    log,
    open: () => ({
      openNodes: count('nodeOpened') - count('nodeClosed'),
      openEdges: count('edgeOpened') - count('edgeClosed'),
    }),
    /** Its effects, or the code it is refused with. */
    commit(commit: Pick<Commit, 'changes' | 'expectations'>) {
      try {
        const { effects } = settle(commit, view, { revision: log.length + 1, at: start });
        if (effects.length > 0) log.push(effects);
        view.apply(effects);
        return effects;
      } catch (error) {
        if (error instanceof GraphError) return error.code;
        throw error;
      }
    },
  };
}
