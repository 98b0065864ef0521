import { GraphError, isGraphError } from './errors.js';

/**
 * The work's result, unless the signal comes first: then it rejects with the signal's reason, where that is an error of
 * ours, else with the code. The work goes on after that; only its result is no longer waited for.
 */
export function beforeDeadline<Result>(
  work: Promise<Result>,
  signal: AbortSignal | undefined,
  code: 'DEADLINE' | 'UNAVAILABLE',
): Promise<Result> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    // What the work itself says to the same signal goes first: it may know more, such as that the store is away.
    const abort = () => void setImmediate(() => reject(isGraphError(signal.reason, code) ? signal.reason : late(code)));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

const late = (code: 'DEADLINE' | 'UNAVAILABLE') =>
  new GraphError(code, 'the deadline passed before there was an answer; allow more time');
