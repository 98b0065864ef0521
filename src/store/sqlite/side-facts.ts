import { asNodeId } from '../../graph/ids.js';
import { firstInstant } from '../side-checks.js';
import type { SideFact, SideStore } from '../side-store.js';
import type { Database, Row } from './driver.js';
import { pagesAfter, type SidePaging, toCredential, toFinding, toUsage } from './side-rows.js';
import * as sql from './side-statements.js';

interface FactTable extends SidePaging {
  readonly page: string;
  readonly toFact: (row: Row) => SideFact;
}

/** In the order of `SideFact`. */
const FACT_TABLES: Readonly<Record<SideFact['kind'], FactTable>> = {
  credential: {
    page: sql.allCredentials,
    first: [firstInstant, ''],
    keyOf: (row) => [row.created_at!, row.id!],
    toFact: (row) => ({ kind: 'credential', credential: toCredential(row) }),
  },
  usage: {
    page: sql.usageAfter,
    first: ['', ''],
    keyOf: (row) => [row.identity!, row.permission!],
    toFact: (row) => ({ kind: 'usage', usage: toUsage(row) }),
  },
  authentication: {
    page: sql.authenticationsAfter,
    first: [''],
    keyOf: (row) => [row.identity!],
    toFact: (row) => ({ kind: 'authentication', identity: asNodeId(row.identity as string), at: row.at as number }),
  },
  health: {
    page: sql.healthAfter,
    first: ['', firstInstant, ''],
    keyOf: (row) => [row.source!, row.day!, row.counter!],
    toFact: (row) => ({
      kind: 'health',
      source: asNodeId(row.source as string),
      day: row.day as number,
      counter: row.counter as string,
      count: row.count as number,
    }),
  },
  lastWrite: {
    page: sql.lastWritesAfter,
    first: [''],
    keyOf: (row) => [row.source!],
    toFact: (row) => ({ kind: 'lastWrite', source: asNodeId(row.source as string), at: row.at as number }),
  },
  finding: {
    page: sql.findingsAfter,
    first: [''],
    keyOf: (row) => [row.fingerprint!],
    toFact: (row) => ({ kind: 'finding', finding: toFinding(row) }),
  },
  sample: {
    page: sql.samplesAfter,
    first: ['', firstInstant],
    keyOf: (row) => [row.series!, row.at!],
    toFact: (row) => ({
      kind: 'sample',
      series: row.series as string,
      at: row.at as number,
      values: JSON.parse(row.doc as string),
    }),
  },
};

export function createFactReader(database: Database): SideStore['facts'] {
  const tables = Object.entries(FACT_TABLES).map(([kind, table]) => ({
    ...table,
    kind,
    statement: database.prepare(table.page),
  }));
  return async function* facts({ withCredentials }) {
    for (const { kind, statement, first, keyOf, toFact } of tables) {
      if (kind === 'credential' && !withCredentials) continue;
      for await (const rows of pagesAfter(statement, { first, keyOf })) yield rows.map(toFact);
    }
  };
}
