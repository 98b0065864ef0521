import { GraphError } from '../kernel/errors.js';

/** @throws GraphError INVALID unless it is 1 to 64 of `a–z 0–9 -` that begin and end with a letter or digit */
export function parseSlug(slug: string): string {
  if (!/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/.test(slug))
    throw new GraphError('INVALID', `\`${slug}\` is no slug; write 1 to 64 of a–z, 0–9 and inner -`, {
      argument: 'slug',
      issues: [{ pointer: '/slug', code: 'slug', message: 'is no slug', hint: '1 to 64 of a–z, 0–9 and inner -' }],
    });
  return slug;
}
