import type { GraphChange } from '../src/graph/change.js';
import { asCommitId } from '../src/graph/ids.js';
import type { GraphStore } from '../src/store/graph-store.js';

export interface Load {
  readonly changes: number;
  readonly seconds: number;
  /** Growth of the heap from the first to the last tenth of the load, in MiB. */
  readonly heapGrowthMib: number;
}

/** Streams the changes into the store in commits of `size`, and says how it goes on standard error. */
export async function load(store: GraphStore, estate: Iterable<GraphChange>, size = 5_000): Promise<Load> {
  const start = performance.now();
  let changes = 0;
  let batch: GraphChange[] = [];
  const heaps: number[] = [];
  const flush = async () => {
    await store.commit({ id: asCommitId(`load-${changes}`), meta: { actor: 'bench' }, changes: batch });
    changes += batch.length;
    batch = [];
    heaps.push(process.memoryUsage().heapUsed);
    process.stderr.write(
      `\r  ${changes} changes, ${Math.round(changes / ((performance.now() - start) / 1000))} a second `,
    );
  };
  for (const change of estate) {
    batch.push(change);
    if (batch.length === size) await flush();
  }
  if (batch.length > 0) await flush();
  process.stderr.write('\r\u001b[K');
  const tenth = Math.max(1, Math.floor(heaps.length / 10));
  const least = (part: readonly number[]) => Math.min(...part);
  return {
    changes,
    seconds: (performance.now() - start) / 1000,
    heapGrowthMib: (least(heaps.slice(-tenth)) - least(heaps.slice(0, tenth))) / 2 ** 20,
  };
}
