import { setImmediate } from 'node:timers/promises';

/** How long the questions of one request may work before other requests have their turn, in milliseconds. */
const turnMs = 10;

/** Resolves when it is the caller's turn, first come, first served; rejects with the signal's reason once it has aborted. */
export type TakeTurn = () => Promise<void>;

/**
 * For the questions of one request, of which one document can ask a million: the index answers each without ever letting go of
 * the process, so that neither other requests nor the deadline's own timer would be heard.
 */
export function createTurnQueue(signal: AbortSignal): TakeTurn {
  let waiting: (() => void)[] = [];
  let running = false;

  async function run(): Promise<void> {
    running = true;
    let began = performance.now();
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      for (const go of batch) {
        go();
        // What was let go works before this goes on.
        await undefined;
        if (performance.now() - began < turnMs) continue;
        await setImmediate();
        began = performance.now();
      }
    }
    running = false;
  }

  return () =>
    new Promise((resolve, reject) => {
      waiting.push(() => (signal.aborted ? reject(signal.reason) : resolve()));
      if (!running) void run();
    });
}
