import { randomUUID } from 'node:crypto';
import { hashBeforeFirst } from '../../graph/commit-hash.js';
import { GraphError } from '../../kernel/errors.js';
import type { Database } from './driver.js';
import {
  applicationId,
  countTables,
  createOrderIndex,
  createSchema,
  insertHead,
  markSchema,
  readApplicationId,
  readUserVersion,
  schemaVersion,
} from './schema-statements.js';

/**
 * Makes the tables in an empty file; takes a file of this schema, and makes an index in it that came later.
 * @throws GraphError UNAVAILABLE for a file of another program or of a newer version
 */
export function prepareSchema(database: Database, path: string): void {
  const found = checkSchema(database, path);
  database.exec('BEGIN IMMEDIATE');
  try {
    if (found === 'empty') {
      database.exec(createSchema);
      database.exec(markSchema);
      database.prepare(insertHead).run(randomUUID(), hashBeforeFirst, hashBeforeFirst);
    }
    database.exec(createOrderIndex);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

/** @throws GraphError UNAVAILABLE for a file of another program or of a newer version */
export function checkSchema(database: Database, path: string): 'present' | 'empty' {
  const owner = database.prepare(readApplicationId).get()?.application_id;
  const version = Number(database.prepare(readUserVersion).get()?.user_version);
  if (owner === applicationId) {
    if (version === schemaVersion) return 'present';
    throw new GraphError(
      'UNAVAILABLE',
      `\`${path}\` has schema ${version} and this program knows ${schemaVersion}; use the version that wrote it or a newer one`,
    );
  }
  const tables = database.prepare(countTables).get()?.tables;
  if (owner === 0 && version === 0 && tables === 0) return 'empty';
  throw new GraphError('UNAVAILABLE', `\`${path}\` is another program's database; choose another folder`);
}
