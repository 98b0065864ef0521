import { z } from 'zod';
import type { AttributeDefinition } from './schema.js';
import type { CustomExtension } from './schema-registry.js';

const text = z.string().max(1_000);
const name = z.string().min(1).max(128);

/** Of RFC 7643 §7, with the defaults of §2.2. Uniqueness is not watched over, so none may be promised. */
const characteristics = {
  name,
  description: text.default(''),
  multiValued: z.boolean().default(false),
  required: z.boolean().default(false),
  caseExact: z.boolean().default(false),
  mutability: z.enum(['readOnly', 'readWrite', 'immutable', 'writeOnly']).default('readWrite'),
  returned: z.enum(['always', 'never', 'default', 'request']).default('default'),
  uniqueness: z.literal('none').default('none'),
  canonicalValues: z.array(text).max(1_000).optional(),
  referenceTypes: z.array(name).max(20).optional(),
};
const simpleType = z.enum(['string', 'boolean', 'decimal', 'integer', 'dateTime', 'binary', 'reference']);
const simple = z.strictObject({ ...characteristics, type: simpleType.default('string') });
const complex = z.strictObject({
  ...characteristics,
  type: z.literal('complex'),
  subAttributes: z.array(simple).min(1).max(100),
});

/** A schema as `/Schemas` shows it, `resourceType` beside it; the schema of schemas and `meta` are read over. */
export const customSchema = z.strictObject({
  resourceType: z.enum(['User', 'Group']).default('User'),
  id: z.string().max(256),
  name: name.optional(),
  description: text.default(''),
  attributes: z
    .array(z.union([complex, simple]))
    .min(1)
    .max(200),
  schemas: z.array(z.string()).optional(),
  meta: z.record(z.string(), z.unknown()).optional(),
});

/** One of a source's own schemas, as its settings hold it. */
export type CustomSchema = z.infer<typeof customSchema>;

export function toExtension({ resourceType, id, name, description, attributes }: CustomSchema): CustomExtension {
  const schema = { id, name: name ?? lastPartOf(id), description, attributes: attributes.map(toDefinition) };
  return { resourceType, schema };
}

function toDefinition(given: z.infer<typeof simple> | z.infer<typeof complex>): AttributeDefinition {
  const { canonicalValues, referenceTypes, ...rest } = given;
  return {
    ...rest,
    ...(canonicalValues && { canonicalValues }),
    ...(referenceTypes && { referenceTypes }),
    subAttributes: 'subAttributes' in given ? given.subAttributes.map(toDefinition) : [],
  };
}

const lastPartOf = (urn: string) => urn.split(':').at(-1) ?? urn;
