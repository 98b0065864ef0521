import { createOracleEngine } from '../oracle/oracle-engine.js';
import { describeLaws } from './laws-suite.js';

describeLaws('the oracle', async (log, clock) => createOracleEngine(log, clock));
