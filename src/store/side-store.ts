import type { NodeId } from '../graph/ids.js';
import type { JsonObject } from '../graph/node.js';
import type { Instant } from '../kernel/clock.js';

/**
 * What must not version the graph: credentials, usage, last authentication, health of sources, state of findings,
 * samples. Writes are durable when they resolve. Its facts have their own times; they are joined when an answer is made.
 * Rejects with `GraphError` only, as `GraphStore` does. `test/store/side-store-suite.ts` states it line by line.
 */
export interface SideStore {
  /** Stores or replaces the credential of that id. Rejects `UNIQUENESS` where its hash is another's. */
  putCredential(credential: Credential): Promise<void>;
  /** By the SHA-256 of the token; expired and revoked ones too: the caller judges. */
  findCredential(hash: string): Promise<Credential | undefined>;
  /** By creation, then id. */
  listCredentials(subject?: NodeId): Promise<readonly Credential[]>;
  removeCredential(id: string): Promise<void>;
  /** Moves `lastUsedAt` forward, never back. Absent credential: nothing. */
  touchCredential(id: string, at: Instant): Promise<void>;

  /** Joins each row with what is stored: minima of `firstSeen`, maxima of the others, so that replaying changes nothing. */
  recordUsage(rows: readonly Usage[]): Promise<void>;
  usageOf(identities: readonly NodeId[]): Promise<readonly Usage[]>;
  /** Maxima. */
  recordAuthentication(rows: readonly { readonly identity: NodeId; readonly at: Instant }[]): Promise<void>;
  lastAuthentication(identities: readonly NodeId[]): Promise<readonly (Instant | undefined)[]>;

  /** Adds to counters of a source (`errors`, `coerced.E1`, …) within the UTC day of `at`, and moves `lastWriteAt` forward where given. */
  addHealth(
    source: NodeId,
    at: Instant,
    counts: Readonly<Record<string, number>>,
    lastWriteAt?: Instant,
  ): Promise<void>;
  /** The counters' sums over the days from `since` on. */
  healthOf(source: NodeId, since: Instant): Promise<SourceHealth>;

  /** State of findings by fingerprint, for one rule engine to read and write whole. */
  putFindings(rows: readonly FindingRecord[]): Promise<void>;
  removeFindings(fingerprints: readonly string[]): Promise<void>;
  findings(tenant?: NodeId): Promise<readonly FindingRecord[]>;

  /** One row a series and instant; the same again replaces it. */
  putSample(series: string, at: Instant, values: JsonObject): Promise<void>;
  /** Ascending by instant, `from <= at < to`. */
  samples(
    series: string,
    from: Instant,
    to: Instant,
  ): Promise<readonly { readonly at: Instant; readonly values: JsonObject }[]>;
  /** Drops samples before the instant. */
  dropSamples(before: Instant): Promise<void>;

  /**
   * Everything that is held, for an export, in batches of at most 1,000 facts: by kind in the order of `SideFact`, each
   * by its key. Each page is what is stored when it is read. Credentials only when asked for.
   */
  facts(options: { readonly withCredentials: boolean }): AsyncIterable<readonly SideFact[]>;
  /** As `GraphStore.until`, of every method. */
  until(signal: AbortSignal): SideStore;
}

/** One row of what is held. What `putCredential`, `recordUsage`, … of it gives in an empty store is the same row. */
export type SideFact =
  | { readonly kind: 'credential'; readonly credential: Credential }
  | { readonly kind: 'usage'; readonly usage: Usage }
  | { readonly kind: 'authentication'; readonly identity: NodeId; readonly at: Instant }
  /** One counter of one UTC day, which begins at `day`. */
  | {
      readonly kind: 'health';
      readonly source: NodeId;
      readonly day: Instant;
      readonly counter: string;
      readonly count: number;
    }
  | { readonly kind: 'lastWrite'; readonly source: NodeId; readonly at: Instant }
  | { readonly kind: 'finding'; readonly finding: FindingRecord }
  | { readonly kind: 'sample'; readonly series: string; readonly at: Instant; readonly values: JsonObject };

export interface Credential {
  readonly id: string;
  /** SHA-256 of the token, hex. The token itself is never stored. */
  readonly hash: string;
  readonly kind: 'api' | 'scim';
  readonly name: string;
  /** A SCIM token's source. */
  readonly subject?: NodeId;
  /** Absent: every tenant. */
  readonly tenants?: readonly NodeId[];
  readonly scopes: readonly string[];
  readonly createdAt: Instant;
  readonly expiresAt?: Instant;
  readonly lastUsedAt?: Instant;
}
export interface Usage {
  readonly identity: NodeId;
  readonly permission: NodeId;
  readonly firstSeen: Instant;
  readonly lastSuccess?: Instant;
  readonly lastAttempt?: Instant;
}
export interface SourceHealth {
  readonly lastWriteAt?: Instant;
  readonly counts: Readonly<Record<string, number>>;
}
export interface FindingRecord {
  readonly fingerprint: string;
  readonly tenant?: NodeId;
  readonly openedAt: Instant;
  readonly resolvedAt?: Instant;
  readonly detail: JsonObject;
}
