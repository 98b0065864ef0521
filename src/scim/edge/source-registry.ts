import { type CustomSchema, toExtension } from '../custom-schema.js';
import { createSchemaRegistry, type SchemaRegistry } from '../schema-registry.js';

/** The schemas of a source that has these of its own. */
export type RegistryOf = (schemas: readonly CustomSchema[]) => SchemaRegistry;

/** Registries that are kept beyond the one without schemas of a source's own. */
const maxKept = 256;

/** Makes each registry once; of many the one that was made first goes. */
export function createRegistries(): RegistryOf {
  const common = createSchemaRegistry();
  const kept = new Map<string, SchemaRegistry>();
  return (schemas) => {
    if (schemas.length === 0) return common;
    const key = JSON.stringify(schemas);
    const found = kept.get(key);
    if (found) return found;
    const registry = createSchemaRegistry({ extensions: schemas.map(toExtension) });
    if (kept.size >= maxKept) kept.delete(kept.keys().next().value as string);
    kept.set(key, registry);
    return registry;
  };
}
