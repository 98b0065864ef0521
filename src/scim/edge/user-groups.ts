import type { NodeId } from '../../graph/ids.js';
import type { GroupMembership } from '../resource-response.js';
import { ScimError } from '../scim-error.js';
import { membershipPages, readNodes } from './membership-pages.js';
import { isDeleting } from './resource-node.js';
import type { ScimContext } from './scim-context.js';

/** A group of an account, with the names that rules of classification go by. */
export type NamedMembership = GroupMembership & { readonly externalId?: string };

/** The groups that list the account directly. */
export function readGroups(context: ScimContext, account: NodeId): Promise<readonly NamedMembership[]> {
  return readGroupsOf(context, [account], 'direct');
}

/** What `User.groups` shows: direct ones first, then, where the source says so, those that hold it through others. */
export async function readMemberships(context: ScimContext, account: NodeId): Promise<readonly GroupMembership[]> {
  const direct = await readGroups(context, account);
  if (!context.settings.indirectGroups) return direct;
  const found = new Map<string, GroupMembership>(direct.map((group) => [group.id, group]));
  for (let outer: readonly GroupMembership[] = direct; outer.length > 0; ) {
    const holders = await readGroupsOf(
      context,
      outer.map(({ id }) => id as NodeId),
      'indirect',
    );
    outer = holders.filter(({ id }) => !found.has(id));
    for (const group of outer) found.set(group.id, group);
    if (found.size > context.limits.scanBudget)
      throw new ScimError('tooMany', 'the user is in too many groups; exclude `groups` from the answer');
  }
  return [...found.values()];
}

async function readGroupsOf(
  context: ScimContext,
  members: readonly NodeId[],
  type: GroupMembership['type'],
): Promise<readonly NamedMembership[]> {
  const ids = new Set<NodeId>();
  for (const member of members)
    for await (const edges of membershipPages(context, member, 'from')) for (const { edge } of edges) ids.add(edge.to);
  const groups: NamedMembership[] = [];
  for (const { node } of (await readNodes(context, [...ids])).values()) {
    if (node.kind !== 'Group' || isDeleting(node)) continue;
    const { id, displayName, externalId } = node;
    groups.push({ id, displayName, type, ...(externalId !== undefined && { externalId }) });
  }
  return groups;
}
