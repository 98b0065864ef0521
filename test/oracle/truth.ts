import type { Condition, ResourcePattern } from '../../src/graph/condition.js';
import type { JsonObject, JsonValue } from '../../src/graph/node.js';

/** Kleene's truth: `undefined` is unsettled. */
export type Truth = boolean | undefined;

export const not = (truth: Truth): Truth => (truth === undefined ? undefined : !truth);

export function all(truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false;
  return truths.includes(undefined) ? undefined : true;
}

export function any(truths: readonly Truth[]): Truth {
  return not(all(truths.map(not)));
}

export function truthOf(condition: Condition, context: JsonObject): Truth {
  switch (condition.kind) {
    case 'opaque':
      return undefined;
    case 'not':
      return not(truthOf(condition.of, context));
    case 'all':
      return all(condition.of.map((part) => truthOf(part, context)));
    case 'any':
      return any(condition.of.map((part) => truthOf(part, context)));
    case 'compare': {
      const held = context[condition.key];
      if (held === undefined) return undefined;
      const values = Array.isArray(held) ? (held as readonly JsonValue[]) : [held];
      return any(values.flatMap((a) => condition.values.map((b) => compares(a, condition.operator, b))));
    }
  }
}

type Operator = Extract<Condition, { kind: 'compare' }>['operator'];

/** Unsettled where the operator says nothing of such values. */
function compares(held: JsonValue, operator: Operator, wanted: string | number | boolean): Truth {
  if (typeof held !== typeof wanted) return undefined;
  if (operator === 'EQUALS') return held === wanted;
  if (typeof held === 'boolean') return operator === 'EQUALS_IGNORE_CASE' ? held === wanted : undefined;
  if (operator === 'EQUALS_IGNORE_CASE') return String(held).toLowerCase() === String(wanted).toLowerCase();
  if (operator === 'LIKE') return typeof held === 'string' ? wholeOf(String(wanted)).test(held) : undefined;
  if (held === null) return undefined;
  if (operator === 'LESS') return held < wanted;
  if (operator === 'LESS_OR_EQUAL') return held <= wanted;
  if (operator === 'GREATER') return held > wanted;
  return held >= wanted;
}

/**
 * Whether a grant with this pattern speaks of the resource: true where it is wholly inside, false where it is wholly
 * outside, unsettled where only something below it may be inside.
 */
export function patternTruth({ match, patterns }: ResourcePattern, path: string): Truth {
  const inside = any(patterns.map((pattern) => matchTruth(relative(pattern), relative(path))));
  return match === 'INSIDE' ? inside : not(inside);
}

function matchTruth(pattern: string, path: string): Truth {
  const segments = path === '' ? [] : path.split('/');
  const ancestors = segments.map((_, end) => segments.slice(0, end).join('/'));
  if ([...ancestors, path].some((each) => wholeOf(pattern).test(each))) return true;
  return beginningOf(pattern).test(path === '' ? '' : `${path}/`) ? undefined : false;
}

const relative = (path: string) => path.replace(/^\//, '');

/** Matches what the pattern matches. */
function wholeOf(pattern: string): RegExp {
  return new RegExp(`^${[...pattern].map(asRegExp).join('')}$`, 'u');
}

/** Matches whatever can be gone on with so that the pattern matches: `ab*` becomes `^(?:a(?:b(?:[^]*)?)?)?$`. */
function beginningOf(pattern: string): RegExp {
  const nested = [...pattern].reduceRight((rest, sign) => `(?:${asRegExp(sign)}${rest})?`, '');
  return new RegExp(`^${nested}$`, 'u');
}

function asRegExp(sign: string): string {
  if (sign === '*') return '[^]*';
  if (sign === '?') return '[^]';
  return sign.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
}
