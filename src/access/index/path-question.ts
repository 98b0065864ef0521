import type { NodeId } from '../../graph/ids.js';
import { GraphError } from '../../kernel/errors.js';
import type { AccessGraph } from './access-graph.js';
import { INNER_KIND, none } from './node-bank.js';
import { NODE_STOP } from './stops.js';

/** Who, what and where, by number. `resource` is `none` where none is asked about. */
export interface AskedAccess {
  readonly identity: number;
  readonly permission: number;
  readonly resource: number;
}
interface AskedIds {
  readonly identity: NodeId;
  readonly permission: NodeId;
  readonly resource?: NodeId;
  readonly visible?: readonly NodeId[];
}

/** @throws GraphError NOT_FOUND for what is absent, joined away or not the caller's to see; INVALID for a resource of another application */
export function getAskedAccess(graph: AccessGraph, asked: AskedIds): AskedAccess {
  const { nodes, permissions, resources } = graph;
  const identity = nodes.find(asked.identity);
  const isIdentity = identity !== none && nodes.kinds[identity] === INNER_KIND.Identity;
  if (!isIdentity || nodes.stops[identity]! & NODE_STOP.JOINED) throw notFound(asked.identity);
  getPathNode(graph, asked.identity, asked.visible);
  const permission = permissions.find(asked.permission);
  if (permission === none || !permissions.open[permission]) throw notFound(asked.permission);
  if (asked.resource === undefined) return { identity, permission, resource: none };
  const resource = resources.find(asked.resource);
  if (resource === none) throw notFound(asked.resource);
  getPathNode(graph, asked.resource, asked.visible);
  if (resources.applications[resource] !== permissions.applications[permission])
    throw new GraphError(
      'INVALID',
      `resource \`${asked.resource}\` is not of the application of permission \`${asked.permission}\`; ask about one of its own`,
    );
  return { identity, permission, resource };
}

/**
 * The inner node of the id; `none` for nodes that never stand on a path between its ends.
 * @throws GraphError NOT_FOUND
 */
export function getPathNode(graph: AccessGraph, id: NodeId, visible: readonly NodeId[] | undefined): number {
  const { nodes, resources, tenants } = graph;
  const node = nodes.find(id);
  const resource = resources.find(id);
  const isOpen = node !== none ? !(nodes.stops[node]! & NODE_STOP.ABSENT) : isOpenElsewhere(graph, id);
  const tenant =
    node !== none ? nodes.tenants[node]! : resource !== none ? resources.tenants[resource]! : tenants.find(id);
  const isVisible = visible === undefined || tenant === none || visible.includes(tenants.ids[tenant]!);
  if (!isOpen || !isVisible) throw notFound(id);
  return node;
}

function isOpenElsewhere(graph: AccessGraph, id: NodeId): boolean {
  const { permissions, resources, tenants, sources, applications, openApplications } = graph;
  if (permissions.find(id) !== none) return permissions.open[permissions.find(id)] === 1;
  if (resources.find(id) !== none) return resources.open[resources.find(id)] === 1;
  return tenants.find(id) !== none || sources.find(id) !== none || openApplications.has(applications.find(id));
}

const notFound = (id: NodeId) =>
  new GraphError('NOT_FOUND', `nothing is known of \`${id}\` at this revision; check the id`);
