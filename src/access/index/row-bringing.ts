import type { EdgeId } from '../../graph/ids.js';
import type { BringingQuestion } from '../access-engine.js';
import type { AccessGraph } from './access-graph.js';
import { checkSameApplication, getIdentity, getPermission, getResource } from './asked-nodes.js';
import { findRoleStands } from './least-inherited.js';
import { none } from './node-bank.js';
import type { Scratch } from './scratch.js';

/**
 * By place of the row the edge that brings it; absent: no path to it is inherited.
 * @throws GraphError NOT_FOUND, INVALID
 */
export function findBringingEdges(
  graph: AccessGraph,
  scratch: Scratch,
  { identity, rows }: BringingQuestion,
): readonly (EdgeId | undefined)[] {
  const stands = findRoleStands(graph, scratch, getIdentity(graph, identity, undefined));
  return rows.map((row) => {
    const permission = getPermission(graph, row.permission);
    const scope = getResource(graph, row.scope, undefined);
    checkSameApplication(graph, permission, scope);
    const edge = stands.bringing(permission, scope);
    return edge === none ? undefined : graph.edges.idOf(edge);
  });
}
