import type { EdgeVersion } from '../graph/edge.js';
import type { NodeId } from '../graph/ids.js';
import type { GraphNode, NodeKind } from '../graph/node.js';
import type { ReadScope } from './graph-store.js';

/** Kinds of which some or all nodes belong to no tenant, and are then every tenant's to see. */
export const KINDS_WITHOUT_TENANT: ReadonlySet<string> = new Set<NodeKind>([
  'Application',
  'Permission',
  'Role',
  'Document',
]);

/** The tenant whose boundary the node lies in, a tenant in its own; absent: every tenant sees it. */
export function tenantOf(node: GraphNode): NodeId | undefined {
  if (node.kind === 'Tenant') return node.id;
  return 'tenant' in node ? node.tenant : undefined;
}

/** The source that pushed the node, a source in its own; absent: no source did. */
export function sourceOf(node: GraphNode): NodeId | undefined {
  if (node.kind === 'Source') return node.id;
  return 'source' in node ? node.source : undefined;
}

/** The one rule of who may read a node; statements of the stores say the same in their language. */
export function seesNode(scope: ReadScope, node: GraphNode): boolean {
  switch (scope.kind) {
    case 'system':
      return true;
    case 'tenants': {
      const tenant = tenantOf(node);
      return tenant === undefined || scope.tenants.includes(tenant);
    }
    case 'source':
      return sourceOf(node) === scope.source;
  }
}

/** A source sees the edges that it states; a tenant sees those that end at what it sees. */
export function seesEdge(
  scope: ReadScope,
  { edge }: EdgeVersion,
  findNode: (id: NodeId) => GraphNode | undefined,
): boolean {
  if (scope.kind === 'system') return true;
  if (scope.kind === 'source') return (edge.source as string) === scope.source;
  return [edge.from, edge.to].some((id) => {
    const end = findNode(id);
    return end !== undefined && seesNode(scope, end);
  });
}
