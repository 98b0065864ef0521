import { fold } from '../graph/text.js';
import { type AttributeRef, printName } from './attribute-name.js';
import { parseDateTime } from './date-time.js';
import { type CompareOperator, type Comparison, type Filter, join } from './filter.js';

/** One condition on an indexed field. Text is folded where its attribute is not case-exact; instants are milliseconds. */
export interface FieldCondition {
  readonly kind: 'field';
  /** Canonical name of the attribute, such as `emails.value`. */
  readonly field: string;
  readonly operator: IndexOperator;
  /** Absent for `pr`. */
  readonly value?: string | number | boolean;
}

export type IndexOperator = Exclude<CompareOperator, 'ne'> | 'pr';

/** What an index can answer; a field of several values meets a condition when one of them does. */
export type IndexCondition =
  | { readonly kind: 'and' | 'or'; readonly terms: readonly IndexCondition[] }
  | { readonly kind: 'not'; readonly term: IndexCondition }
  | FieldCondition;

/** By canonical attribute name, the operators its index answers exactly. Instants in it have whole milliseconds. */
export type IndexedAttributes = ReadonlyMap<string, readonly IndexOperator[]>;

/** The filter is `indexed` and `residual` together; an absent part holds for everything. */
export interface SplitFilter {
  readonly indexed?: IndexCondition;
  readonly residual?: Filter;
}

type ElementFilter = Extract<Filter, { kind: 'element' }>;

/** Divides a filter between an index and a predicate over what the index finds. Never multiplies terms out. */
export function splitFilter(filter: Filter, attributes: IndexedAttributes): SplitFilter {
  switch (filter.kind) {
    case 'and':
      return splitAnd(filter.terms.map((term) => splitFilter(term, attributes)));
    case 'or':
      return splitOr(
        filter,
        filter.terms.map((term) => splitFilter(term, attributes)),
      );
    case 'not': {
      const { indexed, residual } = splitFilter(filter.term, attributes);
      return indexed && !residual ? { indexed: { kind: 'not', term: indexed } } : { residual: filter };
    }
    case 'present':
      return toSplit(filter, condition({ ref: filter.ref, operator: 'pr' }, attributes));
    case 'compare':
      return toSplit(filter, comparisonCondition(filter, attributes));
    case 'element':
      return splitElement(filter, filter.filter, attributes);
  }
}

function splitAnd(parts: readonly SplitFilter[]): SplitFilter {
  const indexed = parts.flatMap((part) => part.indexed ?? []);
  const residual = parts.flatMap((part) => part.residual ?? []);
  return {
    ...(indexed.length > 0 && { indexed: joinConditions('and', indexed) }),
    ...(residual.length > 0 && { residual: join('and', residual) }),
  };
}

/** The index helps only if it bounds every alternative; unless it answers all of them whole, the filter stays to be checked. */
function splitOr(filter: Filter, parts: readonly SplitFilter[]): SplitFilter {
  const indexed = parts.flatMap((part) => part.indexed ?? []);
  if (indexed.length < parts.length) return { residual: filter };
  const bound = joinConditions('or', indexed);
  return parts.some((part) => part.residual) ? { indexed: bound, residual: filter } : { indexed: bound };
}

/**
 * `emails[…]`: what one element must meet, some element meets. So each condition on an indexed sub-attribute bounds the
 * search; it is the whole answer only where no second condition speaks of the same element.
 */
function splitElement(whole: ElementFilter, inner: Filter, attributes: IndexedAttributes): SplitFilter {
  if (inner.kind === 'or') {
    const alternatives = inner.terms.map((term) => splitElement(whole, term, attributes));
    return splitOr(whole, alternatives);
  }
  if (inner.kind === 'and') {
    const bounds = inner.terms.flatMap((term) => splitElement(whole, term, attributes).indexed ?? []);
    return bounds.length > 0 ? { indexed: joinConditions('and', bounds), residual: whole } : { residual: whole };
  }
  if (inner.kind !== 'compare' || inner.operator === 'ne' || inner.value === null) return { residual: whole };
  const ref = { ...whole.ref, sub: inner.ref.attribute };
  return toSplit(whole, comparisonCondition({ ...inner, ref }, attributes));
}

function comparisonCondition(comparison: Comparison, attributes: IndexedAttributes): IndexCondition | undefined {
  const { ref, operator, value } = comparison;
  if (value === null) {
    const present = condition({ ref, operator: 'pr' }, attributes);
    return present && operator === 'eq' ? { kind: 'not', term: present } : present;
  }
  if (operator === 'ne') {
    const isPlural = ref.attribute.multiValued;
    const equal = isPlural ? undefined : comparisonCondition({ ...comparison, operator: 'eq' }, attributes);
    return equal && { kind: 'not', term: equal };
  }
  const definition = ref.sub ?? ref.attribute;
  if (definition.type === 'dateTime') return instantCondition({ ref, operator, value: String(value) }, attributes);
  const prepared = typeof value === 'string' && !definition.caseExact ? fold(value) : value;
  return condition({ ref, operator, value: prepared }, attributes);
}

/** What is to be looked up; `value` is already as the index holds it. */
interface Lookup {
  readonly ref: AttributeRef;
  readonly operator: IndexOperator;
  readonly value?: string | number | boolean;
}

/** Between two milliseconds no indexed instant lies, so a finer bound moves to the whole millisecond before it. */
function instantCondition(
  { ref, operator, value }: Lookup & { readonly value: string },
  attributes: IndexedAttributes,
) {
  const instant = parseDateTime(value);
  if (!instant) return undefined;
  const at = instant.milliseconds;
  if (instant.finer === '') return condition({ ref, operator, value: at }, attributes);
  if (operator === 'ge' || operator === 'gt') return condition({ ref, operator: 'gt', value: at }, attributes);
  if (operator === 'le' || operator === 'lt') return condition({ ref, operator: 'le', value: at }, attributes);
  return undefined;
}

function condition({ ref, operator, value }: Lookup, attributes: IndexedAttributes): FieldCondition | undefined {
  const field = printName(ref);
  if (!attributes.get(field)?.includes(operator)) return undefined;
  return { kind: 'field', field, operator, ...(value !== undefined && { value }) };
}

function toSplit(filter: Filter, indexed: IndexCondition | undefined): SplitFilter {
  return indexed ? { indexed } : { residual: filter };
}

function joinConditions(kind: 'and' | 'or', terms: readonly IndexCondition[]): IndexCondition {
  const [only] = terms;
  return terms.length === 1 && only ? only : { kind, terms };
}
