import type { Decision } from '../../src/graph/decision.js';
import type { NodeId } from '../../src/graph/ids.js';
import { type Entry, entryTruth, type Search, speaksOf } from './reach.js';
import type { Truth } from './truth.js';

export type Settled = Exclude<Decision, 'UNKNOWN'>;

/** Section 3, step 5, line by line; one truth for each entry that reaches the resource. */
export function tableOf(allows: readonly Truth[], denies: readonly Truth[]): Settled {
  if (denies.some((truth) => truth === true)) return 'DENIED';
  if (allows.every((truth) => truth === false)) return 'NOT_GRANTED';
  if (denies.some((truth) => truth === undefined)) return 'CONDITIONAL';
  if (allows.some((truth) => truth === true)) return 'ALLOWED';
  return 'CONDITIONAL';
}

/** From the lowest to the highest. */
const HEIGHTS: readonly Settled[] = ['DENIED', 'NOT_GRANTED', 'CONDITIONAL', 'ALLOWED'];
export const isCovering = (decision: Decision): boolean => decision === 'ALLOWED' || decision === 'CONDITIONAL';
export const lowest = (...decisions: readonly Settled[]): Settled =>
  HEIGHTS.find((height) => decisions.includes(height)) ?? 'ALLOWED';
export const highest = (...decisions: readonly Settled[]): Settled =>
  HEIGHTS.findLast((height) => decisions.includes(height)) ?? 'NOT_GRANTED';

/** Section 3, step 6. */
export function readTwice(pessimistic: Settled, optimistic: Settled): Decision {
  if (pessimistic === optimistic) return pessimistic;
  if (isCovering(pessimistic) === isCovering(optimistic)) return lowest(pessimistic, optimistic);
  return 'UNKNOWN';
}

/** The truths of those entries of the permission that speak of the resource. */
export function truthsAt(
  search: Search,
  entries: readonly Entry[],
  permission: NodeId,
  resource: NodeId,
): readonly Truth[] {
  return entries
    .filter((entry) => entry.permission === permission && speaksOf(search, entry, resource))
    .map((entry) => entryTruth(search, entry, resource));
}
