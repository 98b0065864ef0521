// Types, lint and format of the whole tree.
import { build, run, setUp } from './setup.mjs';

await setUp();
await build();
await run(process.execPath, ['node_modules/@biomejs/biome/bin/biome', 'check', '.']);
