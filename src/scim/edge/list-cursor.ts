import { hashOf, type NodeId } from '../../graph/ids.js';
import type { Clock, Instant } from '../../kernel/clock.js';
import type { OpaqueText } from '../../usecases/opaque-text.js';
import { ScimError } from '../scim-error.js';
import type { SearchRequest } from '../search-request.js';

/** Where a walk over a query goes on: in which of its resource types, and after what the store gave as position. */
export interface CursorPosition {
  readonly segment: number;
  /** Absent: at the beginning of the segment. */
  readonly after?: string;
}

/** Whose walk over what: a cursor goes on with nothing else. */
export interface CursorQuestion {
  readonly source: NodeId;
  /** Of the query, such as `/Users`. */
  readonly path: string;
  readonly search: SearchRequest;
}

interface CursorText {
  readonly question: string;
  readonly at: Instant;
  readonly position: CursorPosition;
}

/** Tells our cursors from whatever else is sealed with the same key. */
const prefix = 'scim:';

/** Cursors of RFC 9865: sealed, of one source and query, and good for a while. */
export interface ListCursors {
  print(question: CursorQuestion, position: CursorPosition): string;
  /** A cursor is good for so many seconds. Throws `invalidCursor`, `expiredCursor`. */
  parse(question: CursorQuestion, text: string, timeoutSeconds: number): CursorPosition;
}

export function createListCursors({
  opaque,
  clock,
}: {
  readonly opaque: Pick<OpaqueText, 'seal' | 'unseal'>;
  readonly clock: Clock;
}): ListCursors {
  return {
    print(question, position) {
      const text: CursorText = { question: nameOf(question), at: clock.now(), position };
      return opaque.seal(`${prefix}${JSON.stringify(text)}`);
    },
    parse(question, text, timeoutSeconds) {
      const plain = opaque.unseal(text);
      if (plain === undefined) throw new ScimError('invalidCursor', '`cursor` is none that this service gave');
      const cursor = parseText(plain);
      if (cursor?.question !== nameOf(question))
        throw new ScimError('invalidCursor', '`cursor` belongs to another query; begin again without it');
      if (clock.now() >= cursor.at + timeoutSeconds * 1_000)
        throw new ScimError('expiredCursor', `\`cursor\` was good for ${timeoutSeconds} seconds; begin again`);
      return cursor.position;
    },
  };
}

/** Absent: it was sealed here, as something else. */
function parseText(plain: string): CursorText | undefined {
  return plain.startsWith(prefix) ? (JSON.parse(plain.slice(prefix.length)) as CursorText) : undefined;
}

/** How many are on a page may change from page to page; what is asked and how it is sorted may not. */
function nameOf({ source, path, search }: CursorQuestion): string {
  return hashOf('scim cursor', source, path, search.filter, search.sortBy, search.sortOrder);
}
