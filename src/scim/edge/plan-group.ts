import { maxChangesPerCommit } from '../../graph/change.js';
import { asNodeId, type EdgeId, type NodeId } from '../../graph/ids.js';
import type { GroupNode, NodeVersion } from '../../graph/node.js';
import { sameValue } from '../../graph/same-value.js';
import { maxIdsPerCall } from '../../store/graph-store.js';
import type { Attributes } from '../attribute-value.js';
import { type MembershipToGraph, memberEdgeIdOf, toGroup, toMemberChanges } from '../group-to-graph.js';
import type { Member } from '../member.js';
import { applyMemberSteps, type MemberDelta } from '../member-delta.js';
import { ScimError } from '../scim-error.js';
import { versionOf } from './plan-user.js';
import { readMembers, readNodes } from './resource-reader.js';
import type { ScimContext } from './scim-context.js';
import { tooLarge, type WritePlan } from './write-plan.js';

export interface WantedGroup {
  readonly id: NodeId;
  readonly attributes: Attributes;
  readonly members: MemberDelta;
  readonly sourceRef: string;
}

/**
 * What makes the group say this. Members are never read to add or remove some by name: concurrent requests about
 * members then need not agree on a version of the group, and none of them is lost.
 */
export async function planGroup(
  context: ScimContext,
  { id, attributes, members, sourceRef }: WantedGroup,
  before?: NodeVersion<GroupNode>,
): Promise<WritePlan> {
  const { source } = context;
  const group = toGroup({ id, source, attributes });
  const membership: MembershipToGraph = { group: id, source: source.id, sourceRef };
  const isSame = before !== undefined && sameValue(group, before.node);
  const delta = await toSettledDelta(context, membership, members);
  const changes = [
    ...(isSame ? [] : [{ kind: 'putNode', node: group } as const]),
    ...toMemberChanges(delta, membership),
  ];
  const size = delta.kind === 'whole' ? delta.members.length : changes.length;
  if (size >= maxChangesPerCommit) throw tooLarge(`a request changes at most ${maxChangesPerCommit - 1} members`);
  const needsVersion = !isSame || members.kind === 'filtered';
  return {
    changes,
    ...(needsVersion && { expectations: [versionOf(id, before?.stamps.version ?? 0)] }),
    ...(before && { before }),
  };
}

async function toSettledDelta(
  context: ScimContext,
  membership: MembershipToGraph,
  delta: MemberDelta,
): Promise<Exclude<MemberDelta, { readonly kind: 'filtered' }>> {
  if (delta.kind === 'whole')
    return { kind: 'whole', members: await withoutEchoes(context, membership, delta.members) };
  if (delta.kind !== 'filtered') return delta;
  return applyMemberSteps(await readPresent(context, membership.group), delta.steps);
}

/** The members as a client sees them, for a filter that asks for more than their ids. Throws `tooMany` past the scan budget. */
async function readPresent(context: ScimContext, group: NodeId): Promise<readonly Member[]> {
  const { services, limits, scope } = context;
  const count = await services.store.countEdges(scope, { node: group, end: 'to', kind: 'MEMBER_OF' });
  if (count > limits.scanBudget)
    throw new ScimError('tooMany', 'the group has too many members to filter; name them by `value`');
  const members = await readMembers(context, group);
  const nodes = await readNodes(
    context,
    members.map(({ value }) => value),
  );
  return members.map((member) => {
    const node = nodes.get(member.value)?.node;
    if (node?.kind !== 'Account' && node?.kind !== 'Group') return member;
    const display = member.display ?? node.displayName;
    return { value: member.value, type: node.kind === 'Account' ? 'User' : 'Group', ...(display && { display }) };
  });
}

/**
 * A client that sends back what it has read sends, as `display`, the member's own name, which was filled in for it:
 * that is nothing it says. So a name is left out where the membership is there without one and the member has that name.
 */
async function withoutEchoes(
  context: ScimContext,
  { group, source }: MembershipToGraph,
  members: readonly Member[],
): Promise<readonly Member[]> {
  const edgeOf = ({ value }: Member) => memberEdgeIdOf(asNodeId(value), group, source);
  const unnamed = await findUnnamed(context, members.filter(({ display }) => display !== undefined).map(edgeOf));
  const nodes = await readNodes(context, [...unnamed]);
  return members.map((member) => {
    const node = nodes.get(member.value)?.node;
    const isEcho = node !== undefined && 'displayName' in node && node.displayName === member.display;
    return isEcho ? { value: member.value } : member;
  });
}

/** Whose memberships, of these, are there without a name. */
async function findUnnamed(
  { services: { store }, scope }: ScimContext,
  edges: readonly EdgeId[],
): Promise<ReadonlySet<NodeId>> {
  const unnamed = new Set<NodeId>();
  for (let at = 0; at < edges.length; at += maxIdsPerCall)
    for (const version of await store.edgesByIds(scope, edges.slice(at, at + maxIdsPerCall)))
      if (version?.edge.kind === 'MEMBER_OF' && version.edge.display === undefined) unnamed.add(version.edge.from);
  return unnamed;
}
