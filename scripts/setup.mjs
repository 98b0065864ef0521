// Makes sure that what package-lock.json names is installed, and says so while it works.
// `npm install` and not `npm ci`: the lock file may lack other platforms' optional binaries, which `npm ci` refuses.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const minimumNode = [20, 19];
/** What the compiler reads; the younger of these than `builtStamp` are not built yet. */
const compiled = ['package-lock.json', 'tsconfig.json', 'src', 'resolvers', 'test', 'bench'];
const builtStamp = join(root, 'dist', '.built');

export async function setUp() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < minimumNode[0] || (major === minimumNode[0] && minor < minimumNode[1])) {
    console.error(`Node ${minimumNode.join('.')} or newer is needed, this is ${process.versions.node}`);
    process.exit(1);
  }
  if (isInstalled()) return;
  console.error('installing packages (once; about half a minute) …');
  await run('npm', ['install', '--no-audit', '--no-fund', '--no-save', '--loglevel=error']);
}

export async function build() {
  rmSync(builtStamp, { force: true });
  await run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json']);
  writeFileSync(builtStamp, '');
}

/** Builds unless nothing that is compiled has changed since the last build that went well. */
export async function buildIfStale() {
  if (existsSync(builtStamp) && compiled.every((path) => newestIn(join(root, path)) < modifiedAt(builtStamp))) return;
  console.error('building …');
  await build();
}

/** Ends this process with the command's status unless that is 0. */
export async function run(command, args, env = {}) {
  const status = await statusOf(command, args, env);
  if (status !== 0) process.exit(status);
}

/** Whether the command succeeded. */
export async function runToEnd(command, args, env = {}) {
  return (await statusOf(command, args, env)) === 0;
}

/** A signal that would end this process ends the command first, so that nothing works on behind its back, and then this. */
function statusOf(command, args, env) {
  const child = spawn(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
    shell: process.platform === 'win32' && command === 'npm',
  });
  let told = false;
  const passOn = (signal) => {
    told = true;
    child.kill(signal);
  };
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, passOn);
  return new Promise((done) => {
    const end = (status) => {
      for (const signal of ['SIGTERM', 'SIGINT']) process.off(signal, passOn);
      done(status);
    };
    child.once('error', (error) => {
      console.error(`${command} could not be started: ${error.message}`);
      end(1);
    });
    child.once('close', (code, signal) => {
      const status = code ?? (signal === 'SIGINT' ? 130 : 143);
      if (told) process.exit(status || 143);
      end(status);
    });
  });
}

function isInstalled() {
  const marker = join(root, 'node_modules', '.package-lock.json');
  return existsSync(marker) && modifiedAt(marker) >= modifiedAt(join(root, 'package-lock.json'));
}

/** When the file, or whatever lies in the folder, was last changed, in milliseconds. */
function newestIn(path) {
  if (!statSync(path).isDirectory()) return modifiedAt(path);
  const entries = readdirSync(path, { withFileTypes: true, recursive: true });
  return Math.max(modifiedAt(path), ...entries.map((entry) => modifiedAt(join(entry.parentPath, entry.name))));
}

function modifiedAt(path) {
  return statSync(path).mtimeMs;
}
