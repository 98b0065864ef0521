import { toList } from './attribute-access.js';
import { type Attributes, isComplex } from './attribute-value.js';
import { type AttributeDefinition, findSubAttribute } from './schema.js';
import type { ResourceType, ResourceTypeName } from './schema-registry.js';

/** A resource of the same source that an id in an attribute leads to. */
export interface ReferencedResource {
  readonly resourceType: ResourceTypeName;
  readonly id: string;
  readonly displayName?: string;
}

/** The values of all attributes that refer to a resource (they have a `$ref`), in order of the schemas. */
export function valuesReferredTo(
  attributes: Attributes,
  { schema, extensions }: Pick<ResourceType, 'schema' | 'extensions'>,
): readonly string[] {
  const inCore = valuesIn(attributes, schema.attributes);
  const inExtensions = extensions.flatMap(({ id, attributes: definitions }) => {
    const held = attributes[id];
    return isComplex(held) ? valuesIn(held, definitions) : [];
  });
  return [...inCore, ...inExtensions];
}

function valuesIn(attributes: Attributes, definitions: readonly AttributeDefinition[]): readonly string[] {
  return definitions
    .filter((definition) => findSubAttribute(definition, '$ref'))
    .flatMap((definition) => toList(attributes[definition.name]))
    .flatMap((element) => (isComplex(element) && typeof element.value === 'string' ? [element.value] : []));
}
