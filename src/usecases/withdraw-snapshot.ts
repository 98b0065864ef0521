import { snapshotAccountIdOf, snapshotGroupIdOf } from '../catalog/snapshot-nodes.js';
import type { GraphChange } from '../graph/change.js';
import type { Edge, EdgeKind } from '../graph/edge.js';
import { asStatementSource, identityIdOf, type NodeId } from '../graph/ids.js';
import type { AccountNode, GroupNode, PendingReferenceNode, Reference } from '../graph/node.js';
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
  /** Statements that are held and stay: there is nothing to write of them. */
  readonly held: ReadonlySet<string>;
}

/**
 * Looks through what earlier snapshots of the source stated, and takes back what this one does not, if it is complete.
 * What came another way stays, whatever it says. This is done first, so that a name that is given to somebody else is free.
 */
export async function withdrawSnapshot(withdrawing: SnapshotWithdrawing): Promise<SnapshotWithdrawn> {
  const { store, parts, survey } = withdrawing;
  const { source, own } = survey.setting;
  const { complete } = survey.summary;
  const kept = new Set(own.values());
  const removed = { Account: 0, Group: 0 };
  const facts = createFactWithdrawal(withdrawing);
  for (const kind of ['Account', 'Group'] as const)
    for await (const { node } of allNodes(store, systemScope, { kind, source: source.id })) {
      if (node.kind === 'Group') await facts.withdrawEdges(node.id, 'MEMBER_OF');
      else await facts.withdrawIdentityEdges(node.id);
      if (!complete || kept.has(node.id) || !isFromSnapshot(node)) continue;
      await closeWithEdges(store, parts, node);
      removed[kind]++;
    }
  const ofApplication = {
    kind: 'field',
    field: 'application',
    operator: 'EQUALS',
    value: survey.setting.application,
  } as const;
  for await (const { node } of allNodes(store, systemScope, { kind: 'Role', where: ofApplication }))
    await facts.withdrawEdges(node.id, 'ASSIGNED');
  for await (const { reference } of danglingOf(store, source.id)) await facts.withdrawReference(reference);
  return { accounts: removed.Account, groups: removed.Group, facts: facts.count(), held: facts.held };
}

/** References of the source's snapshots whose other end has not arrived. */
export async function* danglingOf(
  store: Pick<GraphStore, 'list'>,
  source: NodeId,
): AsyncIterable<PendingReferenceNode> {
  const where = { kind: 'field', field: 'source', operator: 'EQUALS', value: source } as const;
  for await (const { node } of allNodes(store, systemScope, { kind: 'PendingReference', where }))
    if (isStatedBy(source, node.reference.edge)) yield node;
}

function isStatedBy(source: NodeId, edge: Pick<Edge, 'source' | 'statedBy'>): boolean {
  return edge.source === asStatementSource(source) && edge.statedBy === 'SNAPSHOT';
}

function isFromSnapshot({ kind, id, source, externalId }: AccountNode | GroupNode): boolean {
  if (externalId === undefined || source === undefined) return false;
  return id === (kind === 'Account' ? snapshotAccountIdOf(source, externalId) : snapshotGroupIdOf(source, externalId));
}

/** Sorts facts into those that stay and those that go. */
function createFactWithdrawal({ store, parts, survey }: SnapshotWithdrawing) {
  const { statements, summary, setting } = survey;
  const held = new Set<string>();
  let count = 0;

  async function withdraw(statement: string, kept: ReadonlySet<string>, change: GraphChange): Promise<void> {
    if (kept.has(statement)) held.add(statement);
    else if (summary.complete) {
      await parts.add([change]);
      count++;
    }
  }
  async function withdrawEdges(node: NodeId, kind: EdgeKind, kept = statements): Promise<void> {
    for await (const { id, edge } of allEdges(store, systemScope, { node, end: 'to', kind }))
      if (isStatedBy(setting.source.id, edge)) await withdraw(edge.statement, kept, { kind: 'closeEdge', id });
  }

  return {
    held,
    count: () => count,
    withdrawEdges,
    withdrawReference: (reference: Reference) =>
      withdraw(reference.edge.statement, statements, { kind: 'closeReference', reference }),
    /** Owners of the account's identity, and who may act as it. */
    async withdrawIdentityEdges(account: NodeId): Promise<void> {
      const derived = identityIdOf(account);
      const identities = new Set([derived]);
      for await (const { edge } of allEdges(store, systemScope, { node: account, end: 'to', kind: 'HAS_ACCOUNT' }))
        identities.add(edge.from);
      for (const identity of identities) {
        // What was said of the identity that the account has left is now said of the one that it joined.
        const kept = identity === derived && identities.size > 1 ? new Set<string>() : statements;
        for (const kind of ['OWNS', 'CAN_ACT_AS'] as const) await withdrawEdges(identity, kind, kept);
      }
    },
  };
}
