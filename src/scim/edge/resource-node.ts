import { asNodeId, type NodeId } from '../../graph/ids.js';
import type { AccountNode, GraphNode, GroupNode, NodeVersion } from '../../graph/node.js';
import { GraphError } from '../../kernel/errors.js';
import type { ResourceType, SchemaRegistry } from '../schema-registry.js';
import type { ScimContext } from './scim-context.js';

/** A SCIM resource as the graph holds it. */
export type ResourceNode = AccountNode | GroupNode;
export type ResourceVersion = NodeVersion<ResourceNode>;

/** What each resource type is in the graph. */
export const NODE_KIND_OF = { User: 'Account', Group: 'Group' } as const;

/** What a group says that is being deleted in parts: it is gone for every client. */
export const deleting = 'delete';

/** The resource of the context's source. Rejects NOT_FOUND, for another source's id as for one that never was. */
export async function getResource(
  context: ScimContext,
  resourceType: ResourceType,
  id: string,
): Promise<ResourceVersion> {
  const [version] = await context.services.store.nodesByIds(context.scope, [asNodeId(id)]);
  if (!version || !isOfType(version.node, resourceType) || isDeleting(version.node)) throw notFound(id);
  return version as ResourceVersion;
}

/** What the node is to clients of SCIM. */
export function resourceTypeOf({ user, group }: SchemaRegistry, { kind }: ResourceNode): ResourceType {
  return kind === NODE_KIND_OF.User ? user : group;
}

export function isResourceNode(node: GraphNode | undefined): node is ResourceNode {
  return node?.kind === NODE_KIND_OF.User || node?.kind === NODE_KIND_OF.Group;
}

export function isDeleting(node: ResourceNode): boolean {
  return node.kind === 'Group' && node.changing === deleting;
}

export function notFound(id: string | NodeId): GraphError {
  return new GraphError('NOT_FOUND', `resource \`${id.slice(0, 128)}\` is not found`);
}

function isOfType(node: GraphNode, { name }: ResourceType): node is ResourceNode {
  return node.kind === NODE_KIND_OF[name];
}
