import type { NodeId } from '../../graph/ids.js';
import type { Clock, Instant } from '../../kernel/clock.js';
import type { SideStore } from '../../store/side-store.js';

/** What one request adds to the health of its source. */
export interface RequestHealth {
  /** By name of the counter: `requests`, `errors`, `coerced.E1`. */
  readonly counts: ReadonlyMap<string, number>;
  readonly wrote: boolean;
}

export interface HealthRecorder {
  /** Kept in memory until the next flush, so that no request waits for it. */
  record(source: NodeId, health: RequestHealth): void;
  /** Writes what is kept and ends the timer. */
  close(): Promise<void>;
}

/** How long counters may lie in memory, and be lost with the process. */
const flushIntervalMs = 1_000;

interface Kept {
  readonly counts: Record<string, number>;
  readonly at: Instant;
  readonly lastWriteAt?: Instant;
}

/** `failed` is told of counters that could not be written; they are dropped: counting must never stop a source. */
export function createHealthRecorder(
  { side, clock }: { readonly side: Pick<SideStore, 'addHealth'>; readonly clock: Clock },
  failed: (error: unknown) => void,
): HealthRecorder {
  let kept = new Map<NodeId, Kept>();
  let writing = Promise.resolve();
  const timer = setInterval(flush, flushIntervalMs);
  timer.unref();

  function flush(): Promise<void> {
    const batch = kept;
    kept = new Map();
    writing = writing.then(async () => {
      for (const [source, { at, counts, lastWriteAt }] of batch)
        await side.addHealth(source, at, counts, lastWriteAt).catch(failed);
    });
    return writing;
  }

  return {
    record(source, { counts, wrote }) {
      const before = kept.get(source);
      const sums = { ...before?.counts };
      for (const [name, count] of counts) sums[name] = (sums[name] ?? 0) + count;
      const at = clock.now();
      const lastWriteAt = wrote ? at : before?.lastWriteAt;
      kept.set(source, { at, counts: sums, ...(lastWriteAt !== undefined && { lastWriteAt }) });
    },
    async close() {
      clearInterval(timer);
      await flush();
    },
  };
}
