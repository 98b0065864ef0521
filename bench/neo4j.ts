import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { AccessEngine } from '../src/access/access-engine.js';
import { createIndexEngine } from '../src/access/index/index-engine.js';
import { createNeo4jEngine } from '../src/access/neo4j/neo4j-engine.js';
import type { NodeId } from '../src/graph/ids.js';
import { createSystemClock } from '../src/kernel/clock.js';
import type { GraphStore } from '../src/store/graph-store.js';
import { type Connection, connect } from '../src/store/neo4j/driver.js';
import { openNeo4jStore } from '../src/store/neo4j/neo4j-store.js';
import { databaseFileName } from '../src/store/sqlite/lock.js';
import { openSqliteStore } from '../src/store/sqlite/sqlite-store.js';
import { askCypher, CYPHER, type CypherQuestion } from './cypher-questions.js';
import { generateEstate, SIZES } from './estate.js';
import { cheapCalls, type Effort, micros, type Row, ratioRow, timeInTurns } from './harness.js';
import { load } from './load.js';
import { processorOf, startBenchServer } from './neo4j-server.js';
import { askedOf, grantedPairs } from './questions.js';
import { createRecursiveSql, type RecursiveSql } from './recursive-sql.js';

/** Memory of the server, in MiB: all of M fits into either. */
const MEMORY = {
  S: { heapMegabytes: 1024, pageCacheMegabytes: 512 },
  M: { heapMegabytes: 4096, pageCacheMegabytes: 2048 },
} as const;
type SizeName = keyof typeof MEMORY;
interface Table {
  readonly title: string;
  readonly rows: Row[];
}

/**
 * One governed estate in the embedded store and in Neo4j; the same questions, one after another, to the index on either,
 * to the engine that reads Neo4j, and to the best Cypher and SQL.
 */
export async function* runNeo4j(name: SizeName, folder: string): AsyncGenerator<Table> {
  const size = SIZES[name];
  const clock = createSystemClock();
  const path = join(folder, `neo4j-${name}`);
  mkdirSync(path);
  const server = await startBenchServer(MEMORY[name]);
  const embedded = await openSqliteStore({ folder: path, clock });
  const stored = await openNeo4jStore({ ...server, clock });
  const connection = connect(server);
  const engines: Engines = {
    [onEmbedded]: createIndexEngine({ log: embedded.graph, clock }),
    [onNeo4j]: createIndexEngine({ log: stored.graph, clock }),
    [inNeo4j]: createNeo4jEngine({ log: stored.graph, neighbourhoods: stored.neighbourhoods, clock }),
  };
  let sql: RecursiveSql | undefined;
  try {
    await load(embedded.graph, generateEstate(size, 'governed'));
    sql = createRecursiveSql(join(path, databaseFileName), () => generateEstate(size, 'governed'));
    const moved = await move(embedded.graph, stored.graph);
    const started = await startAll(engines, (await stored.graph.head()).revision);
    const title = `${name}, governed, Neo4j ${server.version}: ${size.identities} identities, ${moved.edges} edges`;
    yield { title, rows: [moved.row, ...started] };
    const asked = askedOf(size, await grantedPairs(engines[onEmbedded], size));
    yield* questions({ engines, connection, sql, asked, server: processorOf(server), isYardstick: name === 'M' });
  } finally {
    sql?.close();
    for (const engine of Object.values(engines)) await engine.close();
    await connection.close();
    await stored.graph.close();
    await embedded.graph.close();
    await server.stop();
  }
}

const [onEmbedded, onNeo4j, inNeo4j] = ['index on the embedded store', 'index on Neo4j', 'engine in Neo4j'] as const;
type Engines = Readonly<Record<typeof onEmbedded | typeof onNeo4j | typeof inNeo4j, AccessEngine>>;

/** The graph of now, without its history, as `restore` writes it. */
async function move(from: GraphStore, to: GraphStore): Promise<{ readonly edges: number; readonly row: Row }> {
  const start = performance.now();
  const head = await from.head();
  const told = setInterval(() => process.stderr.write(`\r  into Neo4j: ${seconds(start)} s `), 1_000);
  try {
    await to.restore(from.snapshot(head.revision), noCommits(), head);
  } finally {
    clearInterval(told);
    process.stderr.write('\r\u001b[K');
  }
  const rows = head.openNodes + head.openEdges;
  const figure = `${seconds(start)} s, ${((1000 * rows) / (performance.now() - start)).toFixed(0)} nodes and edges a second`;
  return { edges: head.openEdges, row: { what: 'restored into Neo4j', figure } };
}
async function* noCommits(): AsyncGenerator<never> {}

