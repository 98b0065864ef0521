import { GraphError, isGraphError } from '../../kernel/errors.js';
import { isAway, translateError } from './driver-errors.js';

/** When a call is given up, whatever it waits for. */
export interface Patience {
  readonly signal?: AbortSignal | undefined;
  /** In milliseconds; a server that hangs says nothing. */
  readonly longestMs: number;
}

/** How long the first pause before a further attempt is, in milliseconds, and the longest; each is twice the one before. */
const [firstPauseMs, longestPauseMs] = [50, 1_000];

/** Runs what the server was away for again, and remembers that it is away. */
export interface Attempts {
  /**
   * Attempts until one succeeds, fails for another reason than that the server is away, or `retryMs` have passed. Once
   * the signal aborts: `UNAVAILABLE` where the server is away, else `DEADLINE`.
   */
  run<Result>(attempt: () => Promise<Result>, signal: AbortSignal | undefined): Promise<Result>;
  /** Why the last attempt of any call failed; absent: it did not. */
  trouble(): GraphError | undefined;
}

export function createAttempts(retryMs: number): Attempts {
  let trouble: GraphError | undefined;

  async function once<Result>(attempt: () => Promise<Result>): Promise<Result> {
    const result = await attempt();
    trouble = undefined;
    return result;
  }

  return {
    trouble: () => trouble,
    async run(attempt, signal) {
      const until = performance.now() + retryMs;
      for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
        if (signal?.aborted) throw trouble ?? tooLate(signal);
        try {
          return await once(attempt);
        } catch (error) {
          if (signal?.aborted && trouble) throw trouble;
          if (!isAway(error)) throw error;
          const translated = translateError(error);
          if (isGraphError(translated)) trouble = translated;
          if (performance.now() + pauseMs > until) throw error;
          // Not all who wait come back at one moment.
          await pause(pauseMs * (0.5 + Math.random() / 2), signal);
        }
      }
    },
  };
}

/** The promise, or a rejection once it is given up; what it does then is nobody's matter. */
export function orGiveUp<Result>(promise: Promise<Result>, { signal, longestMs }: Patience): Promise<Result> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(tooLate(signal));
    const timer = setTimeout(() => reject(noAnswer(longestMs)), longestMs);
    if (signal?.aborted) abort();
    signal?.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    });
  });
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal?.addEventListener('abort', end, { once: true });
  });
}

/** What an abort means to a port's caller: its own reason where that is in the ports' words. */
export function tooLate(signal: AbortSignal | undefined): GraphError {
  const reason: unknown = signal?.reason;
  return isGraphError(reason) ? reason : new GraphError('DEADLINE', 'the deadline passed before the store answered');
}

const unanswered = Symbol('unanswered');
/** It was given up since `longestMs` had passed. */
export const isUnanswered = (error: unknown): boolean => isGraphError(error) && error.cause === unanswered;

function noAnswer(milliseconds: number): GraphError {
  const message = `Neo4j has not answered for ${Math.round(milliseconds / 1000)} seconds; retry later`;
  return new GraphError('UNAVAILABLE', message, {}, { cause: unanswered });
}
