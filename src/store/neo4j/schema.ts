import { randomUUID } from 'node:crypto';
import { hashBeforeFirst } from '../../graph/commit-hash.js';
import { GraphError } from '../../kernel/errors.js';
import type { Connection, Row } from './driver.js';
import {
  awaitIndexes,
  countAllNodes,
  createHead,
  createSchema,
  programName,
  readHead,
  schemaVersion,
} from './schema-statements.js';

/**
 * Makes indexes, constraints and the head in an empty database; takes one of this schema as it is.
 * @throws GraphError UNAVAILABLE for a database of another program or of a newer version
 */
export async function prepareSchema(connection: Connection): Promise<void> {
  if ((await checkSchema(connection)) === 'present') return;
  for (const statement of createSchema) await connection.runAlone(statement);
  await connection.runAlone(awaitIndexes);
  await connection.run(createHead, { storeId: randomUUID(), hash: hashBeforeFirst });
}

async function checkSchema(connection: Connection): Promise<'present' | 'empty'> {
  const [found] = await connection.run(readHead);
  if (found) {
    const { program, schema } = found.head as Row;
    if (program !== programName) throw foreign();
    if (schema === schemaVersion) return 'present';
    throw new GraphError(
      'UNAVAILABLE',
      `the database has schema ${schema} and this program knows ${schemaVersion}; use the version that wrote it or a newer one`,
    );
  }
  const [all] = await connection.run(countAllNodes);
  if (all?.nodes === 0) return 'empty';
  throw foreign();
}

const foreign = () =>
  new GraphError('UNAVAILABLE', "the database is another program's; choose an empty one with NEO4J_DATABASE");
