import { commitHash } from '../graph/commit-hash.js';
import type { Revision } from '../graph/ids.js';
import { GraphError } from '../kernel/errors.js';
import type { GraphStore } from './graph-store.js';

export interface CheckedStore {
  readonly revision: Revision;
  readonly commits: number;
  readonly nodes: number;
  readonly edges: number;
}

/**
 * Reads everything from the retention horizon on: each commit's hash must follow from the one before and from what the
 * commit holds, the last be the head's, and the open graph have as many nodes and edges as its commits add up to.
 * @throws GraphError INVALID, naming the first revision that does not fit
 */
export async function checkStore(graph: GraphStore, onCommit?: (revision: Revision) => void): Promise<CheckedStore> {
  const head = await graph.head();
  const horizon = await graph.horizon();
  let { revision, hash } = horizon;
  while (revision < head.revision) {
    const commits = await graph.commitsAfter(revision);
    if (commits.length === 0) throw broken(revision + 1, 'is missing');
    for (const commit of commits) {
      if (commit.revision !== revision + 1) throw broken(revision + 1, 'is missing');
      if (commit.revision > head.revision) break;
      if (commitHash(hash, commit, commit.effects) !== commit.hash) throw broken(commit.revision, 'was changed');
      ({ revision, hash } = commit);
      onCommit?.(revision);
    }
  }
  if (hash !== head.hash) throw broken(head.revision, 'is not the one that the head names');
  const counts = { nodes: 0, edges: 0 };
  for await (const batch of graph.snapshot(head.revision)) {
    if (batch.kind === 'nodes') counts.nodes += batch.nodes.length;
    if (batch.kind === 'edges') counts.edges += batch.edges.length;
  }
  return { revision, commits: head.revision - horizon.revision, ...counts };
}

function broken(revision: Revision, what: string): GraphError {
  return new GraphError('INVALID', `the log is not whole: revision ${revision} ${what}; restore a backup or an export`);
}
