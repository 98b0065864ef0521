import type { Clock, Instant } from '../../kernel/clock.js';
import { GraphError } from '../../kernel/errors.js';

/**
 * Takes one request of whom the key names, a source or whoever asks it without a token, who may send so many a second; absent: as many as come.
 * @throws GraphError COST_EXCEEDED with the seconds after which there is room again
 */
export type TakeRequest = (key: string, requestsPerSecond: number | undefined) => void;

interface Bucket {
  readonly tokens: number;
  readonly at: Instant;
}

/** So many requests a second of each source on average, and at once as many as two seconds give: a bucket of tokens a key. */
export function createRateLimit(clock: Clock): TakeRequest {
  const buckets = new Map<string, Bucket>();

  return (key, requestsPerSecond) => {
    if (requestsPerSecond === undefined) return;
    const size = requestsPerSecond * 2;
    const now = clock.now();
    const { tokens, at } = buckets.get(key) ?? { tokens: size, at: now };
    const filled = Math.min(size, tokens + ((now - at) / 1000) * requestsPerSecond);
    if (filled < 1) {
      const retryAfterSeconds = Math.max(1, Math.ceil((1 - filled) / requestsPerSecond));
      throw new GraphError('COST_EXCEEDED', `the source may send ${requestsPerSecond} requests a second; send slower`, {
        limit: 'requestsPerSecond',
        retryAfterSeconds,
      });
    }
    buckets.set(key, { tokens: filled - 1, at: now });
  };
}
