import type { Commit, StoredCommit } from '../../graph/change.js';
import type { Instant } from '../../kernel/clock.js';
import type { CommitReceipt } from '../graph-store.js';
import { settleCommit, totalsAfter } from '../settle-commit.js';
import type { Database, Row } from './driver.js';
import { createEffectWriter } from './effect-writer.js';
import { createOpenGraph } from './open-graph.js';
import { toHead } from './rows.js';
import { commitById, insertCommit, readHead, updateHead } from './write-statements.js';

export interface Committer {
  /** Inside the caller's transaction and savepoint: a commit that throws has to be rolled back by the caller. */
  commit(commit: Commit, now: Instant): CommitReceipt;
  /** Writes what was settled before, here or in another store; the caller has judged that it is exactly next. */
  append(stored: StoredCommit): void;
}

export function createCommitter(database: Database): Committer {
  const openGraph = createOpenGraph(database);
  const effectWriter = createEffectWriter(database);
  const heads = { read: database.prepare(readHead), update: database.prepare(updateHead) };
  const commits = { byId: database.prepare(commitById), insert: database.prepare(insertCommit) };

  function append(stored: StoredCommit): void {
    const { revision, id, at, meta, effects, hash } = stored;
    const before = toHead(heads.read.get() as Row);
    for (const effect of effects) effectWriter.apply(effect);
    const { openNodes, openEdges } = totalsAfter(before, effects);
    const text = JSON.stringify(effects);
    commits.insert.run(
      revision,
      id,
      at,
      JSON.stringify(meta),
      text,
      Buffer.byteLength(text),
      hash,
      openNodes,
      openEdges,
    );
    heads.update.run(revision, hash, at, openNodes, openEdges);
  }

  function commit(asked: Commit, now: Instant): CommitReceipt {
    const earlier = commits.byId.get(asked.id) as Row | undefined;
    if (earlier)
      return { revision: Number(earlier.revision), at: Number(earlier.at), repeated: true, effectless: false };
    const receipt = settleCommit(asked, openGraph, { head: toHead(heads.read.get() as Row), now });
    if (receipt.stored) append(receipt.stored);
    return receipt;
  }

  return { commit, append };
}
