import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { maxChangesPerCommit } from '../../src/graph/change.js';
import { commitHash, hashBeforeFirst } from '../../src/graph/commit-hash.js';
import { systemScope } from '../../src/store/graph-store.js';
import { account, close, everyone, group, id, memberOf, put, source, tenant } from '../graph/small-estate.js';
import { commitOf, type OpenStore, refusalOf, type StoreFixture, start, wholeLog, write } from './store-fixture.js';

const acme = [put(tenant('acme')), put(source('entra'))];

/** What `commit` promises. */
export function describeCommits(open: OpenStore): void {
  describe('commit', () => {
    let fixture: StoreFixture;
    beforeEach(async () => {
      fixture = await open();
    });
    afterEach(() => fixture.remove());

    it('answers with the next revision, its time and what was stored', async () => {
      const { graph } = fixture;
      const receipt = await write(graph, 'first', ...acme);
      const stored = {
        revision: 1,
        id: 'first',
        at: start,
        meta: { actor: 'suite' },
        effects: [tenant('acme'), source('entra'), everyone('acme')].map((node) => ({
          kind: 'nodeOpened',
          version: { node, stamps: { since: 1, version: 1, createdAt: start, modifiedAt: start } },
        })),
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      };
      expect(receipt).toEqual({ revision: 1, at: start, repeated: false, effectless: false, stored });
      expect(await graph.commitsAfter(0)).toEqual([stored]);
      expect(await graph.findCommit(commitOf('first').id)).toEqual(stored);
    });

    it('is at revision 0 with nothing in it before the first', async () => {
      const { storeId, ...head } = await fixture.graph.head();
      expect(storeId).not.toBe('');
      expect(head).toEqual({ revision: 0, hash: hashBeforeFirst, at: 0, horizon: 0, openNodes: 0, openEdges: 0 });
    });

    it('chains the hashes, and the head says where the chain ends', async () => {
      const { graph } = fixture;
      await write(graph, 'a', ...acme);
      await write(graph, 'b', put(account('ann')), put(group('build')));
      await write(graph, 'c', memberOf('ann', 'build'));
      let hash = hashBeforeFirst;
      for (const commit of await wholeLog(graph)) {
        hash = commitHash(hash, commit, commit.effects);
        expect(commit.hash).toBe(hash);
      }
      const { storeId, ...head } = await graph.head();
      expect(head).toEqual({ revision: 3, hash, at: start, horizon: 0, openNodes: 6, openEdges: 2 });
    });

    it('stores a repeated commit once, and answers it before its expectations are judged', async () => {
      const { graph, clock } = fixture;
      await write(graph, 'a', ...acme);
      const commit = {
        ...commitOf('b', put(account('ann'))),
        expectations: [{ kind: 'version', node: id('ann'), version: 0 }] as const,
      };
      const first = await graph.commit(commit);
      clock.advance(1_000);
      await write(graph, 'c', put(account('bob')));
      expect(await graph.commit(commit)).toEqual({ revision: 2, at: first.at, repeated: true, effectless: false });
      expect((await graph.head()).revision).toBe(3);
    });

    it('stores a commit once when it is sent many times at once', async () => {
      const { graph } = fixture;
      const receipts = await Promise.all(Array.from({ length: 20 }, () => write(graph, 'same', ...acme)));
      expect(receipts.map(({ revision }) => revision)).toEqual(Array(20).fill(1));
      expect(receipts.filter(({ repeated }) => !repeated)).toHaveLength(1);
    });

    it('makes no revision of a commit without effect', async () => {
      const { graph, clock } = fixture;
      await write(graph, 'a', ...acme);
      clock.advance(5);
      expect(await write(graph, 'b', ...acme, close('nobody'))).toEqual({
        revision: 1,
        at: start,
        repeated: false,
        effectless: true,
      });
      expect(await graph.findCommit(commitOf('b').id)).toBeUndefined();
    });

    it('refuses with the reason, and then nothing of the commit is stored', async () => {
      const { graph } = fixture;
      await write(graph, 'a', ...acme, put(account('ann')));
      const before = await graph.head();
      const tooMany = Array.from({ length: maxChangesPerCommit + 1 }, () => close('nobody'));
      const taken = account('other', { userName: 'ANN' });
      const stale = [{ kind: 'version', node: id('ann'), version: 7 }] as const;
      expect([
        await refusalOf(write(graph, 'b', put(account('bob')), memberOf('bob', 'nowhere'))),
        await refusalOf(write(graph, 'c', put(account('bob')), put(taken))),
        await refusalOf(graph.commit({ ...commitOf('d', put(account('bob'))), expectations: stale })),
        await refusalOf(write(graph, 'e', ...tooMany)),
        await refusalOf(write(graph, 'f', put(account('bob', { userName: 'bob\u0000x' })))),
        await refusalOf(write(graph, 'g', put(account('bob', { displayName: '\ud800' })))),
        await refusalOf(write(graph, 'h\u0000', put(account('bob')))),
      ]).toEqual(['INVALID', 'UNIQUENESS', 'VERSION_MISMATCH', 'TOO_LARGE', 'INVALID', 'INVALID', 'INVALID']);
      expect(await graph.head()).toEqual(before);
      expect(await graph.nodesByIds(systemScope, [id('bob')])).toEqual([undefined]);
    });

    it('names the field of a taken claim', async () => {
      await write(fixture.graph, 'a', ...acme, put(account('ann')));
      await expect(write(fixture.graph, 'b', put(account('x', { userName: 'Ann' })))).rejects.toMatchObject({
        code: 'UNIQUENESS',
        details: { argument: 'userName' },
      });
    });

    it('lets two names be swapped in one commit', async () => {
      const { graph } = fixture;
      await write(graph, 'a', ...acme, put(account('ann')), put(account('bob')));
      await write(graph, 'b', put(account('ann', { userName: 'bob' })), put(account('bob', { userName: 'ann' })));
      const key = { kind: 'Account', field: 'userName', scope: 'entra' } as const;
      const found = await Promise.all(['ann', 'bob'].map((value) => graph.find(systemScope, { ...key, value })));
      expect(found.map((versions) => versions.map(({ node }) => node.id))).toEqual([['bob'], ['ann']]);
    });

    it('gives a claim that was released to the next who asks', async () => {
      const { graph } = fixture;
      await write(graph, 'a', ...acme, put(account('ann')));
      await write(graph, 'b', close('ann'));
      expect(await refusalOf(write(graph, 'c', put(account('ann2', { userName: 'ann' }))))).toBe('none');
    });

    it('gives up when the signal says so', async () => {
      expect(await refusalOf(fixture.graph.commit(commitOf('a', ...acme), AbortSignal.abort()))).toBe('DEADLINE');
    });

    it('goes by its own signal, whatever its store is bound to', async () => {
      const late = fixture.graph.until(AbortSignal.abort());
      expect(await refusalOf(late.head())).toBe('DEADLINE');
      const receipt = await late.until(new AbortController().signal).commit(commitOf('a', ...acme));
      expect((await late.until(new AbortController().signal).head()).revision).toBe(receipt.revision);
    });

    it('closes for good: what was acknowledged is kept, and later calls are refused', async () => {
      const { graph } = fixture;
      const pending = write(graph, 'a', ...acme);
      await graph.close();
      expect((await pending).revision).toBe(1);
      expect([
        await refusalOf(write(graph, 'b', put(account('ann')))),
        await refusalOf(graph.head()),
        await refusalOf(graph.snapshot()[Symbol.asyncIterator]().next()),
      ]).toEqual(['UNAVAILABLE', 'UNAVAILABLE', 'UNAVAILABLE']);
    });
  });

  describe('concurrent commits', () => {
    let fixture: StoreFixture;
    beforeEach(async () => {
      fixture = await open();
      await write(fixture.graph, 'acme', ...acme);
    });
    afterEach(() => fixture.remove());

    it('lose nothing: fifty writers, each with its own accounts, and gapless revisions', async () => {
      const { graph } = fixture;
      const writer = async (name: number) => {
        const revisions: number[] = [];
        for (let turn = 0; turn < 10; turn += 1)
          revisions.push((await write(graph, `w${name}-${turn}`, put(account(`a${name}-${turn}`)))).revision);
        return revisions;
      };
      const revisions = (await Promise.all(Array.from({ length: 50 }, (_, name) => writer(name)))).flat();
      expect(revisions.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 500 }, (_, index) => index + 2));
      expect(await graph.count(systemScope, { kind: 'Account' })).toBe(500);
      expect((await wholeLog(graph)).map(({ revision }) => revision)).toEqual(
        Array.from({ length: 501 }, (_, index) => index + 1),
      );
    });

    it('take turns by tenant: one that pushes much from two sources does not hold up another', async () => {
      const { graph } = fixture;
      const push = (name: string, tenant: string, actor: string) =>
        graph.commit({ ...commitOf(name, put(account(name))), tenant: id(tenant), meta: { actor } });
      const many = Array.from({ length: 100 }, (_, at) => push(`a${at}`, 'acme', at % 2 === 0 ? 'idp' : 'hr'));
      const other = await push('b', 'globex', 'idp');
      const receipts = await Promise.all(many);
      expect(receipts.filter(({ revision }) => revision < other.revision)).toHaveLength(1);
    });

    it('tell only the loser of what it did wrong', async () => {
      const { graph } = fixture;
      const outcomes = await Promise.all([
        refusalOf(write(graph, 'a', put(account('ann')))),
        refusalOf(write(graph, 'b', put(account('ann2', { userName: 'ann' })))),
        refusalOf(write(graph, 'c', memberOf('nobody', 'nowhere'))),
        refusalOf(write(graph, 'd', put(account('bob')))),
      ]);
      expect(outcomes).toEqual(['none', 'UNIQUENESS', 'INVALID', 'none']);
      expect(await graph.count(systemScope, { kind: 'Account' })).toBe(2);
    });

    it('let exactly one win what all expect', async () => {
      const { graph } = fixture;
      await write(graph, 'ann', put(account('ann')));
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          refusalOf(
            graph.commit({
              ...commitOf(`try${index}`, put(account('ann', { displayName: `name ${index}` }))),
              expectations: [{ kind: 'version', node: id('ann'), version: 1 }],
            }),
          ),
        ),
      );
      expect(outcomes.filter((outcome) => outcome === 'none')).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome === 'VERSION_MISMATCH')).toHaveLength(19);
    });
  });
}
