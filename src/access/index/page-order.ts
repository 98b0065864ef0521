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
