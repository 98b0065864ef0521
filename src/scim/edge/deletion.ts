import { asNodeId, type NodeId } from '../../graph/ids.js';
import type { GroupNode } from '../../graph/node.js';
import { createAttributes } from '../attribute-value.js';
import { toUserReferences } from '../user-to-graph.js';
import { countMembers, deleteInParts } from './member-parts.js';
import { requireIfMatch } from './precondition.js';
import { getTarget, type Target } from './provisioning.js';
import { reclassifyMembers } from './reclassify-members.js';
import { deleting, isDeleting, notFound } from './resource-node.js';
import type { ScimContext } from './scim-context.js';
import { sourceRefOf, versionOf, type WritePlan, write } from './write-plan.js';

/**
 * Deletes the resource (RFC 7644 §3.6): it is gone for every client when this resolves, and its names are free. The
 * graph keeps what was. A group of very many members is gone first and then deleted in parts; where that was cut off, the
 * same request again finishes it.
 */
export async function deleteResource(context: ScimContext, target: Target): Promise<void> {
  requireIfMatch(target.ifMatch, context.settings.requireIfMatch);
  const id = asNodeId(target.id);
  if (target.resourceType.name === 'User') await takeBackOwners(context, target);
  else if (await isBeingDeleted(context, id)) return deleteInParts(context, id);
  else if ((await countMembers(context, id)) > context.limits.membersPerCommit) {
    await markDeleted(context, target);
    return deleteInParts(context, id);
  }
  const plan = async (): Promise<WritePlan> => {
    const before = await getTarget(context, target);
    const expectations = target.ifMatch === undefined ? [] : [versionOf(before.node.id, before.stamps.version)];
    return { changes: [{ kind: 'closeNode', id: before.node.id }], expectations, before };
  };
  const { stored } = await write(context, { name: 'delete', id, plan });
  // Others deleted it since it was read.
  if (!stored) throw notFound(id);
  await reclassifyMembers(context, stored);
}

/** The group conveys nothing, has no name that another could want, and is gone for every client. */
async function markDeleted(context: ScimContext, target: Target): Promise<void> {
  const id = asNodeId(target.id);
  const plan = async (): Promise<WritePlan> => {
    const before = await getTarget(context, target);
    const { claimsDisplayName: _claim, ...group } = before.node as GroupNode;
    return {
      changes: [{ kind: 'putNode', node: { ...group, active: false, changing: deleting } }],
      expectations: [versionOf(id, before.stamps.version)],
      before,
    };
  };
  await write(context, { name: 'delete', id, plan });
}

/** Whether the group is there for us alone: its deletion was cut off. */
async function isBeingDeleted({ services: { store }, scope }: ScimContext, id: NodeId): Promise<boolean> {
  const [version] = await store.nodesByIds(scope, [id]);
  return version?.node.kind === 'Group' && isDeleting(version.node);
}

/** Who owns it is an edge between identities, which outlive the account: so it is taken back before the account goes. */
async function takeBackOwners(context: ScimContext, target: Target): Promise<void> {
  const id = asNodeId(target.id);
  const plan = async (): Promise<WritePlan> => {
    const before = await getTarget(context, target);
    if (before.node.kind !== 'Account') return { changes: [], before };
    const nothing = { id, source: context.source, attributes: createAttributes(), before: before.node };
    return { changes: toUserReferences(nothing, sourceRefOf(context, 'delete')), before };
  };
  await write(context, { name: 'delete', id, plan });
}
