import type { Effect } from '../../graph/edge.js';
import type { AccessGraph } from './access-graph.js';
import { eachWord } from './graph-walk.js';
import { INNER_KIND } from './node-bank.js';

/** With more roles than this it costs less to walk into those that lead nowhere. */
const mostRoles = 500;

/** The roles from which a grant of that effect of the permission is inherited; absent: they are too many to be worth telling. */
export function findLeadingRoles(
  { nodes, links, edges }: AccessGraph,
  permission: number,
  effect: Effect,
): ReadonlySet<number> | undefined {
  const [certain, conditional] =
    effect === 'ALLOW' ? [links.allows, links.conditionalAllows] : [links.denies, links.conditionalDenies];
  if ((certain.in.lengths[permission] ?? 0) > mostRoles) return undefined;
  const roles = new Set<number>();
  eachWord(certain.in, permission, (role) => roles.add(role));
  eachWord(conditional.in, permission, (row) => roles.add(edges.from[row]!));
  for (const role of roles) {
    if (roles.size > mostRoles) return undefined;
    eachWord(links.inner.in, role, (senior) => {
      if (nodes.kinds[senior] === INNER_KIND.Role) roles.add(senior);
    });
  }
  return roles;
}
