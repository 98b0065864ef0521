import { randomUUID } from 'node:crypto';
import { asNodeId, type NodeId } from '../../graph/ids.js';
import type { GroupNode } from '../../graph/node.js';
import { createAttributes } from '../attribute-value.js';
import { toUserReferences } from '../user-to-graph.js';
import { versionOf } from './plan-user.js';
import { requireIfMatch } from './precondition.js';
import { getTarget, type Target } from './provisioning.js';
import { reclassifyMembers } from './reclassify-members.js';
import { deleting } from './resource-node.js';
import { membershipPages } from './resource-reader.js';
import type { ScimContext } from './scim-context.js';
import { sourceRefOf, type WritePlan, write } from './write-plan.js';

/**
 * Deletes the resource (RFC 7644 §3.6): it is gone for every client when this resolves, and its names are free. The
 * graph keeps what was.
 */
export async function deleteResource(context: ScimContext, target: Target): Promise<void> {
  requireIfMatch(target.ifMatch, context.settings.requireIfMatch);
  const { node } = await getTarget(context, target);
  if (node.kind === 'Account') await takeBackOwners(context, target);
  else if (await isHuge(context, node.id)) return deleteInParts(context, target);
  const plan = async (): Promise<WritePlan> => {
    const before = await getTarget(context, target);
    const expectations = target.ifMatch === undefined ? [] : [versionOf(before.node.id, before.stamps.version)];
    return { changes: [{ kind: 'closeNode', id: before.node.id }], expectations, before };
  };
  const { stored } = await write(context, { name: 'delete', id: asNodeId(target.id), plan });
  await reclassifyMembers(context, stored);
}

async function isHuge({ services: { store }, scope, limits }: ScimContext, group: NodeId): Promise<boolean> {
  return (await store.countEdges(scope, { node: group, end: 'to', kind: 'MEMBER_OF' })) > limits.membersPerCommit;
}

/**
 * First the group conveys nothing, has no name and is gone for its client, then its memberships end page by page, last
 * the group. All parts bear one import id.
 */
async function deleteInParts(context: ScimContext, target: Target): Promise<void> {
  const id = asNodeId(target.id);
  const importId = randomUUID();
  const plan = async (): Promise<WritePlan> => {
    const before = await getTarget(context, target);
    const { claimsDisplayName: _claim, ...group } = before.node as GroupNode;
    return {
      changes: [{ kind: 'putNode', node: { ...group, active: false, changing: deleting } }],
      expectations: [versionOf(id, before.stamps.version)],
      before,
    };
  };
  const { stored } = await write(context, { name: 'delete', id, importId, plan });
  await reclassifyMembers(context, stored);
  for await (const edges of membershipPages(context, id, 'to')) {
    const changes = edges.map((edge) => ({ kind: 'closeEdge', id: edge.id }) as const);
    const part = await write(context, { name: 'delete', id, importId, plan: async () => ({ changes }) });
    await reclassifyMembers(context, part.stored);
  }
  await write(context, { name: 'delete', id, importId, plan: async () => ({ changes: [{ kind: 'closeNode', id }] }) });
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
