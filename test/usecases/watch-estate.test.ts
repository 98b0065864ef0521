import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createIndexEngine } from '../../src/access/index/index-engine.js';
import { asCommitId, type NodeId } from '../../src/graph/ids.js';
import { createManualClock } from '../../src/kernel/clock.js';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.js';
import { createEstateWatch, type Scan } from '../../src/usecases/watch-estate.js';
import { propertyRuns } from '../access/property-runs.js';
import { caseInstant } from '../corpus/access-case.js';
import { endsOnce } from '../ends-once.js';
import { createEstate } from '../estate/estate-text.js';
import { randomLongHistory } from '../estate/random-estate.js';
import { makeFolder, removeFolder } from '../store/sqlite-fixture.js';

/** An estate that is written to in words, and one who has watched it from the beginning. */
async function openWorld({ knowsTime = true } = {}) {
  const folder = await makeFolder();
  const clock = createManualClock(caseInstant);
  const { graph, side } = await openSqliteStore({ folder, clock });
  const index = createIndexEngine({ log: graph, clock });
  const unknown: typeof index.changedByTime = async (question) => ({
    asOf: (await index.changedByTime(question)).asOf,
  });
  const engine = knowsTime ? index : { ...index, changedByTime: unknown };
  const estate = createEstate();
  const looked = new Set<NodeId>();
  const seen: typeof engine.effectivePermissions = (question, signal) => {
    looked.add(question.identity);
    return engine.effectivePermissions(question, signal);
  };
  const watching = { store: graph, engine, side, clock };
  const watch = createEstateWatch({ ...watching, engine: { ...engine, effectivePermissions: seen } });
  let commits = 0;
  return {
    watch,
    clock,
    /** Whom the watching one looks at meanwhile. */
    async lookedAt(work: () => Promise<unknown>) {
      looked.clear();
      await work();
      return [...looked].sort();
    },
    async say(text: string) {
      const id = asCommitId(`c${++commits}`);
      const { revision } = await graph.commit({ id, meta: { actor: 'test' }, changes: estate.read(text) });
      await engine.catchUp(revision);
    },
    /** By one who sees it for the first time, and keeps nothing. */
    lookAnew() {
      const nowhere = { findings: async () => [], putFindings: async () => {} };
      return createEstateWatch({ ...watching, side: nowhere }).look();
    },
    stored: () => side.findings(),
    beginAnew: () => createEstateWatch(watching),
    close: endsOnce(async () => {
      await engine.close();
      await graph.close();
      await removeFolder(folder);
    }),
  };
}

/** Since when a finding is open depends on who looked when; all else does not. */
function told({ asOf: { revision }, completeness, findings }: Scan) {
  const open = [...findings.values()].filter(({ resolvedAt }) => resolvedAt === undefined);
  const found = open.map(({ openedAt: _, ...finding }) => finding);
  return { revision, completeness, open: found.sort((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1)) };
}

const owners = ['usr:3', 'usr:4', 'group:a', 'group:c', 'svc:1'];
const ownership = fc
  .tuple(
    fc.constantFrom('', '', 'no '),
    fc.constantFrom(...owners),
    fc.constantFrom('svc:1', 'svc:2', 'svc:9', 'group:a'),
  )
  .map(([take, owner, owned]) => `${take}${owner} owns ${owned}`);
const people = fc.constantFrom(
  ...['usr:4 in group:a', 'no usr:4 in group:a', 'usr:4 is SUSPENDED', 'usr:4 is ACTIVE', 'gone usr:4'],
  ...['svc:7 in group:b', 'svc:7 is SUSPENDED', 'gone svc:7', 'gone group:c'],
  ...['perm:r tier 1', 'perm:r tier 3', 'perm:q tier 2', '/a/y', 'svc:7 has role:1@/a/y', 'gone role:2'],
);
const lines = fc.array(fc.oneof(ownership, people), { maxLength: 3 });

