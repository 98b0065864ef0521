import { randomUUID } from 'node:crypto';
import type { GraphEffect, StoredCommit } from '../../graph/change.js';
import { assertNever } from '../../kernel/assert.js';
import { GraphError } from '../../kernel/errors.js';
import type { GraphStore, Head, RestoredHorizon, SnapshotBatch } from '../graph-store.js';
import { checkBase, checkFollows, inSteps, notEmpty } from '../restore-checks.js';
import { type Tip, totalsAfter } from '../settle-commit.js';
import { planEffects, writeCommits } from './committer.js';
import type { Connection, Transaction } from './driver.js';
import { getHeadRow, toHead } from './head-row.js';
import { writePlan } from './plan-writer.js';
import { abandonRestore, beginRestore, endRestore, wipeGraph } from './restore-statements.js';
import { readHead } from './schema-statements.js';
import { lockHead } from './write-statements.js';

/**
 * Fills an empty store from an export: the graph at its horizon, then its log, whose hashes are checked one by one. It is
 * too much for one transaction, so the head says meanwhile that the store is being restored, and nothing is committed to
 * it; what a restore that failed has written is removed by itself, what one that died has written by the next.
 */
export function createRestorer(connection: Connection): GraphStore['restore'] {
  return async (base, log, horizon) => {
    const restore = randomUUID();
    await begin(connection, restore);
    try {
      const step = <Result>(work: (transaction: Transaction) => Promise<Result>) =>
        connection.transact(async (transaction) => {
          await holdRestore(transaction, restore);
          return work(transaction);
        });
      const start = await writeBase(step, base, horizon);
      const tip = await writeLog(step, log, start);
      return await finish(step, start, tip);
    } catch (error) {
      await abandon(connection, restore);
      throw error;
    }
  };
}

/** How much of the base is written in one transaction, about. */
const baseRowsPerStep = 5_000;

type Step = <Result>(work: (transaction: Transaction) => Promise<Result>) => Promise<Result>;

async function begin(connection: Connection, restore: string): Promise<void> {
  const previous = await connection.transact(async (transaction) => {
    const head = getHeadRow(await transaction.run(lockHead, { attempt: restore }));
    if (head.revision > 0 || head.horizon > 0) throw notEmpty();
    await transaction.run(beginRestore, { restore });
    return head.restoring;
  });
  if (previous !== undefined && previous !== restore) await wipe(connection);
}

/** Leaves the store as empty as before, unless another restore has taken it over. */
async function abandon(connection: Connection, restore: string): Promise<void> {
  if (getHeadRow(await connection.read(readHead)).restoring !== restore) return;
  await wipe(connection);
  await connection.run(abandonRestore, { restore });
}

async function wipe(connection: Connection): Promise<void> {
  for (const statement of wipeGraph) await connection.runAlone(statement);
}

async function holdRestore(transaction: Transaction, restore: string): Promise<void> {
  if (getHeadRow(await transaction.run(lockHead, { attempt: restore })).restoring !== restore)
    throw new GraphError('UNAVAILABLE', 'another restore of this store has begun; this one ends');
}

async function writeBase(step: Step, base: AsyncIterable<SnapshotBatch>, horizon: RestoredHorizon): Promise<Tip> {
  let totals = { openNodes: 0, openEdges: 0 };
  let waiting: GraphEffect[] = [];
  async function write(): Promise<void> {
    const effects = waiting;
    waiting = [];
    await step(async (transaction) => writePlan(transaction, await planEffects(transaction, effects)));
    totals = totalsAfter(totals, effects);
  }
  for await (const batch of base) {
    if (batch.kind === 'snapshotEnd') {
      if (waiting.length > 0) await write();
      checkBase(totals, batch.head);
      continue;
    }
    waiting.push(...openedBy(batch));
    if (waiting.length >= baseRowsPerStep) await write();
  }
  return { ...horizon, ...totals };
}

function openedBy(batch: Exclude<SnapshotBatch, { kind: 'snapshotEnd' }>): readonly GraphEffect[] {
  switch (batch.kind) {
    case 'nodes':
      return batch.nodes.map((version) => ({ kind: 'nodeOpened', version }));
    case 'edges':
      return batch.edges.map((version) => ({ kind: 'edgeOpened', version }));
    default:
      return assertNever(batch);
  }
}

async function writeLog(step: Step, log: AsyncIterable<StoredCommit>, start: Tip): Promise<Tip> {
  let tip = start;
  for await (const commits of inSteps(log)) {
    let last: Pick<Tip, 'revision' | 'hash'> = tip;
    for (const stored of commits) {
      checkFollows(last, stored);
      last = stored;
    }
    const before = tip;
    tip = await step(async (transaction) => {
      const effects = commits.flatMap((stored) => stored.effects);
      const plan = await planEffects(transaction, effects);
      return writeCommits(transaction, { before, stored: commits, plan });
    });
  }
  return tip;
}

async function finish(step: Step, start: Tip, tip: Tip): Promise<Head> {
  const head = { storeId: randomUUID(), ...tip, horizon: start.revision };
  const horizon = {
    horizonHash: start.hash,
    horizonAt: start.at,
    horizonNodes: start.openNodes,
    horizonEdges: start.openEdges,
  };
  await step((transaction) => transaction.run(endRestore, { head: { ...head, ...horizon } }));
  return toHead({ ...head, ...horizon });
}
