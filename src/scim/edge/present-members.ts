import { setImmediate } from 'node:timers/promises';
import { asNodeId, type NodeId } from '../../graph/ids.js';
import { maxIdsPerCall } from '../../store/graph-store.js';
import { memberEdgeIdOf } from '../group-to-graph.js';
import type { Member } from '../member.js';
import { toLocation } from '../resource-response.js';
import { ScimError } from '../scim-error.js';
import { readNodes } from './membership-pages.js';
import { isResourceNode, resourceTypeOf } from './resource-node.js';
import { readMembers } from './resource-reader.js';
import type { ScimContext } from './scim-context.js';

/** The members as a client sees them, for a filter that asks for more than their ids. Throws `tooMany` past the scan budget. */
export async function readPresent(context: ScimContext, group: NodeId): Promise<readonly Member[]> {
  const { services, limits, scope, registry, baseUrl } = context;
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
    if (!isResourceNode(node)) return member;
    const display = member.display ?? node.displayName;
    const resourceType = resourceTypeOf(registry, node);
    const location = toLocation({ resourceType, id: node.id }, baseUrl);
    return { value: member.value, type: resourceType.name, location, ...(display && { display }) };
  });
}

/**
 * A client that sends back what it has read sends, as `display`, the member's own name, which was filled in for it:
 * that is nothing it says. So a name is left out where the membership is there without one and the member has that name.
 */
export async function withoutEchoes(
  context: ScimContext,
  group: NodeId,
  members: readonly Member[],
): Promise<readonly Member[]> {
  const said: Member[] = [];
  for (let at = 0; at < members.length; at += maxIdsPerCall) {
    if (at > 0) await setImmediate();
    const page = members.slice(at, at + maxIdsPerCall);
    const nodes = await readNodes(context, await findUnnamed(context, group, page));
    for (const member of page) {
      const node = nodes.get(member.value)?.node;
      const isEcho = node !== undefined && 'displayName' in node && node.displayName === member.display;
      said.push(isEcho ? { value: member.value } : member);
    }
  }
  return said;
}

/** Whose memberships, of those sent with a name, are there without one. */
async function findUnnamed(
  { services: { store }, scope, source }: ScimContext,
  group: NodeId,
  members: readonly Member[],
): Promise<readonly NodeId[]> {
  const named = members.filter(({ display }) => display !== undefined);
  const edges = named.map(({ value }) => memberEdgeIdOf(asNodeId(value), group, source.id));
  return (await store.edgesByIds(scope, edges)).flatMap((version) =>
    version?.edge.kind === 'MEMBER_OF' && version.edge.display === undefined ? [version.edge.from] : [],
  );
}
