import { GraphError, isGraphError } from './errors.js';

/**
 * The work's result, unless the signal comes first: then it rejects with what `late` makes, which knows most; with a
 * code, it rejects with the signal's reason, where that is such an error of ours or says that the service cannot, else
 * with the code. The work goes on after that; only its result is no longer waited for.
 */
export function beforeDeadline<Result>(
  work: Promise<Result>,
  signal: AbortSignal | undefined,
  late: 'DEADLINE' | 'UNAVAILABLE' | (() => GraphError),
): Promise<Result> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const abort = () => {
      if (typeof late === 'function') return reject(late());
      // What the work itself says to the same signal goes first: it may know more, such as that the store is away.
      const { reason } = signal;
      const isTold = isGraphError(reason, late) || isGraphError(reason, 'UNAVAILABLE');
      setImmediate(() => reject(isTold ? reason : tooLate(late)));
    };
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

const tooLate = (code: 'DEADLINE' | 'UNAVAILABLE') =>
  new GraphError(code, 'the deadline passed before there was an answer; allow more time');
