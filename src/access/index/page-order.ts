/** Places in the order: the page has those from `from` up to, not including, `to`. */
export interface PageRange {
  readonly from: number;
  readonly to: number;
}

/**
 * The items from place `from` up to, not including, `to` when all are sorted by key, equal keys by `tie`. Sorts only
 * what the page needs: the key of the last item is found first.
 */
export function pageInOrder(
  keys: Float64Array,
  tie: (a: number, b: number) => number,
  { from, to }: PageRange,
): readonly number[] {
  const last = to >= keys.length ? Number.POSITIVE_INFINITY : nthLeast(keys.slice(), to - 1);
  const candidates: number[] = [];
  for (let item = 0; item < keys.length; item++) if (keys[item]! <= last) candidates.push(item);
  candidates.sort((a, b) => keys[a]! - keys[b]! || tie(a, b));
  return candidates.slice(from, to);
}

/** What would stand at `place` were the keys sorted; leaves them in another order (Hoare's FIND, 1961). */
export function nthLeast(keys: Float64Array, place: number): number {
  for (let low = 0, high = keys.length - 1; low < high; ) {
    const pivot = keys[(low + high) >> 1]!;
    let left = low;
    let right = high;
    while (left <= right) {
      while (keys[left]! < pivot) left++;
      while (keys[right]! > pivot) right--;
      if (left > right) break;
      const moved = keys[left]!;
      keys[left++] = keys[right]!;
      keys[right--] = moved;
    }
    if (right < place) low = left;
    if (place < left) high = right;
  }
  return keys[place]!;
}
