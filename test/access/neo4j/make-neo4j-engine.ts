import { randomUUID } from 'node:crypto';
import type { AccessEngine } from '../../../src/access/access-engine.js';
import { createNeo4jEngine } from '../../../src/access/neo4j/neo4j-engine.js';
import { hashBeforeFirst } from '../../../src/graph/commit-hash.js';
import { planEffects, writeCommits } from '../../../src/store/neo4j/committer.js';
import { type Connection, connect } from '../../../src/store/neo4j/driver.js';
import { getHeadRow } from '../../../src/store/neo4j/head-row.js';
import { type Neo4jStore, openNeo4jStore } from '../../../src/store/neo4j/neo4j-store.js';
import { createHead } from '../../../src/store/neo4j/schema-statements.js';
import { lockHead, moveHead } from '../../../src/store/neo4j/write-statements.js';
import type { MemoryLog } from '../../estate/memory-log.js';
import { emptyDatabase, markForTests, type TestServer } from '../../store/neo4j-fixture.js';
import type { MakeEngine } from '../make-engine.js';

/** A database that holds, at any time, what one log in memory holds. */
interface Mirror {
  /** What holds what the log holds by now; one log at a time, so that another's is dropped. */
  of(log: MemoryLog): Promise<Mirrored>;
  close(): Promise<void>;
}
interface Mirrored {
  readonly log: MemoryLog;
  readonly store: Neo4jStore;
  commits: number;
}

/** Engines over what a log in memory says, as it stands in a Neo4j; before each question the database is brought up to the log. */
export function createNeo4jEngines(server: TestServer): { readonly makeEngine: MakeEngine; close(): Promise<void> } {
  const mirror = createMirror(server);
  const makeEngine: MakeEngine = async (log, clock) => {
    let engine: AccessEngine | undefined;
    let over: Mirrored | undefined;
    const current = async (): Promise<AccessEngine> => {
      const mirrored = await mirror.of(log);
      if (engine === undefined || over !== mirrored) {
        await engine?.close();
        const { graph, neighbourhoods } = mirrored.store;
        engine = createNeo4jEngine({ log: graph, neighbourhoods, clock });
        over = mirrored;
        await engine.catchUp((await graph.head()).revision);
      }
      return engine;
    };
    await current();
    return {
      effectivePermissions: async (...asked) => (await current()).effectivePermissions(...asked),
      decide: async (...asked) => (await current()).decide(...asked),
      inheritancePaths: async (...asked) => (await current()).inheritancePaths(...asked),
      identitiesBefore: async (...asked) => (await current()).identitiesBefore(...asked),
      changedByTime: async (...asked) => (await current()).changedByTime(...asked),
      bringingEdges: async (...asked) => (await current()).bringingEdges(...asked),
      whyNot: async (...asked) => (await current()).whyNot(...asked),
      whoCan: async (...asked) => (await current()).whoCan(...asked),
      summary: async (...asked) => (await current()).summary(...asked),
      cycles: async (...asked) => (await current()).cycles(...asked),
      revision: () => engine?.revision() ?? 0,
      catchUp: async (...asked) => (await current()).catchUp(...asked),
      close: async () => engine?.close(),
    };
  };
  return { makeEngine, close: mirror.close };
}

function createMirror(server: TestServer): Mirror {
  const connection = connect(server);
  let opened: Neo4jStore | undefined;
  let mirrored: Mirrored | undefined;

  return {
    async of(log) {
      if (mirrored?.log !== log) mirrored = { log, store: await emptyStore(), commits: 0 };
      const commits = log.commits();
      if (mirrored.commits < commits.length) await append(connection, commits.slice(mirrored.commits));
      mirrored.commits = commits.length;
      return mirrored;
    },
    async close() {
      await opened?.graph.close();
      await connection.close();
    },
  };

  /** The second time, by two statements: what a test of many estates is mostly busy with. */
  async function emptyStore(): Promise<Neo4jStore> {
    if (opened === undefined) {
      await emptyDatabase(server);
      opened = await openNeo4jStore({ ...server, clock: { now: () => 0 } });
    } else {
      await connection.run('MATCH (n) DETACH DELETE n');
      await connection.run(createHead, { storeId: randomUUID(), hash: hashBeforeFirst });
    }
    await markForTests(server);
    return opened;
  }
}

/** As the store's own committer, but for what `settle` has decided already. */
async function append(connection: Connection, stored: ReturnType<MemoryLog['commits']>): Promise<void> {
  await connection.transact(async (transaction) => {
    const before = getHeadRow(await transaction.run(lockHead, { attempt: 'mirror' }));
    const effects = stored.flatMap((commit) => commit.effects);
    const plan = await planEffects(transaction, effects);
    await transaction.run(moveHead, {
      ...(await writeCommits(transaction, { before, stored, plan })),
    });
  });
}
