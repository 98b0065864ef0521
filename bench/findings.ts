import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createIndexEngine, type IndexEngine } from '../src/access/index/index-engine.js';
import type { GraphChange } from '../src/graph/change.js';
import { asCommitId } from '../src/graph/ids.js';
import { createSystemClock } from '../src/kernel/clock.js';
import type { GraphStore } from '../src/store/graph-store.js';
import { openSqliteStore } from '../src/store/sqlite/sqlite-store.js';
import { createEstateWatch } from '../src/usecases/watch-estate.js';
import { generateEstate, membershipNumber, SIZES } from './estate.js';
import type { Row } from './harness.js';
import { ratioRow } from './harness.js';
import { load } from './load.js';

/** One membership after the other changes, and the findings are asked for after each. */
const changes = 50;

/** All findings of 10,000 identities: seen for the first time, and kept in step with one change after the other. */
export async function* runFindings(folder: string): AsyncGenerator<{ title: string; rows: Row[] }> {
  const path = join(folder, 'findings');
  mkdirSync(path);
  const clock = createSystemClock();
  const { graph, side } = await openSqliteStore({ folder: path, clock });
  await load(graph, generateEstate(SIZES.S, 'governed'));
  const engine = createIndexEngine({ log: graph, clock });
  await engine.catchUp((await graph.head()).revision);
  const watch = createEstateWatch({ store: graph, engine, side, clock });
  const { result: scan, processorMs: atFirst } = await measure(() => watch.look());
  const spent: number[] = [];
  for (let n = 0; n < changes; n++) {
    await commit(graph, engine, n, membershipNumber(n * 37));
    spent.push((await measure(() => watch.look())).processorMs);
  }
  const perChange = spent.reduce((sum, each) => sum + each, 0) / changes;
  await engine.close();
  await graph.close();
  yield {
    title: `findings of ${SIZES.S.identities} identities on the embedded store, by the processor's time`,
    rows: [
      {
        what: `seen for the first time, ${scan.findings.size} findings stored`,
        figure: `${(atFirst / 1000).toFixed(1)} s`,
      },
      { what: 'after one membership more', figure: `${perChange.toFixed(1)} ms` },
      ratioRow('that, against seeing all anew', atFirst / perChange, `${(atFirst / perChange).toFixed(0)}×`, {
        atLeast: 100,
        isYardstick: true,
      }),
    ],
  };
}

async function commit(graph: GraphStore, engine: IndexEngine, n: number, change: GraphChange): Promise<void> {
  const { revision } = await graph.commit({ id: asCommitId(`more-${n}`), meta: { actor: 'bench' }, changes: [change] });
  await engine.catchUp(revision);
}

/** Of the whole process, with its threads. */
async function measure<Result>(work: () => Promise<Result>): Promise<{ result: Result; processorMs: number }> {
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { result, processorMs: (user + system) / 1000 };
}
