import { coerceElements } from './attribute-coercion.js';
import { type Attributes, type AttributeValue, createAttributes, isComplex, saysNothing } from './attribute-value.js';
import type { Reader } from './dialect.js';
import { MEMBERS } from './schemas/group-schema.js';
import { ScimError } from './scim-error.js';

/** A member of a group as its client names it. `value` is an id that may not exist (yet). */
export interface Member {
  readonly value: string;
  /** Resource type, as sent. */
  readonly type?: string;
  /** Name, as sent. */
  readonly display?: string;
  /** Its `$ref`, of a member that was read for a filter to look at; never as sent. */
  readonly location?: string;
}

/**
 * Reads a list of members, each value once, the last of it winning. Elements that say nothing are left out; throws
 * `invalidValue` for one that says something but has no `value`: a success must not hide that nobody was meant.
 */
export function parseMembers(json: unknown, reader: Reader): readonly Member[] {
  const elements = coerceElements(MEMBERS, json, reader);
  const listed = (Array.isArray(json) ? json : [json]).filter((element) => !saysNothing(element));
  if (elements.length < listed.length) throw withoutValue();
  return [...new Map(elements.map(toMember).map((member) => [member.value, member])).values()];
}

/** The member as an element of the group's `members`, for filters and projection. */
export function fromMember({ value, type, display, location }: Member): Attributes {
  const element = createAttributes([['value', value]]);
  if (location !== undefined) element.$ref = location;
  if (type !== undefined) element.type = type;
  if (display !== undefined) element.display = display;
  return element;
}

/** Throws `invalidValue` for an element without a `value`. */
export function toMember(element: AttributeValue): Member {
  const { value, type, display } = isComplex(element) ? element : createAttributes();
  if (typeof value !== 'string' || value === '') {
    throw withoutValue();
  }
  return {
    value,
    ...(typeof type === 'string' && { type }),
    ...(typeof display === 'string' && { display }),
  };
}

function withoutValue(): ScimError {
  return new ScimError('invalidValue', 'a member has no `value`; give the id of an account or group');
}
