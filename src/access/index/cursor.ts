import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Revision } from '../../graph/ids.js';
import type { Instant } from '../../kernel/clock.js';
import { GraphError } from '../../kernel/errors.js';

/** Where an answer goes on: all its pages are judged at one revision and instant. */
export interface CursorPlace {
  readonly storeId: string;
  readonly revision: Revision;
  readonly at: Instant;
  /** Items before the next page. */
  readonly position: number;
}

/** Cursors are opaque, and can be neither forged nor carried over to another question or caller: `question` is a `questionText`. */
export interface Cursors {
  write(place: CursorPlace, question: string): string;
  /** @throws GraphError CURSOR_EXPIRED */
  read(cursor: string, question: string): CursorPlace;
}

const signatureBytes = 16;

export function createCursors(key: Uint8Array): Cursors {
  const sign = (payload: string, question: string) =>
    createHmac('sha256', key)
      .update(JSON.stringify([question, payload]))
      .digest()
      .subarray(0, signatureBytes);

  return {
    write({ storeId, revision, at, position }, question) {
      const payload = JSON.stringify([storeId, revision, at, position]);
      return Buffer.concat([sign(payload, question), Buffer.from(payload)]).toString('base64url');
    },
    read(cursor, question) {
      const bytes = Buffer.from(cursor, 'base64url');
      const payload = bytes.subarray(signatureBytes).toString();
      const isOurs =
        bytes.length > signatureBytes && timingSafeEqual(bytes.subarray(0, signatureBytes), sign(payload, question));
      if (!isOurs)
        throw new GraphError('CURSOR_EXPIRED', 'the cursor is not of this question; ask again from the first page');
      const [storeId, revision, at, position] = JSON.parse(payload) as [string, Revision, Instant, number];
      return { storeId, revision, at, position };
    },
  };
}

/** Everything that the question says but how many items a page has and where it begins. */
export function questionText(name: string, question: { readonly first: number; readonly after?: string }): string {
  const { first: _, after: __, ...asked } = question;
  const fields = Object.entries(asked).filter(([, value]) => value !== undefined);
  return JSON.stringify([name, fields.sort(([a], [b]) => (a < b ? -1 : 1))]);
}
