import type { PermissionRow } from '../access/access-engine.js';
import type { NodeId } from '../graph/ids.js';
import type { Environment, IdentityNode, PermissionNode } from '../graph/node.js';

/** One identity as rules see it: no store, no network, no clock. All of one revision and instant. */
export interface IdentityFacts {
  readonly identity: IdentityNode;
  /** Everybody who owns it, whatever source says so, by id. */
  readonly owners: readonly OwnerFacts[];
  /** Effective rows of tier 0 and 1 that cover, with their permissions; most powerful first. */
  readonly privileged: readonly PrivilegedRow[];
  /** The most powerful tier of any covering permission; absent: it may do nothing. */
  readonly leastTier?: number;
}
export interface PrivilegedRow {
  readonly row: PermissionRow;
  readonly permission: PermissionNode;
  /** Where the scope belongs. */
  readonly tenant: NodeId;
  readonly environment?: Environment;
}
export interface OwnerFacts {
  readonly id: NodeId;
  /** It is an active person, or a group with an active person in it. */
  readonly accountable: boolean;
}

/** What a rule found, before its evidence. */
export interface Hit {
  readonly facts: IdentityFacts;
  /** What it is about; none: the identity as a whole. */
  readonly rows: readonly PrivilegedRow[];
  readonly verdict: 'EXCESSIVE' | 'UNDECIDED';
  /** With `UNDECIDED`: what is missing. */
  readonly undecidedReason?: string;
  readonly grade: 'PROVED' | 'OBSERVED' | 'INFERRED';
  /** What is wrong and what to do next; a sentence without a full stop. */
  readonly message: string;
  /** The most powerful tier concerned where there are no rows, for the score. */
  readonly tier: number;
}

/** One rule, one file. */
export interface Rule {
  readonly id: string;
  readonly title: string;
  /** Grows when the condition changes. */
  readonly version: number;
  /** Controls of published frameworks. */
  readonly controls: readonly string[];
  /** The numbers in force. */
  readonly thresholds: Readonly<Record<string, number>>;
  /** Its hits are divided by the edge that brings their rows; else a hit is one finding. */
  readonly byBringingEdge: boolean;
  /** The least score of what concerns that tier. */
  floor(tier: number): number;
  /** What it finds about one identity. */
  evaluate(facts: IdentityFacts): readonly Hit[];
}

/** Not a person. */
export const isNonHuman = ({ identity }: IdentityFacts): boolean => identity.type !== 'HUMAN';

export const hasAccountableOwner = ({ owners }: IdentityFacts): boolean => owners.some((owner) => owner.accountable);
