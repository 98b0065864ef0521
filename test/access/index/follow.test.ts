import { describe, expect, it } from '@jest/globals';
import { createIndexEngine } from '../../../src/access/index/index-engine.js';
import { createManualClock } from '../../../src/kernel/clock.js';
import { GraphError } from '../../../src/kernel/errors.js';
import { idOfName } from '../../estate/estate-names.js';
import { createEstate } from '../../estate/estate-text.js';
import { createMemoryLog, type MemoryLog } from '../../estate/memory-log.js';
import { untilTrue } from '../../until-true.js';

const noon = 50;
const question = { identity: idOfName('svc:a'), permission: idOfName('perm:p'), resource: idOfName('/') };
const allowed = 'svc:a has role:r@/ grants perm:p';

function estateOf(...texts: readonly string[]) {
  const { read } = createEstate();
  const log = createMemoryLog(...texts.map(read));
  return { log, say: (text: string) => log.commit(read(text)) };
}
const engineOn = (log: Parameters<typeof createIndexEngine>[0]['log']) =>
  createIndexEngine({ log, clock: createManualClock(noon) });

/** Counts what the index reads. */
function watched(log: MemoryLog) {
  const reads = { snapshots: 0, pages: 0 };
  const watching = {
    ...log,
    snapshot: (revision?: number) => {
      reads.snapshots++;
      return log.snapshot(revision);
    },
    commitsAfter: (revision: number) => {
      reads.pages++;
      return log.commitsAfter(revision);
    },
  };
  return { log: watching, reads };
}

