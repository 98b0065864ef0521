import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { AccessEngine } from '../src/access/access-engine.js';
import { createIndexEngine } from '../src/access/index/index-engine.js';
import { createSystemClock } from '../src/kernel/clock.js';
import { databaseFileName } from '../src/store/sqlite/lock.js';
import { openSqliteStore } from '../src/store/sqlite/sqlite-store.js';
import { type EstateFlavour, type EstateSize, generateEstate, SIZES } from './estate.js';
import { followingRows } from './following.js';
import { cheapCalls, compare, fasterRow, micros, type Row, time } from './harness.js';
import { load } from './load.js';
import { askedOf, grantedPairs, instant } from './questions.js';
import { createRecursiveSql, type RecursiveSql, sqlPathLength } from './recursive-sql.js';

type SizeName = keyof typeof SIZES;

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
  const sql = createRecursiveSql(join(path, databaseFileName), () => generateEstate(size, flavour));
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
        ...(await questions({ engine, sql, size, flavour })),
        ...(await followingRows(engine, graph, instant)),
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

interface Compared {
  readonly engine: AccessEngine;
  readonly sql: RecursiveSql;
  readonly size: EstateSize;
  readonly flavour: EstateFlavour;
}
/** The questions by number, in the engine's words and in SQL's. */
type Asked = ReturnType<typeof askedOf>;

async function questions(compared: Compared): Promise<Row[]> {
  const { engine, sql, size } = compared;
  const must = (atLeast: number) => ({ atLeast, isYardstick: size === SIZES.M });
  const asked = askedOf(size, await grantedPairs(engine, size));
  const checked = await checkAnswers(compared, asked);
  const few = { calls: 300 };
  const ours = { calls: cheapCalls };
  const effective = await compare(
    { run: (call) => engine.effectivePermissions(asked.effective(call)), ...ours },
    { run: (call) => sql.effectivePage(asked.account(call)), ...few },
  );
  const rows = await compare(
    { run: (call) => engine.effectivePermissions(asked.effective(call)), ...ours },
    { run: (call) => sql.effectiveRows(asked.account(call)), ...few },
  );
  const byTier = await time((call) => engine.effectivePermissions({ ...asked.effective(call), orderBy: 'TIER' }));
  const sqlCount = await time((call) => sql.countPermissions(asked.account(call)), few);
  const who = await compare(
    { run: (call) => engine.whoCan(asked.who(call)), ...ours },
    { run: (call) => sql.countWhoCan(asked.permission(call)), ...few },
  );
  const decide = await compare(
    { run: (call) => engine.decide(asked.decide(call)), ...ours },
    { run: (call) => sql.check(...asked.check(call)), ...few },
  );
  const paths = await compare(
    { run: (call) => engine.inheritancePaths(asked.paths(call)), ...ours },
    { run: (call) => sql.countTenPaths(...asked.pair(call)), ...few },
  );
  const first = await time((call) => engine.inheritancePaths({ ...asked.paths(call), first: 1 }));
  return [
    { what: 'answers compared with SQL beforehand, all alike', figure: `${checked}` },
    fasterRow('effective permissions, against SQL that gives the rows with decisions', rows, must(50)),
    fasterRow('against SQL that gives no more than the same page, in order, and the same counts', effective, must(50)),
    { what: 'the same, most powerful first', figure: told(byTier) },
    { what: 'beside it, a SQL count of permissions without scopes and decisions', figure: told(sqlCount) },
    fasterRow('who-can, a page of rows, against a SQL count of who reaches it', who, must(10)),
    fasterRow('check, with its witness path', decide),
    fasterRow('ten paths, in order, with status, count and bringing edge', paths),
    { what: 'the first path alone', figure: told(first) },
    {
      what: 'by the clock: effective permissions p50, p99',
      figure: `${micros(effective.ours.median)}, ${micros(effective.ours.p99)}`,
    },
  ];
}

const told = ({ processor }: { readonly processor: number }) => micros(processor);

/** What both sides know is equal, or the figures mean nothing. Who can and paths: where nothing is denied. Returns how many answers. */
async function checkAnswers({ engine, sql, flavour }: Compared, asked: Asked): Promise<number> {
  const calls = 40;
  let checked = 0;
  const same = (question: object, ours: unknown, theirs: unknown) => {
    assert.deepEqual(ours, theirs, `the engine and SQL differ on ${JSON.stringify(question)}`);
    checked++;
  };
  for (let call = 0; call < calls; call++) {
    const { items, totalCount, permissionCount } = await engine.effectivePermissions(asked.effective(call));
    const rows = items.map((row) => [row.permission, row.scope, row.decision]);
    same(asked.effective(call), { totalCount, permissionCount, rows }, sql.effectivePage(asked.account(call)));
    same(asked.decide(call), (await engine.decide(asked.decide(call))).decision, sql.check(...asked.check(call)));
    if (flavour !== 'plain') continue;
    same(asked.who(call), (await engine.whoCan(asked.who(call))).totalCount, sql.countWhoCan(asked.permission(call)));
    const paths = await engine.inheritancePaths({ ...asked.paths(call), maxLength: sqlPathLength });
    same(asked.paths(call), paths.items.length, sql.countTenPaths(...asked.pair(call)));
  }
  return checked;
}
