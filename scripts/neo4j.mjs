// A real Neo4j for development and tests: the one at NEO4J_URI if that is set, else a Docker container where an engine
// runs, else the server's own jars from Maven Central on this machine's Java. `npm run neo4j` keeps one running until
// Ctrl-C; the tests start their own. A started server ends with the process that started it, whatever ends that.

import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, Socket } from 'node:net';
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
const stopTimeoutMs = 20_000;

export const howToGetOne =
  'no Neo4j: set NEO4J_URI (with NEO4J_USERNAME and NEO4J_PASSWORD), or start Docker, or install Java 17 or newer and Maven (Debian: apt-get install default-jdk-headless maven)';

const usage = `Usage: npm run neo4j [-- VERSION]

Starts a Neo4j for development, with a data folder, a random password and free ports of its own, and prints how to
reach it. Ctrl-C stops it and throws its data away. VERSION is one of ${RELEASES.map(({ version }) => version).join(', ')};
without it, the newest that this machine can run. Jars are kept in .cache.`;

/**
 * A server of its own. `kill` ends it at once, `start` brings it back with the same address and data, `stop` ends it
 * and throws its data away. One that was there before (NEO4J_URI) is neither started nor stopped.
 * @typedef {{ uri: string, username: string, password: string, version: string,
 *   kill(): Promise<void>, start(): Promise<void>, stop(): Promise<void> }} Neo4jServer
 */

/**
 * The server that the environment names (`PREFIX_URI`, `PREFIX_USERNAME`, `PREFIX_PASSWORD`), else one that is started.
 * @param {{ version?: string, heapMegabytes?: number, pageCacheMegabytes?: number }} [options]
 * @returns {Promise<Neo4jServer>}
 */
export async function findNeo4j(options = {}, prefix = 'NEO4J') {
  const uri = process.env[`${prefix}_URI`];
  if (uri === undefined) return startNeo4j(options);
  const username = process.env[`${prefix}_USERNAME`] ?? 'neo4j';
  const password = process.env[`${prefix}_PASSWORD`] ?? '';
  const nothing = async () => {};
  return { uri, username, password, version: `at ${prefix}_URI`, kill: nothing, start: nothing, stop: nothing };
}

/**
 * @param {{ version?: string, heapMegabytes?: number, pageCacheMegabytes?: number }} [options]
 * @returns {Promise<Neo4jServer>}
 */
export async function startNeo4j(options = {}) {
  const server = hasCommand('docker', ['info']) ? await createContainer(options) : await createFromJars(options);
  await server.start();
  return server;
}

/** Releases that can be started here, newest first; none where there is neither Docker nor Java with Maven. */
export function runnableReleases() {
  const javas = findJavas();
  const all = hasCommand('docker', ['info']);
  if (!all && !hasCommand('mvn', ['-v'])) return [];
  return RELEASES.filter(({ leastJava }) => all || javas.some(({ major }) => major >= leastJava)).map(
    ({ version }) => version,
  );
}

