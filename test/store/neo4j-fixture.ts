import { createManualClock } from '../../src/kernel/clock.js';
import { type Connection, connect, type Neo4jAddress } from '../../src/store/neo4j/driver.js';
import { openNeo4jStore } from '../../src/store/neo4j/neo4j-store.js';
import { endsOnce } from '../ends-once.js';
import { type StoreFixture, start } from './store-fixture.js';

/** A server that the tests may do with as they like. */
export interface TestServer extends Neo4jAddress {
  readonly version: string;
}

const howToGetOne = 'no Neo4j for this test: run it with `npm test`, which starts two or says how to get them';
/** What `npm test` says where there is none to be had. */
const missing = () => process.env.NEO4J_MISSING ?? howToGetOne;

/** The server named by the environment. @throws where there is none: a store that is not tried has not passed */
function serverAt(prefix: 'NEO4J' | 'NEO4J_SECOND'): TestServer {
  const value = (name: string) => process.env[`${prefix}_${name}`];
  const uri = value('URI');
  if (uri === undefined) throw new Error(missing());
  const [username, password] = [value('USERNAME') ?? 'neo4j', value('PASSWORD') ?? ''];
  return { uri, username, password, version: value('VERSION') ?? 'of NEO4J_URI' };
}

/** Two servers, since each holds one store and some tests need two: of the oldest and the newest release where both can run. */
export const testServers = (): readonly [TestServer, TestServer] => [serverAt('NEO4J'), serverAt('NEO4J_SECOND')];

const inUse = new Set<string>();

/** An empty store on the first of the servers that holds no other now. */
export async function openOnFirstFree(servers: readonly TestServer[]): Promise<StoreFixture> {
  const server = servers.find(({ uri }) => !inUse.has(uri));
  if (!server) throw new Error('every server of the tests holds a store; remove one first');
  inUse.add(server.uri);
  await emptyDatabase(server);
  const clock = createManualClock(start);
  const { graph, side } = await openNeo4jStore({ ...server, clock });
  await markForTests(server);
  return {
    graph,
    side,
    clock,
    remove: endsOnce(async () => {
      await graph.close();
      inUse.delete(server.uri);
    }),
  };
}

/** The databases that were seen empty, so that what is in them is of the tests. */
const ours = new Set<string>();

/** Allows `emptyDatabase` to empty it. @throws where `emptyDatabase` has refused it, or was not asked */
export async function markForTests(server: TestServer): Promise<void> {
  if (!ours.has(server.uri)) throw new Error(`the database at ${server.uri} was not emptied, so it is not the tests'`);
  await withConnection(server, (connection) => connection.run(`MATCH (h:Head {name: 'head'}) SET h.ofTests = true`));
}

/** @throws where the database holds what no test has written */
export async function emptyDatabase(server: TestServer): Promise<void> {
  ours.delete(server.uri);
  await withConnection(server, async (connection) => {
    const [found] = await connection.run('MATCH (n) RETURN count(n) AS nodes');
    const [head] = await connection.run('MATCH (h:Head) RETURN h.ofTests AS ofTests');
    if (found!.nodes !== 0 && head?.ofTests !== true)
      throw new Error(`the database at ${server.uri} is not empty; the tests empty the one they are given`);
    await connection.runAlone('MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS');
  });
  ours.add(server.uri);
}

export async function withConnection<Result>(
  server: TestServer,
  work: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  const connection = connect(server);
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}
