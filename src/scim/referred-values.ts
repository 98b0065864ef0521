import { toList } from './attribute-access.js';
import { type Attributes, isComplex } from './attribute-value.js';
import { type AttributeDefinition, findSubAttribute } from './schema.js';
import type { ResourceType } from './schema-registry.js';

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
