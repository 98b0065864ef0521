import { assertNever } from '../kernel/assert.js';
import type { Condition } from './condition.js';
import { matchesGlob, parseGlob } from './glob.js';
import type { JsonObject, JsonValue } from './node.js';
import { compareBytes, fold } from './text.js';

/** Kleene's three values. */
export type Truth = 'true' | 'false' | 'unsettled';

type Comparison = Extract<Condition, { kind: 'compare' }>;
type Scalar = string | number | boolean;

/**
 * What the condition comes to in that context; absent: an empty one. A comparison is unsettled where the context lacks
 * its key, or holds there what the operator cannot compare (a value of another type, null, an object); an empty list
 * is compared with nothing and settles false.
 */
export function evaluateCondition(condition: Condition, context: JsonObject | undefined): Truth {
  switch (condition.kind) {
    case 'opaque':
      return 'unsettled';
    case 'compare':
      return evaluateComparison(condition, context ?? {});
    case 'not':
      return not(evaluateCondition(condition.of, context));
    case 'all':
      return not(anyOf(condition.of, (part) => not(evaluateCondition(part, context))));
    case 'any':
      return anyOf(condition.of, (part) => evaluateCondition(part, context));
    default:
      return assertNever(condition);
  }
}

/** One line for people, with JSON for values: `aws:region equals "eu" or "us" and not (mfa equals true)`. */
export function conditionText(condition: Condition): string {
  switch (condition.kind) {
    case 'opaque':
      return condition.text;
    case 'compare':
      return `${condition.key} ${operatorText[condition.operator]} ${condition.values.map((v) => JSON.stringify(v)).join(' or ') || 'nothing'}`;
    case 'not':
      return `not (${conditionText(condition.of)})`;
    case 'all':
      return joined(condition.of, ' and ') || 'always';
    case 'any':
      return joined(condition.of, ' or ') || 'never';
    default:
      return assertNever(condition);
  }
}

const operatorText = {
  EQUALS: 'equals',
  EQUALS_IGNORE_CASE: 'equals, in any letter case,',
  LIKE: 'is like',
  LESS: 'is less than',
  LESS_OR_EQUAL: 'is at most',
  GREATER: 'is greater than',
  GREATER_OR_EQUAL: 'is at least',
} as const satisfies Record<Comparison['operator'], string>;

function joined(parts: readonly Condition[], word: string): string {
  if (parts.length === 1) return conditionText(parts[0] as Condition);
  return parts.map((part) => (isCompound(part) ? `(${conditionText(part)})` : conditionText(part))).join(word);
}

function isCompound(condition: Condition): boolean {
  return condition.kind === 'all' || condition.kind === 'any';
}

function not(truth: Truth): Truth {
  return truth === 'unsettled' ? truth : truth === 'true' ? 'false' : 'true';
}

/** True where one is, else unsettled where one is; none: false. */
function anyOf<Item>(items: readonly Item[], truthOf: (item: Item) => Truth): Truth {
  let result: Truth = 'false';
  for (const item of items) {
    const truth = truthOf(item);
    if (truth === 'true') return truth;
    if (truth === 'unsettled') result = truth;
  }
  return result;
}

function evaluateComparison(condition: Comparison, context: JsonObject): Truth {
  if (!Object.hasOwn(context, condition.key)) return 'unsettled';
  const held = context[condition.key] as JsonValue;
  return anyOf(isList(held) ? held : [held], (value) =>
    anyOf(condition.values, (wanted) => compare(value, condition.operator, wanted)),
  );
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function compare(value: JsonValue, operator: Comparison['operator'], wanted: Scalar): Truth {
  if (typeof value !== typeof wanted || typeof value === 'object') return 'unsettled';
  if (operator === 'EQUALS') return truthIf(value === wanted);
  if (typeof value === 'string') return truthIf(compareStrings(value, operator, wanted as string));
  if (operator === 'EQUALS_IGNORE_CASE') return truthIf(value === wanted);
  if (operator === 'LIKE' || typeof value === 'boolean') return 'unsettled';
  return truthIf(orderHolds[operator](value - (wanted as number)));
}

function compareStrings(value: string, operator: Exclude<Comparison['operator'], 'EQUALS'>, wanted: string): boolean {
  if (operator === 'EQUALS_IGNORE_CASE') return fold(value) === fold(wanted);
  if (operator === 'LIKE') return matchesGlob(parseGlob(wanted), value);
  return orderHolds[operator](compareBytes(value, wanted));
}

const orderHolds = {
  LESS: (difference: number) => difference < 0,
  LESS_OR_EQUAL: (difference: number) => difference <= 0,
  GREATER: (difference: number) => difference > 0,
  GREATER_OR_EQUAL: (difference: number) => difference >= 0,
};

function truthIf(holds: boolean): Truth {
  return holds ? 'true' : 'false';
}
