import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asCommitId } from '../../src/graph/ids.js';
import { createSystemClock } from '../../src/kernel/clock.js';
import { openDatabase } from '../../src/store/sqlite/driver.js';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.js';
import { put, tenant } from '../graph/small-estate.js';

/**
 * A process in which `count-syncs.c` counts: `node syncing-child.js FOLDER COUNTER` prints, as JSON, how often a log was
 * synced between the beginning of each write and its acknowledgement: by commits, by writes of the side store, and by a
 * connection that was told not to sync, which shows that the count tells the two apart.
 */
const [folder, counter] = process.argv.slice(2) as [string, string];
const writes = 20;
writeFileSync(counter, '');

async function syncsOf(write: (turn: number) => Promise<unknown> | unknown): Promise<readonly number[]> {
  const counts: number[] = [];
  for (let turn = 0; turn < writes; turn += 1) {
    const before = statSync(counter).size;
    await write(turn);
    counts.push(statSync(counter).size - before);
  }
  return counts;
}

const { graph, side } = await openSqliteStore({ folder, clock: createSystemClock() });
const commits = await syncsOf((turn) =>
  graph.commit({ id: asCommitId(`c${turn}`), meta: { actor: 'x' }, changes: [put(tenant(`t${turn}`))] }),
);
const samples = await syncsOf((turn) => side.putSample('series', turn, { value: turn }));
await graph.close();

const unsafe = openDatabase(join(folder, 'unsafe.db'), 'write');
unsafe.exec('PRAGMA synchronous = 0; CREATE TABLE t (x INTEGER)');
const unsynced = await syncsOf((turn) => unsafe.exec(`INSERT INTO t VALUES (${turn})`));
unsafe.close();

process.stdout.write(JSON.stringify({ commits, samples, unsynced }));
