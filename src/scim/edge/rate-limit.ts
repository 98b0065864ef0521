import type { NodeId } from '../../graph/ids.js';
import type { Clock, Instant } from '../../kernel/clock.js';
import { GraphError } from '../../kernel/errors.js';

/**
 * Takes one request of the source, which may send so many a second; absent: as many as come.
 * @throws GraphError COST_EXCEEDED with the seconds after which there is room again
 */
export type TakeRequest = (source: NodeId, requestsPerSecond: number | undefined) => void;

interface Bucket {
  readonly tokens: number;
  readonly at: Instant;
}

/** So many requests a second of each source on average, and at once as many as two seconds give: a bucket of tokens a source. */
export function createRateLimit(clock: Clock): TakeRequest {
  const buckets = new Map<NodeId, Bucket>();

  return (source, requestsPerSecond) => {
    if (requestsPerSecond === undefined) return;
    const size = requestsPerSecond * 2;
    const now = clock.now();
    const { tokens, at } = buckets.get(source) ?? { tokens: size, at: now };
    const filled = Math.min(size, tokens + ((now - at) / 1000) * requestsPerSecond);
    if (filled < 1) {
      const retryAfterSeconds = Math.max(1, Math.ceil((1 - filled) / requestsPerSecond));
      throw new GraphError('COST_EXCEEDED', `the source may send ${requestsPerSecond} requests a second; send slower`, {
        limit: 'requestsPerSecond',
        retryAfterSeconds,
      });
    }
    buckets.set(source, { tokens: filled - 1, at: now });
  };
}
