import { hashOf, type Revision } from '../graph/ids.js';
import type { Clock, Instant } from '../kernel/clock.js';
import type { Config } from '../kernel/config.js';
import { GraphError } from '../kernel/errors.js';
import type { OpaqueText } from './opaque-text.js';
import type { Pair } from './pair.js';

/** What of a question must be the same on every page: its name, its arguments but `first` and `after`, what the caller may see. */
export type PagedQuestion = readonly unknown[];

/** Where a page goes on, and the pair as which the first page was asked. */
export interface PagePosition {
  readonly next: string;
  readonly pair: Pair;
}

export interface PageCursors {
  print(question: PagedQuestion, position: PagePosition): string;
  /** Rejects with CURSOR_EXPIRED what is too old, another question's, another caller's or nobody's. */
  parse(question: PagedQuestion, cursor: string): PagePosition;
  /** A page's size as asked. @throws GraphError INVALID outside 1 to `MAX_PAGE_SIZE`; it is never clamped */
  parseFirst(first: number): number;
}

/** Cursors are sealed, so that they tell nothing and nobody but us makes them. */
export function createPageCursors({
  opaque,
  clock,
  limits,
}: {
  readonly opaque: Pick<OpaqueText, 'seal' | 'unseal'>;
  readonly clock: Clock;
  readonly limits: Pick<Config, 'CURSOR_TTL_SECONDS' | 'MAX_PAGE_SIZE'>;
}): PageCursors {
  return {
    print: (question, { next, pair: { at, revision } }) =>
      opaque.seal(JSON.stringify([clock.now(), hashOfQuestion(question), at, next, revision])),
    parse(question, cursor) {
      const plain = opaque.unseal(cursor);
      if (plain === undefined) throw expired();
      const [made, hash, at, next, revision] = JSON.parse(plain) as [Instant, string, Instant, string, Revision | null];
      if (hash !== hashOfQuestion(question) || clock.now() - made > limits.CURSOR_TTL_SECONDS * 1000) throw expired();
      return { next, pair: { at, ...(revision !== null && { revision }) } };
    },
    parseFirst(first) {
      if (!Number.isInteger(first) || first < 1 || first > limits.MAX_PAGE_SIZE)
        throw new GraphError('INVALID', `\`${first}\` rows are no page; ask for 1 to ${limits.MAX_PAGE_SIZE}`, {
          argument: 'first',
          limit: 'MAX_PAGE_SIZE',
        });
      return first;
    },
  };
}

function hashOfQuestion(question: PagedQuestion): string {
  return hashOf(JSON.stringify(question));
}

function expired(): GraphError {
  return new GraphError('CURSOR_EXPIRED', 'the cursor is too old or not of this question; begin at the first page', {
    argument: 'after',
  });
}
