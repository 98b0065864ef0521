import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { GraphChange } from '../../src/graph/change.js';
import { EDGE_KINDS, edgeIdOf } from '../../src/graph/edge.js';
import { NODE_KINDS } from '../../src/graph/node-kind.js';
import { createOverlayView, emptyView } from '../../src/graph/overlay-view.js';
import type { GraphStore } from '../../src/store/graph-store.js';
import { account, close, group, memberOf, put } from '../graph/small-estate.js';
import {
  type OpenStore,
  refusalOf,
  type StoreFixture,
  twoTenants,
  wholeLog,
  wholeSnapshot,
  write,
} from './store-fixture.js';

const openMember = (name: number, groupName: string) => memberOf(`m${name}`, groupName);
const closeMember = (name: number, groupName: string): GraphChange => {
  const change = openMember(name, groupName);
  if (change.kind !== 'putEdge') throw new Error('a membership is an edge');
  return { kind: 'closeEdge', id: edgeIdOf(change.edge) };
};

/** What a snapshot promises, also while others commit. */
export function describeSnapshots(open: OpenStore): void {
  describe('a snapshot', () => {
    let fixture: StoreFixture;
    let graph: GraphStore;
    beforeEach(async () => {
      fixture = await open();
      graph = fixture.graph;
      await write(graph, 'c1', ...twoTenants);
    });
    afterEach(() => fixture.remove());

    it('of any revision is what the log up to there adds up to', async () => {
      await write(graph, 'c2', put(account('ann', { displayName: 'Anna' })), close('bob'));
      await write(graph, 'c3', memberOf('ann', 'eng'), close('build'));
      await write(graph, 'c4', put(account('bob')), put(group('build')), memberOf('bob', 'build'));
      const view = createOverlayView(emptyView);
      const { storeId } = await graph.head();
      for (const { revision, effects, hash, at } of await wholeLog(graph)) {
        view.apply(effects);
        const { nodes, edges, head } = await wholeSnapshot(graph, revision);
        expect(nodes).toEqual(nodes.map(({ node }) => view.node(node.id)));
        expect(edges).toEqual(edges.map(({ id }) => view.edge(id)));
        const [openNodes, openEdges] = [nodes.length, edges.length];
        expect(head).toEqual({ storeId, revision, hash, at, openNodes, openEdges });
      }
      const sizes = await Promise.all([1, 2, 3, 4].map((revision) => wholeSnapshot(graph, revision)));
      expect(sizes.map(({ nodes, edges }) => [nodes.length, edges.length])).toEqual([
        [21, 10],
        [20, 8],
        [19, 7],
        [21, 9],
      ]);
    });

    it('is sorted by kind, then by id', async () => {
      const { nodes, edges } = await wholeSnapshot(graph);
      const places = nodes.map(({ node }) => [NODE_KINDS.indexOf(node.kind), node.id] as const);
      const edgePlaces = edges.map(({ id, edge }) => [EDGE_KINDS.indexOf(edge.kind), id] as const);
      for (const list of [places, edgePlaces])
        expect(list).toEqual(list.toSorted(([kindA, a], [kindB, b]) => kindA - kindB || (a < b ? -1 : 1)));
    });

    it('of the empty graph is empty', async () => {
      const { nodes, edges, head } = await wholeSnapshot(graph, 0);
      expect([nodes, edges]).toEqual([[], []]);
      expect(head).toMatchObject({ revision: 0, openNodes: 0, openEdges: 0 });
    });

    it('is refused of a revision that is yet to come, and when the signal says so', async () => {
      expect(await refusalOf(wholeSnapshot(graph, 2))).toBe('INVALID');
      expect(await refusalOf(graph.snapshot(1, AbortSignal.abort())[Symbol.asyncIterator]().next())).toBe('DEADLINE');
    });

    it('is refused where retention drops what it had yet to read', async () => {
      await write(graph, 'c2', close('ann'), close('build'));
      const reading = graph.snapshot(1)[Symbol.asyncIterator]();
      expect((await reading.next()).value).toMatchObject({ kind: 'nodes' });
      await graph.prune(2);
      const readToEnd = async () => {
        for (let next = await reading.next(); !next.done; next = await reading.next());
      };
      expect(await refusalOf(readToEnd())).toBe('GONE');
    });

    it('misses nothing that is closed, and takes nothing that is opened, while it is read', async () => {
      const numbers = Array.from({ length: 2_500 }, (_, index) => index);
      await write(graph, 'people', ...numbers.map((name) => put(account(`m${name}`))));
      await write(graph, 'members', ...numbers.map((name) => openMember(name, 'build')));
      const before = await wholeSnapshot(graph);
      let commits = 0;
      const during = await readWith(graph, async () => {
        const [first, second] = [(commits * 37) % 2_500, (commits * 37 + 1_250) % 2_500];
        commits += 1;
        await write(graph, `w${commits}`, closeMember(first, 'build'), openMember(second, 'eng'), close(`m${second}`));
        await write(graph, `x${commits}`, openMember(first, 'ops'), put(account(`new${commits}`)));
      });
      expect(commits).toBeGreaterThan(5);
      expect(during).toEqual(before);
    });

    it('of the head is whole while four writers commit as fast as they can', async () => {
      const numbers = Array.from({ length: 1_200 }, (_, index) => index);
      await write(graph, 'people', ...numbers.map((name) => put(account(`m${name}`))));
      await write(graph, 'members', ...numbers.map((name) => openMember(name, 'build')));
      let [writing, commits] = [true, 0];
      const writer = async () => {
        while (writing) {
          const at = commits++;
          const [first, second] = [(at * 37) % 1_200, (at * 41 + 600) % 1_200];
          await write(
            graph,
            `w${at}`,
            closeMember(first, 'build'),
            openMember(second, 'build'),
            openMember(first, 'ops'),
          );
          await write(
            graph,
            `x${at}`,
            closeMember(second, 'ops'),
            put(account(`new${at % 50}`)),
            close(`new${(at + 7) % 50}`),
          );
        }
      };
      const writers = Array.from({ length: 4 }, writer);
      const taken: Awaited<ReturnType<typeof wholeSnapshot>>[] = [];
      for (let turn = 0; turn < 4; turn += 1) {
        const snapshot = await wholeSnapshot(graph);
        taken.push(snapshot);
        while ((await graph.head()).revision === snapshot.head!.revision) await new Promise(setImmediate);
      }
      writing = false;
      await Promise.all(writers);
      expect(new Set(taken.map(({ head }) => head!.revision)).size).toBe(4);
      const view = createOverlayView(emptyView);
      const log = await wholeLog(graph);
      let revision = 0;
      for (const { nodes, edges, head } of taken) {
        for (; revision < head!.revision; revision += 1) view.apply(log[revision]!.effects);
        expect([nodes.length, edges.length]).toEqual([head!.openNodes, head!.openEdges]);
        expect(nodes).toEqual(nodes.map(({ node }) => view.node(node.id)));
        expect(edges).toEqual(edges.map(({ id }) => view.edge(id)));
        expect(edges.filter(({ edge }) => (edge.to as string) === 'build').map(({ id }) => id)).toEqual(
          [...view.edgesOf('build' as never, 'to', 'MEMBER_OF')].map(({ id }) => id).sort(),
        );
      }
    });
  });
}

/** The snapshot of the head, with something done between any two of its batches; no batch is larger than it may be. */
async function readWith(graph: GraphStore, act: () => Promise<void>): ReturnType<typeof wholeSnapshot> {
  const reading: GraphStore['snapshot'] = async function* (revision) {
    for await (const batch of graph.snapshot(revision)) {
      if (batch.kind === 'nodes') expect(batch.nodes.length).toBeLessThanOrEqual(1_000);
      if (batch.kind === 'edges') expect(batch.edges.length).toBeLessThanOrEqual(1_000);
      yield batch;
      await act();
    }
  };
  return wholeSnapshot({ snapshot: reading });
}
