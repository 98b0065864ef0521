import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { canonicalJson } from '../../src/graph/canonical.js';
import { createManualClock, createSystemClock } from '../../src/kernel/clock.js';
import type { GraphStore } from '../../src/store/graph-store.js';
import { openNeo4jStore } from '../../src/store/neo4j/neo4j-store.js';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.js';
import { fill } from '../store/filled-store.js';
import { emptyDatabase, markForTests, testServers } from '../store/neo4j-fixture.js';
import { start, wholeSnapshot } from '../store/store-fixture.js';
import { createTemporaryFolder, runCommand, type TemporaryFolder } from './running-service.js';

type Environment = Readonly<Record<string, string>>;
const [server] = testServers();
const clock = createSystemClock();
let folder: TemporaryFolder;
const path = (name: string) => join(folder.path, name);
const embedded = (name: string): Environment => ({ DATA_DIR: path(name) });
const neo4j = (): Environment => ({
  DATA_DIR: path('key'),
  NEO4J_URI: server.uri,
  NEO4J_USERNAME: server.username,
  NEO4J_PASSWORD: server.password,
});

/** The embedded store `original`: six commits, pruned up to the horizon, with facts beside them. */
async function makeOriginal(horizon = 0): Promise<void> {
  const clock = createManualClock(start);
  const store = await openSqliteStore({ folder: path('original'), clock });
  await fill({ ...store, clock });
  await store.graph.prune(horizon);
  await store.graph.close();
}

/** Two processes and the pipe between them. */
function pipe(from: Environment, exporting: string, to: Environment, importing: string): Promise<string> {
  const assign = (each: Environment) => Object.entries(each).map(([name, value]) => `${name}='${value}'`);
  const program = `'${process.execPath}' --no-warnings '${resolve('dist/src/main.js')}'`;
  const script = `env ${assign(from).join(' ')} ${program} ${exporting} | env ${assign(to).join(' ')} ${program} ${importing}`;
  return new Promise((done, fail) => {
    execFile('sh', ['-c', script], { env: { PATH: process.env.PATH ?? '' } }, (error, out, err) =>
      error || err ? fail(error ?? new Error(err)) : done(out),
    );
  });
}

async function exportOf(store: Environment, ...options: readonly string[]): Promise<string> {
  const { code, out, err } = await runCommand(['export', ...options], store);
  expect([code, err]).toEqual([0, '']);
  return out;
}

/** As of revisions 6 to 3, but for the store's own id. */
async function snapshotsOf(graph: GraphStore): Promise<readonly string[]> {
  const texts: string[] = [];
  try {
    for (const revision of [6, 5, 4, 3]) {
      const { head, ...rest } = await wholeSnapshot(graph, revision);
      texts.push(canonicalJson({ ...rest, head: { ...head, storeId: '' } }));
    }
  } finally {
    await graph.close();
  }
  return texts;
}

beforeEach(async () => {
  folder = createTemporaryFolder();
  await emptyDatabase(server);
});
afterEach(async () => {
  await markForTests(server);
  folder.remove();
});

describe('a store that moves from the embedded store to Neo4j and back', () => {
  it.each([0, 3])('keeps log, history and side data byte for byte, from horizon %i', async (horizon) => {
    await makeOriginal(horizon);
    const original = await exportOf(embedded('original'), '--with-credentials');
    const line = 'restored up to revision 6, from 2027-01-15T08:00:06.170Z\n';
    expect(await pipe(embedded('original'), 'export --with-credentials', neo4j(), 'import')).toBe(line);
    expect(await pipe(neo4j(), 'export --with-credentials', embedded('back'), 'restore')).toBe(line);
    expect(await exportOf(neo4j(), '--with-credentials')).toBe(original);
    expect(await exportOf(embedded('back'), '--with-credentials')).toBe(original);
    const inFolder = (name: string) => openSqliteStore({ folder: path(name), clock, access: 'read' });
    const expected = await snapshotsOf((await inFolder('original')).graph);
    expect(await snapshotsOf((await openNeo4jStore({ ...server, clock })).graph)).toEqual(expected);
    expect(await snapshotsOf((await inFolder('back')).graph)).toEqual(expected);
  });

  it('leaves the credentials behind unless they are asked for', async () => {
    await makeOriginal();
    const without = await exportOf(embedded('original'));
    expect(without).not.toContain('ab12');
    await pipe(embedded('original'), 'export', neo4j(), 'restore -');
    await pipe(neo4j(), 'export --with-credentials -', embedded('back'), 'import -');
    expect(await exportOf(embedded('back'), '--with-credentials')).toBe(without);
  });
});

describe('what is refused changes nothing', () => {
  it.each([
    ['the embedded store', () => embedded('target')],
    ['Neo4j', neo4j],
  ])('in %s: a stream that was cut or changed, then a store that holds something', async (_, environmentOf) => {
    const target = environmentOf();
    await makeOriginal();
    const whole = path('whole.ndjson');
    await runCommand(['export', whole, '--with-credentials'], embedded('original'));
    const text = readFileSync(whole, 'utf8');
    const changed = /^the export was changed since it was written; take it again\n$/;
    for (const [broken, line] of Object.entries({
      [text.slice(0, text.length / 2)]: /^the export ends in the middle of a line: it was cut\n$/,
      [text.replace('"displayName":"Ann"', '"displayName":"Eve"')]: changed,
      [text.replace('"hash":"ab12"', '"hash":"ab13"')]: changed,
      [text.replace('"effects":[', '"effects":[null,')]: /^line 2 of the export cannot be read\n$/,
      [text.replace('"kind":"nodeOpened"', '"kind":"nodeSold"')]: changed,
      '': /^the export is empty: see why nothing was written to it\n$/,
    })) {
      writeFileSync(path('broken.ndjson'), broken);
      const { code, out, err } = await runCommand(['restore', path('broken.ndjson')], target);
      expect([code, out, err]).toEqual([1, '', expect.stringMatching(line)]);
    }
    expect((await runCommand(['check'], target)).out).toBe('whole: 0 commits up to revision 0, 0 nodes, 0 edges\n');
    expect(await runCommand(['restore', whole], target)).toMatchObject({ code: 0, err: '' });
    const again = await runCommand(['restore', whole], target);
    expect(again).toEqual({ code: 1, out: '', err: 'only an empty store can be restored into; choose a new one\n' });
    expect(await exportOf(target, '--with-credentials')).toBe(text);
  });

  it('says in one line what cannot be read or written, and leaves no file of its own', async () => {
    await makeOriginal();
    const line = async (...args: string[]) => {
      const { code, err } = await runCommand(args, embedded('original'));
      return [code, err];
    };
    writeFileSync(path('there'), 'kept');
    expect(await line('export', path('there'))).toEqual([
      1,
      `\`${path('there')}\` is there already; name another file\n`,
    ]);
    expect(readFileSync(path('there'), 'utf8')).toBe('kept');
    expect(await line('export', path('no/such'))).toEqual([
      1,
      `\`${path('no/such')}\` cannot be written (ENOENT); name another file\n`,
    ]);
    expect(await line('restore', path('absent'))).toEqual([1, `\`${path('absent')}\` is no file that can be read\n`]);
    expect(await line('import', 'aws')).toEqual([
      1,
      'name the files of `aws`; an export is read by `identity-graph restore`\n',
    ]);
    await expect(pipe(embedded('original'), 'export', embedded('original'), 'restore')).rejects.toThrow(
      'only an empty store',
    );
  });
});
