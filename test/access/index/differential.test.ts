import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { EffectiveQuestion, WhoCanQuestion } from '../../../src/access/access-engine.js';
import { createIndexEngine, type IndexEngine } from '../../../src/access/index/index-engine.js';
import type { Revision } from '../../../src/graph/ids.js';
import type { Instant } from '../../../src/kernel/clock.js';
import { createManualClock } from '../../../src/kernel/clock.js';
import { idOfName } from '../../estate/estate-names.js';
import { createEstate } from '../../estate/estate-text.js';
import { createMemoryLog, type MemoryLog } from '../../estate/memory-log.js';
import { createOracle } from '../../oracle/oracle.js';
import { estateTexts, identities, permissions, resources } from './random-estate.js';

const now = 10;
const all = 1_000;

async function engineOn(log: MemoryLog): Promise<IndexEngine> {
  const engine = createIndexEngine({ log, clock: createManualClock(now) });
  await engine.catchUp(log.commits().length);
  return engine;
}

/** One commit for each text. */
function logOf(texts: readonly string[]): MemoryLog {
  const { read } = createEstate();
  return createMemoryLog(...texts.map(read));
}

const effectiveQuestions: readonly Omit<EffectiveQuestion, 'identity' | 'first'>[] = [
  { orderBy: 'PERMISSION' },
  { orderBy: 'TIER' },
  { orderBy: 'DEPTH', inheritedOnly: true },
  { standing: 'ELIGIBLE' },
  { standing: 'LATENT' },
  { standing: 'LATENT_ELIGIBLE' },
  { resource: idOfName('/a/x') },
  { resource: idOfName('/b'), standing: 'LATENT' },
  { context: { env: 'prod' }, decisions: ['ALLOWED', 'UNKNOWN'] },
  { context: { env: 'test' }, origins: ['DIRECT'] },
  { includeAssume: true },
  { includeAssume: true, resource: idOfName('/a') },
];
const whoQuestions: readonly Omit<WhoCanQuestion, 'permission' | 'first'>[] = [
  {},
  { resource: idOfName('/') },
  { resource: idOfName('/a/x') },
  { resource: idOfName('/a'), inheritedOnly: true },
  { standing: 'LATENT' },
  { standing: 'ELIGIBLE', resource: idOfName('/a') },
  { includeAssume: true, resource: idOfName('/a') },
];

/** Everything that the engine answers at the pair, against what the oracle does. */
async function checkAnswers(engine: IndexEngine, log: MemoryLog, revision: Revision, at: Instant): Promise<void> {
  const oracle = createOracle(log.rows(), revision, at);
  const pair = { revision, at };
  for (const identity of identities) {
    for (const each of effectiveQuestions) {
      const question = { ...each, ...pair, identity: idOfName(identity) };
      const { items } = await engine.effectivePermissions({ ...question, first: all });
      // The oracle's `T` is of steps 1 to 5: it leaves out what an unknown state hides, which must not look like nothing.
      if (each.includeAssume && items.some((row) => row.decision === 'UNKNOWN')) continue;
      expect({ ...each, identity, items }).toEqual({ ...each, identity, items: oracle.effectivePermissions(question) });
    }
    const { asOf: _, completeness: __, ...counts } = await engine.summary({ ...pair, identity: idOfName(identity) });
    expect({ identity, counts }).toEqual({ identity, counts: oracle.summary({ identity: idOfName(identity) }) });
    for (const permission of permissions)
      for (const resource of resources) {
        const question = {
          identity: idOfName(identity),
          permission: idOfName(permission),
          resource: idOfName(resource),
        };
        const { decision } = await engine.decide({ ...question, ...pair });
        expect({ ...question, decision }).toEqual({ ...question, decision: oracle.decide(question) });
        const acted = { ...question, onBehalfOf: idOfName(identities[0]) };
        const answer = await engine.decide({ ...acted, ...pair });
        expect({ ...acted, decision: answer.decision }).toEqual({ ...acted, decision: oracle.decide(acted) });
      }
  }
  for (const permission of permissions)
    for (const each of whoQuestions) {
      const question = { ...each, ...pair, permission: idOfName(permission) };
      const { items } = await engine.whoCan({ ...question, first: all });
      if (each.includeAssume && items.some((row) => row.decision === 'UNKNOWN')) continue;
      expect({ ...each, permission, items }).toEqual({ ...each, permission, items: oracle.whoCan(question) });
    }
}

describe('the index beside the slow oracle', () => {
  it('answers alike on any estate', async () => {
    await fc.assert(
      fc.asyncProperty(estateTexts(1), async (texts) => {
        const log = logOf(texts);
        const engine = await engineOn(log);
        await checkAnswers(engine, log, log.commits().length, now);
        await engine.close();
      }),
      { numRuns: 60 },
    );
  });

  it('answers alike whether it was built from a snapshot or followed the commits, at any revision and instant', async () => {
    await fc.assert(
      fc.asyncProperty(estateTexts(3), fc.nat(20), async (texts, at) => {
        const log = logOf(texts.slice(0, 1));
        const engine = await engineOn(log);
        const { read } = createEstate();
        for (const text of texts) log.commit(read(text));
        const head = log.commits().length;
        await engine.catchUp(head);
        for (const revision of [head, 1, head - 1]) if (revision > 0) await checkAnswers(engine, log, revision, at);
        await engine.close();
      }),
      { numRuns: 15 },
    );
  });
});
