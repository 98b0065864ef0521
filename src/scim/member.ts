import { type Attributes, type AttributeValue, createAttributes, isComplex } from './attribute-value.js';
import { ScimError } from './scim-error.js';

/** A member of a group as its client names it. `value` is an id that may not exist (yet). */
export interface Member {
  readonly value: string;
  /** Resource type, as sent. */
  readonly type?: string;
  /** Name, as sent. */
  readonly display?: string;
}

/** Members from coerced elements, each value once, the last of it winning. Throws `invalidValue` for an element without a `value`. */
export function toMembers(elements: readonly AttributeValue[]): readonly Member[] {
  return [...new Map(elements.map(toMember).map((member) => [member.value, member])).values()];
}

/** The member as an element of the group's `members`, for filters and projection. */
export function fromMember({ value, type, display }: Member): Attributes {
  const element = createAttributes([['value', value]]);
  if (type !== undefined) element.type = type;
  if (display !== undefined) element.display = display;
  return element;
}

function toMember(element: AttributeValue): Member {
  const { value, type, display } = isComplex(element) ? element : createAttributes();
  if (typeof value !== 'string' || value === '') {
    throw new ScimError('invalidValue', 'a member has no `value`; give the id of an account or group');
  }
  return {
    value,
    ...(typeof type === 'string' && { type }),
    ...(typeof display === 'string' && { display }),
  };
}