describe('who has watched an estate', () => {
  it.each([
    ['knows', true],
    ['does not know', false],
  ])(
    'finds what one finds who sees it for the first time, over an engine that %s what time has changed',
    async (_, knowsTime) => {
      const histories = fc.tuple(randomLongHistory(), fc.array(lines, { minLength: 20, maxLength: 20 }));
      await fc.assert(
        fc.asyncProperty(histories, async ([{ estate, steps }, more]) => {
          const world = await openWorld({ knowsTime });
          await world.say(estate);
          await world.watch.look();
          for (const [place, { text, passes }] of steps.entries()) {
            await world.say([text, ...more[place]!].join('\n'));
            world.clock.advance(passes);
            // Several commits at once are no different.
            if (place % 3 === 1) continue;
            expect(told(await world.watch.look())).toEqual(told(await world.lookAnew()));
          }
          await world.close();
        }),
        { numRuns: propertyRuns(15) },
      );
    },
  );

  const estate = `
    svc:a in group:sub in group:g has role:admin@/ grants perm:root
    svc:a has role:direct@/ grants perm:root
    perm:root tier 0
    usr:o in group:owners owns svc:a
    svc:b can-act-as svc:a
    svc:quiet in group:quiet has role:quiet@/ grants perm:quiet
    perm:quiet tier 1
    usr:q owns svc:quiet`;
  const [a, b] = ['svc:a', 'svc:b'];
  it.each([
    ['leaves a group', 'no svc:a in group:sub', [a, b]],
    ['gets a role where nothing was before', 'group:sub has role:more@/new grants perm:more\nperm:more tier 1', [a, b]],
    ['has a role that grants more', 'role:admin grants perm:more\nperm:more tier 1', [a, b]],
    ['has a permission that is worth less', 'perm:root tier 2', [a, b]],
    ['has a role no longer', 'gone role:admin', [a, b]],
    ['is in a group that is disabled', 'group:sub disabled', [a, b]],
    ['is no longer active', 'svc:a is SUSPENDED', [a, b]],
    ['is no longer there', 'gone svc:b.idp\ngone svc:b', []],
    ['is new', 'svc:new in group:g', ['svc:new']],
    ['has an owner no longer', 'no group:owners owns svc:a', [a]],
    ['has an owner at last', 'usr:q owns svc:b', [b]],
    ['has an owner who is no longer active', 'usr:o is SUSPENDED', [a]],
    ['has an owning group without anybody in it', 'no usr:o in group:owners', [a]],
    ['has an owning group that is disabled', 'group:owners disabled', [a]],
  ] as const)('looks again at who %s, and at nobody else', async (_, change, expected) => {
    const world = await openWorld();
    await world.say(estate);
    const before = told(await world.watch.look());
    await world.say(change);
    const lookedAt = await world.lookedAt(async () => {
      const now = told(await world.watch.look());
      expect(now).toEqual(told(await world.lookAnew()));
      expect(now.open).not.toEqual(before.open);
    });
    expect(lookedAt).toEqual(expected);
    expect(await world.lookedAt(() => world.watch.look())).toEqual([]);
  });

  it.each([
    ['a source that does not nest any more', 'source:idp flat'],
    ['an application for direct members only', 'app:main direct-members-only'],
  ])('looks again at everybody after %s', async (_, change) => {
    const world = await openWorld();
    await world.say(estate);
    const before = told(await world.watch.look());
    await world.say(change);
    const now = told(await world.watch.look());
    expect(now).toEqual(told(await world.lookAnew()));
    expect(now.open).not.toEqual(before.open);
  });

  it.each([
    ['in a group until then', 'svc:quiet in group:g until 55', ['svc:quiet']],
    ['in a group from then on', 'svc:quiet in group:g from 55', ['svc:quiet']],
    [
      'in a group that has a role until then',
      'group:g has role:more@/ until 55\nrole:more grants perm:more\nperm:more tier 1',
      [a, b],
    ],
    ['expired then', 'svc:quiet expires 55', ['svc:quiet']],
  ])('looks again when the time has come at who was %s, and at nobody else', async (_, line, expected) => {
    const world = await openWorld();
    await world.say(`${estate}\n${line}\nsvc:quiet in group:quiet until 90`);
    const before = told(await world.watch.look());
    world.clock.advance(4);
    expect(await world.lookedAt(() => world.watch.look())).toEqual([]);
    world.clock.advance(1);
    const lookedAt = await world.lookedAt(async () => {
      const now = told(await world.watch.look());
      expect(now).toEqual(told(await world.lookAnew()));
      expect(now.open).not.toEqual(before.open);
    });
    expect(lookedAt).toEqual(expected);
    world.clock.advance(1);
    expect(await world.lookedAt(() => world.watch.look())).toEqual([]);
    expect((await world.watch.look()).asOf.until).toBe(90);
    world.clock.advance(40);
    expect(await world.lookedAt(() => world.watch.look())).toEqual(['svc:quiet']);
    expect(told(await world.watch.look())).toEqual(told(await world.lookAnew()));
  });

  it('keeps since when a finding is open, stores what changes, and goes on from what is stored', async () => {
    const world = await openWorld();
    await world.say(estate);
    const began = world.clock.now();
    await world.watch.look();
    world.clock.advance(10);
    await world.say('no group:owners owns svc:a\nno svc:quiet in group:quiet');
    const { findings } = await world.watch.look();
    const times = (of: Iterable<{ readonly openedAt: number; readonly resolvedAt?: number }>) =>
      [...of]
        .map(({ openedAt, resolvedAt }) => `${openedAt - began} ${resolvedAt === undefined ? '' : resolvedAt - began}`)
        .sort();
    expect(times(findings.values())).toEqual(['0 ', '0 ', '0 10', '10 ']);
    expect(times(await world.stored())).toEqual(times(findings.values()));
    world.clock.advance(10);
    await world.say('gone svc:b.idp\ngone svc:b');
    expect(times((await world.beginAnew().look()).findings.values())).toEqual(['0 ', '0 10', '0 20', '10 ']);
  });
});
