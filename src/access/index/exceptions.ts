import type { JsonObject } from '../../graph/node.js';
import { groupedBy } from '../../kernel/grouped-by.js';
import type { PermissionRow } from '../access-engine.js';
import type { AccessGraph } from './access-graph.js';
import { reachAt } from './deny-entries.js';
import type { Entry } from './entry.js';

/** The denies' scopes strictly inside the row's scope, less those inside an unconditional one; by id. */
export function exceptionsOf(
  graph: AccessGraph,
  denies: readonly Entry[] | undefined,
  scope: number,
  context: JsonObject | undefined,
): PermissionRow['except'] {
  if (denies === undefined) return [];
  const { resources } = graph;
  const inside = groupedBy(
    denies.filter((deny) => deny.scope !== scope && resources.contains(scope, deny.scope)),
    (deny) => deny.scope,
  );
  const exceptions = [...inside]
    .map(([inner, entries]) => ({ inner, reach: reachAt(graph, entries, inner, context) }))
    .filter(({ reach }) => reach !== 'NONE');
  const certain = exceptions.filter(({ reach }) => reach === 'UNCONDITIONAL').map(({ inner }) => inner);
  return exceptions
    .filter(({ inner }) => !certain.some((outer) => outer !== inner && resources.contains(outer, inner)))
    .map(({ inner, reach }) => ({ scope: resources.ids[inner]!, conditional: reach === 'CONDITIONAL' }))
    .sort((a, b) => (a.scope < b.scope ? -1 : 1));
}
