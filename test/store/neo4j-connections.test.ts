import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createSystemClock } from '../../src/kernel/clock.js';
import { systemScope } from '../../src/store/graph-store.js';
import { type Connection, connect, defaultLimits } from '../../src/store/neo4j/driver.js';
import { openNeo4jStore } from '../../src/store/neo4j/neo4j-store.js';
import { lockHead } from '../../src/store/neo4j/write-statements.js';
import { account, id, put } from '../graph/small-estate.js';
import { type BoltProxy, startBoltProxy } from './bolt-proxy.js';
import { openOnFirstFree, testServers } from './neo4j-fixture.js';
import { commitOf, refusalOf, type StoreFixture, twoTenants, wholeLog, write } from './store-fixture.js';

const [server] = testServers();
const seconds = (count: number) => new Promise((resolve) => setTimeout(resolve, count * 1_000));

let fixture: StoreFixture;
let proxy: BoltProxy;
let direct: Connection;
beforeAll(async () => {
  fixture = await openOnFirstFree([server]);
  await write(fixture.graph, 'two-tenants', ...twoTenants);
  proxy = await startBoltProxy(server.uri);
  direct = connect(server);
});
afterAll(async () => {
  await direct.close();
  await proxy.close();
  await fixture.remove();
});
const openThroughProxy = () => openNeo4jStore({ ...server, uri: proxy.uri, clock: createSystemClock() });

/** Until the server runs no transaction with that word in it but the one that asks. */
async function untilNotRunning(word: string): Promise<number> {
  const from = performance.now();
  for (;;) {
    const running = await direct.runAlone('SHOW TRANSACTIONS YIELD currentQuery RETURN currentQuery');
    if (!running.some(({ currentQuery }) => String(currentQuery).includes(word))) return performance.now() - from;
    if (performance.now() - from > 60_000) throw new Error(`\`${word}\` runs on`);
    await seconds(0.1);
  }
}

describe('a read that meets what another transaction is removing', () => {
  it('is run again until it is whole', async () => {
    const rows = await direct.read("RETURN CASE WHEN rand() < 0.5 THEN null ELSE 'whole' END AS doc");
    expect(rows).toEqual([{ doc: 'whole' }]);
  });

  it('is refused for now where it never is', async () => {
    expect(await refusalOf(direct.read("RETURN 'there' AS doc, null AS toDoc"))).toBe('UNAVAILABLE');
  });
});

describe('a commit whose reply is lost', () => {
  it('is stored once, and its caller is told of success', async () => {
    const { graph } = await openThroughProxy();
    const before = (await graph.head()).revision;
    proxy.swallowNextCommitReply();
    const receipt = await write(graph, 'lost', put(account('lost')));
    expect([proxy.swallowed(), receipt.repeated, receipt.revision]).toEqual([1, true, before + 1]);
    expect((await wholeLog(graph, before)).map((commit) => commit.id)).toEqual(['lost']);
    await graph.close();
  });

  it('takes nobody with it of those that shared its transaction', async () => {
    const { graph } = await openThroughProxy();
    const before = (await graph.head()).revision;
    proxy.swallowNextCommitReply();
    const receipts = await Promise.all(
      Array.from({ length: 40 }, (_, name) => write(graph, `g${name}`, put(account(`g${name}`)))),
    );
    expect(receipts.map(({ revision }) => revision).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 40 }, (_, at) => before + 1 + at),
    );
    expect(receipts.some(({ repeated }) => repeated)).toBe(true);
    expect(new Set((await wholeLog(graph, before)).map((commit) => commit.id)).size).toBe(40);
    await graph.close();
  });
});

describe('commits that wait for one another', () => {
  it('share a transaction: a hundred in about as many as one is under way when they come', async () => {
    const { graph } = await openThroughProxy();
    const before = proxy.commits();
    const first = write(graph, 'w-first', put(account('w-first')));
    const others = Array.from({ length: 100 }, (_, name) => write(graph, `w${name}`, put(account(`w${name}`))));
    const revisions = (await Promise.all([first, ...others])).map(({ revision }) => revision);
    expect(new Set(revisions).size).toBe(101);
    expect(proxy.commits() - before).toBeLessThanOrEqual(3);
    await graph.close();
  });
});

describe('a deadline', () => {
  it('ends a read at the server too', async () => {
    const slow = 'UNWIND range(1, 4000000000) AS endless RETURN count(endless) AS count';
    const from = performance.now();
    expect(await refusalOf(direct.until(AbortSignal.timeout(500)).run(slow))).toBe('DEADLINE');
    expect(performance.now() - from).toBeLessThan(30_000);
    expect(await untilNotRunning('endless')).toBeLessThan(30_000);
  });

  it('is kept by every read of a store that is bound to it, and by no other', async () => {
    const late = fixture.graph.until(AbortSignal.abort());
    const scope = systemScope;
    expect([
      await refusalOf(late.head()),
      await refusalOf(late.nodesByIds(scope, [id('ann')])),
      await refusalOf(late.list(scope, { kind: 'Account', limit: 1 })),
      await refusalOf(late.commitsAfter(0)),
      await refusalOf(late.snapshot()[Symbol.asyncIterator]().next()),
      await refusalOf(fixture.side.until(AbortSignal.abort()).listCredentials()),
      await refusalOf(late.until(new AbortController().signal).head()),
      await refusalOf(fixture.graph.head()),
    ]).toEqual([...Array(6).fill('DEADLINE'), 'none', 'none']);
  });

  it('passes while the server hangs, and when it goes on everything is as before', async () => {
    const { graph } = await openThroughProxy();
    const before = (await graph.head()).revision;
    proxy.hang();
    const reads = Array.from({ length: 60 }, () => refusalOf(graph.until(AbortSignal.timeout(1_000)).head()));
    const writes = Array.from({ length: 10 }, (_, name) =>
      refusalOf(graph.commit(commitOf(`h${name}`, put(account(`h${name}`))), AbortSignal.timeout(1_000))),
    );
    expect(new Set(await Promise.all([...reads, ...writes]))).toEqual(new Set(['DEADLINE']));
    proxy.pass();
    const receipts = await Promise.all(
      Array.from({ length: 10 }, (_, name) => write(graph, `h${name}`, put(account(`h${name}`)))),
    );
    expect(new Set(receipts.map(({ revision }) => revision)).size).toBe(10);
    expect((await wholeLog(graph, before)).length).toBe(10);
    await graph.close();
  });
});

