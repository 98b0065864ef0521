import type { GraphChange, GraphEffect, StoredCommit } from '../../src/graph/change.js';
import { EDGE_KINDS, type EdgeVersion } from '../../src/graph/edge.js';
import { asCommitId, hashOf, type Revision } from '../../src/graph/ids.js';
import type { NodeVersion } from '../../src/graph/node.js';
import { NODE_KINDS } from '../../src/graph/node-kind.js';
import { createOverlayView, emptyView } from '../../src/graph/overlay-view.js';
import { settle } from '../../src/graph/settle.js';
import { GraphError } from '../../src/kernel/errors.js';
import type { GraphStore, SnapshotBatch } from '../../src/store/graph-store.js';

/** What an engine follows. */
export type FollowedLog = Pick<GraphStore, 'head' | 'snapshot' | 'commitsAfter' | 'revisionAt'>;

/**
 * A log in memory: commits go through `settle` as in every store. The commit that makes revision r is made at the
 * instant r, so that small numbers in estates are instants around their commits.
 */
export interface MemoryLog extends FollowedLog {
  /** Absent: the changes had no effect. @throws GraphError as `settle` does; then nothing was stored */
  commit(changes: readonly GraphChange[]): StoredCommit | undefined;
  /** Every version that ever was, for those who read without a log. */
  rows(): { readonly nodes: readonly NodeVersion[]; readonly edges: readonly EdgeVersion[] };
  commits(): readonly StoredCommit[];
}

export function createMemoryLog(...first: readonly (readonly GraphChange[])[]): MemoryLog {
  const commits: StoredCommit[] = [];
  const view = createOverlayView(emptyView);

  function commit(changes: readonly GraphChange[]): StoredCommit | undefined {
    const revision = commits.length + 1;
    const { effects } = settle({ changes }, view, { revision, at: revision });
    if (effects.length === 0) return undefined;
    view.apply(effects);
    const hash = hashOf(commits.at(-1)?.hash, JSON.stringify(effects));
    const id = asCommitId(`commit-${revision}`);
    const stored = { revision, id, at: revision, meta: { actor: 'estate' }, effects, hash };
    commits.push(stored);
    return stored;
  }
  for (const changes of first) commit(changes);

  function headAt(revision: Revision) {
    const { nodes, edges } = openAt(commits, revision);
    const hash = commits[revision - 1]?.hash ?? '';
    return { storeId: 'memory', revision, hash, at: revision, openNodes: nodes.length, openEdges: edges.length };
  }
  return {
    commit,
    commits: () => commits,
    rows: () => rowsOf(commits),
    head: async () => ({ ...headAt(commits.length), horizon: 0 }),
    revisionAt: async (time) => commits.filter(({ at }) => at <= time).length,
    commitsAfter: async (revision) => commits.slice(revision),
    async *snapshot(revision = commits.length): AsyncIterable<SnapshotBatch> {
      if (revision > commits.length) throw new GraphError('INVALID', `revision ${revision} is beyond the head`);
      const { nodes, edges } = openAt(commits, revision);
      yield { kind: 'nodes', nodes };
      yield { kind: 'edges', edges };
      yield { kind: 'snapshotEnd', head: headAt(revision) };
    },
  };
}

type Rows = ReturnType<MemoryLog['rows']>;

/** Opened versions, those that were closed later with the revision that closed them. */
function rowsOf(commits: readonly StoredCommit[]): Rows {
  const nodes = new Map<string, NodeVersion>();
  const edges = new Map<string, EdgeVersion>();
  for (const effect of commits.flatMap(({ effects }) => effects)) store(effect, nodes, edges);
  return { nodes: [...nodes.values()], edges: [...edges.values()] };
}

/** A version is one of (id, since): closing it replaces the open one. */
function store(effect: GraphEffect, nodes: Map<string, NodeVersion>, edges: Map<string, EdgeVersion>): void {
  switch (effect.kind) {
    case 'nodeOpened':
    case 'nodeClosed':
      nodes.set(`${effect.version.node.id} ${effect.version.stamps.since}`, effect.version);
      break;
    case 'edgeOpened':
    case 'edgeClosed':
      edges.set(`${effect.version.id} ${effect.version.since}`, effect.version);
  }
}

/** As of the revision, in the order of a snapshot; what closed later is open there. */
function openAt(commits: readonly StoredCommit[], revision: Revision): Rows {
  const { nodes, edges } = rowsOf(commits.slice(0, revision));
  const nodeRank = ({ node }: NodeVersion) => NODE_KINDS.indexOf(node.kind);
  const edgeRank = ({ edge }: EdgeVersion) => EDGE_KINDS.indexOf(edge.kind);
  return {
    nodes: nodes
      .filter(({ until }) => until === undefined)
      .sort((a, b) => nodeRank(a) - nodeRank(b) || (a.node.id < b.node.id ? -1 : 1)),
    edges: edges
      .filter(({ until }) => until === undefined)
      .sort((a, b) => edgeRank(a) - edgeRank(b) || (a.id < b.id ? -1 : 1)),
  };
}
