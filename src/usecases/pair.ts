import type { AccessEngine, AsOf } from '../access/access-engine.js';
import type { Revision } from '../graph/ids.js';
import type { Clock, Instant } from '../kernel/clock.js';
import type { OpaqueText } from './opaque-text.js';

/** The instant that every question of one request is judged at; what it waits for has arrived. */
export interface Pair {
  readonly at: Instant;
  /** Of what is asked below an answer: that answer's; absent: the newest. */
  readonly revision?: Revision;
}
/** What is asked below an answer is asked of the same revision and instant. */
export const pairOf = ({ revision, at }: AsOf): Pair => ({ revision, at });

/** A pair as asked for; what is absent is newest and now. */
export interface PairRequest {
  readonly at?: Instant;
  /** As a response printed it. */
  readonly atLeastRevision?: string;
  /** As inherited; it gives way to `atLeastRevision`. */
  readonly revision?: Revision;
}

/**
 * Waits until the engine knows the revision asked for.
 * Rejects INVALID where it lies beyond the head or is no revision, UNAVAILABLE at the deadline.
 */
export async function fixPair(
  {
    engine,
    clock,
    opaque,
  }: {
    readonly engine: Pick<AccessEngine, 'catchUp'>;
    readonly clock: Clock;
    readonly opaque: Pick<OpaqueText, 'parseRevision'>;
  },
  { at, atLeastRevision, revision }: PairRequest,
  signal: AbortSignal,
): Promise<{ readonly pair: Pair; readonly atLeast?: Revision }> {
  const pair = { at: at ?? clock.now() };
  if (atLeastRevision === undefined) return { pair: { ...pair, ...(revision !== undefined && { revision }) } };
  const atLeast = opaque.parseRevision(atLeastRevision);
  await engine.catchUp(atLeast, signal);
  return { pair, atLeast };
}
