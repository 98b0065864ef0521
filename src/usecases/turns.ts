import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../kernel/clock.js';

/** How long one turn of long work may take, in milliseconds. */
const turnMs = 10;

/**
 * To be awaited between the steps of long work: lets others have their turn once this one has lasted long enough.
 * Awaiting a store or an index in this process gives them none.
 */
export function createTurns(clock: Clock): () => Promise<void> {
  let since = clock.now();
  return async () => {
    if (clock.now() - since < turnMs) return;
    await setImmediate();
    since = clock.now();
  };
}
