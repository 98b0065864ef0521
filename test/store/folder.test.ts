import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createManualClock } from '../../src/kernel/clock.js';
import { systemScope } from '../../src/store/graph-store.js';
import { type Database, openDatabase } from '../../src/store/sqlite/driver.js';
import { databaseFileName } from '../../src/store/sqlite/lock.js';
import { openSqliteStore, type SqliteStoreOptions } from '../../src/store/sqlite/sqlite-store.js';
import { id, put, tenant } from '../graph/small-estate.js';
import { makeFolder, removeFolder } from './sqlite-fixture.js';
import { refusalOf, start, wholeSnapshot, write } from './store-fixture.js';

describe('the folder of a store', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await makeFolder();
  });
  afterEach(() => removeFolder(folder));

  const open = (options: Partial<SqliteStoreOptions> = {}) =>
    openSqliteStore({ folder, clock: createManualClock(start), ...options });

  /** The line that a person reads when the store cannot be opened. */
  async function lineOf(opening: Promise<unknown>): Promise<string> {
    const error: unknown = await opening.then(
      () => new Error('it was opened'),
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ code: 'UNAVAILABLE' });
    return (error as Error).message;
  }

  async function changeFile(change: (database: Database) => void): Promise<void> {
    const database = openDatabase(join(folder, databaseFileName), 'write');
    change(database);
    database.close();
  }

  it('is made where it is missing, and keeps what was stored', async () => {
    const inner = join(folder, 'a', 'b');
    const first = await open({ folder: inner });
    await write(first.graph, 'c1', put(tenant('acme')));
    const head = await first.graph.head();
    await first.graph.close();
    const second = await open({ folder: inner });
    expect(await second.graph.head()).toEqual(head);
    expect((await write(second.graph, 'c2', put(tenant('globex')))).revision).toBe(2);
    await second.graph.close();
  });

  it('is held by one process that writes: a second is refused in one line, until the first lets go', async () => {
    const first = await open();
    expect(await lineOf(open())).toBe(
      `the folder \`${folder}\` is in use by another serve, import or restore; stop that first`,
    );
    await write(first.graph, 'c1', put(tenant('acme')));
    await first.graph.close();
    const second = await open();
    await second.graph.close();
  });

  it('is free again when the process that held it was killed', async () => {
    const program = fileURLToPath(new URL('./writing-child.js', import.meta.url));
    const child = spawn(process.execPath, ['--no-warnings', program, '0', folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    expect(await lineOf(open())).toContain('in use by another');
    child.kill('SIGKILL');
    await once(child, 'close');
    await (await open()).graph.close();
  });

  it('can be read beside the process that writes, and not written', async () => {
    const writer = await open();
    await write(writer.graph, 'c1', put(tenant('acme')));
    const reader = await open({ access: 'read' });
    expect((await reader.graph.nodesByIds(systemScope, [id('acme')]))[0]?.node.id).toBe('acme');
    await write(writer.graph, 'c2', put(tenant('globex')));
    expect((await reader.graph.head()).revision).toBe(2);
    expect(await refusalOf(write(reader.graph, 'c3', put(tenant('initech'))))).toBe('UNAVAILABLE');
    expect(await refusalOf(reader.side.putSample('s', start, {}))).toBe('UNAVAILABLE');
    await reader.graph.close();
    await writer.graph.close();
  });

  it('can be backed up beside the process that writes, as of one commit', async () => {
    const writer = await open();
    await write(writer.graph, 'c1', put(tenant('acme')));
    const reader = await open({ access: 'read' });
    const copies = join(folder, 'copies');
    await mkdir(copies);
    const backup = reader.backup(join(copies, databaseFileName));
    await write(writer.graph, 'c2', put(tenant('globex')));
    await backup;
    const expected = await wholeSnapshot(writer.graph, 1);
    await reader.graph.close();
    await writer.graph.close();
    const copy = await open({ folder: copies });
    expect(await wholeSnapshot(copy.graph, 1)).toEqual(expected);
    await copy.graph.close();
  });

  it('that is no folder is named in one line', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    expect(await lineOf(open({ folder: file }))).toBe(
      `the folder \`${file}\` cannot be written (EEXIST); choose another`,
    );
    expect(await lineOf(open({ folder: join(file, 'below') }))).toMatch(/cannot be written \(ENOTDIR\)/);
  });

  it('with a file of another program is left as it is', async () => {
    await changeFile((database) => database.exec('CREATE TABLE songs (title TEXT)'));
    const path = join(folder, databaseFileName);
    expect(await lineOf(open())).toBe(`\`${path}\` is another program's database; choose another folder`);
    await changeFile((database) => expect(database.prepare('SELECT count(*) AS n FROM songs').get()?.n).toBe(0));
  });

  it('with a file that is no database is refused', async () => {
    await writeFile(
      join(folder, databaseFileName),
      'not a database, but long enough to be taken for one\n'.repeat(100),
    );
    expect(await lineOf(open())).toContain('file is not a database');
  });

  it('with a newer schema is refused, naming both', async () => {
    await (await open()).graph.close();
    await changeFile((database) => database.exec('PRAGMA user_version = 7'));
    const path = join(folder, databaseFileName);
    expect(await lineOf(open())).toBe(
      `\`${path}\` has schema 7 and this program knows 1; use the version that wrote it or a newer one`,
    );
    expect(await lineOf(open({ access: 'read' }))).toContain('has schema 7');
  });

  it('without a store cannot be opened for reading, and nothing is made there', async () => {
    expect(await lineOf(open({ access: 'read' }))).toContain('nothing was stored there yet');
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('a file that was tampered with', () => {
  it('gives no snapshot that does not match its totals, and no log past a gap', async () => {
    const folder = await makeFolder();
    const open = () => openSqliteStore({ folder, clock: createManualClock(start) });
    const before = await open();
    for (const name of ['t1', 't2', 't3', 't4']) await write(before.graph, name, put(tenant(name)));
    await before.graph.close();
    const database = openDatabase(join(folder, databaseFileName), 'write');
    database.exec(`DELETE FROM nodes WHERE id = 't2'; DELETE FROM commits WHERE revision = 3`);
    database.close();
    const { graph } = await open();
    expect(await refusalOf(wholeSnapshot(graph))).toBe('UNAVAILABLE');
    expect((await graph.commitsAfter(0)).map(({ revision }) => revision)).toEqual([1, 2]);
    expect(await graph.commitsAfter(2)).toEqual([]);
    await graph.close();
    await removeFolder(folder);
  });
});

describe('a connection', () => {
  it('has the settings on which durability rests, whichever driver opened it', async () => {
    const folder = await makeFolder();
    const path = join(folder, 'x.db');
    const connections = [openDatabase(path, 'write'), openDatabase(path, 'read')];
    const settings = connections.map((database) =>
      ['journal_mode', 'synchronous', 'foreign_keys', 'busy_timeout'].map(
        (name) => Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0],
      ),
    );
    expect(settings).toEqual(Array(2).fill(['wal', 2, 1, 5_000]));
    expect(() => connections[1]!.exec('CREATE TABLE t (x)')).toThrow(/readonly/);
    for (const database of connections) database.close();
    await removeFolder(folder);
  });
});
