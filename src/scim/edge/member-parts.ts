import { randomUUID } from 'node:crypto';
import type { GraphChange } from '../../graph/change.js';
import type { NodeId } from '../../graph/ids.js';
import type { GroupNode } from '../../graph/node.js';
import { toMemberChanges } from '../group-to-graph.js';
import { applyMemberSteps, type MemberDelta } from '../member-delta.js';
import { membershipPages, pendingMemberPages } from './membership-pages.js';
import { withoutEchoes } from './present-members.js';
import { reclassifyMembers } from './reclassify-members.js';
import { getResource, notFound, type ResourceVersion } from './resource-node.js';
import { readMembers } from './resource-reader.js';
import { type ScimContext, untilDone } from './scim-context.js';
import { sourceRefOf, versionOf, type WriteName, type WritePlan, write } from './write-plan.js';

/** What a group says while its members are changed in parts. */
export const changingMembers = 'members';

type KeyedDelta = Extract<MemberDelta, { readonly kind: 'keyed' }>;

/** A write of one group in several commits, which bear one import id. */
interface Parts {
  readonly name: WriteName;
  readonly group: NodeId;
  readonly importId: string;
}

/** Whether the delta is more than one commit should change. */
export function needsParts({ limits }: ScimContext, delta: MemberDelta): delta is KeyedDelta {
  return delta.kind === 'keyed' && delta.add.length + delta.remove.length > limits.membersPerCommit;
}

/**
 * What a delta that says who the members are changes, where they are or will be too many for one commit to compare: then
 * they are read, and the answer holds for the version of the group that was read. Else the delta itself.
 */
export async function toDifference(context: ScimContext, group: NodeId, delta: MemberDelta): Promise<MemberDelta> {
  const most = context.limits.membersPerCommit;
  if (delta.kind !== 'whole') return delta;
  if (delta.members.length <= most && (await countMembers(context, group)) <= most) return delta;
  const members = await withoutEchoes(context, group, delta.members);
  return applyMemberSteps(await readMembers(context, group), [{ kind: 'replace', members }]);
}

/** Those that are there and those that have not arrived. */
export async function countMembers({ services: { store }, scope }: ScimContext, group: NodeId): Promise<number> {
  const where = { kind: 'field', field: 'holder', operator: 'EQUALS', value: group } as const;
  const present = await store.countEdges(scope, { node: group, end: 'to', kind: 'MEMBER_OF' });
  return present + (await store.count(scope, { kind: 'PendingReference', where }));
}

/**
 * Changes the members of a group that says it is changing, part by part, others' commits between them; the last part
 * takes the mark away. Goes on though the client has gone. The same request again finishes what a crash cut off.
 */
export async function changeMembersInParts(
  given: ScimContext,
  { name, group, delta }: { readonly name: WriteName; readonly group: NodeId; readonly delta: KeyedDelta },
): Promise<ResourceVersion> {
  const context = untilDone(given);
  const parts: Parts = { name, group, importId: randomUUID() };
  const membership = { group, source: context.source.id, sourceRef: sourceRefOf(context, name) };
  await writeParts(context, parts, toMemberChanges(delta, membership));
  const plan = async (): Promise<WritePlan> => {
    const before = await getResource(context, context.registry.group, group);
    const { changing: _mark, ...node } = before.node as GroupNode;
    return { changes: [{ kind: 'putNode', node }], expectations: [versionOf(group, before.stamps.version)], before };
  };
  const { version } = await write(context, { ...parts, id: group, plan });
  if (!version) throw notFound(group);
  return version;
}

/** Ends all memberships of a group that says it is being deleted, then the group. */
export async function deleteInParts(given: ScimContext, group: NodeId): Promise<void> {
  const context = untilDone(given);
  const parts: Parts = { name: 'delete', group, importId: randomUUID() };
  for await (const edges of membershipPages(context, group, 'to'))
    await writeParts(
      context,
      parts,
      edges.map(({ id }) => ({ kind: 'closeEdge', id })),
    );
  for await (const references of pendingMemberPages(context, group))
    await writeParts(
      context,
      parts,
      references.map((reference) => ({ kind: 'closeReference', reference })),
    );
  await writeParts(context, parts, [{ kind: 'closeNode', id: group }]);
}

async function writeParts(
  context: ScimContext,
  { name, group, importId }: Parts,
  changes: readonly GraphChange[],
): Promise<void> {
  const size = context.limits.membersPerCommit;
  for (let at = 0; at < changes.length; at += size) {
    const plan = async (): Promise<WritePlan> => ({ changes: changes.slice(at, at + size) });
    const { stored } = await write(context, { name, id: group, importId, plan });
    await reclassifyMembers(context, stored);
  }
}
