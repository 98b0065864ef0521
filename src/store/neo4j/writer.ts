import type { Commit } from '../../graph/change.js';
import { isIdSyntax } from '../../graph/ids.js';
import type { Clock } from '../../kernel/clock.js';
import { GraphError, isGraphError } from '../../kernel/errors.js';
import { createFairQueue, laneOf } from '../fair-queue.js';
import type { CommitReceipt } from '../graph-store.js';
import { isUnanswered } from './attempts.js';
import { type CommitOutcome, commitGroup } from './committer.js';
import type { Connection } from './driver.js';
import { isOvertime, translateError } from './driver-errors.js';

/** One transaction commits at most this many commits. */
const maxGroupSize = 256;
/** … and about this many changes, so that a small commit waits for one large one at most. */
const maxGroupChanges = 20_000;
/** Past either, further commits are refused until the database has caught up. */
const maxWaitingCommits = 10_000;
const maxWaitingChanges = 400_000;
/**
 * How long the server lets a transaction run, in milliseconds, and how much longer for each change in it: a process that
 * hangs while it holds the head's lock holds up all others no longer than that. One that ends in vain, since it waited for
 * such a process or for a slow server, runs again and may take twice as long.
 */
const [groupTimeoutMs, changeTimeoutMs] = [5_000, 20];

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
  /** Its caller waits no more. */
  hasGone: boolean;
}

export interface WriterOptions {
  readonly clock: Clock;
  /** No transaction may take longer, in milliseconds. */
  readonly longestMs: number;
}

/** Queues commits and hands them to the database a group at a time, one group after the other. */
export function createWriter(connection: Connection, { clock, longestMs }: WriterOptions): Writer {
  const queue = createFairQueue<Waiting>(({ commit }) => commit.changes.length);
  let running: Promise<void> | undefined;
  let current: { readonly group: readonly Waiting[]; readonly attempt: AbortController } | undefined;
  /** Why the transaction before the current one ended in vain. */
  let hindrance: GraphError | undefined;
  let closed = false;

  async function runGroups(): Promise<void> {
    // Commits of one turn of the event loop go together.
    await new Promise(setImmediate);
    for (let group = take(); group.length > 0; group = take()) await runGroup(group, timeoutOf(group));
    running = undefined;
  }
  const take = () => queue.take(maxGroupSize, maxGroupChanges);
  const timeoutOf = (group: readonly Waiting[]) =>
    Math.min(
      longestMs,
      group.reduce((sum, { commit }) => sum + changeTimeoutMs * commit.changes.length, groupTimeoutMs),
    );

  async function runGroup(asked: readonly Waiting[], timeoutMs: number): Promise<void> {
    const group = asked.filter(({ hasGone }) => !hasGone);
    if (group.length === 0) return;
    const commits = group.map(({ commit }) => commit);
    const attempt = new AbortController();
    current = { group, attempt };
    try {
      const transact = connection.until(attempt.signal).transact;
      const outcomes = await transact((transaction) => commitGroup(transaction, commits, clock.now()), timeoutMs);
      hindrance = undefined;
      for (const [index, waiting] of group.entries()) answer(waiting, outcomes[index]!);
    } catch (cause) {
      current = undefined;
      const isLate = isOvertime(cause) || isUnanswered(cause);
      if (isLate && timeoutMs < longestMs) return runAgain(group, { cause, timeoutMs });
      await onFailure(group, { error: translateError(cause), timeoutMs });
    }
  }

  function runAgain(group: readonly Waiting[], { cause, timeoutMs }: { cause: unknown; timeoutMs: number }) {
    hindrance = new GraphError(
      'UNAVAILABLE',
      'writes take too long now, or another process holds them up',
      {},
      { cause },
    );
    return runGroup(group, Math.min(2 * timeoutMs, longestMs));
  }

  /** What the database refuses though `settle` allowed it is one commit's fault: halving finds it, and the others are stored. */
  async function onFailure(
    group: readonly Waiting[],
    { error, timeoutMs }: { readonly error: Error; readonly timeoutMs: number },
  ): Promise<void> {
    if (isGraphError(error) || group.length === 1) {
      for (const { reject } of group) reject(isGraphError(error, 'UNAVAILABLE') ? unknownOutcome(error) : error);
      return;
    }
    const half = Math.ceil(group.length / 2);
    await runGroup(group.slice(0, half), timeoutMs);
    await runGroup(group.slice(half), timeoutMs);
  }

  function giveUp(waiting: Waiting): void {
    waiting.hasGone = true;
    const reason = hindrance ?? connection.trouble();
    if (queue.remove(waiting)) waiting.reject(reason ? notStored(reason) : late());
    else {
      waiting.reject(reason ? unknownOutcome(reason) : late());
      // A transaction that nobody waits for is ended, so that it holds up nobody.
      if (current?.group.every(({ hasGone }) => hasGone)) current.attempt.abort(late());
    }
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
        const abort = () => giveUp(waiting);
        const settled =
          <Value>(settle: (value: Value) => void) =>
          (value: Value) => {
            signal?.removeEventListener('abort', abort);
            settle(value);
          };
        const waiting: Waiting = { commit, resolve: settled(resolve), reject: settled(reject), hasGone: false };
        signal?.addEventListener('abort', abort, { once: true });
        queue.push(laneOf(commit), waiting);
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
  const advice = 'whether it was stored is unknown; look before it is sent again';
  return new GraphError('UNAVAILABLE', `${message}; ${advice}`, details, { cause });
}
const notStored = ({ message, cause }: GraphError) =>
  new GraphError('UNAVAILABLE', `${message}; nothing was stored, retry later`, { retryAfterSeconds: 1 }, { cause });
const late = () => new GraphError('DEADLINE', 'the deadline passed before the write was acknowledged');
