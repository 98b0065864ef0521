import type { Reach as EntryReach } from '../../graph/decision.js';
import type { Effect } from '../../graph/edge.js';
import type { JsonObject } from '../../graph/node.js';
import type { AccessGraph } from './access-graph.js';
import { bindingTruth, both, grantTruth } from './entry-truth.js';
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
/** The entries of one permission at one resource that an identity reaches, and what was walked to find them. */
export interface EntrySearch extends EntryQuestion {
  readonly reach: Reach;
  /** Bindings at the resource or what contains it, but those whose condition is settled false. */
  readonly seeds: readonly BindingSeed[];
  readonly found: Readonly<Record<Effect, EntryReach>>;
}

/** Steps 1 to 4 of section 3, of nothing but what the decision at the resource needs. */
export function searchEntries(question: EntryQuestion, mode: SearchMode): EntrySearch {
  const { graph, scratch, identity } = question;
  const reach = searchPrincipals(graph, scratch, identity, mode);
  const seeds = seedsAt(question, reach.bindings);
  const found: Record<Effect, EntryReach> = { ALLOW: 'NONE', DENY: 'NONE' };
  collect(true);
  collect(false);
  return { ...question, reach, seeds, found };

  function collect(certain: boolean): void {
    const { roles } = closeSeeds(
      question,
      seeds.filter((seed) => seed.certain === certain),
    );
    for (const role of grantingAmong(question, roles))
      eachGrant(graph, role, question.permission, (row) => {
        const effect = graph.edges.traits[row]! & EDGE_TRAIT.DENY ? 'DENY' : 'ALLOW';
        const truth = both(certain ? 'true' : 'unsettled', truthOfGrant(question, row));
        if (truth === 'true') found[effect] = 'UNCONDITIONAL';
        else if (truth === 'unsettled' && found[effect] === 'NONE') found[effect] = 'CONDITIONAL';
      });
  }
}

/** Those of the roles that may have a grant of the permission; from the smaller side, so all of them where that grants it often. */
function grantingAmong({ graph, scratch, permission }: EntryQuestion, roles: readonly number[]): readonly number[] {
  const { allows, denies, conditionalAllows, conditionalDenies } = graph.links;
  let grants = 0;
  for (const { in: into } of [allows, denies, conditionalAllows, conditionalDenies])
    grants += into.lengths[permission] ?? 0;
  if (grants > roles.length) return roles;
  const epoch = scratch.begin(graph);
  const marks = scratch.innerMarks;
  eachGrantingRole(graph, permission, (role) => {
    marks[role] = epoch;
  });
  return roles.filter((role) => marks[role] === epoch);
}

export function closeSeeds({ graph, scratch }: EntryQuestion, seeds: readonly RoleSeed[]): RoleClosure {
  return seeds.length === 0 ? noRoles : closeRoles(graph, scratch, seeds);
}

const noRoles: RoleClosure = { roles: [], depths: [] };

/** At the resource asked about. */
export function truthOfGrant({ graph, resource, context }: EntryQuestion, row: number) {
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
