// A real Neo4j for development and tests: the one at NEO4J_URI if that is set, else a Docker container where an engine
// runs, else the server's own jars from Maven Central on this machine's Java. `npm run neo4j` keeps one running until
// Ctrl-C; the tests start one of their own and stop it, also when they die.

import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './setup.mjs';

/** Newest first; each with the least Java it runs on. */
export const RELEASES = [
  { version: '2026.09.0', leastJava: 21 },
  { version: '5.26.18', leastJava: 17 },
];
const startTimeoutMs = 120_000;
const howToGetOne =
  'no Neo4j: set NEO4J_URI (with NEO4J_USERNAME and NEO4J_PASSWORD), or install Docker, or install Java 17 or newer and Maven (Debian: apt-get install default-jdk-headless maven)';

/**
 * @param {{ version?: string, heapMegabytes?: number, pageCacheMegabytes?: number }} [options]
 * @returns {Promise<{ uri: string, username: string, password: string, version: string, stop(): Promise<void> }>}
 */
export async function startNeo4j(options = {}) {
  if (process.env.NEO4J_URI !== undefined && options.version === undefined) return external();
  const java = findJavas();
  const release = RELEASES.find(
    ({ version, leastJava }) =>
      (options.version === undefined || version === options.version) && java.some(({ major }) => major >= leastJava),
  );
  if (release !== undefined && hasCommand('mvn', ['-v'])) return startFromJars(release, java, options);
  if (hasCommand('docker', ['info'])) return startContainer(options.version ?? RELEASES.at(-1).version);
  throw new Error(howToGetOne);
}

/** Releases that an installed Java can run, newest first. */
export function runnableReleases() {
  const java = findJavas();
  return RELEASES.filter(({ leastJava }) => java.some(({ major }) => major >= leastJava)).map(({ version }) => version);
}

function external() {
  const { NEO4J_URI: uri, NEO4J_USERNAME: username = 'neo4j', NEO4J_PASSWORD: password = '' } = process.env;
  return { uri, username, password, version: 'external', stop: async () => {} };
}