describe('the lock of the head', () => {
  it('is taken from a process that hangs, so that the others go on', async () => {
    const held = new AbortController();
    const holder = connect(server, { ...defaultLimits, transactionTimeoutMs: 3_000 });
    const holding = holder.transact(async (transaction) => {
      await transaction.run(lockHead, { attempt: 'hangs' });
      held.abort();
      await seconds(60);
    });
    const ended = refusalOf(holding);
    await new Promise((resolve) => held.signal.addEventListener('abort', resolve));
    const from = performance.now();
    const receipts = await Promise.all(
      Array.from({ length: 20 }, (_, name) => write(fixture.graph, `l${name}`, put(account(`l${name}`)))),
    );
    expect(receipts.every(({ repeated }) => !repeated)).toBe(true);
    expect(performance.now() - from).toBeLessThan(40_000);
    expect(await ended).not.toBe('none');
    await holder.close();
  });

  it('held by another program for good: writes are refused with what to do, reads go on, and nothing is lost after', async () => {
    const { graph } = await openNeo4jStore({ ...server, clock: createSystemClock() });
    const before = (await graph.head()).revision;
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const holding = direct.transact(async (transaction) => {
      await transaction.run(lockHead, { attempt: 'stranger' });
      await released;
    }, 60_000);
    await seconds(1);
    const commits = Array.from({ length: 3 }, (_, name) => commitOf(`s${name}`, put(account(`s${name}`))));
    const refused = await Promise.allSettled(commits.map((commit) => graph.commit(commit, AbortSignal.timeout(9_000))));
    for (const outcome of refused)
      expect(outcome).toMatchObject({
        status: 'rejected',
        reason: { code: 'UNAVAILABLE', message: expect.stringContaining('look before it is sent again') },
      });
    expect((await graph.head()).revision).toBe(before);
    release();
    await holding;
    const receipts = await Promise.all(commits.map((commit) => graph.commit(commit)));
    expect(new Set(receipts.map(({ revision }) => revision)).size).toBe(3);
    await graph.close();
  });
});

describe('a full queue', () => {
  it('refuses what it cannot take and says when to come again; what it took is stored', async () => {
    const { graph } = await openNeo4jStore({ ...server, clock: createSystemClock() });
    const ann = put(account('ann', { displayName: 'Anna' }));
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10_020 }, (_, name) => write(graph, `q${name}`, ann)),
    );
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused).toHaveLength(20);
    for (const { reason } of refused)
      expect(reason).toMatchObject({ code: 'UNAVAILABLE', details: { retryAfterSeconds: 1 } });
    expect(await refusalOf(write(graph, 'later', put(account('later'))))).toBe('none');
    await graph.close();
  });
});

describe('a connection', () => {
  it('routes to the leader where the address says so', async () => {
    const { graph } = await openNeo4jStore({
      ...server,
      uri: server.uri.replace('bolt:', 'neo4j:'),
      clock: createSystemClock(),
    });
    const { revision } = await write(graph, 'routed', put(account('routed')));
    expect([(await graph.head()).revision, (await fixture.graph.head()).revision]).toEqual([revision, revision]);
    await graph.close();
  });

  it('sends the limit of a transaction to the server, which ends it', async () => {
    const slow = 'UNWIND range(1, 4000000000) AS overlong RETURN count(overlong) AS count';
    const hasty = connect(server, { ...defaultLimits, statementTimeoutMs: 1_000 });
    const from = performance.now();
    await expect(hasty.run(slow)).rejects.toMatchObject({
      code: expect.stringMatching(/^Neo\.ClientError\.Transaction\.TransactionTimedOut/),
    });
    expect(performance.now() - from).toBeLessThan(30_000);
    await hasty.close();
  });

  it('waits for a free one of the pool no longer than it should, and then works again', async () => {
    const narrow = connect(server, { ...defaultLimits, maxConnections: 2, retryMs: 1_000 });
    const slow = 'CALL { UNWIND range(1, 60000000) AS n RETURN count(n) AS count } RETURN count';
    const outcomes = await Promise.all(
      Array.from({ length: 3 }, () =>
        narrow
          .until(AbortSignal.timeout(4_000))
          .run(slow)
          .then(
            () => 'done',
            (error: Error) => error.message,
          ),
      ),
    );
    expect(outcomes.filter((outcome) => /acquisition timed out/.test(outcome)).length).toBe(1);
    expect(await narrow.run('RETURN 1 AS one')).toEqual([{ one: 1 }]);
    await narrow.close();
  });
});
