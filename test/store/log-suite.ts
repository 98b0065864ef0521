import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { asCommitId } from '../../src/graph/ids.js';
import { systemScope } from '../../src/store/graph-store.js';
import { account, close, id, put } from '../graph/small-estate.js';
import {
  type OpenStore,
  refusalOf,
  type StoreFixture,
  start,
  twoTenants,
  wholeLog,
  wholeSnapshot,
  write,
} from './store-fixture.js';

/** What the log promises: order, pages, times, retention. */
export function describeLog(open: OpenStore): void {
  describe('the log', () => {
    let fixture: StoreFixture;
    beforeEach(async () => {
      fixture = await open();
      const { graph, clock } = fixture;
      await write(graph, 'c1', ...twoTenants);
      for (let revision = 2; revision <= 6; revision += 1) {
        clock.advance(1_000);
        await write(graph, `c${revision}`, put(account('ann', { displayName: `Ann ${revision}` })));
      }
    });
    afterEach(() => fixture.remove());

    it('is given contiguously from where one stands, oldest first', async () => {
      const { graph } = fixture;
      expect((await graph.commitsAfter(3)).map(({ revision }) => revision)).toEqual([4, 5, 6]);
      expect(await graph.commitsAfter(6)).toEqual([]);
      expect(await graph.commitsAfter(9)).toEqual([]);
      expect(await refusalOf(graph.commitsAfter(-1))).toBe('INVALID');
    });

    it('is given in pages of about so many bytes, but at least one commit', async () => {
      const { graph } = fixture;
      expect((await graph.commitsAfter(0, { maxBytes: 1 })).map(({ revision }) => revision)).toEqual([1]);
      const size = JSON.stringify((await graph.commitsAfter(1))[0]!.effects).length;
      const page = await graph.commitsAfter(1, { maxBytes: Math.ceil(2.5 * size) });
      expect(page.map(({ revision }) => revision)).toEqual([2, 3]);
    });

    it('counts bytes of UTF-8 for a page, not characters', async () => {
      const { graph } = fixture;
      const euros = '€'.repeat(1_000);
      for (const name of ['c7', 'c8', 'c9'])
        await write(graph, name, put(account('ann', { attributes: { note: `${euros}${name}` } })));
      const characters = JSON.stringify((await graph.commitsAfter(7))[0]!.effects).length;
      const page = await graph.commitsAfter(6, { maxBytes: 3 * characters });
      expect(page.map(({ revision }) => revision)).toEqual([7]);
    });

    it('says which revision a time had', async () => {
      const { graph } = fixture;
      const times = [start - 1, start, start + 999, start + 1_000, start + 4_999, start + 5_000, start + 9_999_999];
      expect(await Promise.all(times.map((time) => graph.revisionAt(time)))).toEqual([0, 1, 1, 2, 5, 6, 6]);
    });

    it('finds a commit by its id', async () => {
      const { graph } = fixture;
      expect(await graph.findCommit(asCommitId('c3'))).toEqual((await graph.commitsAfter(2))[0]);
      expect(await graph.findCommit(asCommitId('none'))).toBeUndefined();
    });

    it('loses at the horizon what lies before it, and nothing else', async () => {
      const { graph } = fixture;
      const kept = await wholeLog(graph, 4);
      const [at4, at6] = [await wholeSnapshot(graph, 4), await wholeSnapshot(graph, 6)];
      await graph.prune(4);
      expect((await graph.head()).horizon).toBe(4);
      expect(await wholeLog(graph, 4)).toEqual(kept);
      expect([await wholeSnapshot(graph, 4), await wholeSnapshot(graph, 6)]).toEqual([at4, at6]);
      expect((await graph.history(systemScope, id('ann'))).map(({ stamps }) => stamps.since)).toEqual([4, 5, 6]);
      expect([
        await refusalOf(graph.commitsAfter(3)),
        await refusalOf(wholeSnapshot(graph, 3)),
        await refusalOf(graph.revisionAt(start + 2_999)),
        await refusalOf(graph.prune(7)),
      ]).toEqual(['GONE', 'GONE', 'GONE', 'INVALID']);
      expect(await graph.revisionAt(start + 3_000)).toBe(4);
    });

    it('never moves the horizon back, and goes on after it', async () => {
      const { graph } = fixture;
      await graph.prune(6);
      await graph.prune(2);
      expect((await graph.head()).horizon).toBe(6);
      expect((await write(graph, 'c7', close('ann'))).revision).toBe(7);
      expect((await wholeLog(graph, 6)).map(({ revision }) => revision)).toEqual([7]);
      const { head } = await wholeSnapshot(graph, 6);
      expect(head).toMatchObject({ revision: 6, openNodes: 21, openEdges: 10 });
    });
  });
}
