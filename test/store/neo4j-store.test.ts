import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createSystemClock } from '../../src/kernel/clock.js';
import type { GraphError } from '../../src/kernel/errors.js';
import { type SnapshotBatch, systemScope } from '../../src/store/graph-store.js';
import { type Neo4jStoreOptions, openNeo4jStore } from '../../src/store/neo4j/neo4j-store.js';
import { account, group, id, memberOf, put, source, tenant } from '../graph/small-estate.js';
import { emptyDatabase, markForTests, openOnFirstFree, testServers, withConnection } from './neo4j-fixture.js';
import { refusalOf, type StoreFixture, twoTenants, wholeLog, wholeSnapshot, write } from './store-fixture.js';

const [server] = testServers();
const ask = (statement: string) => withConnection(server, (connection) => connection.run(statement));

describe('a store in Neo4j', () => {
  let fixture: StoreFixture;
  beforeEach(async () => {
    fixture = await openOnFirstFree([server]);
    await write(fixture.graph, 'two-tenants', ...twoTenants);
  });
  afterEach(() => fixture.remove());

  it('shows the present to a plain MATCH, and what has ended apart', async () => {
    const { graph } = fixture;
    await write(
      graph,
      'a',
      put(account('ann', { displayName: 'Anna', type: 'SERVICE_ACCOUNT', emails: ['ann@acme.test'] })),
    );
    await write(graph, 'b', { kind: 'closeNode', id: id('bob') });
    expect(await ask(`MATCH (a:Account {id: 'ann'}) RETURN a.displayName AS name, a.emails AS emails`)).toEqual([
      { name: 'Anna', emails: ['ann@acme.test'] },
    ]);
    expect(await ask(`MATCH (:ServiceAccount)-->(a:Account) RETURN a.id AS id`)).toEqual([{ id: 'ann' }]);
    expect(await ask(`MATCH (h:Human)-->(a:Account) RETURN a.id AS id`)).toEqual([{ id: 'zoe' }]);
    expect(
      await ask(`MATCH (m:Account)-[:MEMBER_OF]->(g:Group) RETURN m.id + ' ' + g.id AS pair ORDER BY pair`),
    ).toEqual([{ pair: 'ann build' }, { pair: 'zoe ops' }]);
    expect(await ask(`MATCH (c:ClosedNode {kind: 'Account'}) RETURN c.id AS id, c.until AS until ORDER BY id`)).toEqual(
      [
        { id: 'ann', until: 2 },
        { id: 'bob', until: 3 },
      ],
    );
    expect(await ask(`MATCH (c:ClosedEdge {kind: 'MEMBER_OF'}) RETURN c.from AS from, c.to AS to`)).toEqual([
      { from: 'bob', to: 'build' },
    ]);
  });

  it('lists groups of a source that does not nest as LISTED_IN, and follows when the source does', async () => {
    const { graph } = fixture;
    const types = async () =>
      (
        await ask(
          `MATCH (m)-[r:MEMBER_OF|LISTED_IN]->(:Group {id: 'eng'}) RETURN m.id + ' ' + type(r) AS pair ORDER BY pair`,
        )
      ).map(({ pair }) => pair);
    expect(await types()).toEqual(['build MEMBER_OF']);
    const before = await wholeSnapshot(graph);
    await write(graph, 'a', put(source('entra', { nesting: 'DIRECT' })));
    await write(graph, 'b', put(group('web')), memberOf('web', 'eng'), memberOf('ann', 'eng'));
    expect(await types()).toEqual(['ann MEMBER_OF', 'build LISTED_IN', 'web LISTED_IN']);
    const page = await graph.edgesOf(systemScope, { node: id('eng'), end: 'to', kind: 'MEMBER_OF', limit: 10 });
    expect(page.items.map(({ edge }) => edge.from as string).sort()).toEqual(['ann', 'build', 'web']);
    expect((await wholeSnapshot(graph)).edges).toHaveLength(before.edges.length + 2);
    await write(graph, 'c', put(source('entra')));
    expect(await types()).toEqual(['ann MEMBER_OF', 'build MEMBER_OF', 'web MEMBER_OF']);
  });

  it('finds out of a group the one commit that the database refuses, and stores the others', async () => {
    const { graph } = fixture;
    // A claim that nobody knows of: no settling foresees it.
    await ask(`CREATE (:Claim {field: 'Account.userName', value: 'p5', scope: 'entra'})`);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 12 }, (_, name) => write(graph, `c${name}`, put(account(`p${name}`)))),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(
      outcomes.map((_, name) => (name === 5 ? 'rejected' : 'fulfilled')),
    );
    expect(await graph.count(systemScope, { kind: 'Account' })).toBe(3 + 11);
    expect((await wholeLog(graph)).map(({ revision }) => revision)).toEqual(
      Array.from({ length: 12 }, (_, at) => at + 1),
    );
  });

  it('keeps a large commit in parts, and a reader stops where one lacks', async () => {
    const { graph } = fixture;
    const notes = 'x'.repeat(20_000);
    const large = Array.from({ length: 120 }, (_, name) => put(account(`p${name}`, { attributes: { notes } })));
    const { stored } = await write(graph, 'large', ...large);
    await write(graph, 'small', put(account('q')));
    expect(await ask('MATCH (c:Commit {revision: 2}) RETURN c.parts AS parts')).toEqual([{ parts: 3 }]);
    const log = await graph.commitsAfter(1, { maxBytes: 9_000_000 });
    expect(log.map(({ revision }) => revision)).toEqual([2, 3]);
    expect(log[0]).toEqual(stored);
    await ask('MATCH (p:CommitPart {revision: 2, part: 1}) DELETE p');
    expect(await graph.commitsAfter(0)).toHaveLength(1);
    expect(await graph.commitsAfter(1)).toEqual([]);
  });

  it('is shared by several processes: what one commits the others build on', async () => {
    const other = await openNeo4jStore({ ...server, clock: createSystemClock() });
    const writers = [fixture.graph, other.graph];
    const receipts = await Promise.all(
      Array.from({ length: 60 }, (_, name) => write(writers[name % 2]!, `c${name}`, put(account(`p${name}`)))),
    );
    expect(receipts.map(({ revision }) => revision).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 60 }, (_, at) => at + 2),
    );
    expect(await other.graph.head()).toEqual(await fixture.graph.head());
    await other.graph.close();
  });
});

