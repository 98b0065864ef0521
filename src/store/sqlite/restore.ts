import type { StoredCommit } from '../../graph/change.js';
import { invariant } from '../../kernel/assert.js';
import type { Head, RestoredHorizon, SnapshotBatch } from '../graph-store.js';
import { inSteps } from '../restore-checks.js';
import type { RestoreStep } from './write-request.js';
import type { Writer } from './writer.js';

/** Hands an export to the writer step by step; where anything fails, the store is as empty as before. */
export async function restoreThrough(
  writer: Writer,
  base: AsyncIterable<SnapshotBatch>,
  log: AsyncIterable<StoredCommit>,
  horizon: RestoredHorizon,
): Promise<Head> {
  async function run(step: RestoreStep): Promise<Head | undefined> {
    const result = await writer.submit({ kind: 'restore', step }, 'restore');
    invariant(result.kind === 'restore', 'a step of a restore is answered as such');
    return result.head;
  }

  await run({ kind: 'begin', horizon });
  try {
    for await (const batch of base) await run({ kind: 'base', batch });
    for await (const commits of inSteps(log)) await run({ kind: 'log', commits });
    const head = await run({ kind: 'end' });
    invariant(head, 'the last step of a restore gives the head');
    return head;
  } catch (error) {
    await run({ kind: 'abort' });
    throw error;
  }
}
