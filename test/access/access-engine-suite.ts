import { describe, expect, it } from '@jest/globals';
import { createManualClock } from '../../src/kernel/clock.js';
import { type AccessCase, caseInstant } from '../corpus/access-case.js';
import { ask } from '../corpus/ask.js';
import { corpus } from '../corpus/corpus.js';
import { createEstate } from '../estate/estate-text.js';
import { createMemoryLog } from '../estate/memory-log.js';
import { checkAgreement } from './agreement.js';
import { checkLongAgreement } from './long-agreement.js';
import type { MakeEngine } from './make-engine.js';
import { decisionQuestions, pathQuestions, rowQuestions } from './random-questions.js';

/** What an engine must answer: the corpus, and what the oracle says of random estates. The laws are `describeLaws`. */
export function describeAccessEngine(name: string, makeEngine: MakeEngine): void {
  describeCorpus(name, makeEngine);
  describeAgreement(name, makeEngine);
}

/** An engine that followed a random history = one built from its last snapshot = the oracle; tried `runs` times each. */
export function describeAgreement(name: string, makeEngine: MakeEngine, runs?: number): void {
  describe(`${name}, following a random history or starting at its end, agrees with the oracle`, () => {
    it('on decisions and on who can', () => checkAgreement(makeEngine, decisionQuestions, runs));
    it('on rows, their order, exceptions, origins and counts', () => checkAgreement(makeEngine, rowQuestions, runs));
    it('on paths, their order, and on near misses', () => checkAgreement(makeEngine, pathQuestions, runs));
    it('all along a long history, as time passes', () => checkLongAgreement(makeEngine, runs));
  });
}

/** What every engine answers: the corpus, line by line. */
export function describeCorpus(name: string, makeEngine: MakeEngine): void {
  describe(`${name}, asked the corpus`, () => {
    for (const each of corpus) it(each.name, () => checkCase(each, makeEngine));
  });
}

async function checkCase({ estate, asks }: AccessCase, makeEngine: MakeEngine): Promise<void> {
  const { read } = createEstate();
  const texts = typeof estate === 'string' ? [estate] : estate;
  const log = createMemoryLog(...texts.map(read));
  const engine = await makeEngine(log, createManualClock(caseInstant));
  const tenants = log.rows().nodes.flatMap(({ node }) => (node.kind === 'Tenant' ? [node.id] : []));
  const answers: Record<string, string | readonly string[]> = {};
  for (const question of Object.keys(asks)) answers[question] = await ask(engine, tenants, question);
  await engine.close();
  expect(answers).toEqual(asks);
}
