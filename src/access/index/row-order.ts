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
  const { graph, rows, range } = question;
  const { near, keys, before } = nearRows(question, shown);
  const scopeRanks = graph.resources.ranks();
  const scopeRank = (item: number) => scopeRanks[rows.scopes[near[item]!]!]!;
  const page = { from: range.from - before, to: range.to - before };
  return pageInOrder(keys, (a, b) => scopeRank(a) - scopeRank(b), page).map((item) => near[item]!);
}

/** Keys from `least` to `most`. */
interface Bracket {
  readonly least: number;
  readonly most: number;
}
const allKeys: Bracket = { least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY };

const sampleSize = 64;
/** So many of the sample lie between the page and either end of its bracket. */
const slack = 3;

/** Rows with their keys, in scratch space. */
interface NearRows {
  readonly near: Uint32Array;
  readonly keys: Float64Array;
  /** How many rows shown come before all of these. */
  readonly before: number;
}

/** The rows of the page and few others: a sample tells between which keys it lies (Floyd and Rivest, SELECT, 1975). */
function nearRows(question: OrderQuestion, shown: Uint32Array): NearRows {
  const { from, to } = question.range;
  const step = shown.length / sampleSize;
  if (step < 4) return rowsWithin(question, shown, allKeys);
  const sampled = new Uint32Array(sampleSize);
  for (let i = 0; i < sampleSize; i++) sampled[i] = shown[(i * step) | 0]!;
  const sample = rowsWithin(question, sampled, allKeys).keys.sort();
  const bracket = {
    least: sample[Math.floor(from / step) - slack] ?? allKeys.least,
    most: sample[Math.ceil(to / step) + slack] ?? allKeys.most,
  };
  const found = rowsWithin(question, shown, bracket);
  const isWhole = found.before <= from && found.before + found.near.length >= Math.min(to, shown.length);
  return isWhole ? found : rowsWithin(question, shown, allKeys);
}

/** A key says all of a row's place but its scope. Two loops, since the shorter touches half the arrays. */
function rowsWithin(
  { graph, scratch, rows, orderBy = 'TIER' }: OrderQuestion,
  shown: Uint32Array,
  { least, most }: Bracket,
): NearRows {
  const { tiers } = graph.permissions;
  const ranks = graph.permissions.ranks();
  const { permissions, depths } = rows;
  const isAll = shown.length === rows.count;
  const { near, keys } = scratch.near(shown.length);
  let count = 0;
  let before = 0;
  const take = (row: number, key: number) => {
    if (key < least) before++;
    else {
      near[count] = row;
      keys[count++] = key;
    }
  };
  if (orderBy === 'PERMISSION')
    for (let i = 0; i < shown.length; i++) {
      const row = isAll ? i : shown[i]!;
      const key = ranks[permissions[row]!]!;
      if (key <= most) take(row, key);
    }
  else {
    const tierWeight = orderBy === 'TIER' ? 2 ** 42 : 0;
    for (let i = 0; i < shown.length; i++) {
      const row = isAll ? i : shown[i]!;
      const permission = permissions[row]!;
      const key = tiers[permission]! * tierWeight + depths[row]! * 2 ** 26 + ranks[permission]!;
      if (key <= most) take(row, key);
    }
  }
  return { near: near.subarray(0, count), keys: keys.subarray(0, count), before };
}
