import { writeSync } from 'node:fs';
import { asCommitId, asNodeId } from '../../src/graph/ids.js';
import { createSystemClock } from '../../src/kernel/clock.js';
import type { GraphStore } from '../../src/store/graph-store.js';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.js';
import { account, group, memberOf, put, source, tenant } from '../graph/small-estate.js';

/**
 * A process that is meant to be killed: `node writing-child.js LIFE FOLDER…` writes to the store of each folder without
 * pause, several writers at once, and prints `INDEX COMMIT REVISION` when a commit is acknowledged. A commit is
 * three facts, so that half of one would show: an account, a group, and that the one is in the other.
 */
const writersPerStore = 4;
const [life, ...folders] = process.argv.slice(2);
const clock = createSystemClock();

async function write(graph: GraphStore, index: number, name: string): Promise<void> {
  const [person, team] = [account(`${name}.a`), group(`${name}.g`)];
  const changes = [put(person), put(team), memberOf(person.id, team.id)];
  const meta = { actor: 'child', source: asNodeId('entra') };
  const { revision } = await graph.commit({ id: asCommitId(name), meta, changes });
  // Synchronous, so that what was acknowledged is told before the process can be killed.
  writeSync(1, `${index} ${name} ${revision}\n`);
}

async function writeForever(graph: GraphStore, index: number, writer: number): Promise<void> {
  for (let turn = 0; ; turn += 1) await write(graph, index, `${life}.${writer}.${turn}`);
}

await Promise.all(
  folders.map(async (folder, index) => {
    const { graph } = await openSqliteStore({ folder, clock });
    const estate = [put(tenant('acme')), put(source('entra'))];
    await graph.commit({ id: asCommitId('estate'), meta: { actor: 'child' }, changes: estate });
    await Promise.all(Array.from({ length: writersPerStore }, (_, writer) => writeForever(graph, index, writer)));
  }),
);
