export type Scalar = string | number | boolean;

/**
 * Attribute values by canonical name, as SCIM nests them: an extension's attributes lie under its URN. Without a
 * prototype, so that no name a client chooses can mean anything else. Unassigned attributes are absent: never null,
 * never an empty list or object (RFC 7643 §2.5).
 */
export interface Attributes {
  readonly [name: string]: AttributeValue;
}

export type AttributeValue = Scalar | Attributes | readonly AttributeValue[];

/** The same while it is being built. */
export type AttributesDraft = Record<string, AttributeValue>;

export function createAttributes(entries: Iterable<readonly [string, AttributeValue]> = []): AttributesDraft {
  const attributes: AttributesDraft = Object.create(null);
  for (const [name, value] of entries) attributes[name] = value;
  return attributes;
}

/** Whether a name could reach into the prototype of an object; none such is ever read or written. */
export function isForbiddenName(name: string): boolean {
  return /^(__proto__|constructor|prototype)$/i.test(name);
}

/** Whether JSON gave an object (no list, no null). */
export function isJsonObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether JSON lists no value at all: nothing, or elements that say nothing. Looks no deeper than an element's attributes. */
export function listsNothing(json: unknown): boolean {
  return Array.isArray(json) ? json.every(saysNothing) : saysNothing(json);
}

/** Null, empty text, or an object in which every attribute is one of these. */
export function saysNothing(json: unknown): boolean {
  const isBlank = (value: unknown) => value === null || value === undefined || value === '';
  return isBlank(json) || (isJsonObject(json) && Object.values(json).every(isBlank));
}

export function isList(value: AttributeValue | undefined): value is readonly AttributeValue[] {
  return Array.isArray(value);
}

export function isComplex(value: AttributeValue | undefined): value is Attributes {
  return typeof value === 'object' && !isList(value);
}

/** The same attributes with one set, or removed when `value` is undefined. */
export function withAttribute(attributes: Attributes, name: string, value: AttributeValue | undefined): Attributes {
  const changed = createAttributes(Object.entries(attributes));
  assign(changed, name, value);
  return changed;
}

/** An empty list or object is no value at all. */
export function orUnassigned<T extends Attributes | readonly AttributeValue[]>(value: T): T | undefined {
  return Object.keys(value).length > 0 ? value : undefined;
}

/** Sets the name, or removes it when `value` is undefined. */
export function assign(draft: AttributesDraft, name: string, value: AttributeValue | undefined): void {
  if (value === undefined) delete draft[name];
  else draft[name] = value;
}
