import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical.js';
import type { GraphEffect, StoredCommit } from './change.js';

/** What comes before the first commit. */
export const hashBeforeFirst = '0'.repeat(64);

export type CommitHeader = Pick<StoredCommit, 'revision' | 'id' | 'at' | 'meta'>;

/**
 * The chain of commits: SHA-256, in hex, of the previous hash, the digest of the header and those of the effects in
 * their order. It is made of digests, so that content can be erased one day, its digest kept, and the chain still verifies.
 */
export function commitHash(previous: string, header: CommitHeader, effects: readonly GraphEffect[]): string {
  return chainHash(previous, headerDigest(header), effects.map(effectDigest));
}

/** The same where only digests are left. */
export function chainHash(previous: string, header: string, effects: readonly string[]): string {
  return sha256(canonicalJson([previous, header, effects]));
}

/** Of revision, id, at and meta, and of nothing else that the given object holds. */
export function headerDigest({ revision, id, at, meta }: CommitHeader): string {
  return sha256(canonicalJson({ revision, id, at, meta }));
}

export function effectDigest(effect: GraphEffect): string {
  return sha256(canonicalJson(effect));
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
