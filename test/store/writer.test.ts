import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createManualClock } from '../../src/kernel/clock.js';
import { createFairQueue, laneOf } from '../../src/store/fair-queue.js';
import { systemScope } from '../../src/store/graph-store.js';
import { openDatabase } from '../../src/store/sqlite/driver.js';
import { databaseFileName } from '../../src/store/sqlite/lock.js';
import { openSqliteStore, type SqliteStore } from '../../src/store/sqlite/sqlite-store.js';
import { startWriterThread } from '../../src/store/sqlite/writer.js';
import { account, id, put, source, tenant } from '../graph/small-estate.js';
import type { Death } from './dying-writer.js';
import { makeFolder, removeFolder } from './sqlite-fixture.js';
import { commitOf, refusalOf, start, write } from './store-fixture.js';

describe('the writer', () => {
  let folder: string;
  let store: SqliteStore;
  beforeEach(async () => {
    folder = await makeFolder();
    store = await openSqliteStore({ folder, clock: createManualClock(start) });
    await write(store.graph, 'acme', put(tenant('acme')), put(source('entra')));
  });
  afterEach(async () => {
    await store.graph.close();
    await removeFolder(folder);
  });

  it('refuses more than may wait, and takes writes again when it has caught up', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 10_400 }, (_, index) => refusalOf(write(store.graph, `c${index}`, put(account('ann'))))),
    );
    expect(outcomes.slice(0, 10_000)).toEqual(Array(10_000).fill('none'));
    expect(outcomes.slice(10_000)).toEqual(Array(400).fill('UNAVAILABLE'));
    expect(await refusalOf(write(store.graph, 'later', put(account('bob'))))).toBe('none');
  });

  it('refuses a value that is not JSON, and what came together with it is stored', async () => {
    const odd = account('odd', { attributes: { nickName: (() => 'x') as never } });
    const outcomes = await Promise.all([
      refusalOf(write(store.graph, 'a', put(account('ann')))),
      refusalOf(write(store.graph, 'b', put(odd))),
      refusalOf(write(store.graph, 'c', put(account('bob')))),
    ]);
    expect(outcomes).toEqual(['none', 'INVALID', 'none']);
    expect(await refusalOf(write(store.graph, 'd', put(odd)))).toBe('INVALID');
    expect((await store.graph.head()).revision).toBe(3);
  });

  it('gives up a write that waits when its signal says so, and it is not stored', async () => {
    const blocking = write(store.graph, 'a', ...Array.from({ length: 2_000 }, (_, index) => put(account(`a${index}`))));
    await new Promise(setImmediate);
    const controller = new AbortController();
    const waiting = refusalOf(store.graph.commit(commitOf('b', put(account('ann'))), controller.signal));
    controller.abort();
    expect(await waiting).toBe('DEADLINE');
    await blocking;
    await write(store.graph, 'c', put(account('bob')));
    expect(await store.graph.nodesByIds(systemScope, [id('ann')])).toEqual([undefined]);
  });

  it('waits for a stranger that holds the file, then says that it was not stored', async () => {
    const stranger = openDatabase(join(folder, databaseFileName), 'write');
    stranger.exec('BEGIN IMMEDIATE');
    expect(await refusalOf(write(store.graph, 'a', put(account('ann'))))).toBe('UNAVAILABLE');
    stranger.exec('ROLLBACK');
    stranger.close();
    expect((await write(store.graph, 'a', put(account('ann')))).repeated).toBe(false);
  });
});

