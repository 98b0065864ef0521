import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { demoAnswer } from '../../src/cli/demo-query.js';
import {
  createTemporaryFolder,
  type RunningCommand,
  runCommand,
  startCommand,
  type TemporaryFolder,
} from '../cli/running-service.js';
import { emptyDatabase, markForTests, testServers } from '../store/neo4j-fixture.js';

const [server] = testServers();
const token = 'demo-administrator-token-of-the-tests';
const onNeo4j = { NEO4J_URI: server.uri, NEO4J_USERNAME: server.username, NEO4J_PASSWORD: server.password };
const queries = join(process.cwd(), 'docs/queries');
const examples = readdirSync(queries)
  .filter((name) => name.endsWith('.graphql'))
  .sort();

let folder: TemporaryFolder;
const environmentOf = (name: string, differing: Readonly<Record<string, string>> = {}) => ({
  ...differing,
  DATA_DIR: join(folder.path, name),
  ADMIN_TOKEN: token,
  PORT: '0',
  LOG_LEVEL: 'error',
  // What is asked here is that the answers are the same, also on a machine that is slow.
  REQUEST_DEADLINE_MS: '120000',
});

/** By who answers about access, from which store. */
const urls = new Map<string, string>();
let second: RunningCommand;

beforeAll(async () => {
  folder = createTemporaryFolder();
  await emptyDatabase(server);
  const first = startCommand(['demo'], environmentOf('neo4j', onNeo4j));
  await first.printed(/Ctrl-C/);
  await markForTests(server);
  first.child.kill('SIGTERM');
  await first.ended;
  const file = join(folder.path, 'sample.ndjson');
  await expectToRun(['export', file], environmentOf('neo4j', onNeo4j));
  await expectToRun(['restore', file], environmentOf('embedded'));
  second = startCommand(['demo'], environmentOf('neo4j', onNeo4j));
  urls.set('the index, from Neo4j', (await second.printed(/GraphiQL\s+(http:\S+)\/graphiql/))[1]!);
  for (const [name, differing] of [
    ['the index, from the embedded store', {}],
    ['the engine in Neo4j', { ...onNeo4j, ACCESS_ENGINE: 'neo4j' }],
  ] as const) {
    const service = startCommand(['serve'], environmentOf('embedded', differing));
    urls.set(name, (await service.printed(/serves at (http:\S+)/))[1]!);
  }
}, 600_000);
afterAll(() => folder.remove());

async function expectToRun(args: readonly string[], environment: Readonly<Record<string, string>>): Promise<void> {
  expect(await runCommand(args, environment)).toMatchObject({ code: 0, err: '' });
}

async function ask(url: string, query: string): Promise<unknown> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return withoutChance(await response.json());
}

/** What is not said by the estate: when and where it was asked, since when a process knows of a finding, and cursors, which are sealed. */
function withoutChance(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutChance);
  if (typeof value === 'string') return value.replace(/^http:\/\/127\.0\.0\.1:\d+/, '');
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !['asOf', 'openedAt', 'endCursor', 'startCursor', 'requestId'].includes(name))
      .map(([name, each]) => [name, withoutChance(each)]),
  );
}

describe('the sample company on Neo4j', () => {
  it.each(examples)('%s is answered alike by each engine and store', async (name) => {
    const query = readFileSync(join(queries, name), 'utf8');
    const answers = await Promise.all([...urls].map(async ([at, url]) => [at, await ask(url, query)] as const));
    const [[, expected]] = answers as [(typeof answers)[0]];
    expect(expected).toHaveProperty('data');
    expect(answers).toEqual(answers.map(([at]) => [at, expected]));
  });

  it('is loaded by the first start of the demo, and taken by the next as it was left', async () => {
    expect(second.out()).toContain(JSON.stringify(demoAnswer, undefined, 2));
    const whole = await Promise.all(
      [environmentOf('embedded'), environmentOf('neo4j', onNeo4j)].map((store) => runCommand(['check'], store)),
    );
    expect(whole[1]).toEqual({ code: 0, out: expect.stringMatching(/^whole: \d{4} commits /), err: '' });
    expect(whole[0]).toEqual(whole[1]);
  });

  it('is loaded into an empty database alone', async () => {
    const { code, out, err } = await runCommand(['demo'], environmentOf('other', onNeo4j));
    expect([code, out, err]).toEqual([
      1,
      '',
      expect.stringMatching(/^the store holds something else than the demo, .*\n$/),
    ]);
  });
});
