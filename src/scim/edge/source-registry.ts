import type { SourceNode } from '../../graph/node.js';
import { type CustomSchema, toExtension } from '../custom-schema.js';
import { createSchemaRegistry, type SchemaRegistry } from '../schema-registry.js';

/** The schemas of a source that has these of its own. */
export type RegistryOf = (
  schemas: readonly CustomSchema[],
  source: Pick<SourceNode, 'groupNamesUnique'>,
) => SchemaRegistry;

/** Registries that are kept; of sources without schemas of their own there are two. */
const maxKept = 256;

/** Makes each registry once; of many the one goes that nobody has asked for longest. */
export function createRegistries(): RegistryOf {
  const kept = new Map<string, SchemaRegistry>();
  return (schemas, { groupNamesUnique }) => {
    const key = JSON.stringify([groupNamesUnique, schemas]);
    const registry = kept.get(key) ?? createSchemaRegistry({ extensions: schemas.map(toExtension), groupNamesUnique });
    kept.delete(key);
    if (kept.size >= maxKept) kept.delete(kept.keys().next().value as string);
    kept.set(key, registry);
    return registry;
  };
}
