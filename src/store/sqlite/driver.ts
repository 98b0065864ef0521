import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { GraphError } from '../../kernel/errors.js';

export type Database = DatabaseSync;
export type Statement = StatementSync;
export type SqlValue = string | number | null;
export type Row = Readonly<Record<string, SqlValue>>;

/** How long a connection waits for another's lock, in milliseconds. */
const busyTimeoutMs = 5_000;
/** Past this many pages (64 MB) a commit checkpoints by itself; else the writer does it when idle. */
const autoCheckpointPages = 16_384;
/** A log that one large transaction made longer is cut back to this when it is next reused. */
const maxIdleLogBytes = 64 * 1024 * 1024;
/** How much of the file a connection keeps in memory, in KiB. */
const cacheKib = { write: 131_072, read: 65_536 } as const;

const builtIn: typeof import('node:sqlite') | undefined = process.getBuiltinModule('node:sqlite');
/** The built-in module where Node has it (22.13 and newer), else its prebuilt twin. */
const sqlite = builtIn ?? ((await import('@photostructure/sqlite')) as unknown as typeof import('node:sqlite'));

export const driverName = builtIn ? 'node:sqlite' : '@photostructure/sqlite';

/**
 * The one way to open the store's file: every setting on which durability rests is set and read back, because the two
 * drivers are built with different defaults.
 * @throws GraphError UNAVAILABLE where a setting did not take
 */
export function openDatabase(path: string, access: 'write' | 'read'): Database {
  const database = new sqlite.DatabaseSync(path, { readOnly: access === 'read' });
  try {
    database.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
    if (access === 'write') database.exec('PRAGMA journal_mode = WAL');
    database.exec('PRAGMA synchronous = 2; PRAGMA foreign_keys = 1');
    database.exec(`PRAGMA journal_size_limit = ${maxIdleLogBytes}`);
    database.exec(`PRAGMA wal_autocheckpoint = ${autoCheckpointPages}; PRAGMA cache_size = -${cacheKib[access]}`);
    expectSetting(database, 'busy_timeout', 'timeout', busyTimeoutMs);
    expectSetting(database, 'journal_mode', 'journal_mode', 'wal');
    expectSetting(database, 'synchronous', 'synchronous', 2);
    expectSetting(database, 'foreign_keys', 'foreign_keys', 1);
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}

/** A file beside the store's that serves as a lock only: no WAL, and a lock that is taken is refused at once. */
export function openLockFile(path: string): Database {
  const database = new sqlite.DatabaseSync(path);
  database.exec('PRAGMA busy_timeout = 0');
  return database;
}

/** Copies the whole file as of one commit, while others write. */
export async function backupDatabase(database: Database, path: string): Promise<void> {
  await sqlite.backup(database, path);
}

function expectSetting(database: Database, pragma: string, column: string, wanted: SqlValue): void {
  const actual = database.prepare(`PRAGMA ${pragma}`).get()?.[column];
  if (actual === wanted) return;
  throw new GraphError('UNAVAILABLE', `the database's ${pragma} is \`${actual}\` and must be \`${wanted}\``);
}