describe('a writer that dies', () => {
  const deaths: readonly Death[] = [
    { group: 2, when: 'before' },
    { group: 2, when: 'after' },
    { group: 4, when: 'before' },
  ];

  it.each(deaths)(
    '(%j) refuses all that waits, its outcome unknown, and a retry with the same ids stores each once',
    async (death) => {
      const folder = await makeFolder();
      let threads = 0;
      const startThread = (path: string) => {
        threads += 1;
        if (threads > 1) return startWriterThread(path);
        return new Worker(new URL('./dying-writer.js', import.meta.url), { workerData: { path, death } });
      };
      const { graph } = await openSqliteStore({ folder, clock: createManualClock(start), startThread });
      await write(graph, 'acme', put(tenant('acme')), put(source('entra')));
      const commits = Array.from({ length: 1_000 }, (_, index) => commitOf(`c${index}`, put(account(`a${index}`))));
      const first = await Promise.all(commits.map((commit) => refusalOf(graph.commit(commit))));
      expect(first.at(-1)).toBe('UNAVAILABLE');
      const receipts = await Promise.all(commits.map((commit) => graph.commit(commit)));
      expect(threads).toBe(2);
      expect(receipts.every(({ repeated }, index) => repeated || first[index] === 'UNAVAILABLE')).toBe(true);
      expect(new Set(receipts.map(({ revision }) => revision)).size).toBe(1_000);
      expect((await graph.head()).revision).toBe(1_001);
      expect(await graph.count(systemScope, { kind: 'Account' })).toBe(1_000);
      await graph.close();
      await removeFolder(folder);
    },
  );

  it('says what happened and what to do', async () => {
    const folder = await makeFolder();
    const death: Death = { group: 1, when: 'before' };
    const startThread = (path: string) =>
      new Worker(new URL('./dying-writer.js', import.meta.url), { workerData: { path, death } });
    const { graph } = await openSqliteStore({ folder, clock: createManualClock(start), startThread });
    await expect(write(graph, 'acme', put(tenant('acme')))).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: 'the writer ended, and whether it was stored is unknown; look before it is sent again',
    });
    await graph.close();
    await removeFolder(folder);
  });
});

describe('a fair queue', () => {
  it('gives a turn to a tenant, whichever of its sources pushes; else to the source, else to the actor', () => {
    const meta = { actor: 'idp', source: id('entra') };
    expect([
      laneOf({ tenant: id('acme'), meta }),
      laneOf({ tenant: id('acme'), meta: { actor: 'hr', source: id('hr') } }),
      laneOf({ meta }),
      laneOf({ meta: { actor: 'admin' } }),
    ]).toEqual(['acme', 'acme', 'entra', 'admin']);
  });

  it('takes in turn from each lane, each in its own order', () => {
    const queue = createFairQueue<string>(() => 1);
    for (const item of ['a1', 'a2', 'a3', 'b1', 'c1', 'c2']) queue.push(item[0]!, item);
    expect(queue.take(4, 100)).toEqual(['a1', 'b1', 'c1', 'a2']);
    expect(queue.take(9, 100)).toEqual(['c2', 'a3']);
  });

  it('takes no more than the weight, unless one item alone weighs more', () => {
    const queue = createFairQueue<number>((weight) => weight);
    for (const weight of [50, 3, 4, 5]) queue.push('lane', weight);
    expect([queue.take(9, 10), queue.take(9, 10), queue.take(9, 10)]).toEqual([[50], [3, 4], [5]]);
  });

  it('loses nothing, repeats nothing, keeps each lane in order and its sums right', () => {
    const push = fc.record({ lane: fc.constantFrom('a', 'b', 'c'), weight: fc.nat(9) });
    const step = fc.oneof(push, fc.record({ take: fc.nat(5) }), fc.record({ remove: fc.nat(20) }));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const queue = createFairQueue<{ readonly lane: string; readonly number: number; readonly weight: number }>(
          ({ weight }) => weight,
        );
        let waiting: { readonly lane: string; readonly number: number; readonly weight: number }[] = [];
        for (const [number, each] of steps.entries()) {
          if ('lane' in each) {
            const item = { ...each, number };
            waiting.push(item);
            queue.push(item.lane, item);
          } else if ('take' in each) {
            const taken = queue.take(each.take, 1_000);
            for (const item of taken) {
              expect(waiting.find(({ lane }) => lane === item.lane)).toBe(item);
              waiting = waiting.filter((other) => other !== item);
            }
          } else {
            const item = waiting[each.remove];
            if (item) expect([queue.remove(item), queue.remove(item)]).toEqual([true, false]);
            waiting = waiting.filter((other) => other !== item);
          }
          expect([queue.size, queue.weight]).toEqual([
            waiting.length,
            waiting.reduce((sum, { weight }) => sum + weight, 0),
          ]);
        }
      }),
    );
  });
});
