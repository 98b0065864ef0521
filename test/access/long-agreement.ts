import { expect } from '@jest/globals';
import fc from 'fast-check';
import { createManualClock } from '../../src/kernel/clock.js';
import { ask } from '../corpus/ask.js';
import { createEstate } from '../estate/estate-text.js';
import { createMemoryLog } from '../estate/memory-log.js';
import { instants, type LongStep, randomLongHistory } from '../estate/random-estate.js';
import { createOracleEngine } from '../oracle/oracle-engine.js';
import type { MakeEngine } from './make-engine.js';
import { propertyRuns } from './property-runs.js';
import { decisionQuestions, pathQuestions, rowQuestions, sampleQuestions } from './random-questions.js';

/** Before every window of a random estate, so that all of them open and close while the history goes on. */
const beginning = (instants[0] ?? 0) - 1;

/**
 * Asks the engine after every commit of a long history, as time passes, and at its end one that starts from the last
 * snapshot: about now and about earlier, in any order. The oracle says what is right. Tried `runs` times.
 */
export async function checkLongAgreement(makeEngine: MakeEngine, runs = 8): Promise<void> {
  await fc.assert(
    fc.asyncProperty(randomLongHistory(), fc.nat(), ({ estate, steps }, seed) =>
      checkHistory(makeEngine, { estate, steps }, seed),
    ),
    { numRuns: propertyRuns(runs) },
  );
}

async function checkHistory(
  makeEngine: MakeEngine,
  { estate, steps }: { readonly estate: string; readonly steps: readonly LongStep[] },
  firstSeed: number,
): Promise<void> {
  const { read } = createEstate();
  const clock = createManualClock(beginning);
  const log = createMemoryLog(read(estate));
  const following = await makeEngine(log, clock);
  const oracle = createOracleEngine(log, clock);
  let seed = firstSeed;
  const questions = () => {
    const any = fc.oneof(decisionQuestions(log), rowQuestions(log), pathQuestions(log));
    return sampleQuestions(any, { seed: seed++, numRuns: 8 });
  };
  const compare = async (engine: typeof following) => {
    const tenants = log.rows().nodes.flatMap(({ node }) => (node.kind === 'Tenant' ? [node.id] : []));
    for (const question of questions()) {
      const about = { question, at: clock.now(), revision: log.commits().length };
      const answer = await ask(engine, tenants, question);
      expect({ ...about, answer }).toEqual({ ...about, answer: await ask(oracle, tenants, question) });
    }
  };
  for (const { text, passes } of steps) {
    log.commit(read(text));
    clock.advance(passes);
    await following.catchUp(log.commits().length);
    await compare(following);
  }
  const starting = await makeEngine(log, clock);
  await compare(starting);
  await Promise.all([following.close(), starting.close()]);
}
