import { describe, expect, it } from '@jest/globals';
import { type Decision, decide, higher, lower, type Reach, reconcile } from '../../src/graph/decision.js';
import { highest, lowest, readTwice, type Settled, tableOf } from './decision-table.js';
import type { Truth } from './truth.js';

/** Entries that amount to each reach, in more than one way. */
const entriesOf: { readonly [Each in Reach]: readonly (readonly Truth[])[] } = {
  NONE: [[], [false], [false, false]],
  CONDITIONAL: [[undefined], [undefined, false], [undefined, undefined]],
  UNCONDITIONAL: [[true], [undefined, true], [true, false]],
};
const reaches = Object.keys(entriesOf) as readonly Reach[];
const settled: readonly Settled[] = ['DENIED', 'NOT_GRANTED', 'CONDITIONAL', 'ALLOWED'];

describe('the table of decisions', () => {
  it.each(reaches.flatMap((allow) => reaches.map((deny) => [allow, deny] as const)))(
    'reads allows of reach %s and denies of reach %s as the oracle reads their entries',
    (allow, deny) => {
      const readings = entriesOf[allow].flatMap((allows) => entriesOf[deny].map((denies) => tableOf(allows, denies)));
      expect([...new Set(readings)]).toEqual([decide(allow, deny)]);
    },
  );

  it('orders and reconciles every two decisions as the oracle does', () => {
    const both = settled.flatMap((a) => settled.map((b) => [a, b] as const));
    const told = both.map(([a, b]): readonly Decision[] => [lower(a, b), higher(a, b), reconcile(a, b)]);
    expect(told).toEqual(both.map(([a, b]) => [lowest(a, b), highest(a, b), readTwice(a, b)]));
  });
});
