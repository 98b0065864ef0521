import type { AttributeRef } from './attribute-name.js';
import {
  type Attributes,
  type AttributesDraft,
  type AttributeValue,
  assign,
  createAttributes,
  isComplex,
  isList,
  orUnassigned,
} from './attribute-value.js';

/** The attribute a reference names, whole: its sub-attribute is not followed. Undefined when unassigned. */
export function readAttribute(
  attributes: Attributes,
  { extension, attribute }: AttributeRef,
): AttributeValue | undefined {
  if (extension === undefined) return attributes[attribute.name];
  const held = attributes[extension];
  return isComplex(held) ? held[attribute.name] : undefined;
}

/** Sets the attribute a reference names, or removes it when `value` is undefined; an emptied extension goes too. */
export function writeAttribute(
  draft: AttributesDraft,
  { extension, attribute }: AttributeRef,
  value: AttributeValue | undefined,
): void {
  if (extension === undefined) {
    assign(draft, attribute.name, value);
    return;
  }
  const held = draft[extension];
  const inner = createAttributes(isComplex(held) ? Object.entries(held) : []);
  assign(inner, attribute.name, value);
  assign(draft, extension, orUnassigned(inner));
}

/** Every value a reference stands for, lists flattened and the sub-attribute followed; empty when unassigned. */
export function valuesOf(attributes: Attributes, ref: AttributeRef): readonly AttributeValue[] {
  const held = toList(readAttribute(attributes, ref));
  const { sub } = ref;
  return sub ? held.flatMap((value) => (isComplex(value) ? toList(value[sub.name]) : [])) : held;
}

/** The elements of a list, or the one value, or nothing. */
export function toList(value: AttributeValue | undefined): readonly AttributeValue[] {
  if (value === undefined) return [];
  return isList(value) ? value : [value];
}
