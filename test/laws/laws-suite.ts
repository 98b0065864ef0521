import { describe } from '@jest/globals';
import type { MakeEngine } from '../access/make-engine.js';
import { describeAnswerLaws } from './answer-laws.js';
import { describeChangeLaws } from './change-laws.js';
import { describeInvarianceLaws } from './invariance-laws.js';

/** The laws of `docs/model.md`, on random estates. */
export function describeLaws(name: string, makeEngine: MakeEngine): void {
  describe(`${name} keeps the laws`, () => {
    describeChangeLaws(makeEngine);
    describeAnswerLaws(makeEngine);
    describeInvarianceLaws(makeEngine);
  });
}
