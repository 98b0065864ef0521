import { z } from 'zod';
import { catalogueSchema } from './catalogue-schema.js';
import { classificationSchema } from './importers/classification.js';
import { snapshotLineSchema } from './snapshot-schema.js';

/**
 * The documents' forms as JSON Schema (draft 2020-12), by file name, for editors and other tools: what may be left out is
 * optional. They say less than the parsers check: names that must be there, or be there once, are theirs.
 */
export function formatSchemas(): Readonly<Record<string, object>> {
  return {
    'catalogue.schema.json': z.toJSONSchema(catalogueSchema, { io: 'input' }),
    'classification.schema.json': z.toJSONSchema(classificationSchema, { io: 'input' }),
    'snapshot-line.schema.json': z.toJSONSchema(snapshotLineSchema, { io: 'input' }),
  };
}
