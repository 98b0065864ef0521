import type { StoredCommit } from '../graph/change.js';
import { commitHash } from '../graph/commit-hash.js';
import { GraphError, isGraphError } from '../kernel/errors.js';
import type { Head } from './graph-store.js';

/** How many changes of the log are written at once, about. */
const changesPerStep = 5_000;

export const notEmpty = () => new GraphError('INVALID', 'only an empty store can be restored into; choose a new one');

const restoring = Symbol('restoring');
export const beingRestored = () =>
  new GraphError(
    'UNAVAILABLE',
    'the store is being restored; retry when that has finished, and restore again where it was ended',
    {},
    { cause: restoring },
  );
export const isBeingRestored = (error: unknown): boolean => isGraphError(error) && error.cause === restoring;

/** The one thing that an export may bring beside what was made at the first start. */
export const hasCredentials = () =>
  new GraphError(
    'INVALID',
    'the export brings credentials and the store has some; export without --with-credentials, or restore before the first start',
  );

type Totals = Pick<Head, 'openNodes' | 'openEdges'>;

/** @throws GraphError INVALID where the base does not hold what it says */
export function checkBase(opened: Totals, told: Totals): void {
  if (told.openNodes !== opened.openNodes || told.openEdges !== opened.openEdges)
    throw new GraphError('INVALID', 'the base of the export does not have as many nodes and edges as it says');
}

/** @throws GraphError INVALID for a commit that is not the next one of the chain */
export function checkFollows(tip: Pick<Head, 'revision' | 'hash'>, stored: StoredCommit): void {
  if (stored.revision !== tip.revision + 1)
    throw new GraphError('INVALID', `the log goes from revision ${tip.revision} to ${stored.revision}`);
  if (commitHash(tip.hash, stored, stored.effects) !== stored.hash)
    throw new GraphError('INVALID', `the hash of revision ${stored.revision} is not that of what it holds`);
}

/** The log in steps that are written together. */
export async function* inSteps(log: AsyncIterable<StoredCommit>): AsyncGenerator<readonly StoredCommit[]> {
  let [step, changes]: [StoredCommit[], number] = [[], 0];
  for await (const commit of log) {
    step.push(commit);
    changes += commit.effects.length;
    if (changes < changesPerStep) continue;
    yield step;
    [step, changes] = [[], 0];
  }
  if (step.length > 0) yield step;
}
