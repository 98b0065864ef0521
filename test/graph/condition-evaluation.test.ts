import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Condition } from '../../src/graph/condition.js';
import { conditionText, evaluateCondition } from '../../src/graph/condition-evaluation.js';
import type { JsonObject } from '../../src/graph/node.js';

type Comparison = Extract<Condition, { kind: 'compare' }>;
const compare = (operator: Comparison['operator'], ...values: Comparison['values'][number][]): Condition => ({
  kind: 'compare',
  key: 'k',
  operator,
  values,
});
const opaque: Condition = { kind: 'opaque', text: 'request.time.getHours() < 17' };
const yes = compare('EQUALS', 1);
const no = compare('EQUALS', 2);
const context = { k: 1 };

describe('evaluateCondition', () => {
  it.each<[string, Condition, JsonObject | undefined, string]>([
    ['never settles what it cannot judge', opaque, context, 'unsettled'],
    ['does not settle a comparison without a context', yes, undefined, 'unsettled'],
    ['does not settle a comparison whose key is absent', yes, { other: 1 }, 'unsettled'],
    [
      'does not take a key from the prototype',
      { ...compare('LIKE', '*'), key: 'toString' } as Condition,
      {},
      'unsettled',
    ],
    ['settles any one of several values', compare('EQUALS', 'a', 'b'), { k: 'b' }, 'true'],
    ['settles any one of several held values', compare('EQUALS', 'a'), { k: ['x', 'a'] }, 'true'],
    ['settles an empty list false', compare('EQUALS', 'a'), { k: [] }, 'false'],
    ['settles no values at all false', compare('EQUALS'), { k: 'a' }, 'false'],
    ['does not compare a number with a string', compare('EQUALS', '1'), { k: 1 }, 'unsettled'],
    ['does not compare null', compare('EQUALS', '1'), { k: null }, 'unsettled'],
    ['lets a true part settle an uncomparable one', compare('EQUALS', '1', 1), { k: 1 }, 'true'],
    ['respects letter case', compare('EQUALS', 'A'), { k: 'a' }, 'false'],
    ['ignores letter case where asked', compare('EQUALS_IGNORE_CASE', 'ÅSE'), { k: 'åse' }, 'true'],
    ['matches wildcards', compare('LIKE', 'arn:*:role/?x'), { k: 'arn:aws:1:role/ax' }, 'true'],
    ['refuses what wildcards do not match', compare('LIKE', 'a*b'), { k: 'ba' }, 'false'],
    ['orders numbers by size', compare('LESS', 10), { k: 9 }, 'true'],
    ['orders text by its bytes', compare('LESS', '10'), { k: '9' }, 'false'],
    ['holds at most at equality', compare('LESS_OR_EQUAL', 9), { k: 9 }, 'true'],
    ['does not hold above at equality', compare('GREATER', 9), { k: 9 }, 'false'],
    ['holds at least at equality', compare('GREATER_OR_EQUAL', 9), { k: 9 }, 'true'],
    ['does not order booleans', compare('GREATER', false), { k: true }, 'unsettled'],
  ])('%s', (_title, condition, given, truth) => {
    expect(evaluateCondition(condition, given)).toBe(truth);
  });

  it.each<[string, Condition, string]>([
    ['negation keeps the unsettled', { kind: 'not', of: opaque }, 'unsettled'],
    ['negation turns the settled', { kind: 'not', of: yes }, 'false'],
    ['a false part settles a conjunction', { kind: 'all', of: [opaque, no] }, 'false'],
    ['an unsettled part leaves a conjunction open', { kind: 'all', of: [opaque, yes] }, 'unsettled'],
    ['a true part settles a disjunction', { kind: 'any', of: [opaque, yes] }, 'true'],
    ['an unsettled part leaves a disjunction open', { kind: 'any', of: [opaque, no] }, 'unsettled'],
    ['nothing to fulfil is true', { kind: 'all', of: [] }, 'true'],
    ['nothing to choose from is false', { kind: 'any', of: [] }, 'false'],
  ])('%s', (_title, condition, truth) => {
    expect(evaluateCondition(condition, context)).toBe(truth);
  });

  it('never takes back what it settled when the context learns more', () => {
    fc.assert(
      fc.property(someCondition, someContext, someContext, (condition, less, extra) => {
        const before = evaluateCondition(condition, less);
        const after = evaluateCondition(condition, { ...extra, ...less });
        expect(before === 'unsettled' || before === after).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('agrees with the numbers 0, ½ and 1 under minimum, maximum and complement', () => {
    const degree = { false: 0, unsettled: 0.5, true: 1 };
    const naive = (condition: Condition, given: JsonObject): number => {
      if (condition.kind === 'not') return 1 - naive(condition.of, given);
      if (condition.kind === 'all') return Math.min(1, ...condition.of.map((part) => naive(part, given)));
      if (condition.kind === 'any') return Math.max(0, ...condition.of.map((part) => naive(part, given)));
      return degree[evaluateCondition(condition, given)];
    };
    fc.assert(
      fc.property(someCondition, someContext, (condition, given) => {
        expect(degree[evaluateCondition(condition, given)]).toBe(naive(condition, given));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('conditionText', () => {
  it('reads as a sentence', () => {
    const condition: Condition = {
      kind: 'all',
      of: [
        { kind: 'any', of: [compare('EQUALS', 'eu', 'us'), opaque] },
        { kind: 'not', of: compare('LESS', 3) },
      ],
    };
    expect(conditionText(condition)).toBe(
      '(k equals "eu" or "us" or request.time.getHours() < 17) and not (k is less than 3)',
    );
  });

  it('names what is empty', () => {
    expect(conditionText({ kind: 'all', of: [] })).toBe('always');
    expect(conditionText({ kind: 'any', of: [] })).toBe('never');
  });
});

const someContext = fc.dictionary(fc.constantFrom('k', 'l'), fc.constantFrom(1, 2, 'a', null));
const { someCondition } = fc.letrec<{ someCondition: Condition }>((tie) => ({
  someCondition: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constant(opaque),
    fc.record({
      kind: fc.constant('compare' as const),
      key: fc.constantFrom('k', 'l'),
      operator: fc.constantFrom('EQUALS' as const, 'LESS' as const),
      values: fc.array(fc.constantFrom(1, 2, 'a'), { maxLength: 2 }),
    }),
    fc.record({ kind: fc.constant('not' as const), of: tie('someCondition') }),
    fc.record({ kind: fc.constant('all' as const), of: fc.array(tie('someCondition'), { maxLength: 3 }) }),
    fc.record({ kind: fc.constant('any' as const), of: fc.array(tie('someCondition'), { maxLength: 3 }) }),
  ),
}));
