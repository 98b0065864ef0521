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

/** Rows fall into so many buckets, in the question's order. */
const bucketCount = 256;
/** Of one tier: by depth, the last for all that are deeper. */
const depthBuckets = 64;

/** The page of the rows shown by the question's order, then by permission id, then by scope id. */
export function pageOfRows(question: OrderQuestion, shown: Uint32Array): readonly number[] {
  const { graph, rows, orderBy = 'TIER' } = question;
  const { tiers } = graph.permissions;
  const ranks = graph.permissions.ranks();
  const scopeRanks = graph.resources.ranks();
  const { near, range } = nearRows(question, shown);
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
 * The rows of the buckets in which the range lies, and where it lies among them: of many rows, few need keys. Two
 * passes without a branch for each row, as allows are scanned.
 */
function nearRows({ graph, scratch, rows, orderBy, range }: OrderQuestion, shown: Uint32Array) {
  const { places, counts } = scratch.buckets(shown.length, bucketCount);
  const buckets = { shown, places, counts };
  if (orderBy === 'PERMISSION') bucketByRank(graph, rows, buckets);
  else bucketByDepth(graph, rows, buckets, orderBy === 'DEPTH' ? 0 : depthBuckets);
  let first = 0;
  let before = 0;
  while (first < bucketCount && before + counts[first]! <= range.from) before += counts[first++]!;
  let end = first;
  for (let reached = before; end < bucketCount && reached < range.to; end++) reached += counts[end]!;
  const near = scratch.chosen(shown.length);
  let count = 0;
  for (let i = 0; i < shown.length; i++) if (places[i]! >= first && places[i]! < end) near[count++] = shown[i]!;
  return { near: near.subarray(0, count), range: { from: range.from - before, to: range.to - before } };
}

/** The bucket of each row shown, and how many rows each bucket has. */
interface Buckets {
  readonly shown: Uint32Array;
  readonly places: Uint8Array;
  readonly counts: Uint32Array;
}

/** `tierStep` 0: tiers do not matter. */
function bucketByDepth(
  { permissions }: AccessGraph,
  rows: PermissionRows,
  { shown, places, counts }: Buckets,
  tierStep: number,
): void {
  const { tiers } = permissions;
  const { permissions: ofRow, depths } = rows;
  for (let i = 0; i < shown.length; i++) {
    const row = shown[i]!;
    const place = tiers[ofRow[row]!]! * tierStep + Math.min(depths[row]!, depthBuckets - 1);
    places[i] = place;
    counts[place]!++;
  }
}

function bucketByRank({ permissions }: AccessGraph, rows: PermissionRows, { shown, places, counts }: Buckets): void {
  const ranks = permissions.ranks();
  const scale = bucketCount / permissions.count;
  const { permissions: ofRow } = rows;
  for (let i = 0; i < shown.length; i++) {
    const place = (ranks[ofRow[shown[i]!]!]! * scale) | 0;
    places[i] = place;
    counts[place]!++;
  }
}
