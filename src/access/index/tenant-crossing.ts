import type { AccessGraph } from './access-graph.js';
import { eachListed } from './each-listed.js';
import { bindingTruth, grantTruth } from './entry-truth.js';
import { eachWord, roleOf, scopeOf } from './graph-walk.js';
import { INNER_KIND, none } from './node-bank.js';
import { isDirectOnly, type Reach } from './principal-search.js';

/**
 * Permissions with a row that covers and to which some live way of allow leads over an edge whose ends, or whose scope, lie
 * in different tenants. A way that meets a node twice counts too: it exists only beside a cycle.
 */
export function crossingPermissions(
  graph: AccessGraph,
  reach: Reach,
  covers: (permission: number, scope: number) => boolean,
): ReadonlySet<number> {
  const crossed = crossedBindings(graph, reach);
  const { allows, conditionalAllows } = graph.links;
  const found = new Set<number>();
  for (const { binding } of reach.bindings) {
    if (bindingTruth(graph, binding, undefined) === 'false') continue;
    const roles = [...crossedRoles(graph, roleOf(graph, binding), crossed.has(binding))];
    const scope = scopeOf(graph, binding);
    const add = (permission: number) => {
      if (covers(permission, scope)) found.add(permission);
    };
    eachListed(allows.out, roles, add);
    eachListed(conditionalAllows.out, roles, (row) => {
      if (grantTruth(graph, row, scope, undefined) !== 'false') add(graph.edges.to[row]!);
    });
  }
  return found;
}

/** Bindings that some way reaches over a crossing edge, `ASSIGNED` itself among them. */
function crossedBindings(graph: AccessGraph, { identity, principals, bindings }: Reach): ReadonlySet<number> {
  const { nodes, links, resources } = graph;
  const reached = new Set([...principals, ...bindings.map(({ binding }) => binding)]);
  const found = new Set<number>();
  const crossed = new Set<number>();
  const direct = { any: new Set<number>(), crossed: new Set<number>() };
  const leave = (node: number, isCrossed: boolean) => {
    const isGroup = nodes.kinds[node] === INNER_KIND.Group;
    const visit = (to: number) => {
      if (!reached.has(to)) return;
      if (nodes.kinds[to] === INNER_KIND.Binding) {
        if (isGroup && isDirectOnly(graph, to) && !direct[isCrossed ? 'crossed' : 'any'].has(node)) return;
        const ends = [node, nodes.owners[to]!].map((end) => nodes.tenants[end]!);
        if (isCrossed || differ([...ends, resources.tenants[nodes.scopes[to]!]!])) found.add(to);
        return;
      }
      if (!isGroup) direct.any.add(to);
      if (!isCrossed && !differ([nodes.tenants[node]!, nodes.tenants[to]!])) return;
      crossed.add(to);
      if (!isGroup) direct.crossed.add(to);
    };
    eachWord(links.inner.out, node, visit);
    if (node === identity && graph.everyoneOf(node) !== none) visit(graph.everyoneOf(node));
  };
  // Accounts first: whether a group was come to directly must be known when it is left.
  for (const node of principals) leave(node, false);
  for (const node of [...crossed]) if (nodes.kinds[node] === INNER_KIND.Account) leave(node, true);
  for (const node of crossed) leave(node, true);
  return found;
}

/** Roles that the binding's role reaches over a crossing edge; all it reaches where the way to it crossed. */
function crossedRoles({ nodes, links }: AccessGraph, role: number, isCrossed: boolean): ReadonlySet<number> {
  const all = new Set([role]);
  const crossed = new Set(isCrossed ? [role] : []);
  const leave = (from: number, over: boolean) =>
    eachWord(links.inner.out, from, (to) => {
      all.add(to);
      if (over || differ([nodes.tenants[from]!, nodes.tenants[to]!])) crossed.add(to);
    });
  for (const each of all) leave(each, false);
  for (const each of crossed) leave(each, true);
  return crossed;
}

function differ(tenants: readonly number[]): boolean {
  return new Set(tenants.filter((tenant) => tenant !== none)).size > 1;
}
