import type { Commit, StoredCommit } from '../../graph/change.js';
import { commitHash } from '../../graph/commit-hash.js';
import { settle } from '../../graph/settle.js';
import type { Instant } from '../../kernel/clock.js';
import type { CommitReceipt, Head } from '../graph-store.js';
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
    const [openNodes, openEdges] = totalsAfter(before, stored);
    const text = JSON.stringify(effects);
    commits.insert.run(revision, id, at, JSON.stringify(meta), text, text.length, hash, openNodes, openEdges);
    heads.update.run(revision, hash, at, openNodes, openEdges);
  }

  function commit(asked: Commit, now: Instant): CommitReceipt {
    const earlier = commits.byId.get(asked.id) as Row | undefined;
    if (earlier)
      return { revision: Number(earlier.revision), at: Number(earlier.at), repeated: true, effectless: false };
    const head = toHead(heads.read.get() as Row);
    const [revision, at] = [head.revision + 1, Math.max(now, head.at)];
    const { effects } = settle(asked, openGraph, { revision, at });
    if (effects.length === 0) return { revision: head.revision, at: head.at, repeated: false, effectless: true };
    const header = { revision, id: asked.id, at, meta: asked.meta };
    const stored = { ...header, effects, hash: commitHash(head.hash, header, effects) };
    append(stored);
    return { revision, at, repeated: false, effectless: false, stored };
  }

  return { commit, append };
}

const step = { nodeOpened: [1, 0], nodeClosed: [-1, 0], edgeOpened: [0, 1], edgeClosed: [0, -1] } as const;

function totalsAfter(before: Head, { effects }: StoredCommit): readonly [nodes: number, edges: number] {
  let [nodes, edges] = [before.openNodes, before.openEdges];
  for (const { kind } of effects) {
    nodes += step[kind][0];
    edges += step[kind][1];
  }
  return [nodes, edges];
}
