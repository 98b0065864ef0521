import { createIndexEngine } from '../../../src/access/index/index-engine.js';
import { describeLaws } from '../../laws/laws-suite.js';
import { describeAccessEngine } from '../access-engine-suite.js';
import type { MakeEngine } from '../make-engine.js';

const makeEngine: MakeEngine = async (log, clock) => {
  const engine = createIndexEngine({ log, clock });
  await engine.catchUp((await log.head()).revision);
  return engine;
};

describeAccessEngine('the index', makeEngine);
describeLaws('the index', makeEngine);
