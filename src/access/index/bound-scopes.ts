import type { JsonObject } from '../../graph/node.js';
import type { AccessGraph } from './access-graph.js';
import { bindingTruth } from './entry-truth.js';
import type { Reach, ReachedBinding } from './principal-search.js';
import { closeRoles, type RoleClosure, type RoleSeed } from './role-closure.js';
import type { Scratch } from './scratch.js';

/** What is bound at a scope, or alike at several. */
export interface BoundScope {
  /** Several only where no conditional grant is reached, whose pattern would settle differently at each. */
  readonly scopes: readonly number[];
  /** Those at the first of the scopes. */
  readonly bindings: readonly SettledBinding[];
  /** Roles of the unconditional bindings. */
  readonly certain: RoleClosure;
  /** Roles of the bindings whose condition is not settled. */
  readonly unsettled: RoleClosure;
}
export interface SettledBinding extends ReachedBinding {
  readonly role: number;
  readonly certain: boolean;
}

const noRoles: RoleClosure = { roles: [], depths: [] };

/** The reached bindings by scope, each with its roles; those whose condition is settled false are left out. */
export function bindScopes(
  graph: AccessGraph,
  scratch: Scratch,
  reach: Reach,
  context: JsonObject | undefined,
): readonly BoundScope[] {
  const { owners, scopes } = graph.nodes;
  const byScope = new Map<number, SettledBinding[]>();
  for (const reached of reach.bindings) {
    const truth = bindingTruth(graph, reached.binding, context);
    if (truth === 'false') continue;
    const { binding, depth, direct, inherited } = reached;
    const settled = { binding, depth, direct, inherited, role: owners[binding]!, certain: truth === 'true' };
    const scope = scopes[binding]!;
    const others = byScope.get(scope);
    if (others) others.push(settled);
    else byScope.set(scope, [settled]);
  }
  const sizes = new Map<number, number>();
  for (const bindings of byScope.values()) sizes.set(bindings.length, (sizes.get(bindings.length) ?? 0) + 1);
  const alike = new Map<string, number[]>();
  for (const [scope, bindings] of byScope) {
    const likeness = sizes.get(bindings.length) === 1 ? `${scope}` : likenessOf(bindings);
    const scopes = alike.get(likeness);
    if (scopes) scopes.push(scope);
    else alike.set(likeness, [scope]);
  }
  return [...alike.values()].flatMap((scopes) => bound(graph, scratch, scopes, byScope.get(scopes[0]!)!));
}

function bound(
  graph: AccessGraph,
  scratch: Scratch,
  scopes: readonly number[],
  bindings: readonly SettledBinding[],
): readonly BoundScope[] {
  const closed = (certain: boolean) => {
    const seeds: RoleSeed[] = bindings.filter((binding) => binding.certain === certain);
    return seeds.length === 0 ? noRoles : closeRoles(graph, scratch, seeds);
  };
  const roles = { bindings, certain: closed(true), unsettled: closed(false) };
  if (scopes.length === 1 || !grantsConditionally(graph, roles)) return [{ scopes, ...roles }];
  return scopes.map((scope) => ({ scopes: [scope], ...roles }));
}

function grantsConditionally({ links }: AccessGraph, { certain, unsettled }: Omit<BoundScope, 'scopes'>): boolean {
  const { conditionalAllows, conditionalDenies } = links;
  const grants = (role: number) =>
    (conditionalAllows.out.lengths[role] ?? 0) + (conditionalDenies.out.lengths[role] ?? 0) > 0;
  return certain.roles.some(grants) || unsettled.roles.some(grants);
}

/** Equal for bindings at different scopes that give the same rows at the same depths from the same origins. */
function likenessOf(bindings: readonly SettledBinding[]): string {
  return bindings
    .map((b) => `${b.role}:${b.depth}:${b.certain ? 1 : 0}${b.direct ? 1 : 0}${b.inherited ? 1 : 0}`)
    .sort()
    .join();
}
