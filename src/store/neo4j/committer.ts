import { randomUUID } from 'node:crypto';
import type { Commit, GraphEffect, StoredCommit } from '../../graph/change.js';
import { type EdgeKind, edgeIdOf } from '../../graph/edge.js';
import type { GraphView } from '../../graph/graph-view.js';
import type { CommitId, EdgeId } from '../../graph/ids.js';
import { createOverlayView } from '../../graph/overlay-view.js';
import type { Instant } from '../../kernel/clock.js';
import type { CommitReceipt } from '../graph-store.js';
import { beingRestored } from '../restore-checks.js';
import { settleCommit, type Tip, totalsAfter } from '../settle-commit.js';
import type { Transaction } from './driver.js';
import { getHeadRow, type HeadRow } from './head-row.js';
import { createLoadedView, type LoadedView, type Reads } from './loaded-view.js';
import { inMessages, toLogRows } from './log-rows.js';
import { askForNamed } from './named-reads.js';
import { writePlan } from './plan-writer.js';
import { loadReads } from './view-loader.js';
import { planWrites, type WritePlan } from './write-plan.js';
import { commitsById, createCommitParts, createCommits, lockHead, moveHead } from './write-statements.js';

export type CommitOutcome =
  | { readonly kind: 'done'; readonly receipt: CommitReceipt }
  | { readonly kind: 'refused'; readonly error: unknown };

/**
 * Commits a group as one transaction: takes the head's lock before anything else, answers ids that are stored, settles
 * the others one over the other, and writes what they do together. A commit that is refused leaves the group and harms no
 * other. May run again from its beginning: what an earlier run stored is found by its ids.
 */
export async function commitGroup(
  transaction: Transaction,
  commits: readonly Commit[],
  now: Instant,
): Promise<readonly CommitOutcome[]> {
  const [head, known] = await beginCommit(transaction, commits);
  if (head.restoring !== undefined) throw beingRestored();
  const { outcomes, stored, plan } = await settleGroup(transaction, commits, { head, known, now });
  if (stored.length > 0) {
    const tip = await writeCommits(transaction, { before: head, stored, plan });
    await transaction.run(moveHead, { ...tip });
  }
  return outcomes;
}

/** Writes the plan and the log, and gives what the head has to become; the caller holds the head's lock. */
export async function writeCommits(
  transaction: Transaction,
  { before, stored, plan }: { before: Tip; stored: readonly StoredCommit[]; plan: WritePlan },
): Promise<Tip> {
  let tip = before;
  const rows = stored.map((commit) => {
    const totals = totalsAfter(tip, commit.effects);
    tip = { revision: commit.revision, hash: commit.hash, at: commit.at, ...totals };
    return toLogRows(commit, totals);
  });
  await Promise.all([
    writePlan(transaction, plan),
    transaction.run(createCommits, { rows: rows.map(({ commit }) => commit) }),
    ...inMessages(rows.flatMap(({ parts }) => parts)).map((parts) =>
      transaction.run(createCommitParts, { rows: parts }),
    ),
  ]);
  return tip;
}

/** Plans what effects write that were settled elsewhere, loading what that needs to know of the graph. */
export async function planEffects(transaction: Transaction, effects: readonly GraphEffect[]): Promise<WritePlan> {
  return untilLoaded(transaction, [], (view) => {
    const after = createOverlayView(view);
    after.apply(effects);
    return planWrites(effects, after);
  });
}

type Known = ReadonlyMap<CommitId, Pick<CommitReceipt, 'revision' | 'at'>>;

async function beginCommit(transaction: Transaction, commits: readonly Commit[]): Promise<[HeadRow, Known]> {
  const [heads, found] = await Promise.all([
    transaction.run(lockHead, { attempt: randomUUID() }),
    transaction.run(commitsById, { ids: commits.map(({ id }) => id) }),
  ]);
  const known = found.map(({ id, revision, at }) => [id, { revision, at }] as [CommitId, CommitReceipt]);
  return [getHeadRow(heads), new Map(known)];
}

interface SettledGroup {
  readonly outcomes: readonly CommitOutcome[];
  readonly stored: readonly StoredCommit[];
  readonly plan: WritePlan;
}
interface GroupContext {
  readonly head: Tip;
  readonly known: Known;
  readonly now: Instant;
}

function settleGroup(
  transaction: Transaction,
  commits: readonly Commit[],
  context: GroupContext,
): Promise<SettledGroup> {
  return untilLoaded(transaction, commits, (view) => {
    const after = createOverlayView(view);
    const stored: StoredCommit[] = [];
    const known = new Map(context.known);
    let tip = context.head;
    const outcomes = commits.map((commit): CommitOutcome => {
      const earlier = known.get(commit.id);
      if (earlier) return { kind: 'done', receipt: { ...earlier, repeated: true, effectless: false } };
      try {
        const receipt = settleCommit(commit, after, { head: tip, now: context.now });
        if (receipt.stored) {
          const { revision, at, hash, effects } = receipt.stored;
          after.apply(effects);
          stored.push(receipt.stored);
          known.set(commit.id, { revision, at });
          tip = { revision, hash, at, ...totalsAfter(tip, effects) };
        }
        return { kind: 'done', receipt };
      } catch (error) {
        // A refusal, or a defect that is this commit's alone.
        return { kind: 'refused', error };
      }
    });
    const effects: readonly GraphEffect[] = stored.flatMap((commit) => commit.effects);
    return { outcomes, stored, plan: planWrites(effects, after) };
  });
}

/** Runs the synchronous work over what was loaded, and again with what it missed, until it missed nothing. */
async function untilLoaded<Result>(
  transaction: Transaction,
  commits: readonly Commit[],
  work: (view: GraphView) => Result,
): Promise<Result> {
  const view = createLoadedView();
  const kindOf = kindsOfEdges(commits);
  const load = async (missing: Reads) => view.add(missing, await loadReads(transaction, missing, kindOf));
  askForNamed(view, commits);
  const named = view.takeMissing();
  if (named) await load(named);
  for (;;) {
    const attempt = attemptOver(view, work);
    const missing = view.takeMissing();
    if (missing) await load(missing);
    else if (attempt.kind === 'failed') throw attempt.error;
    else return attempt.result;
  }
}

/** What fails while something is missing may have failed because of that. */
function attemptOver<Result>(view: LoadedView, work: (view: GraphView) => Result) {
  try {
    return { kind: 'finished', result: work(view) } as const;
  } catch (error) {
    return { kind: 'failed', error } as const;
  }
}

/** An edge's id does not tell its kind; what is asked for often does. */
function kindsOfEdges(commits: readonly Commit[]): (id: EdgeId) => EdgeKind | undefined {
  const kinds = new Map<EdgeId, EdgeKind>();
  for (const { changes } of commits)
    for (const change of changes)
      if (change.kind === 'putEdge') kinds.set(edgeIdOf(change.edge), change.edge.kind);
      else if (change.kind === 'setEdges') for (const edge of change.edges) kinds.set(edgeIdOf(edge), edge.kind);
  return (id) => kinds.get(id);
}
