import type { NodeId } from '../../graph/ids.js';

/** By number, the place of each id when they are sorted as bytes; ids are ASCII, so code units give the same order. */
export interface IdRanks {
  /** `ids` only ever grows at its end: what came since the last time is sorted in, the rest is not compared again. */
  of(ids: readonly NodeId[]): Uint32Array;
  /** The numbers by rank. */
  order(ids: readonly NodeId[]): Uint32Array;
  /** The ids have other numbers from now on. */
  reset(): void;
}

export function createIdRanks(): IdRanks {
  let order: Uint32Array = new Uint32Array(0);
  let ranks: Uint32Array = new Uint32Array(0);
  const update = (ids: readonly NodeId[]) => {
    if (order.length === ids.length) return;
    order = withAdded(order, ids);
    ranks = new Uint32Array(ids.length);
    for (let place = 0; place < order.length; place++) ranks[order[place]!] = place;
  };
  return {
    of(ids) {
      update(ids);
      return ranks;
    },
    order(ids) {
      update(ids);
      return order;
    },
    reset() {
      order = new Uint32Array(0);
    },
  };
}

/** The numbers from `order.length` on sorted in among those that are in order. */
function withAdded(order: Uint32Array, ids: readonly NodeId[]): Uint32Array {
  const added = Uint32Array.from({ length: ids.length - order.length }, (_, i) => order.length + i);
  added.sort((a, b) => (ids[a]! < ids[b]! ? -1 : 1));
  const merged = new Uint32Array(ids.length);
  let taken = 0;
  added.forEach((number, before) => {
    const end = placeOf(order, ids, ids[number]!);
    merged.set(order.subarray(taken, end), taken + before);
    merged[end + before] = number;
    taken = end;
  });
  merged.set(order.subarray(taken), taken + added.length);
  return merged;
}

/** How many of those in order come before the id. */
function placeOf(order: Uint32Array, ids: readonly NodeId[], id: NodeId): number {
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ids[order[middle]!]! < id) low = middle + 1;
    else high = middle;
  }
  return low;
}
