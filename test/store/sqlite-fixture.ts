import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createManualClock } from '../../src/kernel/clock.js';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.js';
import { endsOnce } from '../ends-once.js';
import { type StoreFixture, start } from './store-fixture.js';

/** A folder of its own under the system's temporary one. */
export const makeFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'identity-graph-'));
export const removeFolder = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true });

export async function openTemporarySqlite(): Promise<StoreFixture> {
  const folder = await makeFolder();
  const clock = createManualClock(start);
  const { graph, side } = await openSqliteStore({ folder, clock });
  return {
    graph,
    side,
    clock,
    remove: endsOnce(async () => {
      await graph.close();
      await removeFolder(folder);
    }),
  };
}
