import { randomUUID } from 'node:crypto';
import { hashBeforeFirst } from '../../graph/commit-hash.js';
import { GraphError } from '../../kernel/errors.js';
import type { Connection, Row } from './driver.js';
import { isThereAlready } from './driver-errors.js';
import {
  awaitIndexes,
  countAllNodes,
  createHead,
  createSchema,
  namesOfIndexes,
  programName,
  readHead,
  schemaVersion,
} from './schema-statements.js';

/**
 * Makes indexes, constraints and the head in an empty database; in one of this schema, what an earlier version did not
 * make yet.
 * @throws GraphError UNAVAILABLE for a database of another program or of a newer version
 */
export async function prepareSchema(connection: Connection): Promise<void> {
  const found = await checkSchema(connection);
  const [row] = await connection.runAlone(namesOfIndexes);
  const names = row!.names as readonly string[];
  const missing = createSchema.filter(
    (statement) => !names.some((name) => statement.includes(` ${name} IF NOT EXISTS`)),
  );
  for (const statement of missing) await create(connection, statement);
  if (missing.length > 0 || found === 'empty') await connection.runAlone(awaitIndexes);
  if (found === 'present') return;
  await connection.run(createHead, { storeId: randomUUID(), hash: hashBeforeFirst });
}

/** @throws GraphError UNAVAILABLE where there is no store, or none that this program can read */
export async function findSchema(connection: Connection): Promise<void> {
  if ((await checkSchema(connection)) === 'empty')
    throw new GraphError(
      'UNAVAILABLE',
      'the database is empty; name one that holds a store with NEO4J_URI and NEO4J_DATABASE',
    );
}

/** `IF NOT EXISTS` looks before it makes: of two that do so at once, one may be told that it is there. */
async function create(connection: Connection, statement: string): Promise<void> {
  try {
    await connection.runAlone(statement);
  } catch (error) {
    if (!isThereAlready(error)) throw error;
  }
}

async function checkSchema(connection: Connection): Promise<'present' | 'empty'> {
  // In this order: a head that another process makes between the two is found.
  const [all] = await connection.read(countAllNodes);
  const [found] = await connection.read(readHead);
  if (found) {
    const { program, schema } = found.head as Row;
    if (program !== programName) throw foreign();
    if (schema === schemaVersion) return 'present';
    throw new GraphError(
      'UNAVAILABLE',
      `the database has schema ${schema} and this program knows ${schemaVersion}; use the version that wrote it or a newer one`,
    );
  }
  if (all?.nodes === 0) return 'empty';
  throw foreign();
}

const foreign = () =>
  new GraphError('UNAVAILABLE', "the database is another program's; choose an empty one with NEO4J_DATABASE");
