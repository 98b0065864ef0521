import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createTemporaryFolder, type TemporaryFolder } from '../cli/running-service.js';
import { untilTrue } from '../until-true.js';

const scriptUrl = (name: string) => pathToFileURL(resolve('scripts', name)).href;
const started: ChildProcess[] = [];

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A Node process; `PATH` is all it sees of the machine's commands. */
function startNode(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const ended = once(child, 'close').then(([code]): Ended => ({ code: code as number | null, out, err }));
  return { child, ended, out: () => out };
}
const neo4jScript = (args: readonly string[], environment = {}) =>
  startNode([resolve('scripts/neo4j.mjs'), ...args], environment).ended;

describe('npm run neo4j', () => {
  it('prints help, and refuses what it does not know', async () => {
    expect(await neo4jScript(['--help'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('Usage: npm run neo4j'),
    });
    expect(await neo4jScript(['4.4.0'])).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^Neo4j `4\.4\.0` is not known here; take [\d.]+ or [\d.]+\n$/),
    });
    expect(await neo4jScript(['--fast'])).toMatchObject({ code: 1, err: expect.stringContaining('is not known') });
  });

  it('starts none where NEO4J_URI names one', async () => {
    const { code, out } = await neo4jScript([], { NEO4J_URI: 'neo4j://db.example', NEO4J_PASSWORD: 'not to be shown' });
    expect([code, out]).toEqual([
      0,
      'NEO4J_URI is set to neo4j://db.example: that one is taken, and none is started\n',
    ]);
  });
});

describe('the server that the tests start', () => {
  afterEach(() => {
    for (const child of started.splice(0)) child.kill('SIGKILL');
  });

  it('ends, and its data with it, when the process that started it is killed', async () => {
    const program = `
      const { runnableReleases, startNeo4j } = await import(${JSON.stringify(scriptUrl('neo4j.mjs'))});
      const [version] = runnableReleases().slice(-1);
      const { uri } = await startNeo4j({ version, heapMegabytes: 256, pageCacheMegabytes: 32 });
      console.log(uri + ' ready');
      setInterval(() => {}, 1000);`;
    const folder = createTemporaryFolder();
    const { child, ended, out } = startNode(['--input-type=module', '-e', program], { TMPDIR: folder.path });
    const failure = await Promise.race([untilTrue(() => out().includes('ready')), ended]);
    if (failure) {
      // Nothing but an address is to be had here: then it says so.
      expect(failure.err).toContain('no Neo4j: set NEO4J_URI');
      return;
    }
    const port = Number(/:(\d+) ready/.exec(out())?.[1]);
    expect(await isListening(port)).toBe(true);
    child.kill('SIGKILL');
    await untilTrue(async () => !(await isListening(port)));
    await untilTrue(() => readdirSync(folder.path).length === 0);
    folder.remove();
  }, 300_000);
});

describe("the cache of the server's jars", () => {
  let folder: TemporaryFolder;
  let cache: string;
  beforeEach(() => {
    folder = createTemporaryFolder();
    cache = join(folder.path, 'cache');
    const bin = join(folder.path, 'bin');
    mkdirSync(bin);
    for (const command of ['sh', 'sleep', 'mkdir']) symlinkSync(pathOf(command), join(bin, command));
  });
  afterEach(() => {
    for (const child of started.splice(0)) child.kill('SIGKILL');
    folder.remove();
  });

  /** Maven, as far as the cache calls it: what it was asked is in `calls`. */
  function installMaven(work: string): void {
    const script = `#!/bin/sh\n[ "$1" = -v ] && exit 0\necho "$@" >>"${folder.path}/calls"\nmkdir -p lib\n${work}\n`;
    writeFileSync(join(folder.path, 'bin', 'mvn'), script);
    chmodSync(join(folder.path, 'bin', 'mvn'), 0o755);
  }
  const fetchWhole = 'sleep 1; : >lib/neo4j-5.26.18.jar; : >lib/other.jar';

  function fetching() {
    const program = `
      const { fetchJars } = await import(${JSON.stringify(scriptUrl('neo4j-cache.mjs'))});
      console.log(await fetchJars('5.26.18', ${JSON.stringify(cache)}).catch(({ message }) => message));`;
    return startNode(['--input-type=module', '-e', program], { PATH: join(folder.path, 'bin') });
  }

  it('is filled once by two that want it at once, and then needs no Maven', async () => {
    installMaven(fetchWhole);
    const both = await Promise.all([fetching().ended, fetching().ended]);
    const lib = join(cache, 'neo4j-5.26.18', 'lib');
    expect(both.map(({ out }) => out)).toEqual([`${lib}\n`, `${lib}\n`]);
    expect(readdirSync(lib).sort()).toEqual(['neo4j-5.26.18.jar', 'other.jar']);
    expect(readdirSync(cache)).toEqual(['neo4j-5.26.18']);
    installMaven('exit 1');
    expect((await fetching().ended).out).toBe(`${lib}\n`);
  });

  it('holds nothing of a download that failed, and says what to do', async () => {
    installMaven(': >lib/neo4j-5.26.18.jar; echo "no route to host"; exit 1');
    expect((await fetching().ended).out).toMatch(/could not be fetched with Maven; .* start again:\nno route to host/);
    expect(readdirSync(cache)).toEqual([]);
    installMaven(fetchWhole);
    expect((await fetching().ended).out).toBe(`${join(cache, 'neo4j-5.26.18', 'lib')}\n`);
  });

  it('takes nothing for whole of a download that was killed, nor waits for it', async () => {
    installMaven(': >lib/neo4j-5.26.18.jar; : >../reached; sleep 2');
    const killed = fetching();
    await untilTrue(() => existsSync(join(cache, 'reached')));
    killed.child.kill('SIGKILL');
    await killed.ended;
    installMaven(fetchWhole);
    expect((await fetching().ended).out).toBe(`${join(cache, 'neo4j-5.26.18', 'lib')}\n`);
    expect(readdirSync(join(cache, 'neo4j-5.26.18', 'lib')).sort()).toEqual(['neo4j-5.26.18.jar', 'other.jar']);
  });

  it('that is empty, and no Maven to fill it: the line says how to get a Neo4j', async () => {
    expect((await fetching().ended).out).toMatch(/^no Neo4j: set NEO4J_URI .* or start Docker, or install Java/);
  });
});

function pathOf(command: string): string {
  const folders = (process.env.PATH ?? '').split(':');
  return folders.map((each) => join(each, command)).find((path) => existsSync(path)) as string;
}

function isListening(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => done(true)).once('error', () => done(false));
    socket.once('close', () => socket.destroy());
    socket.once('connect', () => socket.destroy());
  });
}
