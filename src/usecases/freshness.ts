import type { AccessEngine } from '../access/access-engine.js';
import type { Clock, Instant } from '../kernel/clock.js';
import type { GraphStore } from '../store/graph-store.js';
import { isBeingRestored } from '../store/restore-checks.js';

/** Keeps the engine at the store's head, which other processes move too, and knows how lately it stood there. */
export interface Freshness {
  /** Reads the head and catches up with it once, however long that takes, unless the signal aborts; a store that is away is no error. */
  catchUp(signal?: AbortSignal): Promise<void>;
  /** From now on, time and again; tells when it can no longer, and when it can again. */
  begin(tell: { failed(error: unknown): void; recovered(): void }): void;
  /** Ready: the engine stands at a head that was read within `freshMs`. `reason`: what is missing. Waits for nothing. */
  readiness(): { readonly ready: boolean; readonly reason?: string };
  close(): void;
}

export interface FreshnessDependencies {
  readonly store: Pick<GraphStore, 'until'>;
  readonly engine: Pick<AccessEngine, 'catchUp'>;
  readonly clock: Clock;
  /** What the engine cannot get over by itself; absent: nothing. */
  readonly stuck: () => string | undefined;
}

/** How old the head may be that the engine stands at, in milliseconds. */
const freshMs = 5_000;
/** How long what another process commits to the same store may stay unseen here, unless a query waits for it. */
const pollIntervalMs = 500;
/** How long one look may take before the next is begun, in milliseconds. */
const lookMs = 4_000;

const whyNoHead = (failure: unknown) =>
  isBeingRestored(failure) ? 'the store is being restored' : 'the store does not answer';

export function createFreshness({ store, engine, clock, stuck }: FreshnessDependencies): Freshness {
  let atHead: Instant = Number.NEGATIVE_INFINITY;
  let missing = 'the store has not been read yet';
  let failure: unknown;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  async function look(catchUpSignal?: AbortSignal): Promise<void> {
    const begun = clock.now();
    try {
      missing = whyNoHead(failure);
      const { revision } = await store.until(AbortSignal.timeout(lookMs)).head();
      missing = `the access index is not yet at revision ${revision}`;
      await engine.catchUp(revision, catchUpSignal);
      atHead = begun;
      failure = undefined;
    } catch (error) {
      // Readiness tells it, and whoever asks is told; the next look tries again.
      failure = error;
      if (isBeingRestored(error)) missing = whyNoHead(error);
    }
  }

  async function lookAgain(tell: Parameters<Freshness['begin']>[0], failedBefore: boolean): Promise<void> {
    await look(AbortSignal.timeout(lookMs));
    if (closed) return;
    const fails = failure !== undefined;
    if (fails && !failedBefore) tell.failed(failure);
    if (!fails && failedBefore) tell.recovered();
    timer = setTimeout(lookAgain, pollIntervalMs, tell, fails);
  }

  return {
    catchUp: look,
    begin(tell) {
      if (failure !== undefined) tell.failed(failure);
      timer = setTimeout(lookAgain, pollIntervalMs, tell, failure !== undefined);
    },
    readiness() {
      const reason = stuck();
      if (reason !== undefined) return { ready: false, reason };
      return clock.now() - atHead <= freshMs ? { ready: true } : { ready: false, reason: missing };
    },
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}
