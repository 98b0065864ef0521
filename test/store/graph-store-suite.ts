import { describe } from '@jest/globals';
import { describeCommits } from './commit-suite.js';
import { describeExport } from './export-suite.js';
import { describeLog } from './log-suite.js';
import { describeModel } from './model-suite.js';
import { describeReaders } from './reader-suite.js';
import { describeScopes } from './scope-suite.js';
import { describeSnapshots } from './snapshot-suite.js';
import type { OpenStore } from './store-fixture.js';

/** The contract of `GraphStore`, line by line; one line an adapter runs it. `open` gives an empty store each time. */
export function describeGraphStore(name: string, open: OpenStore): void {
  describe(`GraphStore on ${name}`, () => {
    describeCommits(open);
    describeReaders(open);
    describeScopes(open);
    describeLog(open);
    describeSnapshots(open);
    describeExport(open);
    describeModel(open);
  });
}
