export interface MinHeap<Item> {
  push(item: Item): void;
  /** Takes the least item out; absent: empty. */
  pop(): Item | undefined;
}

/** A binary heap. Items that compare equal come out in no stated order. */
export function createMinHeap<Item>(compare: (a: Item, b: Item) => number): MinHeap<Item> {
  const items: Item[] = [];
  return {
    push(item) {
      let place = items.length;
      items.push(item);
      while (place > 0) {
        const parent = (place - 1) >> 1;
        if (compare(item, items[parent]!) >= 0) break;
        items[place] = items[parent]!;
        place = parent;
      }
      items[place] = item;
    },
    pop() {
      const least = items[0];
      const moved = items.pop();
      if (items.length > 0) sink(items, moved!, compare);
      return least;
    },
  };
}

function sink<Item>(items: Item[], item: Item, compare: (a: Item, b: Item) => number): void {
  let place = 0;
  for (;;) {
    let child = 2 * place + 1;
    if (child >= items.length) break;
    if (child + 1 < items.length && compare(items[child + 1]!, items[child]!) < 0) child++;
    if (compare(items[child]!, item) >= 0) break;
    items[place] = items[child]!;
    place = child;
  }
  items[place] = item;
}
