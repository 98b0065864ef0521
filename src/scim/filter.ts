import { type AttributeRef, printName } from './attribute-name.js';

export const COMPARE_OPERATORS = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const;
export type CompareOperator = (typeof COMPARE_OPERATORS)[number];

/** What an attribute is compared with, already of the attribute's type; null is the absence of a value. */
export type FilterValue = string | number | boolean | null;

/**
 * A filter of RFC 7644 §3.4.2.2, its names resolved. A complex attribute that is compared stands for its `value`
 * sub-attribute, so `compare` always ends in a simple attribute.
 */
export type Filter =
  | { readonly kind: 'and' | 'or'; readonly terms: readonly Filter[] }
  | { readonly kind: 'not'; readonly term: Filter }
  | { readonly kind: 'present'; readonly ref: AttributeRef }
  | Comparison
  /** `emails[…]`: one and the same element meets `filter`, whose names are sub-attributes. */
  | { readonly kind: 'element'; readonly ref: AttributeRef; readonly filter: Filter };

export interface Comparison {
  readonly kind: 'compare';
  readonly ref: AttributeRef;
  readonly operator: CompareOperator;
  readonly value: FilterValue;
}

/** The conjunction or disjunction; of one term, the term. */
export function join(kind: 'and' | 'or', terms: readonly Filter[]): Filter {
  const [only] = terms;
  return terms.length === 1 && only ? only : { kind, terms };
}

/** The filter as text, canonical names and fewest words; parsing it gives the same filter. */
export function printFilter(filter: Filter): string {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.terms
        .map((term) => (isJunction(term) ? `(${printFilter(term)})` : printFilter(term)))
        .join(` ${filter.kind} `);
    case 'not':
      return `not (${printFilter(filter.term)})`;
    case 'present':
      return `${printName(filter.ref)} pr`;
    case 'compare':
      return `${printName(filter.ref)} ${filter.operator} ${JSON.stringify(filter.value)}`;
    case 'element':
      return `${printName(filter.ref)}[${printFilter(filter.filter)}]`;
  }
}

function isJunction(filter: Filter): boolean {
  return filter.kind === 'and' || filter.kind === 'or';
}
