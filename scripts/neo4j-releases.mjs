// Which releases of Neo4j there are for this project, and with what this machine can run them.

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Newest first; each with the least Java it runs on. */
export const RELEASES = [
  { version: '2026.09.0', leastJava: 21 },
  { version: '5.26.18', leastJava: 17 },
];

export const howToGetOne =
  'no Neo4j: set NEO4J_URI (with NEO4J_USERNAME and NEO4J_PASSWORD), or start Docker, or install Java 17 or newer and Maven (Debian: apt-get install default-jdk-headless maven)';

/** A container engine that runs, not only its client. */
export const hasDocker = () => hasCommand('docker', ['version', '--format', '{{.Server.Version}}']);
export const hasMaven = () => hasCommand('mvn', ['-v']);

/** @throws where the version is none of `RELEASES` */
export function checkVersion(version) {
  if (version === undefined || RELEASES.some((release) => release.version === version)) return;
  const known = RELEASES.map((release) => release.version).join(' or ');
  throw new Error(`Neo4j \`${version}\` is not known here; take ${known}`);
}

/** Every Java found, oldest first: JAVA_HOME's, the PATH's and those in the usual folder. */
export function findJavas() {
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
  return spawnSync(command, args, { stdio: 'ignore', shell: process.platform === 'win32' }).status === 0;
}
