import { afterEach, describe, expect, it } from '@jest/globals';
import { createIndexEngine } from '../../src/access/index/index-engine.js';
import { createManualClock } from '../../src/kernel/clock.js';
import { GraphError } from '../../src/kernel/errors.js';
import type { GraphStore } from '../../src/store/graph-store.js';
import { createFreshness, type Freshness } from '../../src/usecases/freshness.js';
import { createEstate } from '../estate/estate-text.js';
import { createMemoryLog } from '../estate/memory-log.js';
import { untilTrue } from '../until-true.js';

let freshness: Freshness;
afterEach(() => freshness.close());

/** A store of one commit whose head is what `readHead` makes of it. */
function storeOf(
  readHead: (head: () => ReturnType<GraphStore['head']>, signal: AbortSignal) => ReturnType<GraphStore['head']>,
) {
  const { read } = createEstate();
  const log = createMemoryLog(read('svc:a in group:g'));
  const store = { until: (signal: AbortSignal) => ({ head: () => readHead(log.head, signal) }) as GraphStore };
  const clock = createManualClock(1_000_000);
  const engine = createIndexEngine({ log, clock });
  freshness = createFreshness({ store, engine, clock, stuck: () => undefined });
  return { log, clock, engine, say: (text: string) => log.commit(read(text)) };
}

describe('the service is ready', () => {
  it('when the engine stands at a head that was read within five seconds, and no longer', async () => {
    const { clock } = storeOf((head) => head());
    expect(freshness.readiness()).toEqual({ ready: false, reason: 'the store has not been read yet' });
    await freshness.catchUp();
    clock.advance(5_000);
    expect(freshness.readiness()).toEqual({ ready: true });
    clock.advance(1);
    expect(freshness.readiness().ready).toBe(false);
    await freshness.catchUp();
    expect(freshness.readiness()).toEqual({ ready: true });
  });

  it('not while the store is away, and again by itself when it is back', async () => {
    let away = true;
    const { clock, engine, say } = storeOf(async (head) => {
      if (away) throw new GraphError('UNAVAILABLE', 'away');
      return head();
    });
    await freshness.catchUp();
    const told: string[] = [];
    freshness.begin({ failed: (error) => told.push((error as Error).message), recovered: () => told.push('back') });
    clock.advance(6_000);
    expect(freshness.readiness()).toEqual({ ready: false, reason: 'the store does not answer' });
    say('svc:b in group:g');
    away = false;
    await untilTrue(() => freshness.readiness().ready);
    expect([freshness.readiness(), engine.revision(), told]).toEqual([{ ready: true }, 2, ['away', 'back']]);
  });

  it('not while the store hangs; nobody who asks waits for it', async () => {
    let given: AbortSignal | undefined;
    storeOf((_head, signal) => {
      given = signal;
      return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    });
    void freshness.catchUp();
    expect(freshness.readiness()).toEqual({ ready: false, reason: 'the store does not answer' });
    expect(given?.aborted).toBe(false);
  });

  it('not while the index lags behind the head, and says at which revision that is', async () => {
    const { clock } = storeOf(async (head) => ({ ...(await head()), revision: 9 }));
    await freshness.catchUp();
    clock.advance(6_000);
    expect(freshness.readiness()).toEqual({ ready: false, reason: 'the access index is not yet at revision 9' });
  });

  it('not when the engine is stuck, however fresh the head is', async () => {
    const { read } = createEstate();
    const log = createMemoryLog(read('svc:a in group:g'));
    const clock = createManualClock(1_000);
    const engine = createIndexEngine({ log, clock });
    const store = { until: () => log as unknown as GraphStore };
    freshness = createFreshness({ store, engine, clock, stuck: () => 'it cannot get past revision 1' });
    await freshness.catchUp();
    expect(freshness.readiness()).toEqual({ ready: false, reason: 'it cannot get past revision 1' });
  });
});
