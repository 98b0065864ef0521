import type { Commit, StoredCommit } from '../../graph/change.js';
import type { Revision } from '../../graph/ids.js';
import type { Instant } from '../../kernel/clock.js';
import type { CommitReceipt, Head, RestoredHorizon, SnapshotBatch } from '../graph-store.js';
import type { SideWrite } from './side-writer.js';
import type { WireError } from './wire-error.js';

/** Everything that writes, as the main thread hands it to the writer's. */
export type WriteRequest =
  | { readonly kind: 'commit'; readonly commit: Commit }
  | { readonly kind: 'side'; readonly write: SideWrite }
  /** Moves the horizon and drops some of what lies before it. */
  | { readonly kind: 'prune'; readonly horizon: Revision }
  | { readonly kind: 'restore'; readonly step: RestoreStep };

/** A restore is one transaction over several requests, so that one that is cut leaves nothing. */
export type RestoreStep =
  | { readonly kind: 'begin'; readonly horizon: RestoredHorizon }
  | { readonly kind: 'base'; readonly batch: SnapshotBatch }
  | { readonly kind: 'log'; readonly commits: readonly StoredCommit[] }
  | { readonly kind: 'end' }
  | { readonly kind: 'abort' };

export type WriteResult =
  | { readonly kind: 'commit'; readonly receipt: CommitReceipt }
  | { readonly kind: 'side' }
  /** `finished` is false while there is more to drop. */
  | { readonly kind: 'prune'; readonly finished: boolean }
  | { readonly kind: 'restore'; readonly head?: Head };

export type WriteOutcome =
  | { readonly kind: 'done'; readonly result: WriteResult }
  | { readonly kind: 'refused'; readonly error: WireError };

export type ToWriter =
  | { readonly kind: 'group'; readonly requests: readonly WriteRequest[]; readonly now: Instant }
  | { readonly kind: 'close' };

export type FromWriter =
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly error: WireError }
  /** One outcome a request of the group, in its order. */
  | { readonly kind: 'outcomes'; readonly outcomes: readonly WriteOutcome[] };
