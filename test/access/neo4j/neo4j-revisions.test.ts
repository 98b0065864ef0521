import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EffectiveAnswer } from '../../../src/access/access-engine.js';
import { createNeo4jEngine } from '../../../src/access/neo4j/neo4j-engine.js';
import { asCommitId } from '../../../src/graph/ids.js';
import { createManualClock } from '../../../src/kernel/clock.js';
import { connect } from '../../../src/store/neo4j/driver.js';
import { type Neo4jStore, openNeo4jStore } from '../../../src/store/neo4j/neo4j-store.js';
import { idOfName } from '../../estate/estate-names.js';
import { createEstate } from '../../estate/estate-text.js';
import { emptyDatabase, markForTests, testServers } from '../../store/neo4j-fixture.js';
import { untilTrue } from '../../until-true.js';

const [server] = testServers();
const clock = createManualClock(50);
const identity = idOfName('svc:a');
const asked = { identity, first: 10 };

/** Of two states the identity is in one: in either it has `perm:p` and not `perm:q`, in what lies between it has another. */
const crossings = [
  `no svc:a in group:two
   no role:one grants perm:q
   no role:two grants perm:p
   svc:a in group:one has role:one@/ grants perm:p
   group:two has role:two@/ grants perm:q`,
  `no svc:a in group:one
   no role:one grants perm:p
   no role:two grants perm:q
   svc:a in group:two has role:two@/ grants perm:p
   group:one has role:one@/ grants perm:q`,
];

/** A database, one process that writes to it, and an engine in another. */
async function openWorld(watch = (reader: Neo4jStore['neighbourhoods']) => ({ reader, reads: { count: 0 } })) {
  await emptyDatabase(server);
  const open = () => openNeo4jStore({ ...server, clock });
  const [writing, reading]: [Neo4jStore, Neo4jStore] = [await open(), await open()];
  await markForTests(server);
  const { read } = createEstate();
  let commits = 0;
  const { reader, reads } = watch(reading.neighbourhoods);
  const engine = createNeo4jEngine({ log: reading.graph, neighbourhoods: reader, clock });
  return {
    engine,
    reads,
    store: writing.graph,
    say: (text: string) =>
      writing.graph.commit({ id: asCommitId(`c${++commits}`), meta: { actor: 'suite' }, changes: read(text) }),
    async close() {
      await engine.close();
      await Promise.all([writing.graph.close(), reading.graph.close()]);
    },
  };
}
type World = Awaited<ReturnType<typeof openWorld>>;

const permissionsOf = ({ items }: Pick<EffectiveAnswer, 'items'>) => items.map((row) => row.permission);

describe('answers while another process writes what they depend on', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  it('are each of exactly one revision, and the same when that revision is asked about later', async () => {
    const { engine, say } = world;
    await say(crossings[0]!);
    const answers: EffectiveAnswer[] = [];
    const revisionsOf = () => answers.map(({ asOf }) => asOf.revision);
    const isEnough = () => answers.length > 4 && new Set(revisionsOf()).size > 2;
    let writing = true;
    const writes = (async () => {
      for (let turn = 1; turn <= 24 || !isEnough(); turn++) await say(crossings[turn % 2]!);
      writing = false;
    })();
    const ask = async () => {
      while (writing) {
        answers.push(await engine.effectivePermissions(asked));
        // What is kept is answered at once: the writer gets its turn, and the log is followed as the service does.
        await setImmediate();
        await engine.catchUp((await world.store.head()).revision);
      }
    };
    await Promise.all([writes, ask(), ask(), ask()]);
    const expected = answers.map(() => [idOfName('perm:p')]);
    expect(answers.map(permissionsOf)).toEqual(expected);
    for (const answer of [answers[0]!, answers[answers.length >> 1]!, answers.at(-1)!]) {
      const { revision, at } = answer.asOf;
      expect(await engine.effectivePermissions({ ...asked, revision, at })).toEqual(answer);
    }
    expect(Math.max(...revisionsOf())).toBeLessThanOrEqual((await world.store.head()).revision);
  });

  it('know what they were told to wait for, and refuse what was never committed', async () => {
    const { engine, say, store } = world;
    await say('no svc:a in group:one\nno svc:a in group:two');
    const { revision } = await store.head();
    await engine.catchUp(revision);
    expect(await engine.effectivePermissions(asked)).toMatchObject({ items: [], asOf: { revision } });
    await expect(engine.catchUp(revision + 1)).rejects.toMatchObject({ code: 'INVALID' });
    await expect(engine.effectivePermissions({ ...asked, revision: revision + 1 })).rejects.toMatchObject({
      code: 'INVALID',
    });
  });
});

