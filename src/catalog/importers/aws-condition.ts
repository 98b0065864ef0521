import type { Condition } from '../../graph/condition.js';
import { opaqueCondition } from './opaque-condition.js';

/** `Condition` of a statement: operator → key → value or values. */
export type AwsConditionBlock = Readonly<Record<string, Readonly<Record<string, AwsValues>>>>;
export type AwsValues = AwsValue | readonly AwsValue[];
type AwsValue = string | number | boolean;

export interface ReadCondition {
  readonly condition: Condition;
  /** Operators with their keys that nobody here can judge: `ForAllValues:StringLike aws:TagKeys`. */
  readonly opaque: readonly string[];
}

/** A condition takes no more parts than that. */
const maxParts = 100;

/**
 * All operators and keys must hold, any value of a key (IAM User Guide, "Conditions with multiple context keys or
 * values"). A key that the question's context lacks is unknown here, where IAM would know that the request lacks it.
 * @param variables whether `${…}` is a policy variable: since `Version` 2012-10-17
 */
export function readAwsCondition(block: AwsConditionBlock, variables: boolean): ReadCondition {
  const opaque: string[] = [];
  const parts = Object.entries(block).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, given]): Condition => {
      const values = Array.isArray(given) ? (given as readonly AwsValue[]) : [given as AwsValue];
      const read = readComparison(operator, key, values, variables);
      if (read !== undefined) return read;
      opaque.push(`${operator} ${key}`);
      return opaqueCondition(JSON.stringify({ [operator]: { [key]: given } }));
    }),
  );
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return { condition: only, opaque };
  if (parts.length > maxParts) return { condition: opaqueCondition(JSON.stringify(block)), opaque: ['all of it'] };
  return { condition: { kind: 'all', of: parts }, opaque };
}

export function allOf(...conditions: readonly (Condition | undefined)[]): Condition | undefined {
  const given = conditions.filter((condition) => condition !== undefined);
  const [only] = given;
  return given.length <= 1 ? only : { kind: 'all', of: given };
}

type Comparison = Extract<Condition, { readonly kind: 'compare' }>;
interface Operator {
  readonly as: Comparison['operator'];
  readonly of: 'text' | 'arn' | 'number' | 'boolean';
  readonly negated?: true;
}

const OPERATORS: Readonly<Record<string, Operator>> = {
  StringEquals: { as: 'EQUALS', of: 'text' },
  StringNotEquals: { as: 'EQUALS', of: 'text', negated: true },
  StringEqualsIgnoreCase: { as: 'EQUALS_IGNORE_CASE', of: 'text' },
  StringNotEqualsIgnoreCase: { as: 'EQUALS_IGNORE_CASE', of: 'text', negated: true },
  StringLike: { as: 'LIKE', of: 'text' },
  StringNotLike: { as: 'LIKE', of: 'text', negated: true },
  ArnEquals: { as: 'LIKE', of: 'arn' },
  ArnLike: { as: 'LIKE', of: 'arn' },
  ArnNotEquals: { as: 'LIKE', of: 'arn', negated: true },
  ArnNotLike: { as: 'LIKE', of: 'arn', negated: true },
  NumericEquals: { as: 'EQUALS', of: 'number' },
  NumericNotEquals: { as: 'EQUALS', of: 'number', negated: true },
  NumericLessThan: { as: 'LESS', of: 'number' },
  NumericLessThanEquals: { as: 'LESS_OR_EQUAL', of: 'number' },
  NumericGreaterThan: { as: 'GREATER', of: 'number' },
  NumericGreaterThanEquals: { as: 'GREATER_OR_EQUAL', of: 'number' },
  Bool: { as: 'EQUALS', of: 'boolean' },
};

/** Absent: it cannot be said. `…IfExists` differs only where the key is absent, which nobody here knows. */
function readComparison(
  operator: string,
  key: string,
  given: readonly AwsValue[],
  variables: boolean,
): Condition | undefined {
  const [, anyValue, plain] = /^(ForAnyValue:)?(.*?)(?:IfExists)?$/.exec(operator) ?? [];
  const known = plain !== undefined && Object.hasOwn(OPERATORS, plain) ? OPERATORS[plain] : undefined;
  if (known === undefined || given.length === 0 || given.length > 1000 || key.length > 250) return undefined;
  // Any value that is not in the list: a list with one inside and one outside holds, and `not` of a comparison fails.
  if (anyValue !== undefined && known.negated) return undefined;
  if (variables && given.some((value) => String(value).includes('${'))) return undefined;
  const readValue: ReadValue = READ_VALUE[known.of];
  const values = given.map(readValue);
  if (values.some((value) => value === undefined)) return undefined;
  const comparison: Condition = { kind: 'compare', key, operator: known.as, values: values as AwsValue[] };
  return known.negated ? { kind: 'not', of: comparison } : comparison;
}

type ReadValue = (value: AwsValue) => AwsValue | undefined;

const READ_VALUE = {
  text: (value: AwsValue) => String(value),
  // Each of the six parts of an ARN is compared apart: a wildcard before the last must not run over a colon.
  arn: (value: AwsValue) => (/^(?:[^:*?]*:){5}/.test(String(value)) ? String(value) : undefined),
  number: (value: AwsValue) => (Number.isFinite(Number(value)) && value !== '' ? Number(value) : undefined),
  boolean: (value: AwsValue) => ({ true: true, false: false })[String(value).toLowerCase()],
} as const satisfies Record<Operator['of'], ReadValue>;
