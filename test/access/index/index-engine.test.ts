import { describe, it } from '@jest/globals';
import { createIndexEngine } from '../../../src/access/index/index-engine.js';
import { describeLaws } from '../../laws/laws-suite.js';
import { describeCorpus } from '../access-engine-suite.js';
import { checkAgreement } from '../agreement.js';
import type { MakeEngine } from '../make-engine.js';
import { decisionQuestions, rowQuestions } from '../random-questions.js';

const makeEngine: MakeEngine = async (log, clock) => {
  const engine = createIndexEngine({ log, clock });
  await engine.catchUp((await log.head()).revision);
  return engine;
};

describeCorpus('the index', makeEngine);
describeLaws('the index', makeEngine);

describe('the index, following a random history or starting at its end, agrees with the oracle', () => {
  it('on decisions and on who can', () => checkAgreement(makeEngine, decisionQuestions));
  it('on rows, their order, exceptions, origins and counts', () => checkAgreement(makeEngine, rowQuestions));
});
