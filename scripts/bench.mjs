// Every benchmark, in one run, printed as ratios. Arguments: names of benchmarks, none for all.
import { build, run, setUp } from './setup.mjs';

await setUp();
await build();
await run(process.execPath, [
  '--no-warnings',
  '--max-old-space-size=8192',
  '--max-semi-space-size=64',
  '--expose-gc',
  'dist/bench/main.js',
  ...process.argv.slice(2),
]);
