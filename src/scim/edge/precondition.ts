import { HttpStatusError } from '../../http/http-status-error.js';
import { GraphError } from '../../kernel/errors.js';
import { toEntityTag } from '../resource-response.js';

/** Entity tags that a client names (RFC 9110 §13.1), as sent; absent: it named none. */
export type EntityTags = string | undefined;

/** Whether one of the tags is this version's. Compared weakly: `W/"3"`, `"3"` and `*` all name version 3. */
export function namesVersion(tags: string, version: number): boolean {
  const opaque = (tag: string) => tag.trim().replace(/^W\//i, '');
  return tags.split(',').some((tag) => tag.trim() === '*' || opaque(tag) === opaque(toEntityTag(version)));
}

/** @throws GraphError VERSION_MISMATCH where a tag is named and it is another version's */
export function checkIfMatch(ifMatch: EntityTags, version: number): void {
  if (ifMatch === undefined || namesVersion(ifMatch, version)) return;
  throw new GraphError('VERSION_MISMATCH', 'the resource has changed since the version in `If-Match`; read it again');
}

/** @throws HttpStatusError 428 (RFC 6585 §3) where the source wants a tag and none is named */
export function requireIfMatch(ifMatch: EntityTags, required: boolean): void {
  if (required && ifMatch === undefined)
    throw new HttpStatusError(
      428,
      'this source changes resources only with `If-Match`; read the resource and send its version',
    );
}
