import { snapshotAccountIdOf, snapshotGroupIdOf } from '../catalog/snapshot-to-graph.js';
import type { EdgeKind } from '../graph/edge.js';
import { asStatementSource, identityIdOf, type NodeId } from '../graph/ids.js';
import type { AccountNode, GroupNode, PendingReferenceNode } from '../graph/node.js';
import { type GraphStore, systemScope } from '../store/graph-store.js';
import type { ImportParts } from './import-parts.js';
import { allEdges, allNodes, closeWithEdges } from './store-pages.js';
import type { SnapshotSurvey } from './survey-snapshot.js';

export interface SnapshotWithdrawing {
  readonly store: Pick<GraphStore, 'list' | 'edgesOf'>;
  readonly parts: ImportParts;
  readonly survey: SnapshotSurvey;
}

export interface SnapshotWithdrawn {
  readonly accounts: number;
  readonly groups: number;
  /** Memberships, assignments, owners and rights to act, dangling ones among them. */
  readonly facts: number;
}

/**
 * Takes back what earlier snapshots of the source stated and this one does not. What came another way stays, whatever
 * it says; so it is done first, so that a name that is given to somebody else is free.
 */
export async function withdrawSnapshot(withdrawing: SnapshotWithdrawing): Promise<SnapshotWithdrawn> {
  const { store, parts, survey } = withdrawing;
  const { source, own } = survey.setting;
  const kept = new Set(own.values());
  const removed = { Account: 0, Group: 0 };
  let facts = 0;
  for (const kind of ['Account', 'Group'] as const)
    for await (const { node } of allNodes(store, systemScope, { kind, source: source.id })) {
      facts += await withdrawFactsAbout(withdrawing, node);
      if (kept.has(node.id) || !isFromSnapshot(node)) continue;
      await closeWithEdges(store, parts, node);
      removed[kind]++;
    }
  facts += await withdrawRoleFacts(withdrawing);
  for await (const { reference } of danglingOf(store, source.id)) {
    if (survey.statements.has(reference.edge.statement)) continue;
    await parts.add([{ kind: 'closeReference', reference }]);
    facts++;
  }
  return { accounts: removed.Account, groups: removed.Group, facts };
}

/** References of the source's snapshots whose other end has not arrived. */
export async function* danglingOf(
  store: Pick<GraphStore, 'list'>,
  source: NodeId,
): AsyncIterable<PendingReferenceNode> {
  const where = { kind: 'field', field: 'source', operator: 'EQUALS', value: source } as const;
  for await (const { node } of allNodes(store, systemScope, { kind: 'PendingReference', where }))
    if (node.reference.edge.statedBy === 'SNAPSHOT' && node.reference.edge.source === asStatementSource(source))
      yield node;
}

function isFromSnapshot({ kind, id, source, externalId }: AccountNode | GroupNode): boolean {
  if (externalId === undefined || source === undefined) return false;
  return id === (kind === 'Account' ? snapshotAccountIdOf(source, externalId) : snapshotGroupIdOf(source, externalId));
}

/** Members of a group; owners of an account's identity, and who may act as it. */
async function withdrawFactsAbout(withdrawing: SnapshotWithdrawing, node: AccountNode | GroupNode): Promise<number> {
  if (node.kind === 'Group') return withdrawEdges(withdrawing, node.id, 'MEMBER_OF');
  const { store, survey } = withdrawing;
  let facts = 0;
  const identities = new Set([identityIdOf(node.id)]);
  for await (const { edge } of allEdges(store, systemScope, { node: node.id, end: 'to', kind: 'HAS_ACCOUNT' }))
    identities.add(edge.from);
  for (const identity of identities) {
    // What was said of the identity that an account has left is now said of the one that it joined.
    const isLeft = identities.size > 1 && identity === identityIdOf(node.id);
    const kept = isLeft ? new Set<string>() : survey.statements;
    for (const kind of ['OWNS', 'CAN_ACT_AS'] as const) facts += await withdrawEdges(withdrawing, identity, kind, kept);
  }
  return facts;
}

/** Who holds the application's roles. */
async function withdrawRoleFacts(withdrawing: SnapshotWithdrawing): Promise<number> {
  const { store, survey } = withdrawing;
  const where = { kind: 'field', field: 'application', operator: 'EQUALS', value: survey.setting.application } as const;
  let facts = 0;
  for await (const { node } of allNodes(store, systemScope, { kind: 'Role', where }))
    facts += await withdrawEdges(withdrawing, node.id, 'ASSIGNED');
  return facts;
}

/** Closes the edges to the node that a snapshot of this source stated and that are not kept. Answers how many. */
async function withdrawEdges(
  { store, parts, survey }: SnapshotWithdrawing,
  node: NodeId,
  kind: EdgeKind,
  kept: ReadonlySet<string> = survey.statements,
): Promise<number> {
  const source = asStatementSource(survey.setting.source.id);
  let facts = 0;
  for await (const { id, edge } of allEdges(store, systemScope, { node, end: 'to', kind })) {
    if (edge.source !== source || edge.statedBy !== 'SNAPSHOT' || kept.has(edge.statement)) continue;
    await parts.add([{ kind: 'closeEdge', id }]);
    facts++;
  }
  return facts;
}
