// Every test: installs what is missing, builds, checks types, lint and format, runs Jest on what was built.
// Arguments are Jest's: `npm test -- settle` runs the files whose path holds that word.
//
// Files named neo4j*.test.ts run apart from the others, one after the other, since a server holds one store: on two
// servers that are started for them, of the oldest and the newest release that this machine can run (neo4j.mjs).
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findNeo4j, runnableReleases } from './neo4j.mjs';
import { build, root, run, runToEnd, setUp } from './setup.mjs';

await setUp();
await build();
const jestArguments = process.argv.slice(2);
if (jestArguments.length === 0) await run(process.execPath, ['node_modules/@biomejs/biome/bin/biome', 'check', '.']);

const patterns = jestArguments.filter((argument) => !argument.startsWith('-'));
const files = readdirSync(join(root, 'dist', 'test'), { recursive: true })
  .filter((file) => file.endsWith('.test.js'))
  .filter((file) => patterns.length === 0 || patterns.some((pattern) => `dist/test/${file}`.includes(pattern)));
const isOnNeo4j = (file) => /(^|[/\\])neo4j[^/\\]*$/.test(file);

let failed = false;
if (patterns.length > 0 ? files.some((file) => !isOnNeo4j(file)) : true)
  failed = !(await runJest(['--testPathIgnorePatterns', '/neo4j[^/]*$']));
if (files.some(isOnNeo4j)) {
  const { environment, stop, missing } = await startServers();
  failed = !(await runJest(['--runInBand', '--testMatch', '**/neo4j*.test.js'], environment)) || failed;
  await stop();
  if (missing) console.error(`\n${missing}`);
}
process.exit(failed ? 1 : 0);

/** Whatever a failed test has left open, the run ends: one that never does tells nobody what failed. */
function runJest(options, environment = {}) {
  const node = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', '--forceExit'];
  return runToEnd(process.execPath, [...node, ...jestArguments, ...options], environment);
}

/** Where there is no Neo4j to be had, `missing` says how to get one; the tests that need it fail then. */
async function startServers() {
  const releases = runnableReleases();
  try {
    const servers = await Promise.all([
      findNeo4j({ version: releases.at(-1) }, 'NEO4J'),
      findNeo4j({ version: releases[0] }, 'NEO4J_SECOND'),
    ]);
    const environment = ['NEO4J', 'NEO4J_SECOND'].flatMap((prefix, index) =>
      ['uri', 'username', 'password', 'version'].map((name) => [
        `${prefix}_${name.toUpperCase()}`,
        servers[index][name],
      ]),
    );
    const stop = () => Promise.all(servers.map((server) => server.stop()));
    return { environment: Object.fromEntries(environment), stop };
  } catch (error) {
    return { environment: { NEO4J_MISSING: error.message }, stop: async () => {}, missing: error.message };
  }
}
