import { isDeepStrictEqual } from 'node:util';
import type { AccessEngine } from '../access/access-engine.js';
import type { GraphEffect, StoredCommit } from '../graph/change.js';
import { EDGE_RULES, type Edge } from '../graph/edge.js';
import type { NodeId, Revision } from '../graph/ids.js';
import type { GraphNode } from '../graph/node.js';
import type { Instant } from '../kernel/clock.js';
import { isGraphError } from '../kernel/errors.js';
import type { GraphStore } from '../store/graph-store.js';

/** What commits may have changed, as far as facts about identities go. */
export interface Touched {
  /** Identities whose access may be another, or that have themselves changed. */
  readonly identities: ReadonlySet<NodeId>;
  /** Nodes that have changed, or an account or a membership of which has: owners, and who is in groups that own, among them. */
  readonly nodes: ReadonlySet<NodeId>;
}
export interface TouchedDependencies {
  readonly store: Pick<GraphStore, 'commitsAfter'>;
  readonly engine: Pick<AccessEngine, 'identitiesBefore'>;
}

/** With more effects than this it costs less to look at everybody. */
const mostEffects = 100_000;

/**
 * Whom the commits after a revision, up to another, concern; absent: that cannot be told, or it is not worth telling.
 * INVARIANT: whoever reached something before them, and is not told, reaches it after them by the same edges. For of the
 * edges on a way that was changed the first leaves a node that is reached as before, and is looked back from.
 */
export async function findTouched(
  { store, engine }: TouchedDependencies,
  { after, upTo, at }: { readonly after: Revision; readonly upTo: Revision; readonly at: Instant },
): Promise<Touched | undefined> {
  const changed = createChanged();
  try {
    for (let revision = after; revision < upTo; ) {
      const commits = await store.commitsAfter(revision);
      for (const commit of commits) changed.add(commit);
      if (changed.isTooMuch() || commits.length === 0) return undefined;
      revision = commits.at(-1)!.revision;
    }
  } catch (error) {
    if (isGraphError(error, 'GONE')) return undefined;
    throw error;
  }
  const { identities, nodes, starts } = changed;
  if (starts.size > 0)
    for (const id of (await engine.identitiesBefore({ nodes: [...starts], revision: upTo, at })).identities)
      identities.add(id);
  return { identities, nodes };
}

function createChanged() {
  const [identities, nodes, starts] = [new Set<NodeId>(), new Set<NodeId>(), new Set<NodeId>()];
  /** Nodes that were not there before: what lies before and behind them is new too. */
  const born = new Set<NodeId>();
  let effects = 0;
  let everybody = false;

  return {
    identities,
    nodes,
    /** Who stands before these may be concerned. */
    starts,
    isTooMuch: () => everybody || effects > mostEffects,
    add(commit: StoredCommit): void {
      effects += commit.effects.length;
      const unchanged = nodesAlike(commit.effects);
      for (const { kind, version } of commit.effects)
        if ('edge' in version) addEdge(version.edge);
        else if (!unchanged.has(version.node.id)) addNode(version.node, kind === 'nodeOpened');
    },
  };

  function addNode({ kind, id }: GraphNode, isOpened: boolean): void {
    if (isOpened && !nodes.has(id)) born.add(id);
    nodes.add(id);
    switch (kind) {
      case 'Identity':
        identities.add(id);
        starts.add(id);
        return;
      case 'Account':
      case 'Group':
      case 'Role':
      case 'Permission':
        starts.add(id);
        return;
      case 'Resource':
      case 'Application':
      case 'Source':
        everybody ||= !born.has(id);
    }
  }

  function addEdge({ kind, from, to }: Edge): void {
    if (kind === 'HAS_ACCOUNT' || kind === 'MEMBER_OF') for (const end of [from, to]) nodes.add(end);
    switch (EDGE_RULES[kind].flows) {
      case 'access':
      case 'assume':
        starts.add(from);
        return;
      case 'scope':
        everybody ||= !born.has(to);
        return;
      case 'context':
        identities.add(to);
    }
  }
}

/** Nodes with a new version that says the same: a group gets one with each change of its members. */
function nodesAlike(effects: readonly GraphEffect[]): ReadonlySet<NodeId> {
  const ended = new Map<NodeId, GraphNode>();
  const alike = new Set<NodeId>();
  for (const { kind, version } of effects)
    if (kind === 'nodeClosed') ended.set(version.node.id, version.node);
    else if (kind === 'nodeOpened' && isDeepStrictEqual(ended.get(version.node.id), version.node))
      alike.add(version.node.id);
  return alike;
}
