import type { Reach as EntryReach } from '../../graph/decision.js';
import type { JsonObject } from '../../graph/node.js';
import type { AccessGraph } from './access-graph.js';
import type { AllowRows } from './allow-rows.js';
import { reachAt } from './deny-entries.js';
import type { Entry } from './entry.js';

/** The allows of one permission. */
export interface PermissionAllows {
  /** Scopes of unconditional ones: these hold in all that the scope contains. */
  readonly certain: number[];
  readonly unsettled: Entry[];
}
export type AllowIndex = ReadonlyMap<number, PermissionAllows>;

/** Permissions marked with the epoch. */
export interface Marked {
  readonly marks: Int32Array;
  readonly epoch: number;
}

/** The allows by permission, of those that are marked; absent: of all. Outlives the scratch space that the rows lie in. */
export function indexAllows(allows: AllowRows, wanted?: Marked): AllowIndex {
  const index = new Map<number, PermissionAllows>();
  const { reached, unsettled } = allows;
  const of = (permission: number): PermissionAllows => {
    const known = index.get(permission);
    if (known) return known;
    const made = { certain: [], unsettled: [] };
    index.set(permission, made);
    return made;
  };
  const { marks, epoch } = wanted ?? {};
  const { permissions } = reached;
  for (const { bound, start, firstConditional } of allows.ranges)
    for (let row = start; row < firstConditional; row++) {
      const permission = permissions[row]!;
      if (marks !== undefined && marks[permission] !== epoch) continue;
      const { certain } = of(permission);
      for (const scope of bound.scopes) certain.push(scope);
    }
  for (let i = 0; i < allows.unsettledCount; i++) {
    const permission = unsettled.permissions[i]!;
    if (marks !== undefined && marks[permission] !== epoch) continue;
    const entry = { scope: unsettled.scopes[i]!, grant: unsettled.grants[i]!, bound: unsettled.bound[i] === 1 };
    of(permission).unsettled.push({ permission, ...entry });
  }
  return index;
}

export function allowReachAt(
  graph: AccessGraph,
  allows: PermissionAllows | undefined,
  resource: number,
  context: JsonObject | undefined,
): EntryReach {
  if (allows === undefined) return 'NONE';
  if (allows.certain.some((scope) => graph.resources.contains(scope, resource))) return 'UNCONDITIONAL';
  return reachAt(graph, allows.unsettled, resource, context);
}
