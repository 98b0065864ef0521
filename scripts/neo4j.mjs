// A real Neo4j for development and tests: the one at NEO4J_URI if that is set, else a Docker container where an engine
// runs, else the server's own jars from Maven Central on this machine's Java. `npm run neo4j` keeps one running until
// Ctrl-C; the tests start their own. A started server ends with the process that started it, whatever ends that.

import { pathToFileURL } from 'node:url';
import { createContainer } from './neo4j-container.mjs';
import { createFromJars, releasesOnJava } from './neo4j-jars.mjs';
import { checkVersion, hasDocker, howToGetOne, RELEASES } from './neo4j-releases.mjs';

const usage = `Usage: npm run neo4j [-- VERSION]

Starts a Neo4j for development, with a data folder, a random password and free ports of its own, and prints how to
reach it. Ctrl-C stops it and throws its data away. VERSION is one of ${RELEASES.map(({ version }) => version).join(', ')};
without it, the newest that this machine can run, or none where NEO4J_URI names one. Jars are kept in .cache.`;

/**
 * A server of its own. `kill` ends it at once, `start` brings it back with the same address and data, `stop` ends it
 * and throws its data away. One that was there before (NEO4J_URI) is neither started nor stopped.
 * @typedef {{ uri: string, username: string, password: string, version: string, pid?: number,
 *   kill(): Promise<void>, start(): Promise<void>, stop(): Promise<void> }} Neo4jServer
 * @typedef {{ version?: string, heapMegabytes?: number, pageCacheMegabytes?: number, certificateFolder?: string }} Neo4jOptions
 * `certificateFolder` holds `private.key` and `public.crt`, in PEM: then connections are encrypted, and none is taken without.
 */

/**
 * The server that the environment names (`PREFIX_URI`, `PREFIX_USERNAME`, `PREFIX_PASSWORD`), else one that is started.
 * @param {Neo4jOptions} [options]
 * @returns {Promise<Neo4jServer>}
 */
export async function findNeo4j(options = {}, prefix = 'NEO4J') {
  const uri = process.env[`${prefix}_URI`];
  if (!uri) return startAs(options, prefix);
  const username = process.env[`${prefix}_USERNAME`] ?? 'neo4j';
  const password = process.env[`${prefix}_PASSWORD`] ?? '';
  const nothing = async () => {};
  return { uri, username, password, version: `at ${prefix}_URI`, kill: nothing, start: nothing, stop: nothing };
}

/** Where there is none, the line names the variables of that prefix. */
async function startAs(options, prefix) {
  try {
    return await startNeo4j(options);
  } catch (error) {
    throw error.message === howToGetOne ? new Error(howToGetOne.replaceAll('NEO4J', prefix)) : error;
  }
}

/**
 * @param {Neo4jOptions} [options] sizes of the heap and of the page cache; absent: 1 GiB and 256 MiB
 * @returns {Promise<Neo4jServer>}
 * @throws with the line that says how to get one, where there is none to be had
 */
export async function startNeo4j(options = {}) {
  checkVersion(options.version);
  const server = hasDocker() ? await createSomewhere(options) : await createFromJars(options);
  try {
    await server.start();
    return server;
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** An engine that has no image and cannot fetch one is no reason to fail where Java is. */
async function createSomewhere(options) {
  try {
    return await createContainer(options);
  } catch (error) {
    const onJava = releasesOnJava();
    if (!(options.version === undefined ? onJava.length > 0 : onJava.includes(options.version))) throw error;
    console.error(`${error.message.trim()}\ntaking Java instead`);
    return createFromJars(options);
  }
}

/** Releases that can be started here, newest first; none where there is neither Docker nor Java with the jars or Maven. */
export function runnableReleases() {
  return hasDocker() ? RELEASES.map(({ version }) => version) : releasesOnJava();
}

async function main(args) {
  const [argument] = args;
  if (argument === '--help' || argument === '-h') return console.log(usage);
  if (args.length > 1 || argument?.startsWith('-')) throw new Error(`\`${args.join(' ')}\` is not known\n\n${usage}`);
  if (argument === undefined && process.env.NEO4J_URI)
    return console.log(`NEO4J_URI is set to ${process.env.NEO4J_URI}: that one is taken, and none is started`);
  await keepRunning(argument === undefined ? {} : { version: argument });
}

async function keepRunning(options) {
  const alive = setInterval(() => {}, 60_000);
  const stopped = new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => resolve());
  });
  const starting = startNeo4j(options);
  const server = await Promise.race([starting, stopped]);
  if (server) {
    console.log(
      `Neo4j ${server.version} is ready\nNEO4J_URI=${server.uri}\nNEO4J_USERNAME=${server.username}\nNEO4J_PASSWORD=${server.password}\nCtrl-C stops it and throws its data away`,
    );
    await stopped;
    await server.stop();
  }
  clearInterval(alive);
  // Stopped while it was starting: what watches it ends it with this process.
  if (!server) process.exit(130);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  main(process.argv.slice(2)).catch((error) => {
    console.error(error.message);
    process.exit(1);
  });
