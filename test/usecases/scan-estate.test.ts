import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createIndexEngine, type IndexEngine } from '../../src/access/index/index-engine.js';
import type { GraphChange } from '../../src/graph/change.js';
import { asCommitId, asNodeId, type Revision } from '../../src/graph/ids.js';
import { createEstateScan, type ScanEstate } from '../../src/usecases/scan-estate.js';
import { createEstate } from '../estate/estate-text.js';
import { openTemporarySqlite } from '../store/sqlite-fixture.js';
import type { StoreFixture } from '../store/store-fixture.js';

let store: StoreFixture;
let engine: IndexEngine;
/** What scans wait for before they end. */
let gate: Promise<void> = Promise.resolve();
let scanEstate: ScanEstate;
const estate = createEstate();
let revision: Revision = 0;

async function write(text: string): Promise<void> {
  const changes: readonly GraphChange[] = estate.read(text);
  const id = asCommitId(`c${revision}`);
  revision = (await store.graph.commit({ id, meta: { actor: 'test' }, changes })).revision;
  await engine.catchUp(revision);
}

beforeAll(async () => {
  store = await openTemporarySqlite();
  engine = createIndexEngine({ log: store.graph, clock: store.clock });
  const { side, clock, graph } = store;
  const gated = {
    store: { ...graph, commitsAfter: (after: Revision) => gate.then(() => graph.commitsAfter(after)) },
    side: { ...side, findings: () => gate.then(() => side.findings()) },
  };
  scanEstate = createEstateScan({ ...gated, engine, clock });
  await write('svc:a in group:g has role:admin grants perm:root');
});
afterAll(async () => {
  await engine.close();
  await store.remove();
});

/** Scans stand still until the work is done. */
async function whileScansStandStill<Result>(work: () => Promise<Result>): Promise<Result> {
  const gates = { open: () => {} };
  gate = new Promise((resolve) => {
    gates.open = resolve;
  });
  try {
    return await work();
  } finally {
    gates.open();
    gate = Promise.resolve();
  }
}

describe('a scan of the estate', () => {
  it('is waited for until the deadline while there is none', async () => {
    const asked = whileScansStandStill(() => scanEstate({ signal: AbortSignal.timeout(50) }));
    await expect(asked).rejects.toMatchObject({
      code: 'DEADLINE',
      message: expect.stringMatching(/^findings are being looked for, 0 of 0 identities so far;/),
    });
    expect((await scanEstate()).asOf.revision).toBe(revision);
  });

  it('that takes long gives way to the one before, which says of when it is', async () => {
    const before = await scanEstate();
    await write('svc:b in group:g');
    const meanwhile = await whileScansStandStill(() => scanEstate({ signal: AbortSignal.timeout(10_000) }));
    expect(meanwhile.asOf).toEqual(before.asOf);
    expect((await scanEstate()).asOf.revision).toBe(revision);
  });

  it('is never from before what is asked for', async () => {
    await write('svc:c in group:g');
    const asked = { atLeast: revision, signal: AbortSignal.timeout(2_500) };
    await expect(whileScansStandStill(() => scanEstate(asked))).rejects.toMatchObject({ code: 'DEADLINE' });
    const { asOf, findings } = await scanEstate({ atLeast: revision });
    expect(asOf.revision).toBe(revision);
    expect([...findings.values()].map(({ identity }) => identity)).toContain(asNodeId('svc:c'));
  });

  it('stays of one revision, whatever is committed while it is made', async () => {
    const { revision: began } = (await scanEstate()).asOf;
    await write('svc:d in group:g');
    const scanned = await whileScansStandStill(async () => {
      const scanning = scanEstate({ atLeast: revision });
      await write('svc:e in group:g');
      return { scanning };
    });
    const { asOf } = await scanned.scanning;
    expect(asOf.revision).toBe(began + 1);
    expect((await scanEstate()).asOf.revision).toBe(began + 2);
  });
});
