/** Within this time of the first signal, further ones are the same wish: npm passes on what the terminal sent already. */
const sameWishMs = 1000;

/**
 * Aborts at the first SIGTERM or SIGINT, so that whatever runs can end well. One that comes later than `sameWishMs` after
 * it ends the process at once, with the exit code that shells know the signal by.
 */
export function createStopSignal(): AbortSignal {
  const controller = new AbortController();
  let firstAt: number | undefined;
  const stop = (code: number) => () => {
    firstAt ??= performance.now();
    if (!controller.signal.aborted) controller.abort();
    else if (performance.now() - firstAt > sameWishMs) process.exit(code);
  };
  process.on('SIGTERM', stop(143));
  process.on('SIGINT', stop(130));
  return controller.signal;
}

/** Resolves when the signal has aborted. */
export async function stopped(stop: AbortSignal): Promise<void> {
  if (stop.aborted) return;
  await new Promise<void>((resolve) => {
    stop.addEventListener('abort', () => resolve(), { once: true });
  });
}
