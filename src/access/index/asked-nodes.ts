import type { NodeId } from '../../graph/ids.js';
import { GraphError } from '../../kernel/errors.js';
import type { AccessGraph } from './access-graph.js';
import { INNER_KIND, none } from './node-bank.js';
import { NODE_STOP } from './stops.js';

/** Tenants whose nodes the caller may see; absent: all. */
export type Visible = readonly NodeId[] | undefined;

/** `tenant`: a number; what has none is everybody's to see. */
export function isSeen({ tenants }: AccessGraph, tenant: number, visible: Visible): boolean {
  return visible === undefined || tenant === none || visible.includes(tenants.ids[tenant]!);
}

/** @throws GraphError NOT_FOUND: absent, removed, joined to another, or not the caller's to see */
export function getIdentity(graph: AccessGraph, id: NodeId, visible: Visible): number {
  const { nodes } = graph;
  const identity = nodes.find(id);
  const isThere =
    identity !== none &&
    nodes.kinds[identity] === INNER_KIND.Identity &&
    (nodes.stops[identity]! & (NODE_STOP.ABSENT | NODE_STOP.JOINED)) === 0;
  if (!isThere || !isSeen(graph, nodes.tenants[identity]!, visible)) throw notFound(id);
  return identity;
}

/** @throws GraphError NOT_FOUND */
export function getPermission({ permissions }: AccessGraph, id: NodeId): number {
  const permission = permissions.find(id);
  if (permission === none || permissions.open[permission] === 0) throw notFound(id);
  return permission;
}

/** @throws GraphError NOT_FOUND */
export function getResource(graph: AccessGraph, id: NodeId, visible: Visible): number {
  const { resources } = graph;
  const resource = resources.find(id);
  const isThere = resource !== none && resources.open[resource] === 1;
  if (!isThere || !isSeen(graph, resources.tenants[resource]!, visible)) throw notFound(id);
  return resource;
}

/** @throws GraphError NOT_FOUND */
export function getApplication({ applications, openApplications }: AccessGraph, id: NodeId): number {
  const application = applications.find(id);
  if (!openApplications.has(application)) throw notFound(id);
  return application;
}

/** @throws GraphError INVALID for a resource of another application than the permission's */
export function checkSameApplication({ permissions, resources }: AccessGraph, permission: number, resource: number) {
  if (permissions.applications[permission] === resources.applications[resource]) return;
  throw new GraphError(
    'INVALID',
    `resource \`${resources.ids[resource]}\` is of another application than permission \`${permissions.ids[permission]}\`; ask about one of the same application`,
  );
}

export const notFound = (id: NodeId) =>
  new GraphError('NOT_FOUND', `nothing is known of \`${id}\` at this revision; check the id`);
