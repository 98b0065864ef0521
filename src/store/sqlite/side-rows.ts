import { asNodeId } from '../../graph/ids.js';
import type { Credential, FindingRecord, Usage } from '../side-store.js';
import type { Row, SqlValue, Statement } from './driver.js';

/** How many rows one statement reads at most. */
const pageRows = 1_000;
/** Rows after a key, page by page; between two pages others get their turn. The statement takes (…fixed, …key, limit). */
export async function* pagesAfter(
  statement: Statement,
  { fixed = [], first, keyOf }: SidePaging,
): AsyncGenerator<readonly Row[]> {
  let key = first;
  for (;;) {
    const rows = statement.all(...fixed, ...key, pageRows) as Row[];
    if (rows.length > 0) yield rows;
    if (rows.length < pageRows) return;
    key = keyOf(rows.at(-1)!);
    await new Promise(setImmediate);
  }
}
export interface SidePaging {
  /** What every page's rows have in common. */
  readonly fixed?: readonly SqlValue[];
  /** A key before all others. */
  readonly first: readonly SqlValue[];
  readonly keyOf: (row: Row) => readonly SqlValue[];
}

export async function allAfter(statement: Statement, paging: SidePaging): Promise<readonly Row[]> {
  const found: Row[] = [];
  for await (const rows of pagesAfter(statement, paging)) found.push(...rows);
  return found;
}

export function toCredential(row: Row): Credential {
  const credential: Credential = JSON.parse(row.doc as string);
  return row.last_used_at === null ? credential : { ...credential, lastUsedAt: row.last_used_at as number };
}

export function toUsage(row: Row): Usage {
  return {
    identity: asNodeId(row.identity as string),
    permission: asNodeId(row.permission as string),
    firstSeen: row.first_seen as number,
    ...(row.last_success === null ? {} : { lastSuccess: row.last_success as number }),
    ...(row.last_attempt === null ? {} : { lastAttempt: row.last_attempt as number }),
  };
}

export function toFinding(row: Row): FindingRecord {
  return JSON.parse(row.doc as string);
}