describe('a database that is not ours', () => {
  const refusal = async () => {
    await expect(openNeo4jStore({ ...server, clock: createSystemClock() })).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    });
    return openNeo4jStore({ ...server, clock: createSystemClock() }).catch((error: Error) => error.message);
  };

  it("is refused, be it another program's or a newer version's, and is left as it is", async () => {
    await emptyDatabase(server);
    await ask(`CREATE (:Film {title: 'Alien'})`);
    expect(await refusal()).toBe("the database is another program's; choose an empty one with NEO4J_DATABASE");
    expect(await ask('MATCH (n) RETURN count(n) AS nodes')).toEqual([{ nodes: 1 }]);
    await ask('MATCH (n:Film) DELETE n');
    const fixture = await openOnFirstFree([server]);
    await write(fixture.graph, 'a', put(tenant('acme')));
    await ask('MATCH (h:Head) SET h.schema = 2');
    expect(await refusal()).toBe(
      'the database has schema 2 and this program knows 1; use the version that wrote it or a newer one',
    );
    await fixture.remove();
  });

  it('is not taken for one of the tests, however often they ask', async () => {
    const fixture = await openOnFirstFree([server]);
    await write(fixture.graph, 'a', put(tenant('acme')));
    await fixture.remove();
    await ask('MATCH (h:Head) REMOVE h.ofTests');
    for (let turn = 0; turn < 2; turn += 1) {
      await expect(emptyDatabase(server)).rejects.toThrow('is not empty');
      await expect(markForTests(server)).rejects.toThrow("is not the tests'");
    }
    expect(await ask('MATCH (t:Tenant) RETURN count(t) AS tenants')).toEqual([{ tenants: 1 }]);
    await ask('MATCH (h:Head) SET h.ofTests = true');
  });
});

