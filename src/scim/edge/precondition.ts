import { HttpStatusError } from '../../http/http-status-error.js';
import { GraphError } from '../../kernel/errors.js';

/** Entity tags that a client names (RFC 9110 §13.1), as sent; absent: it named none. */
export type EntityTags = string | undefined;

/** On which a client lets a request depend. */
export interface Preconditions {
  readonly ifMatch: EntityTags;
  readonly ifNoneMatch?: EntityTags;
}

/**
 * What is asked may be shown: false where the client has it already (304).
 * @throws GraphError VERSION_MISMATCH where `If-Match` names another tag, which comes first (RFC 9110 §13.2.2)
 */
export function isWanted({ ifMatch, ifNoneMatch }: Preconditions, tag: string): boolean {
  const isTag = (named: string) => opaque(named) === opaque(tag);
  if (ifMatch !== undefined && !names(ifMatch, isTag)) throw changed();
  return ifNoneMatch === undefined || !names(ifNoneMatch, isTag);
}

/**
 * What is written is the resource itself: a tag names its version, whatever was shown with it of others.
 * @throws GraphError VERSION_MISMATCH where `If-Match` names another version, or `If-None-Match` this one
 */
export function checkWritable({ ifMatch, ifNoneMatch }: Preconditions, version: number): void {
  const isVersion = (named: string) => opaque(named).replace(digest, '"') === `"${version}"`;
  if (ifMatch !== undefined && !names(ifMatch, isVersion)) throw changed();
  if (ifNoneMatch !== undefined && names(ifNoneMatch, isVersion))
    throw new GraphError(
      'VERSION_MISMATCH',
      'the resource is there in a version that `If-None-Match` rules out; leave it out to change the resource',
    );
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
