import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { GraphEffect } from '../../src/graph/change.js';
import { commitHash, hashBeforeFirst } from '../../src/graph/commit-hash.js';
import type { Revision } from '../../src/graph/ids.js';
import { createSystemClock } from '../../src/kernel/clock.js';
import { openDatabase } from '../../src/store/sqlite/driver.js';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.js';
import { makeFolder, removeFolder } from './sqlite-fixture.js';
import { wholeLog, wholeSnapshot } from './store-fixture.js';
import { storeTestScale } from './store-test-scale.js';

/** Each kill interrupts as many stores as there are folders: 36 · 6 writers in the middle of their work. */
const kills = 36 * storeTestScale;
const storesPerChild = 6;
const program = fileURLToPath(new URL('./writing-child.js', import.meta.url));

interface Acknowledged {
  readonly index: number;
  readonly id: string;
  readonly revision: Revision;
}
/** How far a store was checked: the chain of hashes goes on from there. */
interface Checked {
  revision: Revision;
  hash: string;
}

/** Lets a child write, kills it some milliseconds after every store has acknowledged something, and gives all that was. */
function writeAndKill(life: number, folders: readonly string[]): Promise<readonly Acknowledged[]> {
  const child = spawn(process.execPath, ['--no-warnings', program, String(life), ...folders], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    let [text, doomed] = ['', false];
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      if (doomed || new Set(acknowledgedIn(text).map(({ index }) => index)).size < folders.length) return;
      doomed = true;
      // Different moments in each life: from then on to some groups of commits later.
      setTimeout(() => child.kill('SIGKILL'), (life * 7) % 30);
    });
    child.on('close', (code, signal) => {
      if (signal !== 'SIGKILL') reject(new Error(`the child ended by itself with ${code}`));
      else resolve(acknowledgedIn(text));
    });
  });
}

/** The last line may be cut. */
function acknowledgedIn(text: string): readonly Acknowledged[] {
  const lines = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
  return lines.filter(Boolean).map((line) => {
    const [index, id, revision] = line.split(' ');
    return { index: Number(index), id: id!, revision: Number(revision) };
  });
}

/** What each of the child's commits opens: what it asks for, and what follows from an account. */
const wholeCommit = 'Account Group Identity HAS_ACCOUNT MEMBER_OF';
const kindsIn = (effects: readonly GraphEffect[]): string =>
  effects
    .map(({ version }) => ('node' in version ? version.node.kind : version.edge.kind))
    .sort(byWholeCommit)
    .join(' ');
const byWholeCommit = (a: string, b: string) => wholeCommit.indexOf(a) - wholeCommit.indexOf(b);

/** What is stored after a kill; `checked` goes on to its head. */
async function check(folder: string, acknowledged: readonly Acknowledged[], checked: Checked) {
  const database = openDatabase(join(folder, 'identity-graph.db'), 'write');
  const integrity = database.prepare('PRAGMA integrity_check').all();
  database.close();
  const { graph } = await openSqliteStore({ folder, clock: createSystemClock(), access: 'read' });
  const log = await wholeLog(graph, checked.revision);
  const broken = log
    .filter(({ id, effects }) => id !== 'estate' && kindsIn(effects) !== wholeCommit)
    .map(({ id }) => id);
  let chain = true;
  for (const commit of log) {
    chain &&=
      commit.revision === checked.revision + 1 && commitHash(checked.hash, commit, commit.effects) === commit.hash;
    Object.assign(checked, { revision: commit.revision, hash: commit.hash });
  }
  const stored = new Map(log.map(({ id, revision }) => [id as string, revision]));
  const lost = acknowledged.filter(({ id, revision }) => stored.get(id) !== revision);
  await graph.close();
  return { integrity: integrity.map((row) => ({ ...row })), broken, chain, lost };
}

describe('a process that is killed while it writes', () => {
  let folders: readonly string[];
  beforeAll(async () => {
    folders = await Promise.all(Array.from({ length: storesPerChild }, makeFolder));
  });
  afterAll(() => Promise.all(folders.map(removeFolder)));

  it(
    'leaves every acknowledged commit, no half of another, a sound file and a whole chain of hashes',
    async () => {
      const checked = folders.map((): Checked => ({ revision: 0, hash: hashBeforeFirst }));
      let [interrupted, acknowledgements] = [0, 0];
      for (let life = 0; life < kills; life += 1) {
        const acknowledged = await writeAndKill(life, folders);
        for (const [index, folder] of folders.entries()) {
          const own = acknowledged.filter((each) => each.index === index);
          expect(await check(folder, own, checked[index]!)).toEqual({
            integrity: [{ integrity_check: 'ok' }],
            broken: [],
            chain: true,
            lost: [],
          });
          interrupted += own.length > 0 ? 1 : 0;
          acknowledgements += own.length;
        }
      }
      expect(interrupted).toBeGreaterThanOrEqual(200 * storeTestScale);
      expect(acknowledgements).toBeGreaterThanOrEqual(kills * storesPerChild);
      for (const folder of folders) await expectWholeGraph(folder);
    },
    300_000 * storeTestScale,
  );
});

/** The graph is the sum of the log: as many accounts as groups as memberships, and the totals of the head. */
async function expectWholeGraph(folder: string): Promise<void> {
  const { graph } = await openSqliteStore({ folder, clock: createSystemClock() });
  const { nodes, edges } = await wholeSnapshot(graph);
  const countOf = (kind: string) => nodes.filter(({ node }) => node.kind === kind).length;
  const commits = (await graph.head()).revision - 1;
  const everyone = 1;
  expect([countOf('Account'), countOf('Identity'), countOf('Group') - everyone]).toEqual([commits, commits, commits]);
  expect(edges.length).toBe(2 * commits);
  await graph.close();
}