describe('settings that are wrong', () => {
  const lineOf = (differing: Partial<Neo4jStoreOptions>) =>
    openNeo4jStore({ ...server, clock: createSystemClock(), ...differing }).then(
      () => 'opened',
      ({ code, message }: GraphError) => `${code}: ${message}`,
    );

  it('are refused at once, in one line that says what would be right', async () => {
    const address =
      'INVALID: NEO4J_URI is no address that the driver takes; write `neo4j://` or `bolt://`, a host and a port, and parameters after `neo4j://` only';
    expect([await lineOf({ uri: 'neo4j://:7687' }), await lineOf({ uri: 'bolt://here?policy=europe' })]).toEqual([
      address,
      address,
    ]);
    expect([await lineOf({ password: 'wrong' }), await lineOf({ database: 'nope' })]).toEqual([
      expect.stringMatching(
        /^UNAVAILABLE: Neo4j cannot be used as it is set: .*; see NEO4J_USERNAME and NEO4J_PASSWORD$/,
      ),
      'UNAVAILABLE: Neo4j cannot be used as it is set: the server has no database of that name; set NEO4J_DATABASE to one that it has',
    ]);
  });

  it('such as the port of HTTP are told from a server that is away, for which only a service waits', async () => {
    const http = createServer((_, response) => response.end()).listen(0, '127.0.0.1');
    await once(http, 'listening');
    const uri = `bolt://127.0.0.1:${(http.address() as AddressInfo).port}`;
    expect(await lineOf({ uri })).toBe(
      'UNAVAILABLE: Neo4j cannot be used as it is set: HTTP is spoken at that port; set NEO4J_URI to the one of Bolt, which usually is 7687',
    );
    http.close();
    await once(http, 'close');
    const limits = { retryMs: 500 };
    expect([await lineOf({ uri, limits, purpose: 'read' }), await lineOf({ uri, limits, purpose: 'write' })]).toEqual(
      Array(2).fill(`UNAVAILABLE: no Neo4j answers at \`${uri}\`; see that it runs, and that NEO4J_URI says where`),
    );
  });
});

describe('whoever only reads', () => {
  it('makes nothing in a database in which no store is', async () => {
    await emptyDatabase(server);
    const opening = openNeo4jStore({ ...server, clock: createSystemClock(), purpose: 'read' });
    await expect(opening).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: 'the database is empty; name one that holds a store with NEO4J_URI and NEO4J_DATABASE',
    });
    expect(await ask('MATCH (n) RETURN count(n) AS nodes')).toEqual([{ nodes: 0 }]);
  });

  it('is told nothing of a store that a restore fills meanwhile, or was ended in', async () => {
    const { graph, remove } = await openOnFirstFree([server]);
    const other = await openNeo4jStore({ ...server, clock: createSystemClock() });
    const refusals = async () => [
      await refusalOf(other.graph.head()),
      await refusalOf(other.graph.commitsAfter(0)),
      await refusalOf(wholeSnapshot(other.graph)),
    ];
    let meanwhile: readonly string[] = [];
    async function* base(): AsyncGenerator<SnapshotBatch> {
      meanwhile = await refusals();
      await ask(`MATCH (h:Head) SET h.restoring = 'another'`);
      yield* [];
    }
    const nothing = async function* () {};
    const horizon = { revision: 0, hash: '', at: 0 };
    expect(await refusalOf(graph.restore(base(), nothing(), horizon))).toBe('UNAVAILABLE');
    expect([meanwhile, await refusals()]).toEqual([Array(3).fill('UNAVAILABLE'), Array(3).fill('UNAVAILABLE')]);
    await ask('MATCH (h:Head) REMOVE h.restoring');
    expect(await refusals()).toEqual(Array(3).fill('none'));
    await other.graph.close();
    await remove();
  });
});
