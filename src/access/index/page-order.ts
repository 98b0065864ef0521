/**
 * The items from place `from` up to, not including, `to` when all are sorted by key, equal keys by `tie`. Sorts only
 * what the page needs: the key of the last item is found first.
 */
export function pageInOrder(
  keys: Float64Array,
  tie: (a: number, b: number) => number,
  { from, to }: { readonly from: number; readonly to: number },
): readonly number[] {
  const last = to >= keys.length ? Number.POSITIVE_INFINITY : leastKey(keys, to);
  const candidates: number[] = [];
  for (let item = 0; item < keys.length; item++) if (keys[item]! <= last) candidates.push(item);
  candidates.sort((a, b) => keys[a]! - keys[b]! || tie(a, b));
  return candidates.slice(from, to);
}

/** The key of the `count`th item in order. Keys above the least `count` met so far are passed over. */
function leastKey(keys: Float64Array, count: number): number {
  const buffer = new Float64Array(count * 2 + 256);
  let bound = Number.POSITIVE_INFINITY;
  let filled = 0;
  for (let item = 0; item < keys.length; item++) {
    const key = keys[item]!;
    if (key >= bound) continue;
    buffer[filled++] = key;
    if (filled < buffer.length) continue;
    buffer.sort();
    filled = count;
    bound = buffer[count - 1]!;
  }
  return buffer.subarray(0, filled).sort()[count - 1] ?? bound;
}

/** The same by names that differ, which are compared as code units. Keeps no more than twice the page while it looks. */
export function pageByName<Item>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
  { from, to }: { readonly from: number; readonly to: number },
): readonly Item[] {
  const byName = (a: Item, b: Item) => (nameOf(a) < nameOf(b) ? -1 : 1);
  let kept: Item[] = [];
  let bound: string | undefined;
  for (const item of items) {
    if (bound !== undefined && nameOf(item) > bound) continue;
    kept.push(item);
    if (kept.length < to * 2 + 64) continue;
    kept = kept.sort(byName).slice(0, to);
    bound = nameOf(kept[to - 1]!);
  }
  return kept.sort(byName).slice(from, to);
}
