// `npm start` and `npm run demo`: installs and builds what is missing, then runs the command line in this process, so
// that a signal to it reaches the service. package.json starts it with `exec`, so that npm's shell is not in between.
import { buildIfStale, setUp } from './setup.mjs';

await setUp();
await buildIfStale();
await import('../dist/src/main.js');
