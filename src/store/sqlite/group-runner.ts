import { assertNever } from '../../kernel/assert.js';
import type { Instant } from '../../kernel/clock.js';
import { GraphError } from '../../kernel/errors.js';
import { beingRestored } from '../restore-checks.js';
import { createCommitter } from './committer.js';
import type { Database } from './driver.js';
import { createPruner } from './pruner.js';
import { createRestorer } from './restorer.js';
import { createSideWriter } from './side-writer.js';
import { toWireError } from './wire-error.js';
import type { WriteOutcome, WriteRequest, WriteResult } from './write-request.js';

/**
 * Runs a group of requests as one transaction, with one sync to disk for all of them. Each has a savepoint: one that is
 * refused leaves no trace and the others stay. Outcomes are given only after the transaction is on disk.
 */
export function createGroupRunner(
  database: Database,
): (requests: readonly WriteRequest[], now: Instant) => WriteOutcome[] {
  const committer = createCommitter(database);
  const prune = createPruner(database);
  const writeSide = createSideWriter(database);
  const restorer = createRestorer(database, committer);

  function run(request: WriteRequest, now: Instant): WriteResult {
    if (request.kind !== 'restore' && restorer.state() === 'underWay') throw beingRestored();
    switch (request.kind) {
      case 'commit':
        return { kind: 'commit', receipt: committer.commit(request.commit, now) };
      case 'side':
        writeSide(request.write);
        return { kind: 'side' };
      case 'prune':
        return { kind: 'prune', finished: prune(request.horizon) };
      case 'restore':
        return restorer.run(request.step);
      default:
        return assertNever(request);
    }
  }

  function runInSavepoint(request: WriteRequest, now: Instant): WriteOutcome {
    database.exec('SAVEPOINT request');
    try {
      const result = run(request, now);
      database.exec('RELEASE request');
      return { kind: 'done', result };
    } catch (error) {
      // An error that ended the whole transaction (disk full) makes this throw too, and the group fails.
      database.exec('ROLLBACK TO request; RELEASE request');
      return { kind: 'refused', error: toWireError(error) };
    }
  }

  return (requests, now) => {
    if (restorer.state() !== 'underWay') database.exec('BEGIN IMMEDIATE');
    try {
      const outcomes = requests.map((request) => runInSavepoint(request, now));
      const restore = restorer.state();
      if (restore === 'aborted') {
        database.exec('ROLLBACK');
        restorer.forget();
      }
      if (restore === 'none') database.exec('COMMIT');
      return outcomes;
    } catch (cause) {
      rollBack(database);
      restorer.forget();
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new GraphError('UNAVAILABLE', `the group of commits was not stored: ${reason}`, {}, { cause });
    }
  };
}

/** Some errors have ended the transaction already, and then there is nothing to roll back. */
function rollBack(database: Database): void {
  try {
    database.exec('ROLLBACK');
  } catch {}
}
