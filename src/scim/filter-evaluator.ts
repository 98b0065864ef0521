import { fold } from '../graph/text.js';
import { assertNever } from '../kernel/assert.js';
import { readAttribute, toList, valuesOf } from './attribute-access.js';
import { type Attributes, type AttributeValue, createAttributes, isComplex, isList } from './attribute-value.js';
import { compareDateTimes, parseDateTime } from './date-time.js';
import type { CompareOperator, Comparison, Filter } from './filter.js';
import type { AttributeDefinition } from './schema.js';

export type Predicate = (attributes: Attributes) => boolean;

/**
 * What a filter means (RFC 7644 §3.4.2.2), the measure for every index. Of several values one that meets the comparison
 * is enough, for `ne` too. An attribute without a value differs from every literal: `ne` holds, all else fails; `eq null`
 * holds and `ne null` fails. The predicate expects whole resources, `id` and `meta` included.
 */
export function toPredicate(filter: Filter): Predicate {
  switch (filter.kind) {
    case 'and': {
      const terms = filter.terms.map(toPredicate);
      return (attributes) => terms.every((holds) => holds(attributes));
    }
    case 'or': {
      const terms = filter.terms.map(toPredicate);
      return (attributes) => terms.some((holds) => holds(attributes));
    }
    case 'not': {
      const holds = toPredicate(filter.term);
      return (attributes) => !holds(attributes);
    }
    case 'present':
      return (attributes) => valuesOf(attributes, filter.ref).some(isPresent);
    case 'element': {
      const holds = toElementPredicate(filter.filter);
      return (attributes) => toList(readAttribute(attributes, filter.ref)).some(holds);
    }
    case 'compare':
      return toComparison(filter);
    default:
      return assertNever(filter);
  }
}

/** Whether one element of a multi-valued attribute meets the filter of a value path. A simple element is its own `value`. */
export function toElementPredicate(filter: Filter): (element: AttributeValue) => boolean {
  const holds = toPredicate(filter);
  return (element) => holds(isComplex(element) ? element : createAttributes([['value', element]]));
}

function toComparison({ ref, operator, value }: Comparison): Predicate {
  if (value === null) {
    const wantsAbsent = operator === 'eq';
    return (attributes) => valuesOf(attributes, ref).some(isPresent) !== wantsAbsent;
  }
  const comparedTo = comparator(ref.sub ?? ref.attribute, value);
  const holds = (held: AttributeValue) => meets(operator, comparedTo(held));
  return (attributes) => {
    const values = valuesOf(attributes, ref);
    return values.length === 0 ? operator === 'ne' : values.some(holds);
  };
}

/** How a held value stands to the literal: its order (0: equal; undefined: incomparable) and where it contains it. */
interface Standing {
  readonly order: number | undefined;
  readonly held?: string;
  readonly literal?: string;
}

function comparator(
  definition: AttributeDefinition,
  literal: string | number | boolean,
): (held: AttributeValue) => Standing {
  if (definition.type === 'dateTime') return instantComparator(String(literal));
  if (typeof literal === 'string') {
    const prepared = definition.caseExact ? literal : fold(literal);
    return (value) => {
      if (typeof value !== 'string') return { order: undefined };
      const held = definition.caseExact ? value : fold(value);
      return { order: compare(held, prepared), held, literal: prepared };
    };
  }
  return (held) => ({ order: typeof held === typeof literal ? compare(held as typeof literal, literal) : undefined });
}

/** Offsets and the length of the fraction do not matter: instants are compared, not texts. */
function instantComparator(literal: string): (held: AttributeValue) => Standing {
  const wanted = parseDateTime(literal);
  return (value) => {
    const held = typeof value === 'string' ? parseDateTime(value) : undefined;
    return { order: held && wanted ? compareDateTimes(held, wanted) : undefined };
  };
}

function compare(a: string | number | boolean, b: string | number | boolean): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function meets(operator: CompareOperator, { order, held = '', literal = '' }: Standing): boolean {
  if (order === undefined) return operator === 'ne';
  switch (operator) {
    case 'eq':
      return order === 0;
    case 'ne':
      return order !== 0;
    case 'gt':
      return order > 0;
    case 'ge':
      return order >= 0;
    case 'lt':
      return order < 0;
    case 'le':
      return order <= 0;
    case 'co':
      return held.includes(literal);
    case 'sw':
      return held.startsWith(literal);
    case 'ew':
      return held.endsWith(literal);
    default:
      return assertNever(operator);
  }
}

/** RFC 7644 §3.4.2.2, `pr`: not empty text, and of a complex value one sub-attribute at least. */
function isPresent(value: AttributeValue): boolean {
  if (isList(value)) return value.some(isPresent);
  return isComplex(value) ? Object.values(value).some(isPresent) : value !== '';
}