async function startAll(engines: Engines, revision: number): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const [name, engine] of Object.entries(engines)) {
    const start = performance.now();
    await engine.catchUp(revision);
    rows.push({ what: `${name}: ready after`, figure: `${seconds(start)} s` });
  }
  return rows;
}
const seconds = (start: number) => ((performance.now() - start) / 1000).toFixed(1);

interface Compared {
  readonly engines: Engines;
  readonly connection: Connection;
  readonly sql: RecursiveSql;
  readonly asked: ReturnType<typeof askedOf>;
  /** Processor time of the server. */
  readonly server: (() => number) | undefined;
  /** What the engines must reach was measured on this estate; on others it is told beside. */
  readonly isYardstick: boolean;
}

async function* questions(compared: Compared): AsyncGenerator<Table> {
  const { asked, sql } = compared;
  yield await measure(compared, {
    title: 'effective permissions, a page of rows with decisions, and counts of all',
    ask: (engine, call) => engine.effectivePermissions(asked.effective(call)),
    cypher: ['pageOfDecisions', 'rowsOfDecisions', 'countDecisions', 'countPermissions'],
    parameters: (call) => ({ identity: asked.effective(call).identity, permission: asked.permission(call) }),
    sql: (call) => sql.effectivePage(asked.account(call)),
    must: 200,
  });
  yield await measure(compared, {
    title: 'who can, a page of rows, against counts of who reaches it',
    ask: (engine, call) => engine.whoCan(asked.who(call)),
    cypher: ['countWhoCan'],
    parameters: (call) => ({ identity: asked.effective(call).identity, permission: asked.permission(call) }),
    sql: (call) => sql.countWhoCan(asked.permission(call)),
    must: 100,
  });
  yield await measure(compared, {
    title: 'ten paths, in order, with status, count and bringing edge',
    ask: (engine, call) => engine.inheritancePaths(asked.paths(call)),
    cypher: ['tenPaths'],
    parameters: asked.paths,
    sql: (call) => sql.countTenPaths(...asked.pair(call)),
    must: 300,
  });
}

interface Comparison {
  readonly title: string;
  readonly ask: (engine: AccessEngine, call: number) => Promise<unknown>;
  /** The first is what the engines are measured against; others are told beside. */
  readonly cypher: readonly [CypherQuestion, ...CypherQuestion[]];
  readonly parameters: (call: number) => { readonly identity: NodeId; readonly permission: NodeId };
  readonly sql: (call: number) => unknown;
  /** How many times faster than the best Cypher the index on Neo4j must be. */
  readonly must: number;
}
interface Side extends Effort {
  readonly what: string;
  /** Cypher that answers what the engines are asked. */
  readonly isRival?: boolean;
  readonly must?: number;
}

/** All sides in turns. Where the server's processor time is known, that and ours is compared, else the clock's. */
async function measure(compared: Compared, comparison: Comparison): Promise<Table> {
  const { isYardstick } = compared;
  const sides = sidesOf(compared, comparison);
  const timings = await timeInTurns(...sides);
  const costs = timings.map(({ processor, median }) => (compared.server ? processor : median));
  const rivals = sides.flatMap(({ isRival }, index) => (isRival ? [index] : []));
  const best = rivals.reduce((a, b) => (costs[a]! <= costs[b]! ? a : b));
  const rows = sides.map(({ what, must }, index): Row => {
    const ratio = costs[best]! / costs[index]!;
    const figure = `${ratio.toFixed(ratio < 10 ? 2 : 0)}× (${micros(costs[index]!)}; by the clock ${micros(timings[index]!.median)})`;
    return ratioRow(what, ratio, figure, must === undefined ? undefined : { atLeast: must, isYardstick });
  });
  return { title: `${comparison.title}: times cheaper than ${sides[best]!.what}`, rows };
}

function sidesOf({ engines, connection, server }: Compared, comparison: Comparison): readonly Side[] {
  const onServer = { calls: 300, ...(server && { elsewhere: server }) };
  const { ask, cypher, parameters, must } = comparison;
  return [
    { what: onEmbedded, calls: cheapCalls, run: (call) => ask(engines[onEmbedded], call) },
    { what: onNeo4j, calls: cheapCalls, run: (call) => ask(engines[onNeo4j], call), must },
    { what: inNeo4j, run: (call) => ask(engines[inNeo4j], call), must: 1, ...onServer },
    { what: 'SQL', calls: 300, run: comparison.sql },
    ...cypher.flatMap((question, at) =>
      Object.entries(CYPHER[question]).map(([form, statement]) => ({
        what: `Cypher ${question}, ${form}`,
        run: (call: number) => askCypher(connection, statement, parameters(call)),
        isRival: at === 0,
        ...onServer,
      })),
    ),
  ];
}
