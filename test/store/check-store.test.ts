import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createManualClock } from '../../src/kernel/clock.js';
import { checkStore } from '../../src/store/check-store.js';
import { openDatabase } from '../../src/store/sqlite/driver.js';
import { databaseFileName } from '../../src/store/sqlite/lock.js';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.js';
import { put, tenant } from '../graph/small-estate.js';
import { makeFolder, removeFolder } from './sqlite-fixture.js';
import { start, write } from './store-fixture.js';

describe('the check of a store', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await makeFolder();
    const { graph } = await openSqliteStore({ folder, clock: createManualClock(start) });
    for (const name of ['one', 'two', 'three']) await write(graph, name, put(tenant(name)));
    await graph.close();
  });
  afterEach(() => removeFolder(folder));

  async function check() {
    const { graph } = await openSqliteStore({ folder, clock: createManualClock(start), access: 'read' });
    try {
      return await checkStore(graph);
    } finally {
      await graph.close();
    }
  }

  function tamper(statement: string): void {
    const database = openDatabase(join(folder, databaseFileName), 'write');
    database.exec(statement);
    database.close();
  }

  it('counts what a whole store holds', async () => {
    // Each tenant has its group of everyone.
    expect(await check()).toEqual({ revision: 3, commits: 3, nodes: 6, edges: 0 });
  });

  it('names the revision of which the effects were changed', async () => {
    tamper("UPDATE commits SET effects = replace(effects, 'two', 'owt') WHERE revision = 2");
    await expect(check()).rejects.toThrow('revision 2 was changed');
  });

  it('names the revision of which who made it was changed', async () => {
    tamper("UPDATE commits SET meta = replace(meta, 'actor', 'rotca') WHERE revision = 3");
    await expect(check()).rejects.toThrow('revision 3 was changed');
  });

  it('names a revision that is missing', async () => {
    tamper('DELETE FROM commits WHERE revision = 2');
    await expect(check()).rejects.toThrow('revision 2 is missing');
  });
});
