import type { Reach as EntryReach } from '../../graph/decision.js';
import type { Effect } from '../../graph/edge.js';
import type { JsonObject } from '../../graph/node.js';
import type { AccessGraph } from './access-graph.js';
import { bindingTruth, grantTruth } from './entry-truth.js';
import { eachGrant, eachGrantingRole } from './graph-walk.js';
import { type Reach, type ReachedBinding, searchPrincipals } from './principal-search.js';
import { closeRoles, type RoleClosure, type RoleSeed } from './role-closure.js';
import type { Scratch } from './scratch.js';
import type { SearchMode } from './search-mode.js';
import { EDGE_TRAIT } from './stops.js';

export interface EntryQuestion {
  readonly graph: AccessGraph;
  readonly scratch: Scratch;
  readonly identity: number;
  readonly permission: number;
  readonly resource: number;
  readonly context: JsonObject | undefined;
}
export interface BindingSeed extends RoleSeed {
  readonly binding: number;
  /** Its condition is settled true, or it has none. */
  readonly certain: boolean;
}
/** A grant of the permission by a reached role, but those that are settled false at the resource. */
export interface ReachedGrant {
  readonly row: number;
  readonly role: number;
  /** Edges from the identity to the role. */
  readonly depth: number;
  readonly effect: Effect;
  /** All conditions on the way are settled true. */
  readonly certain: boolean;
}
/** The entries of one permission at one resource that an identity reaches, and what was walked to find them. */
export interface EntrySearch extends EntryQuestion {
  readonly reach: Reach;
  /** Bindings at the resource or what contains it, but those whose condition is settled false. */
  readonly seeds: readonly BindingSeed[];
  /** Roles of the certain ones. */
  readonly certainRoles: RoleClosure;
  /** A role that is reached both surely and in doubt gives a grant twice. */
  readonly grants: readonly ReachedGrant[];
}

/** Steps 1 to 4 of section 3, of nothing but what the decision at the resource needs. */
export function searchEntries(question: EntryQuestion, mode: SearchMode): EntrySearch {
  const { graph, scratch, identity, permission } = question;
  const reach = searchPrincipals(graph, scratch, identity, mode);
  const seeds = seedsAt(question, reach.bindings);
  const grants: ReachedGrant[] = [];
  const certainRoles = collect(true);
  collect(false);
  return { ...question, reach, seeds, certainRoles, grants };

  function collect(isBound: boolean): RoleClosure {
    const bound = seeds.filter(({ certain }) => certain === isBound);
    const closure = closeSeeds(question, bound);
    eachPlaceThatGrants(question, closure.roles, (place) => {
      const role = closure.roles[place]!;
      const depth = closure.depths[place]!;
      eachGrant(graph, role, permission, (row) => {
        const truth = truthOfGrant(question, row);
        if (truth === 'false') return;
        const effect = graph.edges.traits[row]! & EDGE_TRAIT.DENY ? 'DENY' : 'ALLOW';
        grants.push({ row, role, depth, effect, certain: isBound && truth === 'true' });
      });
    });
    return closure;
  }
}

/** The strongest of the entries with that effect. */
export function reachOf({ grants }: EntrySearch, effect: Effect): EntryReach {
  const own = grants.filter((grant) => grant.effect === effect);
  if (own.length === 0) return 'NONE';
  return own.some(({ certain }) => certain) ? 'UNCONDITIONAL' : 'CONDITIONAL';
}

/** Also places of roles that may have no grant, where the permission is granted more often than there are roles. */
function eachPlaceThatGrants(
  { graph, scratch, permission }: EntryQuestion,
  roles: readonly number[],
  visit: (place: number) => void,
): void {
  const { allows, denies, conditionalAllows, conditionalDenies } = graph.links;
  let grants = 0;
  for (const { in: into } of [allows, denies, conditionalAllows, conditionalDenies])
    grants += into.lengths[permission] ?? 0;
  const isFew = grants <= roles.length;
  const epoch = scratch.begin(graph);
  const marks = scratch.innerMarks;
  if (isFew)
    eachGrantingRole(graph, permission, (role) => {
      marks[role] = epoch;
    });
  for (let place = 0; place < roles.length; place++) if (!isFew || marks[roles[place]!] === epoch) visit(place);
}

export function closeSeeds({ graph, scratch }: EntryQuestion, seeds: readonly RoleSeed[]): RoleClosure {
  return seeds.length === 0 ? noRoles : closeRoles(graph, scratch, seeds);
}

const noRoles: RoleClosure = { roles: [], depths: [] };

function truthOfGrant({ graph, resource, context }: EntryQuestion, row: number) {
  if (!(graph.edges.traits[row]! & EDGE_TRAIT.CONDITIONAL)) return 'true';
  return grantTruth(graph, row, resource, context);
}

function seedsAt(
  { graph, resource, context }: EntryQuestion,
  bindings: readonly ReachedBinding[],
): readonly BindingSeed[] {
  const { owners, scopes } = graph.nodes;
  const seeds: BindingSeed[] = [];
  for (const { binding, depth } of bindings) {
    if (!graph.resources.contains(scopes[binding]!, resource)) continue;
    const truth = bindingTruth(graph, binding, context);
    if (truth !== 'false') seeds.push({ binding, depth, role: owners[binding]!, certain: truth === 'true' });
  }
  return seeds;
}
