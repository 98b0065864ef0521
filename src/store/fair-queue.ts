import type { Commit } from '../graph/change.js';

/** Whose turn a commit takes: a tenant's, however many sources of it push. */
export const laneOf = ({ tenant, meta }: Pick<Commit, 'tenant' | 'meta'>): string =>
  tenant ?? meta.source ?? meta.actor;

export interface FairQueue<Item> {
  readonly size: number;
  /** The sum of what `weigh` says of the waiting items. */
  readonly weight: number;
  push(lane: string, item: Item): void;
  /** Takes items in turn from each lane, each lane's own in order: at most that many, and no more weight unless one item alone has it. */
  take(maxItems: number, maxWeight: number): Item[];
  /** Takes the item out; false where it is no longer waiting. */
  remove(item: Item): boolean;
}

/** A queue in which a lane with many waiting items holds up no other lane's. */
export function createFairQueue<Item>(weigh: (item: Item) => number): FairQueue<Item> {
  // A Map keeps the order of insertion: the first lane is the one whose turn it is.
  const lanes = new Map<string, Item[]>();
  let [size, weight] = [0, 0];

  function takeOne(maxWeight: number): Item | undefined {
    const turn = lanes.entries().next();
    if (turn.done) return undefined;
    const [lane, items] = turn.value;
    if (weigh(items[0]!) > maxWeight) return undefined;
    const item = items.shift()!;
    lanes.delete(lane);
    if (items.length > 0) lanes.set(lane, items);
    size -= 1;
    weight -= weigh(item);
    return item;
  }

  return {
    get size() {
      return size;
    },
    get weight() {
      return weight;
    },
    push(lane, item) {
      const items = lanes.get(lane);
      if (items) items.push(item);
      else lanes.set(lane, [item]);
      size += 1;
      weight += weigh(item);
    },
    take(maxItems, maxWeight) {
      const taken: Item[] = [];
      let left = maxWeight;
      while (taken.length < maxItems) {
        const item = takeOne(taken.length === 0 ? Number.POSITIVE_INFINITY : left);
        if (item === undefined) break;
        taken.push(item);
        left -= weigh(item);
      }
      return taken;
    },
    remove(item) {
      for (const [lane, items] of lanes) {
        const index = items.indexOf(item);
        if (index < 0) continue;
        items.splice(index, 1);
        if (items.length === 0) lanes.delete(lane);
        size -= 1;
        weight -= weigh(item);
        return true;
      }
      return false;
    },
  };
}
