import type { Reach } from '../../graph/decision.js';
import type { JsonObject } from '../../graph/node.js';
import type { AccessGraph } from './access-graph.js';
import { type AllowRows, rangeOf } from './allow-rows.js';
import { grantTruth } from './entry-truth.js';
import { none } from './node-bank.js';

/** The strongest of the permission's allows at a resource. While the rows lie in scratch space. */
export function allowReachAt(
  graph: AccessGraph,
  allows: AllowRows,
  permission: number,
  resource: number,
  context: JsonObject | undefined,
): Reach {
  const contains = (scope: number) => graph.resources.contains(scope, resource);
  for (let row = allows.lastRow(permission); row >= 0; row = allows.rowBefore(row)) {
    const { bound, firstConditional } = rangeOf(allows.ranges, row);
    if (row < firstConditional && bound.scopes.some(contains)) return 'UNCONDITIONAL';
  }
  const { scopes, grants, bound } = allows.unsettled;
  let reach: Reach = 'NONE';
  for (let place = allows.lastUnsettled(permission); place >= 0; place = allows.unsettledBefore(place)) {
    if (!contains(scopes[place]!)) continue;
    const truth = grants[place] === none ? 'true' : grantTruth(graph, grants[place]!, resource, context);
    if (truth === 'true' && bound[place] === 1) return 'UNCONDITIONAL';
    if (truth !== 'false') reach = 'CONDITIONAL';
  }
  return reach;
}