describe('following the log', () => {
  it('takes a commit that is exactly next without reading the log', async () => {
    const { log, say } = estateOf('svc:a has role:r@/\nperm:p');
    const { log: watching, reads } = watched(log);
    const engine = engineOn(watching);
    await engine.catchUp(1);
    const stored = say(allowed);
    if (stored) engine.offer(stored);
    expect(engine.revision()).toBe(2);
    expect((await engine.decide(question)).decision).toBe('ALLOWED');
    expect(reads).toEqual({ snapshots: 1, pages: 0 });
  });

  it('leaves a commit that is not next to the log', async () => {
    const { log, say } = estateOf('svc:a has role:r@/\nperm:p');
    const engine = engineOn(log);
    await engine.catchUp(1);
    say('svc:b in group:g');
    const third = say(allowed);
    if (third) engine.offer(third);
    expect(engine.revision()).toBe(1);
    await engine.catchUp(3);
    expect((await engine.decide(question)).decision).toBe('ALLOWED');
  });

  it('shares one run among those who catch up at once', async () => {
    const { log, say } = estateOf('svc:a has role:r@/\nperm:p');
    const { log: watching, reads } = watched(log);
    const engine = engineOn(watching);
    await engine.catchUp(1);
    say(allowed);
    await Promise.all([engine.catchUp(2), engine.catchUp(2), engine.catchUp(2)]);
    expect(reads).toEqual({ snapshots: 1, pages: 1 });
  });

  it('refuses a revision beyond the head', async () => {
    const engine = engineOn(estateOf(allowed).log);
    await expect(engine.catchUp(2)).rejects.toMatchObject({ code: 'INVALID' });
    await expect(engine.decide({ ...question, revision: 9 })).rejects.toMatchObject({ code: 'INVALID' });
  });

  it('builds again when the store is another one', async () => {
    const first = estateOf(allowed, 'svc:b in group:g');
    const second = estateOf('svc:a has role:r@/\nperm:p', 'svc:b in group:g', 'svc:c in group:g');
    let now: MemoryLog = first.log;
    const engine = engineOn({
      head: async () => ({ ...(await now.head()), storeId: now === first.log ? 'first' : 'second' }),
      snapshot: async function* (revision) {
        for await (const batch of now.snapshot(revision))
          yield batch.kind === 'snapshotEnd'
            ? { ...batch, head: { ...batch.head, storeId: now === first.log ? 'first' : 'second' } }
            : batch;
      },
      commitsAfter: (revision) => now.commitsAfter(revision),
      revisionAt: (time) => now.revisionAt(time),
    });
    await engine.catchUp(2);
    now = second.log;
    await engine.catchUp(3);
    expect((await engine.decide(question)).decision).toBe('NOT_GRANTED');
  });

  it('drops the graph when a commit cannot be applied, says so, and builds again', async () => {
    const { log, say } = estateOf('svc:a has role:r@/\nperm:p');
    const engine = engineOn(log);
    await engine.catchUp(1);
    const stored = say(allowed);
    const twice = stored?.effects.filter((effect) => effect.kind === 'edgeOpened') ?? [];
    const broken = twice.map(({ version }) => ({ kind: 'edgeClosed' as const, version: { ...version, until: 2 } }));
    expect(() => engine.offer({ ...stored!, effects: [...broken, ...broken] })).toThrow(GraphError);
    expect(engine.status()).toMatchObject({ revision: 0, failing: { revision: 2, failures: 1 } });
    await expect(engine.decide(question)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await untilTrue(() => !engine.status().failing);
    expect((await engine.decide(question)).decision).toBe('ALLOWED');
  });

  it('counts no failure where the store is away while it builds, and builds when it is back', async () => {
    const { log } = estateOf(allowed);
    let away = true;
    const engine = engineOn({
      ...log,
      snapshot: (revision) => {
        if (away) throw new GraphError('UNAVAILABLE', 'away');
        return log.snapshot(revision);
      },
    });
    for (let tries = 0; tries < 3; tries += 1)
      await expect(engine.catchUp(1)).rejects.toMatchObject({ code: 'UNAVAILABLE', message: 'away' });
    expect(engine.status()).toEqual({ revision: 0 });
    away = false;
    await engine.catchUp(1);
    expect((await engine.decide(question)).decision).toBe('ALLOWED');
  });

  it('answers UNAVAILABLE once it is closed', async () => {
    const engine = engineOn(estateOf(allowed).log);
    await engine.close();
    await expect(engine.decide(question)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});

describe('revisions and instants', () => {
  it('goes back and forth without a trace, and says until when an answer holds', async () => {
    const { log, say } = estateOf(`${allowed} until 60`.replace('grants perm:p until 60', 'until 60 grants perm:p'));
    const engine = engineOn(log);
    await engine.catchUp(1);
    say('no svc:a has role:r@/');
    await engine.catchUp(2);
    const ask = (revision: number, at: number) => engine.decide({ ...question, revision, at });
    const before = await ask(1, noon);
    expect([before.decision, before.asOf]).toEqual(['ALLOWED', { revision: 1, at: noon, until: 60 }]);
    expect((await ask(1, 60)).decision).toBe('NOT_GRANTED');
    expect((await ask(2, noon)).decision).toBe('NOT_GRANTED');
    expect((await ask(1, 59)).decision).toBe('ALLOWED');
  });

  it('builds a revision that it did not follow from its snapshot', async () => {
    const { log, say } = estateOf(allowed);
    say('no svc:a has role:r@/');
    const { log: watching, reads } = watched(log);
    const engine = engineOn(watching);
    await engine.catchUp(2);
    expect((await engine.decide({ ...question, revision: 1 })).decision).toBe('ALLOWED');
    expect((await engine.decide({ ...question, revision: 1 })).decision).toBe('ALLOWED');
    expect((await engine.decide(question)).decision).toBe('NOT_GRANTED');
    expect(reads.snapshots).toBe(2);
  });

  it('reads one earlier revision at a time, and refuses more than a few that wait', async () => {
    const { log, say } = estateOf(allowed);
    for (let other = 0; other < 8; other++) say(`svc:b${other} in group:g`);
    let [underWay, most] = [0, 0];
    const engine = engineOn({
      ...log,
      async *snapshot(revision) {
        most = Math.max(most, ++underWay);
        try {
          yield* log.snapshot(revision);
        } finally {
          underWay--;
        }
      },
    });
    await engine.catchUp(9);
    const asked = await Promise.allSettled(
      [1, 2, 3, 4, 5, 6, 7, 8].map((revision) => engine.decide({ ...question, revision })),
    );
    expect(asked.map(({ status }) => status)).toEqual([...Array(5).fill('fulfilled'), ...Array(3).fill('rejected')]);
    expect(asked[7]).toMatchObject({ reason: { code: 'UNAVAILABLE' } });
    expect(most).toBe(1);
  });

  it('keeps of earlier revisions no more than the newest takes itself', async () => {
    const { log, say } = estateOf(allowed);
    say('svc:b in group:g');
    say('svc:c in group:g');
    const { log: watching, reads } = watched(log);
    const engine = engineOn(watching);
    await engine.catchUp(3);
    for (const revision of [1, 1, 2, 2, 1]) await engine.decide({ ...question, revision });
    expect(reads.snapshots).toBe(1 + 3);
  });

  it('answers GONE before the horizon', async () => {
    const { log, say } = estateOf(allowed);
    say('svc:b in group:g');
    const engine = engineOn({ ...log, head: async () => ({ ...(await log.head()), horizon: 2 }) });
    await engine.catchUp(2);
    await expect(engine.decide({ ...question, revision: 1 })).rejects.toMatchObject({ code: 'GONE' });
  });
});

describe('pages', () => {
  const many = Array.from({ length: 5 }, (_, i) => `svc:a has role:r@/ grants perm:p${i}`).join('\n');
  const listing = { identity: question.identity, first: 2 };

  it('stay at the revision and instant of the first, whatever is committed meanwhile', async () => {
    const { log, say } = estateOf(many);
    const engine = engineOn(log);
    const first = await engine.effectivePermissions(listing);
    expect(first).toMatchObject({ totalCount: 5, permissionCount: 5, asOf: { revision: 1, at: noon } });
    say('no svc:a has role:r@/');
    await engine.catchUp(2);
    const second = await engine.effectivePermissions({ ...listing, after: first.next! });
    const third = await engine.effectivePermissions({ ...listing, after: second.next! });
    expect([first, second, third].flatMap(({ items }) => items.map((row) => row.permission))).toEqual(
      [0, 1, 2, 3, 4].map((i) => idOfName(`perm:p${i}`)),
    );
    expect([third.asOf.revision, third.next]).toEqual([1, undefined]);
  });

  it('refuse a cursor of another question, another caller, another process, or none at all', async () => {
    const { log } = estateOf(many);
    const engine = engineOn(log);
    const { next } = await engine.effectivePermissions(listing);
    const expired = { code: 'CURSOR_EXPIRED' };
    const after = next!;
    await expect(engine.effectivePermissions({ ...listing, after, orderBy: 'DEPTH' })).rejects.toMatchObject(expired);
    const visible = [idOfName('tenant:acme')];
    await expect(engine.effectivePermissions({ ...listing, after, visible })).rejects.toMatchObject(expired);
    await expect(engineOn(log).effectivePermissions({ ...listing, after })).rejects.toMatchObject(expired);
    await expect(engine.effectivePermissions({ ...listing, after: 'forged' })).rejects.toMatchObject(expired);
    await expect(engine.whoCan({ permission: idOfName('perm:p1'), first: 2, after })).rejects.toMatchObject(expired);
  });

  it('have 1 to 1,000 items', async () => {
    const engine = engineOn(estateOf(many).log);
    for (const first of [0, 1_001, 1.5])
      await expect(engine.effectivePermissions({ ...listing, first })).rejects.toMatchObject({ code: 'INVALID' });
  });
});
