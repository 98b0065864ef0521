import type { NodeId } from '../../graph/ids.js';
import type { GroupNode, NodeVersion } from '../../graph/node.js';
import { sameValue } from '../../graph/same-value.js';
import type { Attributes } from '../attribute-value.js';
import { type MembershipToGraph, toGroup, toMemberChanges } from '../group-to-graph.js';
import { applyMemberSteps, type MemberDelta } from '../member-delta.js';
import { readPresent, withoutEchoes } from './present-members.js';
import type { ScimContext } from './scim-context.js';
import { versionOf, type WritePlan } from './write-plan.js';

export interface WantedGroup {
  readonly id: NodeId;
  readonly attributes: Attributes;
  readonly members: MemberDelta;
  readonly sourceRef: string;
  /** What is being done to it in parts; absent: nothing. */
  readonly changing?: string;
}

/**
 * What makes the group say this. Members are never read to add or remove some by name: concurrent requests about
 * members then need not agree on a version of the group, and none of them is lost.
 */
export async function planGroup(
  context: ScimContext,
  { id, attributes, members, sourceRef, changing }: WantedGroup,
  before?: NodeVersion<GroupNode>,
): Promise<WritePlan> {
  const { source } = context;
  const group = { ...toGroup({ id, source, attributes }), ...(changing !== undefined && { changing }) };
  const membership: MembershipToGraph = { group: id, source: source.id, sourceRef };
  const isSame = before !== undefined && sameValue(group, before.node);
  const delta = await toSettledDelta(context, id, members);
  const changes = [
    ...(isSame ? [] : [{ kind: 'putNode', node: group } as const]),
    ...toMemberChanges(delta, membership),
  ];
  const needsVersion = !isSame || members.kind === 'filtered';
  return {
    changes,
    ...(needsVersion && { expectations: [versionOf(id, before?.stamps.version ?? 0)] }),
    ...(before && { before }),
  };
}

async function toSettledDelta(
  context: ScimContext,
  group: NodeId,
  delta: MemberDelta,
): Promise<Exclude<MemberDelta, { readonly kind: 'filtered' }>> {
  if (delta.kind === 'whole') return { kind: 'whole', members: await withoutEchoes(context, group, delta.members) };
  if (delta.kind !== 'filtered') return delta;
  return applyMemberSteps(await readPresent(context, group), delta.steps);
}
