import { checkCatalogue } from './catalogue-checks.js';
import { type Catalogue, catalogueSchema } from './catalogue-schema.js';
import { issuesOf, type Parsed } from './document-issues.js';
import { parseDocumentText } from './document-text.js';

/** From JSON or YAML text; every fault at once, of form first, of sense where the form is right. */
export function parseCatalogue(text: string): Parsed<Catalogue> {
  const parsed = parseDocumentText(text);
  if (parsed.kind === 'invalid') return parsed;
  const result = catalogueSchema.safeParse(parsed.document, { reportInput: true });
  if (!result.success) return { kind: 'invalid', issues: issuesOf(result.error) };
  const issues = checkCatalogue(result.data);
  return issues.length > 0 ? { kind: 'invalid', issues } : { kind: 'parsed', document: result.data };
}
