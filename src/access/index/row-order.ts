import type { EffectiveQuestion } from '../access-engine.js';
import type { AccessGraph } from './access-graph.js';
import { eachLaidOut } from './allow-rows.js';
import { nthLeast, type PageRange, pageInOrder } from './page-order.js';
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

const sampleSize = 256;
/** So many of the sample lie between the page and an end of its bracket: about three times what that varies by. */
const slack = (place: number) => 4 + 3 * Math.sqrt(place * (1 - place / sampleSize));

/** Rows with their keys, in scratch space. */
interface NearRows {
  readonly near: Uint32Array;
  readonly keys: Float64Array;
  /** How many rows shown come before all of these. */
  readonly before: number;
}

/** The rows of the page and few others. */
function nearRows(question: OrderQuestion, shown: Uint32Array): NearRows {
  return (shown.length === question.rows.count ? leadingRows(question) : undefined) ?? bracketedRows(question, shown);
}

/**
 * Of rows that are still chained by permission: those of the first permissions in the order, up to the end of the page.
 * Absent where that would look at more permissions than there are rows, or gather more than a few of these.
 */
function leadingRows(question: OrderQuestion): NearRows | undefined {
  const { graph, scratch, rows, orderBy = 'TIER', range } = question;
  const { allows } = rows;
  if (!allows?.isMarked() || orderBy === 'DEPTH') return undefined;
  const { tiers } = graph.permissions;
  const order = orderBy === 'TIER' ? graph.permissions.byTier() : graph.permissions.byId();
  const endsHere = (place: number) => orderBy === 'PERMISSION' || tiers[order[place]!] !== tiers[order[place - 1]!];
  const end = Math.min(range.to, rows.count);
  const mostNear = range.to - range.from + rows.count / 8;
  const { near } = scratch.near(rows.count);
  let count = 0;
  let before = 0;
  const take = (row: number) => {
    near[count++] = row;
  };
  for (let place = 0; place < order.length; place++) {
    // Up to here all rows come before all others.
    if (place > 0 && endsHere(place)) {
      if (before + count >= end) break;
      if (before + count <= range.from) {
        before += count;
        count = 0;
      }
    }
    if (place > rows.count || count > mostNear) return undefined;
    if (allows.lastRow(order[place]!) >= 0) eachLaidOut(allows, order[place]!, take);
  }
  return { ...rowsWithin(question, near.subarray(0, count), allKeys), before };
}

/** A sample tells between which keys the page lies (Floyd and Rivest, SELECT, 1975). */
function bracketedRows(question: OrderQuestion, shown: Uint32Array): NearRows {
  const { from, to } = question.range;
  const step = shown.length / sampleSize;
  if (step < 4) return rowsWithin(question, shown, allKeys);
  const sampled = new Uint32Array(sampleSize);
  for (let i = 0; i < sampleSize; i++) sampled[i] = shown[(i * step) | 0]!;
  const sample = rowsWithin(question, sampled, allKeys).keys;
  const [first, last] = [from, to].map((place) => Math.min(place / step, sampleSize)) as [number, number];
  const [low, high] = [Math.floor(first - slack(first)), Math.ceil(last + slack(last))];
  const bracket = {
    least: low < 0 ? allKeys.least : nthLeast(sample, low),
    most: high >= sampleSize ? allKeys.most : nthLeast(sample, high),
  };
  const found = rowsWithin(question, shown, bracket);
  const isWhole = found.before <= from && found.before + found.near.length >= Math.min(to, shown.length);
  return isWhole ? found : rowsWithin(question, shown, allKeys);
}

/**
 * A key says all of a row's place but its scope. Two loops, since the shorter touches half the arrays. The rows shown may
 * lie where the near ones go: none is written before it is read.
 */
function rowsWithin(
  { graph, scratch, rows, orderBy = 'TIER' }: OrderQuestion,
  shown: Uint32Array,
  { least, most }: Bracket,
): NearRows {
  const { tiers } = graph.permissions;
  const ranks = graph.permissions.ranks();
  const { permissions, depths } = rows;
  const { near, keys } = scratch.near(shown.length);
  let count = 0;
  if (orderBy === 'PERMISSION')
    for (let i = 0; i < shown.length; i++) {
      const row = shown[i]!;
      const key = ranks[permissions[row]!]!;
      if (key > most) continue;
      near[count] = row;
      keys[count++] = key;
    }
  else {
    const tierWeight = orderBy === 'TIER' ? 2 ** 42 : 0;
    for (let i = 0; i < shown.length; i++) {
      const row = shown[i]!;
      const permission = permissions[row]!;
      const key = tiers[permission]! * tierWeight + depths[row]! * 2 ** 26 + ranks[permission]!;
      if (key > most) continue;
      near[count] = row;
      keys[count++] = key;
    }
  }
  return notBefore(least, near.subarray(0, count), keys.subarray(0, count));
}

/** Those whose key is not below the least, moved to the front. */
function notBefore(least: number, near: Uint32Array, keys: Float64Array): NearRows {
  let count = 0;
  for (let i = 0; i < keys.length; i++) {
    if (keys[i]! < least) continue;
    near[count] = near[i]!;
    keys[count++] = keys[i]!;
  }
  return { near: near.subarray(0, count), keys: keys.subarray(0, count), before: keys.length - count };
}
