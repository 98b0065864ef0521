// Makes sure that what package-lock.json names is installed, and says so while it works.
// `npm install` and not `npm ci`: the lock file may lack other platforms' optional binaries, which `npm ci` refuses.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const minimumNode = [20, 19];

export function setUp() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < minimumNode[0] || (major === minimumNode[0] && minor < minimumNode[1])) {
    console.error(`Node ${minimumNode.join('.')} or newer is needed, this is ${process.versions.node}`);
    process.exit(1);
  }
  if (isInstalled()) return;
  console.error('installing packages (once; about half a minute) …');
  run('npm', ['install', '--no-audit', '--no-fund', '--no-save', '--loglevel=error']);
}

export function build() {
  run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json']);
}

/** Ends this process with the command's status unless that is 0. */
export function run(command, args, env = {}) {
  const status = statusOf(command, args, env);
  if (status !== 0) process.exit(status);
}

/** Whether the command succeeded. */
export function runToEnd(command, args, env = {}) {
  return statusOf(command, args, env) === 0;
}

function statusOf(command, args, env) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
    shell: process.platform === 'win32' && command === 'npm',
  });
  if (error) console.error(`${command} could not be started: ${error.message}`);
  return status ?? 1;
}

function isInstalled() {
  const marker = `${root}node_modules/.package-lock.json`;
  return existsSync(marker) && statSync(marker).mtimeMs >= statSync(`${root}package-lock.json`).mtimeMs;
}
