import type { Commit, StoredCommit } from '../graph/change.js';
import type { EdgeKind, EdgeVersion } from '../graph/edge.js';
import type { CommitId, EdgeId, NodeId, Revision } from '../graph/ids.js';
import type { FieldKey } from '../graph/indexed-fields.js';
import type { NodeKind, NodeOf, NodeVersion } from '../graph/node.js';
import type { Instant } from '../kernel/clock.js';

/**
 * The system of record: a log of commits, and the graph that they add up to.
 *
 * Every method but `snapshot`, `commitsAfter` and `head` reads the open graph at the head. Every reader takes a scope
 * first and behaves, for what lies outside it, exactly as if it did not exist. Lists are sorted, and say how they go on.
 * All methods reject with `GraphError` only: `INVALID`, `UNIQUENESS`, `VERSION_MISMATCH`, `TOO_LARGE`, `TOO_MANY`,
 * `GONE`, `DEADLINE`, `UNAVAILABLE`; anything else is a defect. `signal` aborts with `DEADLINE`. Text with U+0000 or half a
 * surrogate pair is `INVALID` where it is written or looked for, and an id that is spelled so names nothing.
 *
 * The conformance suite (`test/store/graph-store-suite.ts`) states this contract line by line, for every adapter.
 */
export interface GraphStore {
  /**
   * Stores the commit whole and durably, or not at all. Revisions are gapless; `at` is not before the previous one's.
   * A commit whose id is found is answered with what it was stored as, before its expectations are judged
   * (`repeated: true`). A commit without effect makes no revision: it is answered with the head's (`effectless: true`).
   * When it resolves, it is on disk and a reader of any process sees it. Commits that arrive together may share one
   * transaction: one that is refused leaves no trace, and only its caller hears of it. Tenants take turns, so that a
   * large import holds up no other. `UNAVAILABLE` after the commit was sent, and `DEADLINE`, say nothing about the outcome: retry
   * with the same id. `UNAVAILABLE` with `retryAfterSeconds`: too many wait, and this one was not taken.
   */
  commit(commit: Commit, signal?: AbortSignal): Promise<CommitReceipt>;

  head(): Promise<Head>;
  /** Where what is kept begins: the oldest revision that can be asked about. At first revision 0, `hashBeforeFirst`, instant 0. */
  horizon(): Promise<RestoredHorizon>;
  /** The newest revision whose `at` is not after `time`; 0 if none. Rejects with `GONE` for a time before the horizon's. */
  revisionAt(time: Instant): Promise<Revision>;
  /** One slot an id, in the order asked, absent as `undefined`. At most `maxIdsPerCall`. */
  nodesByIds(scope: ReadScope, ids: readonly NodeId[]): Promise<readonly (NodeVersion | undefined)[]>;
  /** One slot an id; an edge is visible where one of its ends is. */
  edgesByIds(scope: ReadScope, ids: readonly EdgeId[]): Promise<readonly (EdgeVersion | undefined)[]>;
  /** Open nodes that hold the value, by id; more than one only for fields that are no claim. Rejects with `TOO_MANY` where more than `maxPageSize` hold it: never a short list. */
  find(scope: ReadScope, key: FieldKey): Promise<readonly NodeVersion[]>;
  /** A page of open nodes. Rejects with `INVALID` for a field that `INDEXED_FIELDS` does not list, a limit out of range, a position that no page gave. */
  list<Kind extends NodeKind>(scope: ReadScope, query: NodeQuery<Kind>): Promise<Page<NodeVersion<NodeOf<Kind>>>>;
  count(scope: ReadScope, query: Pick<NodeQuery, 'kind' | 'where'>): Promise<number>;
  /** Open edges with that end at the node, by id, from `after` (exclusive). */
  edgesOf(scope: ReadScope, query: EdgeQuery): Promise<Page<EdgeVersion>>;
  countEdges(scope: ReadScope, query: Pick<EdgeQuery, 'node' | 'end' | 'kind'>): Promise<number>;
  /** Every version of a node that retention kept, oldest first. */
  history(scope: ReadScope, node: NodeId): Promise<readonly NodeVersion[]>;

  /**
   * The graph as of one revision (default: the head when it is first read from), in batches of at most 1,000 rows: nodes
   * by kind in the order of `NODE_KINDS`, then edges in the order of `EDGE_KINDS`, each by id; versions as they were then,
   * without a later `until`. Holds no long transaction, and misses nothing that commits write meanwhile. The last batch
   * is the `snapshotEnd`, given only where what was read matches the totals of that revision; else `UNAVAILABLE`, and
   * what was given so far must be dropped and taken again. Rejects with `GONE` before the horizon, also where the horizon passes while
   * it is read, and with `INVALID` beyond the head.
   */
  snapshot(revision?: Revision, signal?: AbortSignal): AsyncIterable<SnapshotBatch>;
  /** The log after a revision, oldest first, contiguous, at most about `maxBytes` (default 4 MB) but at least one; empty at the head and beyond. Rejects with `GONE` before the horizon. */
  commitsAfter(revision: Revision, options?: { readonly maxBytes?: number }): Promise<readonly StoredCommit[]>;
  findCommit(id: CommitId): Promise<StoredCommit | undefined>;
  /** Moves the retention horizon: versions that ended by then and log entries up to it go, and with them what their commit ids were. Never moves it back; beyond the head: `INVALID`. */
  prune(horizon: Revision): Promise<void>;

