// Types, lint and format of the whole tree.
import { build, run, setUp } from './setup.mjs';

setUp();
build();
run(process.execPath, ['node_modules/@biomejs/biome/bin/biome', 'check', '.']);
