import { GraphError } from '../../kernel/errors.js';

/** The work may go on after the deadline; only its result is no longer waited for. */
export function beforeDeadline<Result>(
  work: Promise<Result>,
  signal: AbortSignal | undefined,
  code: 'DEADLINE' | 'UNAVAILABLE',
): Promise<Result> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const abort = () => reject(new GraphError(code, 'the deadline passed before there was an answer; allow more time'));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
