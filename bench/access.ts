import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { AccessEngine } from '../src/access/access-engine.js';
import { createIndexEngine } from '../src/access/index/index-engine.js';
import { identityIdOf, type NodeId } from '../src/graph/ids.js';
import { createSystemClock } from '../src/kernel/clock.js';
import { databaseFileName } from '../src/store/sqlite/lock.js';
import { openSqliteStore } from '../src/store/sqlite/sqlite-store.js';
import { type EstateFlavour, generateEstate, identityNumber, permissionNumber, rootOf, SIZES } from './estate.js';
import { fasterRow, micros, type Row, time } from './harness.js';
import { load } from './load.js';
import { createRecursiveSql, type RecursiveSql } from './recursive-sql.js';

type SizeName = keyof typeof SIZES;
/** The date at which every question is asked, so that windows fall the same way in every run. */
const at = Date.UTC(2026, 5, 1);

/** Loads the estate into the embedded store, builds the index from it, and asks both the same questions in turn. */
export async function* runAccess(name: SizeName, folder: string): AsyncGenerator<{ title: string; rows: Row[] }> {
  for (const flavour of ['plain', 'governed'] as const) yield await runEstate(name, flavour, folder);
}

async function runEstate(
  name: SizeName,
  flavour: EstateFlavour,
  folder: string,
): Promise<{ title: string; rows: Row[] }> {
  const size = SIZES[name];
  const path = join(folder, `${name}-${flavour}`);
  mkdirSync(path);
  const clock = createSystemClock();
  const { graph } = await openSqliteStore({ folder: path, clock });
  const loaded = await load(graph, generateEstate(size, flavour));
  const { openEdges, revision } = await graph.head();
  const heldBefore = heldBytes();
  const buildStart = performance.now();
  const engine = createIndexEngine({ log: graph, clock });
  await engine.catchUp(revision);
  const buildMs = performance.now() - buildStart;
  const indexBytes = heldBytes() - heldBefore;
  const sql = createRecursiveSql(join(path, databaseFileName), generateEstate(size, flavour));
  try {
    const memory = await engine.memory();
    return {
      title: `${name}, ${flavour}: ${size.identities} identities, ${openEdges} edges`,
      rows: [
        {
          what: 'load in a stream',
          figure: `${(loaded.changes / loaded.seconds).toFixed(0)} changes a second, heap +${loaded.heapGrowthMib.toFixed(0)} MiB`,
        },
        { what: 'index from rows', figure: `${(buildMs / 1000).toFixed(1)} s` },
        {
          what: 'hot arenas, both directions',
          figure: `${(memory.hotBytes / memory.hotEdges).toFixed(1)} bytes an edge`,
          must: { text: '≤ 13', met: memory.hotBytes / memory.hotEdges <= 13 },
        },
        {
          what: 'whole index, with ids and cold columns',
          figure: `${(indexBytes / openEdges).toFixed(0)} bytes an edge`,
        },
        ...(await questions(engine, sql, size)),
      ],
    };
  } finally {
    sql.close();
    await engine.close();
    await graph.close();
  }
}

function heldBytes(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

async function questions(engine: AccessEngine, sql: RecursiveSql, size: (typeof SIZES)[SizeName]): Promise<Row[]> {
  const account = (call: number) => identityNumber((call * 7919 + 13) % size.identities);
  const identity = (call: number) => identityIdOf(account(call));
  const permission = (call: number) => permissionNumber((call * 104_729 + 7) % size.permissions);
  const pairs = await grantedPairs(engine, size);
  const pair = (call: number) => pairs[call % pairs.length]!;
  const resource = (i: number): NodeId => rootOf(i % size.tenants);
  const many = { calls: 2000, warmUp: 300, budgetMs: 8000 };
  const few = { calls: 300, warmUp: 10, budgetMs: 8000 };

  const effective = await time(
    (call) => engine.effectivePermissions({ identity: identity(call), first: 50, at }),
    many,
  );
  const sqlRows = await time((call) => sql.rowsWithDecisions(account(call)), few);
  const sqlCount = await time((call) => sql.countPermissions(account(call)), few);
  const who = await time((call) => engine.whoCan({ permission: permission(call), first: 50, at }), {
    ...many,
    calls: 300,
  });
  const sqlWho = await time((call) => sql.countWhoCan(permission(call)), few);
  const decide = await time((call) => {
    const { i, permission: asked } = pair(call);
    return engine.decide({ identity: identityIdOf(identityNumber(i)), permission: asked, resource: resource(i), at });
  }, many);
  const sqlCheck = await time(
    (call) => sql.check(identityNumber(pair(call).i), pair(call).permission, resource(pair(call).i)),
    few,
  );
  const paths = await time((call) => {
    const { i, permission: asked } = pair(call);
    return engine.inheritancePaths({ identity: identityIdOf(identityNumber(i)), permission: asked, first: 10, at });
  }, many);
  const sqlPaths = await time((call) => sql.tenPaths(identityNumber(pair(call).i), pair(call).permission, 7), few);
  return [
    fasterRow('effective permissions, first page and counts, against SQL rows with decisions', effective, sqlRows, 50),
    {
      what: 'beside it, a SQL count of distinct permissions without scopes and decisions',
      figure: `${micros(sqlCount.mean)} mean, ${(sqlCount.mean / effective.mean).toFixed(1)}×`,
    },
    fasterRow('who-can', who, sqlWho, 10),
    fasterRow('check, with its witness path', decide, sqlCheck, 10),
    fasterRow('ten paths, in order', paths, sqlPaths, 10),
    { what: 'effective permissions p50, p99', figure: `${micros(effective.median)}, ${micros(effective.p99)}` },
  ];
}

/** Pairs of which the answer is yes, so that checks and paths have something to find: (identity's number, permission). */
async function grantedPairs(
  engine: AccessEngine,
  size: (typeof SIZES)[SizeName],
): Promise<{ i: number; permission: NodeId }[]> {
  const pairs: { i: number; permission: NodeId }[] = [];
  for (let call = 0; pairs.length < 200 && call < 2000; call++) {
    const i = (call * 6151 + 3) % size.identities;
    const { items } = await engine.effectivePermissions({
      identity: identityIdOf(identityNumber(i)),
      first: 20,
      at,
      orderBy: 'PERMISSION',
    });
    const row = items[call % Math.max(1, items.length)];
    if (row) pairs.push({ i, permission: row.permission });
  }
  return pairs;
}
