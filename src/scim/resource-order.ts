import { fold } from '../graph/text.js';
import { readAttribute, toList } from './attribute-access.js';
import { isPrimary } from './attribute-coercion.js';
import { type AttributeRef, resolveName } from './attribute-name.js';
import { type Attributes, type AttributeValue, isComplex } from './attribute-value.js';
import { compareDateTimes, parseDateTime } from './date-time.js';
import type { Reader } from './dialect.js';
import { findSubAttribute } from './schema.js';
import { ScimError } from './scim-error.js';

export type SortOrder = 'ascending' | 'descending';
type Comparator = (a: Attributes, b: Attributes) => number;

/**
 * How `sortBy` orders resources (RFC 7644 §3.4.2.3): by the primary value of a multi-valued attribute, else its first;
 * letter case as the attribute says; resources without a value last, and first when descending. Equal ones compare as
 * 0: the caller breaks ties. Throws `invalidPath` for an unknown or complex attribute.
 */
export function createResourceOrder(sortBy: string, order: SortOrder, reader: Reader): Comparator {
  const ref = toSortable(sortBy, reader);
  const direction = order === 'ascending' ? 1 : -1;
  return (a, b) => direction * compareValues(sortValue(a, ref), sortValue(b, ref), ref);
}

function toSortable(sortBy: string, reader: Reader): AttributeRef {
  const resolved = resolveName(sortBy.trim(), reader);
  if (resolved.kind !== 'attribute')
    throw new ScimError('invalidPath', `unknown attribute \`${sortBy.slice(0, 200)}\` to sort by; see /Schemas`);
  const { ref } = resolved;
  const sub = ref.sub ?? (ref.attribute.type === 'complex' ? findSubAttribute(ref.attribute, 'value') : undefined);
  const target = sub ?? ref.attribute;
  if (target.type === 'complex' || target.returned === 'never') {
    throw new ScimError('invalidPath', `\`${ref.attribute.name}\` cannot be sorted by; name one of its sub-attributes`);
  }
  return sub ? { ...ref, sub } : ref;
}

function sortValue(attributes: Attributes, ref: AttributeRef): AttributeValue | undefined {
  const values = toList(readAttribute(attributes, ref));
  const chosen = values.find(isPrimary) ?? values[0];
  return ref.sub ? (isComplex(chosen) ? chosen[ref.sub.name] : undefined) : chosen;
}

function compareValues(a: AttributeValue | undefined, b: AttributeValue | undefined, ref: AttributeRef): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  const definition = ref.sub ?? ref.attribute;
  if (typeof a !== 'string' || typeof b !== 'string') return a < b ? -1 : Number(a > b);
  if (definition.type === 'dateTime') {
    const [left, right] = [parseDateTime(a), parseDateTime(b)];
    return left && right ? compareDateTimes(left, right) : 0;
  }
  const [left, right] = definition.caseExact ? [a, b] : [fold(a), fold(b)];
  return left < right ? -1 : Number(left > right);
}
