import type { Database, Statement } from './driver.js';

/** How many statements of filters are kept prepared. */
const maxStatements = 256;

/** Prepared statements by their text; the least recently used go first. */
export function createStatementCache(database: Database): (sql: string) => Statement {
  const statements = new Map<string, Statement>();
  return (sql) => {
    const statement = statements.get(sql) ?? database.prepare(sql);
    statements.delete(sql);
    statements.set(sql, statement);
    if (statements.size > maxStatements) statements.delete(statements.keys().next().value!);
    return statement;
  };
}
