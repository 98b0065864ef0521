import { slug } from '../catalog/document-fields.js';
import { GraphError } from '../kernel/errors.js';

/** @throws GraphError INVALID unless it is a short name as documents spell them */
export function parseSlug(text: string): string {
  const parsed = slug.safeParse(text);
  if (parsed.success) return parsed.data;
  const hint = '1 to 63 of a-z 0-9 -, not beginning with -';
  throw new GraphError('INVALID', `\`${text}\` is no short name; write ${hint}`, {
    argument: 'slug',
    issues: [{ pointer: '/slug', code: 'slug', message: 'is no short name', hint }],
  });
}
