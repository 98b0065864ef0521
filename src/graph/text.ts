import { GraphError } from '../kernel/errors.js';

/** An indexed value's limit, in bytes of UTF-8: longer ones break a Neo4j index and with it the transaction. */
export const maxIndexedBytes = 1024;
/** How many code points of a folded value decide its place in a sorted list. */
export const sortKeyCodePoints = 256;

const loneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/**
 * U+0000 and lone surrogates are refused everywhere: stores cut or replace them, so that two different names become one.
 * @throws GraphError INVALID
 */
export function checkText(text: string, field: string): void {
  if (text.includes('\u0000'))
    throw new GraphError('INVALID', `${field} holds the character U+0000, which no text may`);
  if (loneSurrogate.test(text))
    throw new GraphError('INVALID', `${field} holds half of a surrogate pair, which no text may`);
}

/** @throws GraphError INVALID */
export function checkIndexed(text: string, field: string): void {
  checkText(text, field);
  if (Buffer.byteLength(text) > maxIndexedBytes)
    throw new GraphError('INVALID', `${field} is longer than ${maxIndexedBytes} bytes of UTF-8; shorten it`);
}

/** The form in which names are compared without regard to letter case: NFC, then lower case. Done here, never in a store. */
export function fold(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

/**
 * The form in which names are sorted, the same in every store: hex of the UTF-8 of the folded value's first
 * `sortKeyCodePoints` code points.
 */
export function sortKey(text: string): string {
  const points = Array.from(fold(text)).slice(0, sortKeyCodePoints).join('');
  return Buffer.from(points, 'utf8').toString('hex');
}

/** Compares as bytes of UTF-8, the order of every sorted answer. For ASCII ids it is the order of code units. */
export function compareBytes(a: string, b: string): number {
  return a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b));
}
