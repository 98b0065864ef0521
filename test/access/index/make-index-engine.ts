import { createIndexEngine } from '../../../src/access/index/index-engine.js';
import type { MakeEngine } from '../make-engine.js';

export const makeIndexEngine: MakeEngine = async (log, clock) => {
  const engine = createIndexEngine({ log, clock });
  await engine.catchUp((await log.head()).revision);
  return engine;
};
