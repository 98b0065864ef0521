import type { Issue } from '../kernel/errors.js';
import { checkCatalogue } from './catalogue-checks.js';
import { type Catalogue, catalogueSchema } from './catalogue-schema.js';
import { firstIssues, issuesOf, type Parsed } from './document-issues.js';
import { parseDocumentText } from './document-text.js';

/** From JSON or YAML text; every fault at once, of form first, of sense where the form is right. */
export function parseCatalogue(text: string): Parsed<Catalogue> {
  const parsed = parseDocumentText(text);
  if (parsed.kind === 'invalid') return invalid(parsed.issues);
  const result = catalogueSchema.safeParse(parsed.document, { reportInput: true });
  if (!result.success) return invalid(issuesOf(result.error));
  const issues = checkCatalogue(result.data);
  return issues.length > 0 ? invalid(issues) : { kind: 'parsed', document: result.data };
}

function invalid(issues: readonly Issue[]): Parsed<never> {
  return { kind: 'invalid', issues: firstIssues(issues) };
}
