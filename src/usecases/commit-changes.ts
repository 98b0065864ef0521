import { randomUUID } from 'node:crypto';
import type { AccessEngine } from '../access/access-engine.js';
import type { Commit, CommitMeta } from '../graph/change.js';
import { asCommitId } from '../graph/ids.js';
import { isGraphError } from '../kernel/errors.js';
import type { CommitReceipt, GraphStore } from '../store/graph-store.js';
import type { CommitPart } from './import-parts.js';

export interface CommitDependencies {
  readonly store: Pick<GraphStore, 'commit'>;
  readonly engine: Pick<AccessEngine, 'catchUp'>;
}

/** What a write asks for, as it was computed from what was read. */
export type CommitPlan = Pick<Commit, 'changes' | 'expectations'>;

/** The same for one part of an import. */
export function createCommitPart(dependencies: CommitDependencies, signal?: AbortSignal): CommitPart {
  return ({ meta, tenant, ...plan }) =>
    commitChanges(dependencies, { meta, plan, ...(tenant !== undefined && { tenant }) }, signal);
}

/** How often a plan is computed again where others wrote meanwhile. */
export const maxRecomputations = 5;

export interface PlannedCommit extends Pick<Commit, 'tenant'> {
  readonly meta: CommitMeta;
  readonly plan: CommitPlan | (() => Promise<CommitPlan>);
  /** How often a plan that is a function may be computed again; absent: `maxRecomputations`. */
  readonly recomputations?: number;
}

/**
 * The one way to write: stores the changes and resolves once the engine answers from them, so that whoever asks next
 * sees them. A plan given as a function is computed again where its expectations did not hold.
 * Rejects as `GraphStore.commit` and `AccessEngine.catchUp` do; `UNAVAILABLE` of the engine: stored, not yet visible.
 */
export async function commitChanges(
  { store, engine }: CommitDependencies,
  { meta, plan, tenant, recomputations: most = maxRecomputations }: PlannedCommit,
  signal?: AbortSignal,
): Promise<CommitReceipt> {
  const id = asCommitId(randomUUID());
  const receipt = await commitPlanned(most);
  await engine.catchUp(receipt.revision, signal);
  return receipt;

  async function commitPlanned(recomputations: number): Promise<CommitReceipt> {
    const planned = typeof plan === 'function' ? await plan() : plan;
    try {
      return await store.commit({ id, meta, ...(tenant !== undefined && { tenant }), ...planned }, signal);
    } catch (error) {
      const again = typeof plan === 'function' && recomputations > 0 && isGraphError(error, 'VERSION_MISMATCH');
      if (!again) throw error;
      return commitPlanned(recomputations - 1);
    }
  }
}
