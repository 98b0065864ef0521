import { describeGraphStore } from './graph-store-suite.js';
import { describeSideStore } from './side-store-suite.js';
import { openTemporarySqlite } from './sqlite-fixture.js';

describeGraphStore('SQLite', openTemporarySqlite);
describeSideStore('SQLite', openTemporarySqlite);