  /**
   * Fills an empty store (else `INVALID`) with what an export held: the snapshot at its horizon, then its log, keeping
   * revisions, times, commit ids and hashes; makes a new `storeId`. Totals and each hash are checked; where one is wrong,
   * or either iterable throws, the store is as empty as before. Other writes meanwhile reject with `UNAVAILABLE`.
   */
  restore(
    base: AsyncIterable<SnapshotBatch>,
    log: AsyncIterable<StoredCommit>,
    horizon: RestoredHorizon,
  ): Promise<Head>;
  /**
   * The same store, whose reads are given up with `DEADLINE` (`UNAVAILABLE` where the database is away) once the signal
   * aborts, and then hold nothing of the database. Of a store that was given one already this signal takes the place of
   * the other. Commits go by the signal that they are given.
   */
  until(signal: AbortSignal): GraphStore;
  /** Finishes what is under way and lets go of everything. Later calls reject with `UNAVAILABLE`. */
  close(): Promise<void>;
}

export interface CommitReceipt {
  readonly revision: Revision;
  readonly at: Instant;
  readonly repeated: boolean;
  readonly effectless: boolean;
  /** What was stored, where this call stored it: a follower may take it if it is exactly next. */
  readonly stored?: StoredCommit;
}

/** Followers, cursors and snapshot files carry (storeId, revision, hash) and are dropped on a mismatch. */
export interface Head {
  readonly storeId: string;
  readonly revision: Revision;
  readonly hash: string;
  readonly at: Instant;
  /** The oldest revision that can be asked about. */
  readonly horizon: Revision;
  readonly openNodes: number;
  readonly openEdges: number;
}
export type RestoredHorizon = Pick<Head, 'revision' | 'hash' | 'at'>;

/**
 * What a caller may read. `system` is held by index, export and governance only. `tenants`: nodes of these tenants, and
 * nodes of no tenant (applications, their permissions and shared roles). `source`: the source itself, what it pushed
 * (its accounts, groups, pending references) and the edges it states, no more.
 */
export type ReadScope =
  | { readonly kind: 'system' }
  | { readonly kind: 'tenants'; readonly tenants: readonly NodeId[] }
  | { readonly kind: 'source'; readonly source: NodeId };
export const systemScope: ReadScope = { kind: 'system' };

/** Over `INDEXED_FIELDS` only. */
export type Where =
  | {
      readonly kind: 'field';
      readonly field: string;
      readonly operator: FieldOperator;
      readonly value: string;
      readonly scope?: string;
    }
  /** `id` and the stamps, which every node has; instants as decimal milliseconds. */
  | {
      readonly kind: 'stamp';
      readonly stamp: 'id' | 'createdAt' | 'modifiedAt';
      readonly operator: FieldOperator;
      readonly value: string;
    }
  /** Nodes with an open edge of that kind to (`end: 'from'`: from the listed node) the other node. */
  | { readonly kind: 'edge'; readonly edge: EdgeKind; readonly end: 'from' | 'to'; readonly other: NodeId }
  | { readonly kind: 'present'; readonly field: string; readonly scope?: string }
  | { readonly kind: 'not'; readonly of: Where }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Where[] };
/** `LESS` … compare folded values as `sortKey` orders them; values are folded by the store's caller through `fieldKey`. */
export type FieldOperator =
  | 'EQUALS'
  | 'STARTS_WITH'
  | 'CONTAINS'
  | 'LESS'
  | 'LESS_OR_EQUAL'
  | 'GREATER'
  | 'GREATER_OR_EQUAL';

export interface NodeQuery<Kind extends NodeKind = NodeKind> {
  readonly kind: Kind;
  /** Narrows to one tenant or source beside the read scope. */
  readonly tenant?: NodeId;
  readonly source?: NodeId;
  readonly where?: Where;
  /** Then by id, ascending either way. Absent: by (createdAt, id), the order of insertion. A field's order is that of its least value's sort key; nodes without one come last, either way. */
  readonly order?: { readonly by: string; readonly descending?: boolean };
  /** Go on after the node with this position (`Page.next`); or skip that many. */
  readonly after?: string;
  readonly skip?: number;
  /** At most 1,000. */
  readonly limit: number;
}
export interface EdgeQuery {
  readonly node: NodeId;
  readonly end: 'from' | 'to';
  readonly kind: EdgeKind;
  readonly after?: EdgeId;
  /** At most 1,000. */
  readonly limit: number;
}
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Opaque position to go on after; absent: this was the last page. */
  readonly next?: string;
}

export type SnapshotBatch =
  | { readonly kind: 'nodes'; readonly nodes: readonly NodeVersion[] }
  | { readonly kind: 'edges'; readonly edges: readonly EdgeVersion[] }
  | { readonly kind: 'snapshotEnd'; readonly head: Omit<Head, 'horizon'> };

export const maxIdsPerCall = 1_000;
export const maxPageSize = 1_000;
