import type { Commit, GraphEffect } from '../graph/change.js';
import { commitHash } from '../graph/commit-hash.js';
import type { GraphView } from '../graph/graph-view.js';
import { settle } from '../graph/settle.js';
import type { Instant } from '../kernel/clock.js';
import type { CommitReceipt, Head } from './graph-store.js';

/** What of the head a commit follows. */
export type Tip = Pick<Head, 'revision' | 'hash' | 'at' | 'openNodes' | 'openEdges'>;

/**
 * Decides what a commit does at the head and puts it into the chain; the caller has looked for its id before. The
 * receipt's `stored` is what has to be written; it is absent where the commit has no effect.
 * @throws GraphError as `settle` does
 */
export function settleCommit(
  asked: Commit,
  view: GraphView,
  { head, now }: { head: Tip; now: Instant },
): CommitReceipt {
  const [revision, at] = [head.revision + 1, Math.max(now, head.at)];
  const { effects } = settle(asked, view, { revision, at });
  if (effects.length === 0) return { revision: head.revision, at: head.at, repeated: false, effectless: true };
  const header = { revision, id: asked.id, at, meta: asked.meta };
  const stored = { ...header, effects, hash: commitHash(head.hash, header, effects) };
  return { revision, at, repeated: false, effectless: false, stored };
}

const step = { nodeOpened: [1, 0], nodeClosed: [-1, 0], edgeOpened: [0, 1], edgeClosed: [0, -1] } as const;

/** How many nodes and edges are open when the effects are done. */
export function totalsAfter(
  before: Pick<Tip, 'openNodes' | 'openEdges'>,
  effects: readonly GraphEffect[],
): Pick<Tip, 'openNodes' | 'openEdges'> {
  let { openNodes, openEdges } = before;
  for (const { kind } of effects) {
    openNodes += step[kind][0];
    openEdges += step[kind][1];
  }
  return { openNodes, openEdges };
}
