// Every test: installs what is missing, builds, checks types, lint and format, runs Jest on what was built.
// Arguments are Jest's: `npm test -- settle` runs the files whose path holds that word.
import { build, run, setUp } from './setup.mjs';

setUp();
build();
const jestArguments = process.argv.slice(2);
if (jestArguments.length === 0) run(process.execPath, ['node_modules/@biomejs/biome/bin/biome', 'check', '.']);
run(process.execPath, [
  '--experimental-vm-modules',
  '--no-warnings',
  'node_modules/jest/bin/jest.js',
  ...jestArguments,
]);
