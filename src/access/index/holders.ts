import { decide, type Reach as EntryReach } from '../../graph/decision.js';
import { bindingTruth, grantTruth } from './entry-truth.js';
import { eachWord } from './graph-walk.js';
import { bindingsAt, searchIdentities, seniorRoles } from './identity-search.js';
import type { HoldingQuestion } from './permission-holding.js';
import { decisionNumber } from './permission-rows.js';
import { liveMode, type SearchMode, unseenMode } from './search-mode.js';
import { NODE_STOP } from './stops.js';

/** What leads to an allow or deny of the permission: bindings that surely do, and those where a condition is unsettled. */
interface Leads {
  readonly certain: readonly number[];
  readonly doubtful: readonly number[];
}

/**
 * Identities that reach an allow of the permission at the resource, with the decision there (by `DECISIONS`), by at most
 * four reverse searches: allow and deny, certain and doubtful. Not for applications with `directMembersOnly`.
 */
export function decidedHolders(question: HoldingQuestion & { readonly resource: number }): ReadonlyMap<number, number> {
  const { graph, scratch } = question;
  const search = (bindings: readonly number[], mode: SearchMode) =>
    bindings.length === 0 ? [] : searchIdentities({ graph, scratch, mode }, bindings);
  const allows = leadsOf(question, 'ALLOW');
  const denies = leadsOf(question, 'DENY');
  const deny = reaches(search(denies.doubtful, liveMode), search(denies.certain, liveMode));
  const allow = reaches(search(allows.doubtful, unseenMode), search(allows.certain, unseenMode));
  const decisions = new Map<number, number>();
  for (const [identity, reach] of allow) {
    const isUnknown = (graph.nodes.stops[identity]! & NODE_STOP.UNKNOWN) !== 0;
    const decision = isUnknown ? 'UNKNOWN' : decide(reach, deny.get(identity) ?? 'NONE');
    decisions.set(identity, decisionNumber[decision]);
  }
  return decisions;
}

function reaches(doubtful: readonly number[], certain: readonly number[]): ReadonlyMap<number, EntryReach> {
  const found = new Map<number, EntryReach>();
  for (const identity of doubtful) found.set(identity, 'CONDITIONAL');
  for (const identity of certain) found.set(identity, 'UNCONDITIONAL');
  return found;
}

function leadsOf({ graph, permission, resource }: HoldingQuestion, effect: 'ALLOW' | 'DENY'): Leads {
  const { allows, denies, conditionalAllows, conditionalDenies } = graph.links;
  const sure = new Set<number>();
  const unsure = new Set<number>();
  eachWord((effect === 'ALLOW' ? allows : denies).in, permission, (role) => sure.add(role));
  eachWord((effect === 'ALLOW' ? conditionalAllows : conditionalDenies).in, permission, (row) => {
    const truth = resource === undefined ? 'unsettled' : grantTruth(graph, row, resource, undefined);
    if (truth !== 'false') (truth === 'true' ? sure : unsure).add(graph.edges.from[row]!);
  });
  const certain: number[] = [];
  const doubtful: number[] = [];
  for (const binding of bindingsAt(graph, seniorRoles(graph, sure), resource)) {
    const truth = bindingTruth(graph, binding, undefined);
    if (truth !== 'false') (truth === 'true' ? certain : doubtful).push(binding);
  }
  for (const binding of bindingsAt(graph, seniorRoles(graph, unsure), resource))
    if (bindingTruth(graph, binding, undefined) !== 'false') doubtful.push(binding);
  return { certain, doubtful };
}

/** Identities that may hold the permission in that mode: too many perhaps, never too few. */
export function possibleHolders(
  question: HoldingQuestion,
  { mode, assume }: { readonly mode: SearchMode; readonly assume: boolean },
): readonly number[] {
  const { graph, scratch, resource, permission } = question;
  const { certain, doubtful } = leadsOf(
    { graph, scratch, permission, ...(resource !== undefined && { resource }) },
    'ALLOW',
  );
  return searchIdentities({ graph, scratch, mode, assume }, [...certain, ...doubtful]);
}
