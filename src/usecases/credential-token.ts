import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A new opaque token: 256 bits of chance, base64url, 43 characters. */
export const createTokenText = (): string => randomBytes(32).toString('base64url');

/** SHA-256 in hex: what is stored in place of the token. */
export const hashOfToken = (token: string): string => createHash('sha256').update(token, 'utf8').digest('hex');

/** Compares two hashes of tokens in constant time. */
export function isSameHash(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
