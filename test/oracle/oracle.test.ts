import { describeCorpus } from '../access/access-engine-suite.js';
import { createOracleEngine } from './oracle-engine.js';

describeCorpus('the oracle', async (log, clock) => createOracleEngine(log, clock));
