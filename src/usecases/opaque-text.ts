import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Revision } from '../graph/ids.js';
import { GraphError } from '../kernel/errors.js';

/**
 * Turns what callers carry for us into text that tells them nothing. The same key gives the same revisions after a
 * restart and on another replica; without it nothing can be forged.
 */
export interface OpaqueText {
  /** The same text for the same revision; how far two revisions lie apart does not show. */
  printRevision(revision: Revision): string;
  /** @throws GraphError INVALID */
  parseRevision(text: string): Revision;
  /** Encrypts and signs; never the same twice. */
  seal(plain: string): string;
  /** What `seal` was given; absent: it was made with another key, or by nobody. */
  unseal(sealed: string): string | undefined;
  /** A short name that holds for these parts under this key only. */
  nameFor(...parts: readonly string[]): string;
}

/** @param key 32 bytes of chance, kept beside the store */
export function createOpaqueText(key: Buffer): OpaqueText {
  const revisionKey = deriveKey(key, 'revision');
  const cursorKey = deriveKey(key, 'cursor');
  const nameKey = deriveKey(key, 'name');
  return {
    printRevision: (revision) => encryptBlock(revisionKey, revision).toString('base64url'),
    parseRevision(text) {
      const revision = decryptBlock(revisionKey, Buffer.from(text, 'base64url'));
      if (revision === undefined)
        throw new GraphError('INVALID', `\`${text}\` is no revision; give back what a response called \`revision\``);
      return revision;
    },
    seal(plain) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', cursorKey, iv);
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
    },
    unseal(sealed) {
      const bytes = Buffer.from(sealed, 'base64url');
      if (bytes.length < 28) return undefined;
      const decipher = createDecipheriv('aes-256-gcm', cursorKey, bytes.subarray(0, 12));
      decipher.setAuthTag(bytes.subarray(12, 28));
      try {
        return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
      } catch {
        return undefined;
      }
    },
    nameFor: (...parts) => createHmac('sha256', nameKey).update(JSON.stringify(parts)).digest('base64url').slice(0, 22),
  };
}

/** Eight bytes that must come back unchanged, so that chance text is no revision. */
const mark = Buffer.from('revision', 'ascii');

/** One block of AES: the mark and the number. A block cipher over single, distinct blocks leaks equality and no more. */
function encryptBlock(key: Buffer, revision: Revision): Buffer {
  const block = Buffer.alloc(16);
  mark.copy(block);
  block.writeBigUInt64BE(BigInt(revision), 8);
  const cipher = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false);
  return Buffer.concat([cipher.update(block), cipher.final()]);
}

function decryptBlock(key: Buffer, sealed: Buffer): Revision | undefined {
  if (sealed.length !== 16) return undefined;
  const decipher = createDecipheriv('aes-256-ecb', key, null).setAutoPadding(false);
  const block = Buffer.concat([decipher.update(sealed), decipher.final()]);
  if (!timingSafeEqual(block.subarray(0, 8), mark)) return undefined;
  const revision = Number(block.readBigUInt64BE(8));
  return Number.isSafeInteger(revision) ? revision : undefined;
}

function deriveKey(key: Buffer, purpose: string): Buffer {
  return createHash('sha256').update(purpose).update('\0').update(key).digest();
}
