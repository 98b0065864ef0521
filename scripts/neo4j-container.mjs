// A Neo4j in a container, where an engine runs.

import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { freePorts, untilAnswers } from './bolt-port.mjs';
import { RELEASES } from './neo4j-releases.mjs';

/** @returns {Promise<import('./neo4j.mjs').Neo4jServer>} not yet started */
export async function createContainer({
  version = RELEASES[0].version,
  heapMegabytes = 1024,
  pageCacheMegabytes = 256,
  certificateFolder,
}) {
  const password = randomBytes(16).toString('hex');
  const [port] = await freePorts(1);
  const name = `identity-graph-neo4j-${randomBytes(4).toString('hex')}`;
  const settings = {
    NEO4J_AUTH: `neo4j/${password}`,
    NEO4J_dbms_usage__report_enabled: 'false',
    NEO4J_server_memory_heap_initial__size: `${Math.min(512, heapMegabytes)}m`,
    NEO4J_server_memory_heap_max__size: `${heapMegabytes}m`,
    NEO4J_server_memory_pagecache_size: `${pageCacheMegabytes}m`,
    ...(certificateFolder !== undefined && encryptionSettings),
  };
  const certificates = certificateFolder === undefined ? [] : ['-v', `${certificateFolder}:/certificates:ro`];
  const environment = Object.entries(settings).flatMap(([key, value]) => ['-e', `${key}=${value}`]);
  const settingsAndFiles = [...environment, ...certificates];
  docker('create', '--name', name, '-p', `127.0.0.1:${port}:7687`, ...settingsAndFiles, `neo4j:${version}-community`);
  const watch = removeWhenAbandoned(name);
  return {
    uri: `bolt://127.0.0.1:${port}`,
    username: 'neo4j',
    password,
    version,
    async start() {
      docker('start', name);
      if (await untilAnswers(port, undefined, certificateFolder !== undefined)) return;
      const { stdout, stderr } = spawnSync('docker', ['logs', '--tail', '40', name], { encoding: 'utf8' });
      throw new Error(`Neo4j ${version} did not start in its container:\n${stdout}${stderr}`);
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

const encryptionSettings = {
  NEO4J_server_bolt_tls__level: 'REQUIRED',
  NEO4J_dbms_ssl_policy_bolt_enabled: 'true',
  NEO4J_dbms_ssl_policy_bolt_base__directory: '/certificates',
  NEO4J_dbms_ssl_policy_bolt_private__key: 'private.key',
  NEO4J_dbms_ssl_policy_bolt_public__certificate: 'public.crt',
  NEO4J_dbms_ssl_policy_bolt_client__auth: 'NONE',
};

/** Removes the container when its standard input ends: with `stop`, or with this process, whatever ends that. */
function removeWhenAbandoned(name) {
  const watch = spawn('sh', ['-c', `cat >/dev/null; docker rm -f -v ${name} >/dev/null 2>&1`], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  for (const handle of [watch, watch.stdin]) handle.unref();
  return watch;
}

function docker(...args) {
  const { status, stderr } = spawnSync('docker', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`\`docker ${args[0]}\` failed:\n${stderr}`);
}
