// Node 24, whose SQLite module is built in, beside the Node that runs this: installed once, as the npm package `node`,
// under .cache, and its path printed. For the tests that run under both.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const version = '24';
const folder = fileURLToPath(new URL(`../.cache/node-${version}`, import.meta.url));
const binary = `${folder}/node_modules/node/bin/node${process.platform === 'win32' ? '.exe' : ''}`;

if (!existsSync(binary)) {
  console.error(`installing Node ${version} under .cache (once) …`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/package.json`, '{ "private": true }\n');
  const { status, error } = spawnSync(
    'npm',
    ['install', '--no-audit', '--no-fund', '--loglevel=error', `node@${version}`],
    {
      cwd: folder,
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32',
    },
  );
  if (status !== 0 || !existsSync(binary)) {
    console.error(`Node ${version} could not be installed from the npm registry${error ? `: ${error.message}` : ''}`);
    process.exit(1);
  }
}
console.log(binary);
