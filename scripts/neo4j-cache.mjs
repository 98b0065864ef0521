// The jars of Neo4j, fetched with Maven once a version into .cache, which git ignores.

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasMaven, howToGetOne } from './neo4j-releases.mjs';
import { root } from './setup.mjs';

const defaultCache = join(root, '.cache');
const folderIn = (cache, version) => join(cache, `neo4j-${version}`);
/** How often one that waits for another's download looks again. */
const lookAgainMs = 500;

/** Whether they are all there: an interrupted download leaves none. */
export function hasJars(version, cache = defaultCache) {
  const folder = folderIn(cache, version);
  return existsSync(join(folder, 'complete')) && existsSync(join(folder, 'lib', `neo4j-${version}.jar`));
}

/**
 * The folder that holds the jars. What is fetched is moved there whole, and of several processes that want it at once one
 * fetches and the others wait.
 * @returns {Promise<string>}
 */
export async function fetchJars(version, cache = defaultCache) {
  const lib = join(folderIn(cache, version), 'lib');
  if (hasJars(version, cache)) return lib;
  if (!hasMaven()) throw new Error(howToGetOne);
  mkdirSync(cache, { recursive: true });
  const lock = `${folderIn(cache, version)}.lock`;
  while (!takeLock(lock)) {
    await new Promise((resolve) => setTimeout(resolve, lookAgainMs));
    if (hasJars(version, cache)) return lib;
  }
  try {
    if (!hasJars(version, cache)) await fetchInto(cache, version);
    return lib;
  } finally {
    rmSync(lock, { force: true });
  }
}

/** Whether this process may fetch now. The lock of a process that has died is taken over. */
function takeLock(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  const holder = holderOf(lock);
  if (holder !== undefined && !isAlive(holder)) rmSync(lock, { force: true });
  return false;
}

/** `undefined` while it writes who it is, or has just let go. */
function holderOf(lock) {
  try {
    return Number(readFileSync(lock, 'utf8')) || undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

async function fetchInto(cache, version) {
  const folder = folderIn(cache, version);
  for (const name of readdirSync(cache))
    if (name.startsWith(`neo4j-${version}.partial-`)) rmSync(join(cache, name), { recursive: true, force: true });
  const partial = `${folder}.partial-${process.pid}`;
  mkdirSync(partial);
  console.error(`fetching Neo4j ${version} (once; about half a minute) …`);
  writeFileSync(
    join(partial, 'pom.xml'),
    `<project><modelVersion>4.0.0</modelVersion><groupId>local</groupId><artifactId>neo4j</artifactId><version>1</version>
<dependencies><dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>${version}</version></dependency></dependencies></project>
`,
  );
  try {
    await runMaven(partial, version);
    writeFileSync(join(partial, 'complete'), '');
    rmSync(folder, { recursive: true, force: true });
    renameSync(partial, folder);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

function runMaven(folder, version) {
  const goal = ['-q', '-B', 'dependency:copy-dependencies', '-DoutputDirectory=lib', '-DincludeScope=runtime'];
  const maven = spawn('mvn', goal, {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  let said = '';
  for (const stream of [maven.stdout, maven.stderr])
    stream.setEncoding('utf8').on('data', (text) => {
      said += text;
    });
  return new Promise((resolve, reject) => {
    maven.once('error', reject);
    maven.once('close', (status) => {
      if (status === 0) return resolve();
      const advice = 'see that Maven Central, or the mirror in Maven’s settings.xml, can be reached, and start again';
      reject(new Error(`Neo4j ${version} could not be fetched with Maven; ${advice}:\n${said.slice(-4000)}`));
    });
  });
}
