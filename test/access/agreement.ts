import { expect } from '@jest/globals';
import fc from 'fast-check';
import { createManualClock } from '../../src/kernel/clock.js';
import { caseInstant } from '../corpus/access-case.js';
import { ask } from '../corpus/ask.js';
import { createEstate } from '../estate/estate-text.js';
import { createMemoryLog, type MemoryLog } from '../estate/memory-log.js';
import { randomHistory } from '../estate/random-estate.js';
import { createOracleEngine } from '../oracle/oracle-engine.js';
import type { MakeEngine } from './make-engine.js';
import { propertyRuns } from './property-runs.js';
import { sampleQuestions } from './random-questions.js';

/**
 * Builds the same history for an engine that follows its commits and for one that starts from its last snapshot, and
 * expects of both what the oracle says, so many times. A failure shows the estate and the question: both go into the corpus as they are.
 */
export async function checkAgreement(
  makeEngine: MakeEngine,
  questionsOf: (log: MemoryLog) => fc.Arbitrary<string>,
  runs = 25,
) {
  await fc.assert(
    fc.asyncProperty(randomHistory(), fc.nat(), async (history, seed) => {
      const { read } = createEstate();
      const clock = createManualClock(caseInstant);
      const log = createMemoryLog(read(history[0] ?? ''));
      const following = await makeEngine(log, clock);
      for (const text of history.slice(1)) log.commit(read(text));
      await following.catchUp((await log.head()).revision);
      const starting = await makeEngine(log, clock);
      const oracle = createOracleEngine(log, clock);
      const tenants = log.rows().nodes.flatMap(({ node }) => (node.kind === 'Tenant' ? [node.id] : []));
      for (const question of sampleQuestions(questionsOf(log), { seed, numRuns: 50 })) {
        const expected = { question, answer: await ask(oracle, tenants, question) };
        expect({ question, answer: await ask(following, tenants, question) }).toEqual(expected);
        expect({ question, answer: await ask(starting, tenants, question) }).toEqual(expected);
      }
      await Promise.all([following.close(), starting.close()]);
    }),
    { numRuns: propertyRuns(runs) },
  );
}
