import { HttpStatusError } from '../../http/http-status-error.js';
import { GraphError } from '../../kernel/errors.js';

/** Entity tags that a client names (RFC 9110 §13.1), as sent; absent: it named none. */
export type EntityTags = string | undefined;

/** On which a client lets a request depend. */
export interface Preconditions {
  readonly ifMatch: EntityTags;
  readonly ifNoneMatch?: EntityTags;
}

/** What is asked is to be shown: false where the client has it already (304). */
export function isWanted({ ifNoneMatch }: Preconditions, tag: string): boolean {
  const isTag = (named: string) => opaque(named) === opaque(tag);
  return ifNoneMatch === undefined || !names(ifNoneMatch, isTag);
}

/**
 * What is written is the resource itself: a tag names its version, whatever was shown with it of others.
 * @throws GraphError VERSION_MISMATCH where `If-Match` names another version
 */
export function checkWritable({ ifMatch }: Preconditions, version: number): void {
  const isVersion = (named: string) => opaque(named).replace(digest, '"') === `"${version}"`;
  if (ifMatch !== undefined && !names(ifMatch, isVersion)) throw changed();
}

/** @throws HttpStatusError 428 (RFC 6585 §3) where the source wants a tag and none is named */
export function requireIfMatch(ifMatch: EntityTags, required: boolean): void {
  if (required && ifMatch === undefined)
    throw new HttpStatusError(
      428,
      'this source changes resources only with `If-Match`; read the resource and send its version',
    );
}

/** What follows the version in a tag, up to its end. */
const digest = /-[\w-]*"$/;

/** `*` names whatever is there. */
function names(tags: string, isMeant: (tag: string) => boolean): boolean {
  return tags.split(',').some((tag) => tag.trim() === '*' || isMeant(tag.trim()));
}

/** Tags are compared weakly: `W/"3"` and `"3"` are one. */
const opaque = (tag: string) => tag.replace(/^W\//i, '');

function changed(): GraphError {
  return new GraphError('VERSION_MISMATCH', 'the resource has changed since the version in `If-Match`; read it again');
}
