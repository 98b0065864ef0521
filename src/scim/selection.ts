import { type AttributeRef, resolveName } from './attribute-name.js';
import {
  type Attributes,
  type AttributeValue,
  createAttributes,
  isComplex,
  isList,
  orUnassigned,
} from './attribute-value.js';
import type { Reader } from './dialect.js';
import type { AttributeDefinition, Schema } from './schema.js';
import type { ResourceType } from './schema-registry.js';

/** Which attributes an answer holds (RFC 7644 §3.9). Names are lower-case keys made by `keyOf`. */
export type Selection =
  | { readonly kind: 'default' }
  | { readonly kind: 'only'; readonly names: ReadonlySet<string> }
  | { readonly kind: 'except'; readonly names: ReadonlySet<string> };

/**
 * Reads the two parameters. `attributes` wins when both are given. Names the resource type lacks are left out: they
 * select nothing. Throws `invalidPath` for what is no attribute name.
 */
export function parseSelection(
  {
    attributes = [],
    excludedAttributes = [],
  }: { readonly attributes?: readonly string[]; readonly excludedAttributes?: readonly string[] },
  reader: Reader,
): Selection {
  if (attributes.length > 0) return { kind: 'only', names: toKeys(attributes, reader) };
  if (excludedAttributes.length > 0) return { kind: 'except', names: toKeys(excludedAttributes, reader) };
  return { kind: 'default' };
}

/** Whether any of the core attribute would be shown, so that what nobody will see (`members`, `groups`) is not read. */
export function isSelected(selection: Selection, definition: AttributeDefinition): boolean {
  return selectAttribute({ attribute: definition }, selection) !== 'nothing';
}

/** The part of a resource that the selection shows. Only what the schemas define is ever shown. */
export function project(resource: Attributes, resourceType: ResourceType, selection: Selection): Attributes {
  const shown = createAttributes();
  for (const definition of resourceType.attributes.values()) {
    const value = projectAttribute(resource[definition.name], { attribute: definition }, selection);
    if (value !== undefined) shown[definition.name] = value;
  }
  for (const schema of resourceType.extensions) {
    const value = projectExtension(resource[schema.id], schema, selection);
    if (value !== undefined) shown[schema.id] = value;
  }
  return shown;
}

function projectExtension(
  held: AttributeValue | undefined,
  schema: Schema,
  selection: Selection,
): Attributes | undefined {
  if (!isComplex(held)) return undefined;
  const shown = createAttributes();
  for (const attribute of schema.attributes) {
    const value = projectAttribute(held[attribute.name], { extension: schema.id, attribute }, selection);
    if (value !== undefined) shown[attribute.name] = value;
  }
  return orUnassigned(shown);
}

function projectAttribute(
  held: AttributeValue | undefined,
  ref: AttributeRef,
  selection: Selection,
): AttributeValue | undefined {
  if (held === undefined) return undefined;
  const extent = selectAttribute(ref, selection);
  if (extent === 'nothing') return undefined;
  if (isList(held))
    return orUnassigned(held.flatMap((element) => projectElement(element, { ref, extent }, selection) ?? []));
  return projectElement(held, { ref, extent }, selection);
}

function projectElement(
  held: AttributeValue,
  { ref, extent }: { readonly ref: AttributeRef; readonly extent: Extent },
  selection: Selection,
): AttributeValue | undefined {
  if (!isComplex(held)) return held;
  const shown = createAttributes();
  for (const sub of ref.attribute.subAttributes) {
    const value = held[sub.name];
    if (value !== undefined && isSubShown({ ...ref, sub }, extent, selection)) shown[sub.name] = value;
  }
  return orUnassigned(shown);
}

/** `parts`: the attribute itself is not named, some of its sub-attributes are. */
type Extent = 'whole' | 'parts' | 'nothing';

function selectAttribute(ref: AttributeRef, selection: Selection): Extent {
  const { returned } = ref.attribute;
  if (returned === 'never') return 'nothing';
  if (returned === 'always') return 'whole';
  if (selection.kind !== 'only') {
    const isExcluded = selection.kind === 'except' && isNamed(ref, selection.names);
    return returned === 'default' && !isExcluded ? 'whole' : 'nothing';
  }
  if (isNamed(ref, selection.names)) return 'whole';
  return ref.attribute.subAttributes.some((sub) => selection.names.has(keyOf({ ...ref, sub }))) ? 'parts' : 'nothing';
}

function isSubShown(
  ref: AttributeRef & { readonly sub: AttributeDefinition },
  extent: Extent,
  selection: Selection,
): boolean {
  const { returned } = ref.sub;
  if (returned === 'never') return false;
  if (returned === 'always') return true;
  const isListed = selection.kind !== 'default' && selection.names.has(keyOf(ref));
  if (extent === 'parts') return isListed;
  if (selection.kind === 'except' && isListed) return false;
  return returned === 'default' || isListed;
}

function isNamed(ref: AttributeRef, names: ReadonlySet<string>): boolean {
  return (
    names.has(keyOf({ ...ref, sub: undefined })) ||
    (ref.extension !== undefined && names.has(ref.extension.toLowerCase()))
  );
}

function toKeys(texts: readonly string[], reader: Reader): ReadonlySet<string> {
  return new Set(
    texts.flatMap((text) => {
      const resolved = resolveName(withoutFilter(text.trim(), reader), reader);
      if (resolved.kind === 'extension') return [resolved.schema.id.toLowerCase()];
      return resolved.kind === 'attribute' ? [keyOf(resolved.ref)] : [];
    }),
  );
}

/** `emails[type eq "work"]` selects `emails`, elements are not chosen among. */
function withoutFilter(text: string, reader: Reader): string {
  const bracket = text.indexOf('[');
  return bracket > 0 && text.endsWith(']') && reader.accepts('E10') ? text.slice(0, bracket) : text;
}

function keyOf({
  extension,
  attribute,
  sub,
}: Omit<AttributeRef, 'sub'> & { readonly sub?: AttributeDefinition | undefined }): string {
  const owner = extension === undefined ? attribute.name : `${extension}:${attribute.name}`;
  return (sub ? `${owner}.${sub.name}` : owner).toLowerCase();
}
