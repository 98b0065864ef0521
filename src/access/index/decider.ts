import { type Decision, decide } from '../../graph/decision.js';
import type { JsonObject } from '../../graph/node.js';
import type { AccessGraph } from './access-graph.js';
import type { BoundScope } from './bound-scopes.js';
import { reachAt } from './deny-entries.js';
import { entriesOf, type PermissionEntries } from './permission-entries.js';

/** What an identity reaches, to be asked about many permissions and resources. */
export interface Decider {
  readonly bounds: readonly BoundScope[];
  entries(permission: number): PermissionEntries;
  /** Step 5 of section 3. */
  decideAt(at: DecidedAt): Exclude<Decision, 'UNKNOWN'>;
}
export interface DecidedAt {
  readonly permission: number;
  readonly resource: number;
}

export function createDecider(
  graph: AccessGraph,
  bounds: readonly BoundScope[],
  context: JsonObject | undefined,
): Decider {
  const known = new Map<number, PermissionEntries>();
  const entries = (permission: number) => {
    const made = known.get(permission) ?? entriesOf(graph, bounds, permission);
    known.set(permission, made);
    return made;
  };
  return {
    bounds,
    entries,
    decideAt({ permission, resource }) {
      const { allows, denies } = entries(permission);
      return decide(reachAt(graph, allows, resource, context), reachAt(graph, denies, resource, context));
    },
  };
}
