import type { AttributeRef } from './attribute-name.js';
import { type Comparison, type Filter, join } from './filter.js';
import { type AttributeDefinition, findSubAttribute } from './schema.js';
import { MEMBERS } from './schemas/group-schema.js';

/** What attributes that refer to a resource (`manager`, `owners`) are compared with, each once. */
export function namesComparedIn(filter: Filter): readonly string[] {
  const names = new Set<string>();
  mapComparisons(filter, (comparison) => {
    names.add(comparison.value);
    return comparison;
  });
  return [...names];
}

/**
 * The filter, met by whatever name the resource was referred to: `value` is kept as it was sent, which may be an
 * `externalId` or a userName, while its `$ref` leads to the resource (RFC 7643 §2.4: `value` is its id). `locationOf` says
 * where a name leads; undefined: nowhere.
 */
export function byAnyName(filter: Filter, locationOf: (name: string) => string | undefined): Filter {
  return mapComparisons(filter, ({ sub, ...comparison }) => {
    const location = locationOf(comparison.value);
    if (location === undefined) return comparison;
    const led: Comparison = { ...comparison, ref: sub, value: location };
    return join(comparison.operator === 'eq' ? 'or' : 'and', [comparison, led]);
  });
}

/** Equality of a reference with a name, and where in the resource its `$ref` is. */
type NameComparison = Comparison & {
  readonly operator: 'eq' | 'ne';
  readonly value: string;
  readonly sub: AttributeRef;
};

function mapComparisons(
  filter: Filter,
  map: (comparison: NameComparison) => Filter,
  owner?: AttributeDefinition,
): Filter {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return { kind: filter.kind, terms: filter.terms.map((term) => mapComparisons(term, map, owner)) };
    case 'not':
      return { kind: 'not', term: mapComparisons(filter.term, map, owner) };
    case 'element':
      return { ...filter, filter: mapComparisons(filter.filter, map, filter.ref.attribute) };
    case 'compare': {
      const sub = findRef(filter, owner);
      return sub ? map({ ...filter, sub } as NameComparison) : filter;
    }
    default:
      return filter;
  }
}

/** Of several values that one differs is no matter of names: `owners ne` stays as it is. */
function findRef(
  { ref, operator, value }: Comparison,
  owner: AttributeDefinition | undefined,
): AttributeRef | undefined {
  const [referring, compared] = owner ? [owner, ref.attribute] : [ref.attribute, ref.sub];
  const $ref = findSubAttribute(referring, '$ref');
  // What lies in edges is there by its id.
  const isKept = referring !== MEMBERS && referring.mutability !== 'readOnly';
  if (!$ref || !isKept || compared?.name !== 'value' || typeof value !== 'string') return undefined;
  if (operator !== 'eq' && (operator !== 'ne' || (!owner && referring.multiValued))) return undefined;
  return owner ? { ...ref, attribute: $ref } : { ...ref, sub: $ref };
}
