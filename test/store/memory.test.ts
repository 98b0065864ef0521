import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Worker } from 'node:worker_threads';
import { expect, it } from '@jest/globals';
import { createManualClock } from '../../src/kernel/clock.js';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.js';
import { account, group, memberOf, put, source, tenant } from '../graph/small-estate.js';
import { makeFolder, removeFolder } from './sqlite-fixture.js';
import { start, write } from './store-fixture.js';
import { storeTestScale } from './store-test-scale.js';

/** A hundred thousand edges are more than 60 MB as objects; the writer may have 40 MB, of which one commit needs about half. */
const [people, teams, perCommit] = [1_000, 100 * storeTestScale, 2_000];
const writerHeapMb = 40;
/** What the main thread may keep of it all. */
const allowedGrowth = 8_000_000;

it(
  'a stream of commits is stored in a heap that does not grow with the estate',
  async () => {
    const folder = await makeFolder();
    const startThread = (path: string) =>
      new Worker(new URL('../../src/store/sqlite/writer-worker.js', import.meta.url), {
        workerData: { path },
        resourceLimits: { maxOldGenerationSizeMb: writerHeapMb },
      });
    const { graph } = await openSqliteStore({ folder, clock: createManualClock(start), startThread });
    const accounts = Array.from({ length: people }, (_, index) => put(account(`a${index}`)));
    const groups = Array.from({ length: teams }, (_, index) => put(group(`g${index}`)));
    await write(graph, 'estate', put(tenant('acme')), put(source('entra')));
    await write(graph, 'people', ...accounts, ...groups);

    async function load(from: number, to: number): Promise<void> {
      for (let first = from; first < to; first += perCommit) {
        const numbers = Array.from({ length: perCommit }, (_, index) => first + index);
        const edges = numbers.map((number) =>
          memberOf(`a${number % people}`, `g${Math.floor(number / people)}`, {
            sourceRef: `line ${number}`.padEnd(200),
          }),
        );
        await write(graph, `e${first}`, ...edges);
      }
    }

    await load(0, 20_000);
    const before = heapAfterCollection();
    await load(20_000, people * teams);
    expect(heapAfterCollection() - before).toBeLessThan(allowedGrowth);
    expect((await graph.head()).openEdges).toBeGreaterThanOrEqual(people * teams);
    await graph.close();
    await removeFolder(folder);
  },
  300_000 * storeTestScale,
);

function heapAfterCollection(): number {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  collect();
  return process.memoryUsage().heapUsed;
}
