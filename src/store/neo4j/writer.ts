import type { Commit } from '../../graph/change.js';
import { isIdSyntax } from '../../graph/ids.js';
import type { Clock } from '../../kernel/clock.js';
import { GraphError, isGraphError } from '../../kernel/errors.js';
import { createFairQueue } from '../fair-queue.js';
import type { CommitReceipt } from '../graph-store.js';
import { type CommitOutcome, commitGroup } from './committer.js';
import { type Connection, translateError } from './driver.js';

/** One transaction commits at most this many commits. */
const maxGroupSize = 256;
/** … and about this many changes, so that a small commit waits for one large one at most. */
const maxGroupChanges = 20_000;
/** Past either, further commits are refused until the database has caught up. */
const maxWaitingCommits = 10_000;
const maxWaitingChanges = 400_000;

export interface Writer {
  /** Resolves when the commit is stored. Lanes take turns; `signal` gives up waiting, whatever became of the commit. */
  commit(commit: Commit, signal?: AbortSignal): Promise<CommitReceipt>;
  /** Finishes what waits. */
  close(): Promise<void>;
}

interface Waiting {
  readonly commit: Commit;
  readonly resolve: (receipt: CommitReceipt) => void;
  readonly reject: (error: unknown) => void;
}

/** Queues commits and hands them to the database a group at a time, one group after the other. */
export function createWriter(connection: Connection, clock: Clock): Writer {
  const queue = createFairQueue<Waiting>(({ commit }) => commit.changes.length);
  let running: Promise<void> | undefined;
  let closed = false;

  async function runGroups(): Promise<void> {
    // Commits of one turn of the event loop go together.
    await new Promise(setImmediate);
    for (let group = take(); group.length > 0; group = take()) await runGroup(group);
    running = undefined;
  }
  const take = () => queue.take(maxGroupSize, maxGroupChanges);

  async function runGroup(group: readonly Waiting[]): Promise<void> {
    const commits = group.map(({ commit }) => commit);
    try {
      const outcomes = await connection.transact((transaction) => commitGroup(transaction, commits, clock.now()));
      for (const [index, waiting] of group.entries()) answer(waiting, outcomes[index]!);
    } catch (cause) {
      await onFailure(group, translateError(cause));
    }
  }

  /** What the database refuses though `settle` allowed it is one commit's fault: halving finds it, and the others are stored. */
  async function onFailure(group: readonly Waiting[], error: Error): Promise<void> {
    if (isGraphError(error) || group.length === 1) {
      for (const { reject } of group) reject(isGraphError(error, 'UNAVAILABLE') ? unknownOutcome(error) : error);
      return;
    }
    const half = Math.ceil(group.length / 2);
    await runGroup(group.slice(0, half));
    await runGroup(group.slice(half));
  }

  return {
    commit(commit, signal) {
      if (closed) return Promise.reject(new GraphError('UNAVAILABLE', 'the store is closed'));
      if (!isIdSyntax(commit.id)) return Promise.reject(new GraphError('INVALID', `\`${commit.id}\` is no commit id`));
      if (signal?.aborted) return Promise.reject(late());
      if (queue.size >= maxWaitingCommits || queue.weight >= maxWaitingChanges)
        return Promise.reject(
          new GraphError('UNAVAILABLE', 'too many writes are waiting; retry later', { retryAfterSeconds: 1 }),
        );
      return new Promise((resolve, reject) => {
        const waiting: Waiting = {
          commit,
          resolve(receipt) {
            signal?.removeEventListener('abort', giveUp);
            resolve(receipt);
          },
          reject(error) {
            signal?.removeEventListener('abort', giveUp);
            reject(error);
          },
        };
        const giveUp = () => {
          queue.remove(waiting);
          reject(late());
        };
        signal?.addEventListener('abort', giveUp, { once: true });
        queue.push(commit.meta.source ?? commit.meta.actor, waiting);
        running ??= runGroups();
      });
    },
    async close() {
      closed = true;
      await running;
    },
  };
}

function answer({ resolve, reject }: Waiting, outcome: CommitOutcome): void {
  if (outcome.kind === 'done') resolve(outcome.receipt);
  else reject(outcome.error);
}

function unknownOutcome({ message, details, cause }: GraphError): GraphError {
  const advice = 'whether it was stored is unknown; retry with the same commit id';
  return new GraphError('UNAVAILABLE', `${message}; ${advice}`, details, { cause });
}
const late = () => new GraphError('DEADLINE', 'the deadline passed before the write was acknowledged');
