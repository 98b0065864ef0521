import type { GraphEffect, StoredCommit } from '../../graph/change.js';
import type { EdgeKind } from '../../graph/edge.js';
import type { NodeKind } from '../../graph/node.js';
import { CATALOGUE_KINDS, type NeighbourhoodReader } from '../../store/neighbourhood.js';
import type { FollowedLog } from '../index/follow.js';

const nodeKinds: ReadonlySet<NodeKind> = new Set<NodeKind>(CATALOGUE_KINDS.nodes);
const edgeKinds: ReadonlySet<EdgeKind> = new Set<EdgeKind>(CATALOGUE_KINDS.edges);

/** The log with nothing in it but the catalogue: the same revisions, fewer effects. `see` is told of every whole commit. */
export function createCatalogueLog(
  log: FollowedLog,
  { catalogue }: Pick<NeighbourhoodReader, 'catalogue'>,
  see: (commit: StoredCommit) => void,
): FollowedLog {
  return {
    head: log.head,
    revisionAt: log.revisionAt,
    snapshot: catalogue,
    async commitsAfter(revision, options) {
      const commits = await log.commitsAfter(revision, options);
      for (const commit of commits) see(commit);
      return commits.map(onlyCatalogue);
    },
  };
}

export function onlyCatalogue(commit: StoredCommit): StoredCommit {
  return { ...commit, effects: commit.effects.filter(isOfCatalogue) };
}

function isOfCatalogue(effect: GraphEffect): boolean {
  switch (effect.kind) {
    case 'nodeOpened':
    case 'nodeClosed':
      return nodeKinds.has(effect.version.node.kind);
    case 'edgeOpened':
    case 'edgeClosed':
      return edgeKinds.has(effect.version.edge.kind);
  }
}
