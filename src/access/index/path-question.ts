import type { NodeId } from '../../graph/ids.js';
import type { AccessGraph } from './access-graph.js';
import {
  checkSameApplication,
  getIdentity,
  getPermission,
  getResource,
  isSeen,
  notFound,
  type Visible,
} from './asked-nodes.js';
import { none } from './node-bank.js';
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
  const identity = getIdentity(graph, asked.identity, asked.visible);
  const permission = getPermission(graph, asked.permission);
  if (asked.resource === undefined) return { identity, permission, resource: none };
  const resource = getResource(graph, asked.resource, asked.visible);
  checkSameApplication(graph, permission, resource);
  return { identity, permission, resource };
}

/**
 * The inner node of the id; `none` for nodes that never stand on a path between its ends.
 * @throws GraphError NOT_FOUND
 */
export function getPathNode(graph: AccessGraph, id: NodeId, visible: Visible): number {
  const { nodes, resources, tenants } = graph;
  const node = nodes.find(id);
  const resource = resources.find(id);
  const isOpen = node === none ? isOpenElsewhere(graph, id) : !(nodes.stops[node]! & NODE_STOP.ABSENT);
  const ownTenant = resource === none ? tenants.find(id) : resources.tenants[resource]!;
  const tenant = node === none ? ownTenant : nodes.tenants[node]!;
  if (!isOpen || !isSeen(graph, tenant, visible)) throw notFound(id);
  return node;
}

function isOpenElsewhere(graph: AccessGraph, id: NodeId): boolean {
  const { permissions, resources, tenants, sources, applications, openApplications } = graph;
  if (permissions.find(id) !== none) return permissions.open[permissions.find(id)] === 1;
  if (resources.find(id) !== none) return resources.open[resources.find(id)] === 1;
  return tenants.find(id) !== none || sources.find(id) !== none || openApplications.has(applications.find(id));
}
