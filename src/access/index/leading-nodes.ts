import type { Effect } from '../../graph/edge.js';
import type { AccessGraph } from './access-graph.js';
import { eachWord } from './graph-walk.js';
import { INNER_KIND, none } from './node-bank.js';

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

/** Of the principals that the identity reaches over what conveys, itself among them, those with a binding of such a role, or on the way to one. */
export function findLeadingPrincipals(
  graph: AccessGraph,
  identity: number,
  roles: ReadonlySet<number>,
): ReadonlySet<number> {
  const { nodes, links } = graph;
  const { words, offsets, lengths } = links.inner.out;
  const before = new Map<number, number[]>([[identity, []]]);
  const leading = new Set<number>();
  const reach = (from: number, to: number) => {
    const known = before.get(to);
    if (known) known.push(from);
    else if (nodes.stops[to] === 0) before.set(to, [from]);
  };
  for (const principal of before.keys()) {
    const end = (offsets[principal] ?? 0) + (lengths[principal] ?? 0);
    for (let i = offsets[principal] ?? 0; i < end; i++) {
      const to = words[i]!;
      if (nodes.kinds[to] !== INNER_KIND.Binding) reach(principal, to);
      else if (roles.has(nodes.owners[to]!)) leading.add(principal);
    }
    if (principal === identity && graph.everyoneOf(identity) !== none) reach(identity, graph.everyoneOf(identity));
  }
  for (const principal of leading) for (const each of before.get(principal)!) leading.add(each);
  return leading;
}
