import { setTimeout } from 'node:timers/promises';
import type { Revision } from '../graph/ids.js';
import { beforeDeadline } from '../kernel/deadline.js';
import { GraphError } from '../kernel/errors.js';
import { createEstateWatch, type Scan, type WatchDependencies } from './watch-estate.js';

/**
 * The newest scan: made again when the graph has changed since, or an instant has passed at which it could. Where that
 * takes long, the one before is given, whose `asOf` says of when it is; never one from before `atLeast`.
 * Rejects DEADLINE when the signal comes before there is any.
 */
export interface ScanEstate {
  (request?: ScanRequest): Promise<Scan>;
  /** The newest as it is, however old; absent: none was made in this process. */
  newest(): Scan | undefined;
}
export interface ScanRequest {
  readonly atLeast?: Revision;
  readonly signal?: AbortSignal;
}

/** How long a newer scan is waited for while there is an older one, in milliseconds. */
const patienceMs = 2_000;

/** Those who ask meanwhile share one scan. A scan that fails is not kept. */
export function createEstateScan(dependencies: WatchDependencies): ScanEstate {
  const { engine, clock } = dependencies;
  const watch = createEstateWatch(dependencies);
  let newest: Scan | undefined;
  let running: Promise<Scan> | undefined;

  const scanEstate = async ({ atLeast = 0, signal }: ScanRequest = {}) => {
    for (;;) {
      if (newest && isFresh(newest)) return newest;
      const scanning = oneScan();
      const older = newest && newest.asOf.revision >= atLeast ? newest : undefined;
      const made = older ? await soonOr(scanning, older) : await beforeDeadline(scanning, signal, tooLate);
      if (made.asOf.revision >= atLeast) return made;
    }
  };
  return Object.assign(scanEstate, { newest: () => newest });

  function isFresh({ asOf }: Scan): boolean {
    return asOf.revision === engine.revision() && clock.now() < (asOf.until ?? Number.POSITIVE_INFINITY);
  }

  function tooLate(): GraphError {
    const { lookedAt, all } = watch.progress();
    return new GraphError(
      'DEADLINE',
      `findings are being looked for, ${lookedAt} of ${all} identities so far; it goes on, ask again in a while`,
      { limit: 'REQUEST_DEADLINE_MS' },
    );
  }

  function oneScan(): Promise<Scan> {
    running ??= watch
      .look()
      .then((made) => {
        newest = made;
        return made;
      })
      .finally(() => {
        running = undefined;
      });
    return running;
  }
}

async function soonOr(scanning: Promise<Scan>, older: Scan): Promise<Scan> {
  const enough = new AbortController();
  const patience = setTimeout(patienceMs, older, { signal: enough.signal, ref: false });
  // Whichever comes last is waited for by nobody.
  for (const unheard of [scanning, patience]) unheard.catch(() => {});
  return Promise.race([scanning, patience]).finally(() => enough.abort());
}
