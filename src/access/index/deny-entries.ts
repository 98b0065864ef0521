import type { JsonObject } from '../../graph/node.js';
import type { AccessGraph } from './access-graph.js';
import type { BoundScope } from './bound-scopes.js';
import { eachListed } from './each-listed.js';
import type { Entry } from './entry.js';
import { grantTruth } from './entry-truth.js';
import { none } from './node-bank.js';
import { entriesOf } from './permission-entries.js';
import type { RoleClosure } from './role-closure.js';

/** Entries by permission. */
export type Entries = ReadonlyMap<number, readonly Entry[]>;

export const noEntries: Entries = new Map();

/** Whether anybody can meet a deny at all. */
export function hasDenies({ links }: AccessGraph): boolean {
  return links.denies.in.size + links.conditionalDenies.in.size > 0;
}

/** Step 4 of section 3, denies, of the one permission where it is given; most estates have none and pay nothing. */
export function scanDenies(graph: AccessGraph, bounds: readonly BoundScope[], only?: number): Entries {
  if (!hasDenies(graph)) return noEntries;
  if (only !== undefined) {
    const { denies } = entriesOf(graph, bounds, only);
    return denies.length === 0 ? noEntries : new Map([[only, denies]]);
  }
  const entries = new Map<number, Entry[]>();
  const { denies, conditionalDenies } = graph.links;
  for (const bound of bounds) {
    collect(bound, bound.certain, true);
    collect(bound, bound.unsettled, false);
  }
  return entries;

  function collect({ scopes }: BoundScope, { roles }: RoleClosure, isBound: boolean): void {
    eachListed(denies.out, roles, (permission) => add(scopes, permission, none, isBound));
    eachListed(conditionalDenies.out, roles, (row) => add(scopes, graph.edges.to[row]!, row, isBound));
  }

  function add(scopes: readonly number[], permission: number, grant: number, isBound: boolean): void {
    const known = entries.get(permission);
    const added = scopes.map((scope) => ({ permission, scope, grant, bound: isBound }));
    if (known) known.push(...added);
    else entries.set(permission, added);
  }
}

/** The entries as they stand at a resource that their scopes contain: the strongest of them. */
export function reachAt(
  graph: AccessGraph,
  entries: readonly Entry[],
  resource: number,
  context: JsonObject | undefined,
): 'NONE' | 'CONDITIONAL' | 'UNCONDITIONAL' {
  let reach: 'NONE' | 'CONDITIONAL' = 'NONE';
  for (const { scope, grant, bound } of entries) {
    if (!graph.resources.contains(scope, resource)) continue;
    const truth = grant === none ? 'true' : grantTruth(graph, grant, resource, context);
    if (truth === 'true' && bound) return 'UNCONDITIONAL';
    if (truth !== 'false') reach = 'CONDITIONAL';
  }
  return reach;
}
