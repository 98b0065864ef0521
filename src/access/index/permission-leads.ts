import type { Effect } from '../../graph/edge.js';
import type { AccessGraph } from './access-graph.js';
import { bindingTruth, grantTruth } from './entry-truth.js';
import { eachBindingOf, eachGrant, eachWord } from './graph-walk.js';
import { INNER_KIND, none } from './node-bank.js';
import { closeRoles } from './role-closure.js';
import type { Scratch } from './scratch.js';
import { EDGE_TRAIT, NODE_STOP } from './stops.js';

export interface PermissionQuestion {
  readonly graph: AccessGraph;
  readonly scratch: Scratch;
  readonly permission: number;
  /** Only what is bound where it contains it, judged there; absent: anywhere, judged where it is bound. */
  readonly resource?: number;
}

/** The bindings that lead to an allow, or a deny, of the permission. */
export interface PermissionLeads {
  /** They surely do. */
  readonly certain: readonly number[];
  /** A condition or pattern on the way is not settled; some may be among the certain ones too. */
  readonly doubtful: readonly number[];
  /** Some grant has a resource pattern, which may be settled otherwise at one scope than at another. */
  readonly patterned: boolean;
}

/** Found by role and scope: bindings of a role elsewhere are not looked at. Holds for the empty context. */
export function findLeads({ graph, permission, resource }: PermissionQuestion, effect: Effect): PermissionLeads {
  const { allows, denies, conditionalAllows, conditionalDenies } = graph.links;
  const sure = new Set<number>();
  const unsure = new Set<number>();
  let patterned = false;
  eachWord((effect === 'ALLOW' ? allows : denies).in, permission, (role) => sure.add(role));
  eachWord((effect === 'ALLOW' ? conditionalAllows : conditionalDenies).in, permission, (row) => {
    const hasPattern = graph.edges.detailOf(row).resources !== undefined;
    const truth =
      hasPattern && resource === undefined ? 'unsettled' : grantTruth(graph, row, resource ?? none, undefined);
    if (truth !== 'false') (truth === 'true' ? sure : unsure).add(graph.edges.from[row]!);
    patterned ||= hasPattern;
  });
  const certain: number[] = [];
  const doubtful: number[] = [];
  eachBindingAt(graph, seniorRoles(graph, sure), resource, (binding) => {
    const truth = bindingTruth(graph, binding, undefined);
    if (truth !== 'false') (truth === 'true' ? certain : doubtful).push(binding);
  });
  eachBindingAt(graph, seniorRoles(graph, unsure), resource, (binding) => {
    if (bindingTruth(graph, binding, undefined) !== 'false') doubtful.push(binding);
  });
  return { certain, doubtful, patterned };
}

/** The roles from which one of the given ones is inherited, with them. */
function seniorRoles({ nodes, links }: AccessGraph, roles: Iterable<number>): ReadonlySet<number> {
  const found = new Set(roles);
  for (const role of found)
    eachWord(links.inner.in, role, (senior) => {
      const isOpenRole = nodes.kinds[senior] === INNER_KIND.Role && (nodes.stops[senior]! & NODE_STOP.ABSENT) === 0;
      if (isOpenRole) found.add(senior);
    });
  return found;
}

/** Bindings of the roles at the resource or what contains it; absent: at any scope. */
function eachBindingAt(
  graph: AccessGraph,
  roles: Iterable<number>,
  resource: number | undefined,
  visit: (binding: number) => void,
): void {
  const { nodes, resources } = graph;
  const scopes = resource === undefined ? [] : resources.ancestors(resource);
  for (const role of roles) {
    if (resource === undefined) eachBindingOf(graph, role, visit);
    for (const scope of scopes)
      for (let b = nodes.firstBinding(role, scope); b !== none; b = nodes.nextBinding(b)) visit(b);
  }
}

/** One grant of the permission that a role has, itself or by inheritance. */
export interface RoleGrant {
  readonly effect: Effect;
  /** Its row, where it has a condition or pattern; `none`: it has neither. */
  readonly grant: number;
  /** Edges from the role to the permission. */
  readonly depth: number;
}

/** Answers for one permission; each role is looked at once. */
export function createRoleGrants({
  graph,
  scratch,
  permission,
}: PermissionQuestion): (role: number) => readonly RoleGrant[] {
  const known = new Map<number, readonly RoleGrant[]>();
  return (role) => {
    const grants = known.get(role) ?? findGrants(role);
    known.set(role, grants);
    return grants;
  };

  function findGrants(senior: number): readonly RoleGrant[] {
    const grants: RoleGrant[] = [];
    const { roles, depths } = closeRoles(graph, scratch, [{ role: senior, depth: 1 }]);
    roles.forEach((role, place) => {
      eachGrant(graph, role, permission, (row) => {
        const traits = graph.edges.traits[row]!;
        const effect = traits & EDGE_TRAIT.DENY ? 'DENY' : 'ALLOW';
        grants.push({ effect, grant: traits & EDGE_TRAIT.CONDITIONAL ? row : none, depth: depths[place]! });
      });
    });
    return grants;
  }
}
