// Writes the schemas beside this file anew, from what was built last: node docs/formats/write-schemas.mjs && npm run format
import { writeFileSync } from 'node:fs';
import { formatSchemas } from '../../dist/src/catalog/format-schemas.js';

for (const [name, schema] of Object.entries(formatSchemas()))
  writeFileSync(new URL(name, import.meta.url), `${JSON.stringify(schema, null, 2)}\n`);
