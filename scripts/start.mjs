// `npm start` and `npm run demo`: installs and builds what is missing, then runs the command line in this process, so
// that a signal to it reaches the service.
import { build, setUp } from './setup.mjs';

setUp();
build();
await import('../dist/src/main.js');