describe('earlier revisions', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  const holders = async (revision: number) =>
    (await world.engine.whoCan({ permission: idOfName('perm:p'), first: 10, revision })).items.map(
      (row) => row.identity,
    );

  it('are answered as they were, whatever of theirs has gone since', async () => {
    const { engine, say } = world;
    await say('svc:a in group:g in group:h has role:r@/ grants perm:p\nsvc:b in group:g\nsvc:other in group:elsewhere');
    await say('gone group:g');
    await say('svc:c can-act-as svc:b has role:r@/\nsvc:b.idp disabled');
    await say('gone svc:a.idp\nno svc:b has role:r@/');
    await say('svc:other in group:h');
    const [a, b, other] = ['svc:a', 'svc:b', 'svc:other'].map(idOfName);
    const byRevision = [];
    for (const revision of [1, 2, 3, 4, 5]) byRevision.push(await holders(revision));
    expect(byRevision).toEqual([[a, b], [], [], [], [other]]);
    const latent = { ...asked, identity: b!, standing: 'LATENT' } as const;
    expect(permissionsOf(await engine.effectivePermissions({ ...latent, revision: 3 }))).toEqual([idOfName('perm:p')]);
    expect(permissionsOf(await engine.effectivePermissions({ ...latent, revision: 4 }))).toEqual([]);
    const paths = { identity: a!, permission: idOfName('perm:p'), first: 10 };
    expect((await engine.inheritancePaths({ ...paths, revision: 1 })).items.map(({ length }) => length)).toEqual([5]);
    await expect(engine.inheritancePaths({ ...paths, revision: 4 })).resolves.toMatchObject({ items: [] });
  });

  it('are gone before the horizon', async () => {
    await world.store.prune(4);
    await expect(holders(3)).rejects.toMatchObject({ code: 'GONE' });
    expect(await holders(4)).toEqual([]);
  });
});

describe('pages', () => {
  it('stay at the revision of the first, be it read again or as of then', async () => {
    const world = await openWorld();
    const { engine, say } = world;
    const granted = [0, 1, 2, 3, 4].map((n) => `svc:a in group:g has role:r@/ grants perm:p${n}`);
    await say(granted.join('\n'));
    const first = await engine.effectivePermissions({ identity, first: 2 });
    await say('svc:b in group:elsewhere');
    const second = await engine.effectivePermissions({ identity, first: 2, after: first.next! });
    await say('gone group:g\nno role:r grants perm:p4');
    await engine.catchUp(3);
    const third = await engine.effectivePermissions({ identity, first: 2, after: second.next! });
    expect([first, second, third].flatMap(permissionsOf)).toEqual([0, 1, 2, 3, 4].map((n) => idOfName(`perm:p${n}`)));
    expect([first, second, third].map(({ asOf }) => asOf.revision)).toEqual([1, 1, 1]);
    expect(third.next).toBeUndefined();
    expect(await engine.effectivePermissions({ identity, first: 2 })).toMatchObject({ items: [], totalCount: 0 });
    await world.close();
  });
});

describe('what was read', () => {
  it('is kept for the next page and question, until a commit touches it', async () => {
    const world = await openWorld((reader) => {
      const reads = { count: 0 };
      const reach: typeof reader.reach = (...query) => {
        reads.count++;
        return reader.reach(...query);
      };
      return { reader: { ...reader, reach }, reads };
    });
    const { engine, say, reads } = world;
    await say('svc:a in group:g has role:r@/ grants perm:p\nrole:r grants perm:q\nsvc:b in group:h');
    const { next } = await engine.effectivePermissions({ identity, first: 1 });
    await engine.effectivePermissions({ identity, first: 1, after: next! });
    await engine.decide({ identity, permission: idOfName('perm:p'), resource: idOfName('/') });
    expect(reads.count).toBe(1);
    await say('svc:b in group:g\nrole:r grants perm:s');
    await engine.catchUp(2);
    expect((await engine.effectivePermissions(asked)).totalCount).toBe(3);
    expect(reads.count).toBe(1);
    await say('group:g disabled');
    await engine.catchUp(3);
    expect((await engine.effectivePermissions(asked)).totalCount).toBe(0);
    expect(reads.count).toBe(2);
    await world.close();
  });
});

describe('the deadline', () => {
  const endless = 'UNWIND range(1, 10000000000) AS n WITH n WHERE n % 7 = 8 RETURN count(n) AS never';

  it('ends the statement at the server', async () => {
    const connection = connect(server);
    const begun = performance.now();
    const reading = connection.read(endless, {}, { signal: AbortSignal.timeout(300) });
    await expect(reading).rejects.toMatchObject({ code: 'DEADLINE' });
    expect(performance.now() - begun).toBeLessThan(10_000);
    const running = () =>
      connection.read('SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery = $endless RETURN currentQuery', {
        endless,
      });
    await untilTrue(async () => (await running()).length === 0);
    await connection.close();
  });

  it('is sent to the server, which ends the statement also where nobody waits any more', async () => {
    const connection = connect(server);
    await expect(connection.read(endless, {}, { timeoutMs: 300 })).rejects.toMatchObject({
      code: 'Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration',
    });
    await connection.close();
  });

  it('that has passed is told at once', async () => {
    const world = await openWorld();
    await world.say('svc:a has role:r@/ grants perm:p');
    await expect(world.engine.effectivePermissions(asked, AbortSignal.abort())).rejects.toMatchObject({
      code: 'DEADLINE',
    });
    await world.close();
  });
});
