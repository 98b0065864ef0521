import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { WhoCanQuestion } from '../../../src/access/access-engine.js';
import { createManualClock } from '../../../src/kernel/clock.js';
import { caseInstant } from '../../corpus/access-case.js';
import { randomHistory } from '../../estate/random-estate.js';
import { worldOf } from '../../laws/world.js';
import { createOracleEngine } from '../../oracle/oracle-engine.js';
import { propertyRuns } from '../property-runs.js';
import { makeIndexEngine } from './make-index-engine.js';

const narrowings: readonly Partial<WhoCanQuestion>[] = [
  {},
  { inheritedOnly: true },
  { origins: ['DIRECT'] },
  { types: ['SERVICE_ACCOUNT'] },
  { decisions: ['CONDITIONAL', 'UNKNOWN'] },
];

describe('who can, on random estates', () => {
  it('is every row of the oracle, with its scopes, origins and depth, at any scope and at each resource', async () => {
    await fc.assert(
      fc.asyncProperty(randomHistory(), fc.constantFrom(...narrowings), async (history, narrowing) => {
        const { log, engine, permissions, places } = await worldOf(makeIndexEngine, ...history);
        const oracle = createOracleEngine(log, createManualClock(caseInstant));
        for (const place of [...permissions.map((permission) => ({ permission })), ...places]) {
          const question = { ...place, ...narrowing, first: 1000 };
          const { items, totalCount } = await oracle.whoCan(question);
          expect({ question, ...(await engine.whoCan(question)) }).toMatchObject({ question, items, totalCount });
        }
        await engine.close();
      }),
      { numRuns: propertyRuns(15) },
    );
  });
});
