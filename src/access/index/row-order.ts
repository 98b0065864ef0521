import type { EffectiveQuestion } from '../access-engine.js';
import type { AccessGraph } from './access-graph.js';
import { type PageRange, pageInOrder } from './page-order.js';
import type { PermissionRows } from './permission-rows.js';
import type { Scratch } from './scratch.js';

export interface OrderQuestion {
  readonly graph: AccessGraph;
  readonly scratch: Scratch;
  readonly rows: PermissionRows;
  readonly orderBy: EffectiveQuestion['orderBy'];
  readonly range: PageRange;
}

/** The page of the rows shown by the question's order, then by permission id, then by scope id. */
export function pageOfRows(question: OrderQuestion, shown: Uint32Array): readonly number[] {
  const { graph, rows, orderBy = 'TIER', range } = question;
  const { tiers } = graph.permissions;
  const ranks = graph.permissions.ranks();
  const scopeRanks = graph.resources.ranks();
  const near = orderBy === 'TIER' ? mostPowerful(question, shown) : shown;
  const tierWeight = orderBy === 'TIER' ? 2 ** 42 : 0;
  const depthWeight = orderBy === 'PERMISSION' ? 0 : 2 ** 26;
  const keys = new Float64Array(near.length);
  for (let i = 0; i < near.length; i++) {
    const row = near[i]!;
    const permission = rows.permissions[row]!;
    keys[i] = tiers[permission]! * tierWeight + rows.depths[row]! * depthWeight + ranks[permission]!;
  }
  const scopeRank = (item: number) => scopeRanks[rows.scopes[near[item]!]!]!;
  return pageInOrder(keys, (a, b) => scopeRank(a) - scopeRank(b), range).map((item) => near[item]!);
}

/**
 * The rows of the most powerful tiers, as many of these as the range needs: for a first page, few of all. Without a
 * branch for each row, as allows are scanned.
 */
function mostPowerful({ graph, scratch, rows, range }: OrderQuestion, shown: Uint32Array): Uint32Array {
  const { tiers } = graph.permissions;
  const { permissions } = rows;
  const near = scratch.chosen(shown.length);
  for (let below = 2; below < 4; below++) {
    let count = 0;
    for (let i = 0; i < shown.length; i++) {
      const row = shown[i]!;
      near[count] = row;
      count += (tiers[permissions[row]!]! - below) >>> 31;
    }
    if (count >= range.to) return near.subarray(0, count);
  }
  return shown;
}
