import { fold } from '../graph/text.js';
import type { AimedOperation } from './aimed-operation.js';
import { coerceElements, coerceSingle, demoteAllBut, isPrimary, tooManyValues } from './attribute-coercion.js';
import { type Attributes, type AttributeValue, createAttributes, isComplex, listsNothing } from './attribute-value.js';
import type { Reader } from './dialect.js';
import { type Filter, printFilter } from './filter.js';
import { toElementPredicate } from './filter-evaluator.js';
import { elementOf, withSub } from './patch-element.js';
import { type AttributeDefinition, findSubAttribute } from './schema.js';
import { ScimError } from './scim-error.js';

type Elements = readonly AttributeValue[];

/** The elements of a multi-valued attribute after one operation. Nothing given is changed. */
export function patchList(held: Elements, operation: AimedOperation, reader: Reader): Elements {
  const { op, path } = operation;
  if (op === 'remove') return removeElements(held, operation, reader);
  const next = path.filter || path.ref.sub ? setSelected(held, operation, reader) : setWhole(held, operation, reader);
  if (next.length > reader.limits.valuesPerAttribute) throw tooManyValues(path.ref.attribute, reader);
  return keepOnePrimary(held, next);
}

/** `emails` without filter or sub-attribute. */
function setWhole(held: Elements, { op, path, value }: AimedOperation, reader: Reader): Elements {
  const { attribute } = path.ref;
  const given = coerceElements(attribute, value, reader);
  return op === 'replace' ? addElements([], given, attribute) : addElements(held, given, attribute);
}

/** Appends what is not there. An element of the same value and type takes over the other sub-attributes given. */
function addElements(held: Elements, given: Elements, attribute: AttributeDefinition): Elements {
  const byKey = new Map(held.map((element) => [elementKey(element, attribute), element]));
  for (const element of given) {
    const key = elementKey(element, attribute);
    const present = byKey.get(key);
    byKey.set(
      key,
      isComplex(present) && isComplex(element)
        ? createAttributes([...Object.entries(present), ...Object.entries(element)])
        : element,
    );
  }
  return [...byKey.values()];
}

/** What makes two elements the same: `value` and `type`, else everything; letter case as the sub-attribute says. */
function elementKey(element: AttributeValue, attribute: AttributeDefinition): string {
  if (!isComplex(element))
    return JSON.stringify(typeof element === 'string' && !attribute.caseExact ? fold(element) : element);
  const isNamed = element.value !== undefined;
  const names = isNamed ? ['value', 'type'] : Object.keys(element).sort();
  return JSON.stringify(
    names.map((name) => {
      const value = element[name];
      const folds = typeof value === 'string' && isNamed && findSubAttribute(attribute, name)?.caseExact === false;
      return [name, folds ? fold(value) : value];
    }),
  );
}

/** `emails[filter]`, `emails[filter].sub` or `emails.sub`. */
function setSelected(held: Elements, operation: AimedOperation, reader: Reader): Elements {
  const { filter } = operation.path;
  const holds = filter ? toElementPredicate(filter) : () => true;
  if (held.some(holds)) {
    return held.flatMap((element) => (holds(element) ? (setElement(element, operation, reader) ?? []) : element));
  }
  const described = makeElement(operation, reader);
  const made = listsNothing(operation.value) ? undefined : setElement(described, operation, reader);
  return made === undefined ? held : [...held, made];
}

/** An element that takes over what is given, or, by a replace of it as a whole, holds that and what the filter says. */
function setElement(
  element: AttributeValue,
  { op, path, value }: AimedOperation,
  reader: Reader,
): AttributeValue | undefined {
  const { ref, filter } = path;
  if (ref.sub) return withSub(isComplex(element) ? element : createAttributes(), { sub: ref.sub, json: value }, reader);
  const given = coerceSingle(ref.attribute, value, reader);
  if (given === undefined) return op === 'replace' ? undefined : element;
  if (!isComplex(given) || !isComplex(element)) return given;
  const base = op === 'replace' ? filter && elementOf(filter) : element;
  return createAttributes([...Object.entries(base ?? {}), ...Object.entries(given)]);
}

/** The element that a filter without a match stands for (E2, E3). */
function makeElement({ op, path }: AimedOperation, reader: Reader): Attributes {
  const { filter, ref } = path;
  const made = filter ? elementOf(filter) : createAttributes();
  if (made && (!filter || reader.accepts(op === 'add' ? 'E2' : 'E3'))) return made;
  throw noMatch(ref.attribute, filter);
}

function removeElements(held: Elements, { path, value }: AimedOperation, reader: Reader): Elements {
  const { filter, ref } = path;
  const isListed = !filter && !ref.sub && value !== undefined;
  if (isListed && listsNothing(value)) return held;
  const listed = isListed ? coerceElements(ref.attribute, value, reader) : undefined;
  if (listed?.length === 0) return held;
  if (listed) reader.accepts('E6');
  const keys = new Set(listed?.map((element) => valueKey(element, ref.attribute)));
  const holds = filter
    ? toElementPredicate(filter)
    : (element: AttributeValue) => !listed || keys.has(valueKey(element, ref.attribute));
  const isAimed = filter !== undefined || listed !== undefined;
  if (isAimed && !held.some(holds) && !reader.accepts('ABSENT_TARGET')) throw noMatch(ref.attribute, filter);
  const { sub } = ref;
  return held.flatMap((element) => {
    if (!holds(element)) return [element];
    return sub && isComplex(element) ? (withSub(element, { sub, json: null }, reader) ?? []) : [];
  });
}

/** Listed elements are matched on `value` alone, where they have one. */
function valueKey(element: AttributeValue, attribute: AttributeDefinition): string {
  const isNamed = isComplex(element) && element.value !== undefined;
  return elementKey(isNamed ? createAttributes([['value', element.value!]]) : element, attribute);
}

/** What became primary by the operation takes it from the others; the last of several wins. */
function keepOnePrimary(before: Elements, after: Elements): Elements {
  if (after.filter(isPrimary).length < 2) return after;
  const untouched = new Set(before);
  const touched = after.findLastIndex((element) => isPrimary(element) && !untouched.has(element));
  return demoteAllBut(touched === -1 ? after.findLastIndex(isPrimary) : touched, after);
}

function noMatch({ name }: AttributeDefinition, filter: Filter | undefined): ScimError {
  const sought = filter ? `no \`${name}\` element matches \`${printFilter(filter)}\`` : `\`${name}\` has no such value`;
  return new ScimError('noTarget', sought);
}