async function createFromJars(options) {
  const javas = findJavas();
  const release = RELEASES.find(
    ({ version, leastJava }) =>
      (options.version ?? version) === version && javas.some(({ major }) => major >= leastJava),
  );
  if (release === undefined || !hasCommand('mvn', ['-v'])) throw new Error(howToGetOne);
  const { version, leastJava } = release;
  const lib = fetchJars(version);
  const java = javas.find(({ major }) => major >= leastJava).path;
  const home = mkdtempSync(join(tmpdir(), 'identity-graph-neo4j-'));
  const [boltPort, httpPort] = await freePorts(2);
  const password = randomBytes(16).toString('hex');
  writeConfiguration(home, { boltPort, httpPort, ...options });
  const classPath = join(lib, '*');
  setPassword(java, classPath, home, password);
  const folders = [`--home-dir=${home}`, `--config-dir=${join(home, 'conf')}`];
  const command = [java, ...jvmOptions(options), '-cp', classPath, entryPoint(version, lib), ...folders];
  let running;
  return {
    uri: `bolt://127.0.0.1:${boltPort}`,
    username: 'neo4j',
    password,
    version,
    async start() {
      running = startWatched(command, home);
      await untilAnswers(boltPort, running, join(home, 'console.log'));
    },
    async kill() {
      await running?.end('KILL');
    },
    async stop() {
      await running?.end('TERM');
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/**
 * Runs the command under a shell that also waits for the end of its standard input, which is a pipe from this process:
 * when this process ends, also by SIGKILL, the pipe closes and the shell ends the command and removes its folder.
 */
function startWatched(command, home) {
  const script = `exec 3<&0
"$@" </dev/null 3<&- >>"$HOME_FOLDER/console.log" 2>&1 &
server=$!
echo $server
{
  cat <&3
  if kill -KILL $server; then
    while kill -0 $server; do sleep 0.1; done
    rm -rf "$HOME_FOLDER"
  fi
} >/dev/null 2>&1 &
wait $server 2>/dev/null`;
  const shell = spawn('sh', ['-c', script, 'sh', ...command], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, HOME_FOLDER: home },
    // Of its own group, so that a Ctrl-C meant for this process reaches it through `stop` alone.
    detached: true,
  });
  shell.stdin.on('error', () => {});
  const server = new Promise((resolve) => shell.stdout.once('data', (text) => resolve(Number(text))));
  const ended = new Promise((resolve) => shell.once('exit', resolve));
  // Neither the shell nor its pipes keep this process alive.
  for (const handle of [shell, shell.stdin, shell.stdout]) handle.unref();
  return {
    hasEnded: () => shell.exitCode !== null || shell.signalCode !== null,
    async end(signal) {
      if (shell.exitCode !== null) return;
      sendSignal(await server, `SIG${signal}`);
      const late = setTimeout(async () => sendSignal(await server, 'SIGKILL'), stopTimeoutMs);
      await ended;
      clearTimeout(late);
      shell.stdin.destroy();
    },
  };
}

function sendSignal(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
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
    { cwd: folder, encoding: 'utf8' },
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

/** The main class is the one that the server's jar names as its entry point; known where there is no `unzip` to look. */
function entryPoint(version, lib) {
  const service = 'META-INF/services/org.neo4j.server.startup.EntryPoint';
  const { stdout } = spawnSync('unzip', ['-p', join(lib, `neo4j-${version}.jar`), service], { encoding: 'utf8' });
  const named = (stdout ?? '').split('\n').find((line) => line.trim() !== '' && !line.startsWith('#'));
  const known = version.startsWith('5.') ? 'CommunityEntryPoint' : 'Neo4jCommunity';
  return named?.trim() ?? `org.neo4j.server.${known}`;
}

async function createContainer({ version = RELEASES[0].version }) {
  const password = randomBytes(16).toString('hex');
  const [port] = await freePorts(1);
  const name = `identity-graph-neo4j-${randomBytes(4).toString('hex')}`;
  const settings = ['-e', `NEO4J_AUTH=neo4j/${password}`, '-e', 'NEO4J_dbms_usage__report_enabled=false'];
  const address = ['-p', `127.0.0.1:${port}:7687`];
  docker('create', '--name', name, ...address, ...settings, `neo4j:${version}-community`);
  const watch = spawn('sh', ['-c', `cat >/dev/null; docker rm -f -v ${name} >/dev/null 2>&1`], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  for (const handle of [watch, watch.stdin]) handle.unref();
  return {
    uri: `bolt://127.0.0.1:${port}`,
    username: 'neo4j',
    password,
    version,
    async start() {
      docker('start', name);
      await untilAnswers(port);
    },
    kill: async () => docker('kill', name),
    async stop() {
      const removed = new Promise((resolve) => watch.once('exit', resolve));
      watch.ref();
      watch.stdin.end();
      await removed;
    },
  };
}

function docker(...args) {
  const { status, stderr } = spawnSync('docker', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`\`docker ${args[0]}\` failed:\n${stderr}`);
}

/** Until the server agrees on a version of Bolt, its protocol. */
async function untilAnswers(port, running, log) {
  const deadline = Date.now() + startTimeoutMs;
  while (Date.now() < deadline && !running?.hasEnded()) {
    if (await answersBolt(port)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await running?.end('KILL');
  throw new Error(`Neo4j did not start${log ? `:\n${readFileSync(log, 'utf8').slice(-4000)}` : ''}`);
}

function answersBolt(port) {
  // The preamble, then the versions that are offered: 5.0 to 5.8, 4.4, none, none.
  const handshake = Buffer.from('6060b017' + '00080805' + '00000404' + '00000000' + '00000000', 'hex');
  return new Promise((resolve) => {
    const socket = new Socket().setTimeout(1_000);
    const answer = (found) => {
      socket.destroy();
      resolve(found);
    };
    socket.once('data', () => answer(true));
    for (const event of ['error', 'timeout', 'end']) socket.once(event, () => answer(false));
    socket.connect(port, '127.0.0.1', () => socket.write(handshake));
  });
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

async function main(argument) {
  if (argument === '--help' || argument === '-h') {
    console.log(usage);
    return;
  }
  const server = argument === undefined ? await findNeo4j() : await startNeo4j({ version: argument });
  console.log(
    `Neo4j ${server.version} is ready\nNEO4J_URI=${server.uri}\nNEO4J_USERNAME=${server.username}\nNEO4J_PASSWORD=${server.password}\nCtrl-C stops it and throws its data away`,
  );
  const alive = setInterval(() => {}, 60_000);
  await new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, resolve);
  });
  clearInterval(alive);
  await server.stop();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  main(process.argv[2]).catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
