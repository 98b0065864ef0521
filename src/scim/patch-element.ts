import { coerceSubAttribute } from './attribute-coercion.js';
import { type Attributes, createAttributes, orUnassigned, withAttribute } from './attribute-value.js';
import type { Reader } from './dialect.js';
import type { Filter } from './filter.js';
import type { AttributeDefinition } from './schema.js';

/** The element that a filter of `eq` terms alone describes, typed as its sub-attributes; undefined for any other filter. */
export function elementOf(filter: Filter): Attributes | undefined {
  const terms = filter.kind === 'and' ? filter.terms : [filter];
  const element = createAttributes();
  for (const term of terms) {
    if (term.kind !== 'compare' || term.operator !== 'eq' || term.value === null) return undefined;
    const { name } = term.ref.attribute;
    if (name in element && element[name] !== term.value) return undefined;
    element[name] = term.value;
  }
  return element;
}

/** The element with one sub-attribute set, or cleared by a value that says so; undefined when nothing is left. */
export function withSub(
  element: Attributes,
  { sub, json }: { readonly sub: AttributeDefinition; readonly json: unknown },
  reader: Reader,
): Attributes | undefined {
  const value = json === null ? undefined : coerceSubAttribute(sub, json, reader);
  return orUnassigned(withAttribute(element, sub.name, value));
}
