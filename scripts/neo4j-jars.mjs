// A Neo4j on this machine's own Java, from the server's jars.

import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts, untilAnswers } from './bolt-port.mjs';
import { fetchJars, hasJars } from './neo4j-cache.mjs';
import { findJavas, hasMaven, howToGetOne, RELEASES } from './neo4j-releases.mjs';

const stopTimeoutMs = 20_000;

/** Releases that can be started here without a container, newest first: a Java for it, and its jars or what fetches them. */
export function releasesOnJava() {
  const javas = findJavas();
  const maven = hasMaven();
  return RELEASES.filter(
    ({ version, leastJava }) => javas.some(({ major }) => major >= leastJava) && (maven || hasJars(version)),
  ).map(({ version }) => version);
}

/** @returns {Promise<import('./neo4j.mjs').Neo4jServer>} not yet started */
export async function createFromJars(options) {
  const [newest] = releasesOnJava();
  const version = options.version ?? newest;
  if (version === undefined) throw new Error(howToGetOne);
  const java = javaFor(version);
  const lib = await fetchJars(version);
  const home = mkdtempSync(join(tmpdir(), 'identity-graph-neo4j-'));
  try {
    return await createServer({ java, lib, home, version }, options);
  } catch (error) {
    rmSync(home, { recursive: true, force: true });
    throw error;
  }
}

/** The oldest Java that runs the release. @throws where there is none */
function javaFor(version) {
  const { leastJava } = RELEASES.find((release) => release.version === version);
  const javas = findJavas();
  const java = javas.find(({ major }) => major >= leastJava);
  if (java) return java.path;
  if (javas.length === 0) throw new Error(howToGetOne);
  const found = [...new Set(javas.map(({ major }) => major))].join(', ');
  throw new Error(`Neo4j ${version} needs Java ${leastJava} or newer, and this machine has ${found}; install one`);
}

async function createServer({ java, lib, home, version }, options) {
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
    get pid() {
      return running?.pid();
    },
    async start() {
      running = startWatched(command, home);
      if (await untilAnswers(boltPort, running.hasEnded, options.certificateFolder !== undefined)) return;
      await running.end('KILL');
      const said = readFileSync(join(home, 'console.log'), 'utf8').slice(-4000);
      rmSync(home, { recursive: true, force: true });
      throw new Error(`Neo4j ${version} did not start:\n${said}`);
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
  : >"$HOME_FOLDER/abandoned"
  kill -KILL $server
} >/dev/null 2>&1 &
watcher=$!
wait $server 2>/dev/null
if [ -e "$HOME_FOLDER/abandoned" ]; then rm -rf "$HOME_FOLDER"; fi
kill $watcher 2>/dev/null`;
  const shell = spawn('sh', ['-c', script, 'sh', ...command], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, HOME_FOLDER: home },
    // Of its own group, so that a Ctrl-C meant for this process reaches it through `stop` alone.
    detached: true,
  });
  shell.stdin.on('error', () => {});
  let pid;
  const server = new Promise((resolve) =>
    shell.stdout.once('data', (text) => {
      pid = Number(text);
      resolve(pid);
    }),
  );
  const ended = new Promise((resolve) => shell.once('exit', resolve));
  // Neither the shell nor its pipes keep this process alive.
  for (const handle of [shell, shell.stdin, shell.stdout]) handle.unref();
  return {
    pid: () => pid,
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

function writeConfiguration(home, { boltPort, httpPort, pageCacheMegabytes = 256, certificateFolder }) {
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
      ...(certificateFolder === undefined ? [] : encryptionSettings(certificateFolder)),
      '',
    ].join('\n'),
  );
}

function encryptionSettings(folder) {
  return [
    'server.bolt.tls_level=REQUIRED',
    'dbms.ssl.policy.bolt.enabled=true',
    `dbms.ssl.policy.bolt.base_directory=${folder}`,
    'dbms.ssl.policy.bolt.private_key=private.key',
    'dbms.ssl.policy.bolt.public_certificate=public.crt',
    'dbms.ssl.policy.bolt.client_auth=NONE',
  ];
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
