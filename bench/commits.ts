import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { GraphChange } from '../src/graph/change.js';
import { asCommitId, asStatementSource } from '../src/graph/ids.js';
import { createSystemClock } from '../src/kernel/clock.js';
import type { GraphStore } from '../src/store/graph-store.js';
import { openSqliteStore } from '../src/store/sqlite/sqlite-store.js';
import { generateEstate, SIZES } from './estate.js';
import type { Row } from './harness.js';
import { load } from './load.js';

/** Commits a second of one membership each: one caller after another, and 50 callers at once; then a load in bulk. */
export async function* runCommits(folder: string): AsyncGenerator<{ title: string; rows: Row[] }> {
  const path = join(folder, 'commits');
  mkdirSync(path);
  const { graph } = await openSqliteStore({ folder: path, clock: createSystemClock() });
  const loaded = await load(graph, generateEstate(SIZES.S, 'plain'));
  const alone = await commitsASecond(graph, 1, 4);
  const together = await commitsASecond(graph, 50, 4);
  await graph.close();
  yield {
    title: 'commits on the embedded store, each durable before it is acknowledged',
    rows: [
      { what: 'one caller', figure: `${alone.toFixed(0)} a second` },
      {
        what: '50 callers',
        figure: `${together.toFixed(0)} a second, ${(together / alone).toFixed(1)}× one caller`,
        must: { text: '≥ 3×', met: together / alone >= 3 },
      },
      {
        what: `bulk load, ${loaded.changes} changes`,
        figure: `${(loaded.changes / loaded.seconds).toFixed(0)} changes a second`,
      },
    ],
  };
}

let commits = 0;

/** Each of the callers commits one membership after the other, of the estate of size S. */
export async function commitsASecond(store: GraphStore, callers: number, seconds: number): Promise<number> {
  const until = performance.now() + seconds * 1000;
  const before = commits;
  const start = performance.now();
  const caller = async () => {
    while (performance.now() < until)
      await store.commit({
        id: asCommitId(`one-${commits}`),
        meta: { actor: 'bench' },
        changes: [membership(commits++)],
      });
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return (commits - before) / ((performance.now() - start) / 1000);
}

function membership(n: number): GraphChange {
  const tenants = SIZES.S.tenants;
  const [account, group] = [n % SIZES.S.identities, Math.floor(n / SIZES.S.identities) % SIZES.S.groups];
  return {
    kind: 'putEdge',
    edge: {
      kind: 'MEMBER_OF',
      from: `account-${account}` as never,
      to: `group-${group}` as never,
      source: asStatementSource(`source-${group % tenants}`),
      statedBy: 'SCIM',
      statement: `bench-${n}`,
    },
  };
}
