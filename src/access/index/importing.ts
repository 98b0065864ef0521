import type { AccessGraph } from './access-graph.js';
import type { Reached } from './permission-listing.js';

/** Whether an import that is being committed in parts has a hand in what was reached: a group on the way, or the application of a role. */
export function touchesImport(graph: AccessGraph, reached: Reached): boolean {
  const { changingGroups, changingApplications, nodes } = graph;
  if (changingGroups.size > 0 && reached.reach.principals.some((node) => changingGroups.has(node))) return true;
  if (changingApplications.size === 0) return false;
  return reached.bounds.some(({ bindings }) =>
    bindings.some(({ role }) => changingApplications.has(nodes.owners[role]!)),
  );
}