async function startFromJars({ version, leastJava }, javas, options) {
  const lib = fetchJars(version);
  const java = javas.find(({ major }) => major >= leastJava).path;
  const home = mkdtempSync(join(tmpdir(), 'identity-graph-neo4j-'));
  const [boltPort, httpPort] = await freePorts(2);
  const password = randomBytes(16).toString('hex');
  writeConfiguration(home, { boltPort, httpPort, ...options });
  const classPath = join(lib, '*');
  setPassword(java, classPath, home, password);
  const main = entryPoint(version, lib, java, classPath);
  const log = createWriteStream(join(home, 'console.log'));
  const child = spawn(
    java,
    [...jvmOptions(options), '-cp', classPath, main, `--home-dir=${home}`, `--config-dir=${join(home, 'conf')}`],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const stop = stopper(child, home);
  await untilStarted(child, home, stop);
  return { uri: `bolt://127.0.0.1:${boltPort}`, username: 'neo4j', password, version, stop };
}

/** The server's jars, fetched once a version into a folder that git ignores. */
function fetchJars(version) {
  const folder = join(root, '.cache', `neo4j-${version}`);
  const lib = join(folder, 'lib');
  if (existsSync(join(folder, 'complete'))) return lib;
  mkdirSync(folder, { recursive: true });
  console.error(`fetching Neo4j ${version} (once; about half a minute) …`);
  writeFileSync(
    join(folder, 'pom.xml'),
    `<project><modelVersion>4.0.0</modelVersion><groupId>local</groupId><artifactId>neo4j</artifactId><version>1</version>
<dependencies><dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>${version}</version></dependency></dependencies></project>
`,
  );
  const { status, stdout, stderr } = spawnSync(
    'mvn',
    ['-q', '-B', 'dependency:copy-dependencies', '-DoutputDirectory=lib', '-DincludeScope=runtime'],
    {
      cwd: folder,
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(`Neo4j ${version} could not be fetched with Maven:\n${stdout}${stderr}`);
  writeFileSync(join(folder, 'complete'), '');
  return lib;
}

function writeConfiguration(home, { boltPort, httpPort, pageCacheMegabytes = 256 }) {
  for (const folder of ['conf', 'data', 'logs', 'plugins', 'import', 'run']) mkdirSync(join(home, folder));
  writeFileSync(
    join(home, 'conf', 'neo4j.conf'),
    [
      'server.default_listen_address=127.0.0.1',
      `server.bolt.listen_address=127.0.0.1:${boltPort}`,
      `server.bolt.advertised_address=127.0.0.1:${boltPort}`,
      `server.http.listen_address=127.0.0.1:${httpPort}`,
      'server.https.enabled=false',
      'db.tx_log.preallocate=false',
      'dbms.usage_report.enabled=false',
      `server.memory.pagecache.size=${pageCacheMegabytes}m`,
      '',
    ].join('\n'),
  );
}

/** The options that the distribution's own script passes. */
function jvmOptions({ heapMegabytes = 1024 }) {
  return [
    `-Xms${Math.min(512, heapMegabytes)}m`,
    `-Xmx${heapMegabytes}m`,
    '-XX:+UseG1GC',
    '-XX:-OmitStackTraceInFastThrow',
    '-Djdk.nio.maxCachedBufferSize=1024',
    '-Dio.netty.tryReflectionSetAccessible=true',
    '-Dfile.encoding=UTF-8',
    '--add-opens=java.base/java.nio=ALL-UNNAMED',
    '--add-opens=java.base/java.io=ALL-UNNAMED',
    '--add-opens=java.base/sun.nio.ch=ALL-UNNAMED',
    '--add-opens=java.base/java.util.concurrent=ALL-UNNAMED',
    '--add-opens=java.base/java.lang=ALL-UNNAMED',
  ];
}

function setPassword(java, classPath, home, password) {
  const { status, stdout, stderr } = spawnSync(
    java,
    ['-cp', classPath, 'org.neo4j.cli.AdminTool', 'dbms', 'set-initial-password', password],
    { encoding: 'utf8', env: { ...process.env, NEO4J_HOME: home, NEO4J_CONF: join(home, 'conf') } },
  );
  if (status !== 0) throw new Error(`Neo4j's password could not be set:\n${stdout}${stderr}`);
}

/** The main class is the one that the server's jar names as its entry point. */
function entryPoint(version, lib) {
  const jar = readdirSync(lib).find((name) => name === `neo4j-${version}.jar`);
  const { stdout } = spawnSync(
    'unzip',
    ['-p', join(lib, jar ?? ''), 'META-INF/services/org.neo4j.server.startup.EntryPoint'],
    {
      encoding: 'utf8',
    },
  );
  const named = (stdout ?? '').split('\n').find((line) => line.trim() !== '' && !line.startsWith('#'));
  return (
    named?.trim() ??
    (version.startsWith('5.') ? 'org.neo4j.server.CommunityEntryPoint' : 'org.neo4j.server.Neo4jCommunity')
  );
}

/** Ends the server with its parent, whatever ends the parent, and takes its folder away. */
function stopper(child, home) {
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const kill = () => {
    child.kill('SIGKILL');
    rmSync(home, { recursive: true, force: true });
  };
  process.once('exit', kill);
  return async () => {
    child.kill('SIGTERM');
    await Promise.race([exited, new Promise((resolve) => setTimeout(resolve, 20_000).unref())]);
    process.removeListener('exit', kill);
    kill();
  };
}

async function untilStarted(child, home, stop) {
  const deadline = Date.now() + startTimeoutMs;
  const log = join(home, 'logs', 'neo4j.log');
  const console_ = join(home, 'console.log');
  const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '');
  while (Date.now() < deadline && child.exitCode === null) {
    if (`${read(log)}${read(console_)}`.includes('Started.')) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const tail = `${read(log)}${read(console_)}`.slice(-4000);
  await stop();
  throw new Error(`Neo4j did not start:\n${tail}`);
}

async function startContainer(version) {
  const password = randomBytes(16).toString('hex');
  const [port] = await freePorts(1);
  const started = spawnSync(
    'docker',
    [
      'run',
      '--rm',
      '-d',
      '-p',
      `127.0.0.1:${port}:7687`,
      '-e',
      `NEO4J_AUTH=neo4j/${password}`,
      `neo4j:${version}-community`,
    ],
    { encoding: 'utf8' },
  );
  if (started.status !== 0) throw new Error(`Docker could not start Neo4j:\n${started.stderr}`);
  const id = started.stdout.trim();
  const remove = () => void spawnSync('docker', ['rm', '-f', id]);
  process.once('exit', remove);
  const deadline = Date.now() + startTimeoutMs;
  while (!spawnSync('docker', ['logs', id], { encoding: 'utf8' }).stdout.includes('Started.')) {
    if (Date.now() > deadline) throw new Error('Neo4j did not start in its container');
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  return { uri: `bolt://127.0.0.1:${port}`, username: 'neo4j', password, version, stop: async () => remove() };
}

/** Every Java found, oldest first: JAVA_HOME's, the PATH's and those in the usual folder. */
function findJavas() {
  const folder = '/usr/lib/jvm';
  const candidates = [
    ...(process.env.JAVA_HOME ? [join(process.env.JAVA_HOME, 'bin', 'java')] : []),
    'java',
    ...(existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name, 'bin', 'java')) : []),
  ];
  return candidates
    .flatMap((path) => {
      const { stderr } = spawnSync(path, ['-version'], { encoding: 'utf8' });
      const major = Number(/version "(\d+)/.exec(stderr ?? '')?.[1]);
      return Number.isInteger(major) ? [{ path, major }] : [];
    })
    .sort((a, b) => a.major - b.major);
}

function hasCommand(command, args) {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

async function freePorts(count) {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise((resolve, reject) => {
          const server = createServer().once('error', reject);
          server.listen(0, '127.0.0.1', () => resolve(server));
        }),
    ),
  );
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const server = await startNeo4j({ version: process.argv[2] });
  console.log(
    `Neo4j ${server.version} is ready\nNEO4J_URI=${server.uri}\nNEO4J_USERNAME=${server.username}\nNEO4J_PASSWORD=${server.password}\nCtrl-C stops it and throws its data away`,
  );
  await new Promise((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  await server.stop();
}
