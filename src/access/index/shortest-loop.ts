import type { Successors } from './strong-components.js';

/**
 * A shortest loop of one strongly connected component, beginning with its least node; of several the one that begins
 * least, and then goes on by the least nodes. A search from each node in turn, no deeper than what could be shorter;
 * a node that was searched from is taken out, and with it whatever lies on no loop any more.
 */
export function shortestLoop(component: readonly number[], successors: Successors): number[] {
  const left = createRemainder(component, successors);
  let best: number[] | undefined;
  for (const start of component) {
    if (!left.has(start)) continue;
    const loop = loopThrough(start, left, best?.length ?? Number.POSITIVE_INFINITY);
    if (loop) best = loop;
    if (best?.length === 1) return best;
    left.remove(start);
  }
  return best ?? [];
}

interface Remainder {
  has(node: number): boolean;
  /** Ascending. */
  next(node: number): readonly number[];
  /** Takes the node out, and then, one after the other, the nodes that nothing leads to or that lead nowhere. */
  remove(node: number): void;
}

function createRemainder(component: readonly number[], successors: Successors): Remainder {
  const nodes = new Set(component);
  const next = new Map<number, readonly number[]>();
  const previous = new Map<number, number[]>(component.map((node) => [node, []]));
  for (const node of component) {
    const inside = [...new Set(successors[node]!)].filter((to) => nodes.has(to)).sort((a, b) => a - b);
    next.set(node, inside);
    for (const to of inside) previous.get(to)!.push(node);
  }
  const outgoing = new Map(component.map((node) => [node, next.get(node)!.length]));
  const incoming = new Map(component.map((node) => [node, previous.get(node)!.length]));
  return {
    has: (node) => nodes.has(node),
    next: (node) => next.get(node)!.filter((to) => nodes.has(to)),
    remove(node) {
      nodes.delete(node);
      const removed = [node];
      for (const gone of removed) {
        for (const to of next.get(gone)!) release(to, incoming, removed);
        for (const from of previous.get(gone)!) release(from, outgoing, removed);
      }
    },
  };

  function release(node: number, degree: Map<number, number>, removed: number[]): void {
    const before = degree.get(node)!;
    degree.set(node, before - 1);
    if (before === 1 && nodes.delete(node)) removed.push(node);
  }
}

/** The least of the shortest loops through `start` that are shorter than `limit`. */
function loopThrough(start: number, left: Remainder, limit: number): number[] | undefined {
  const cameFrom = new Map<number, number>();
  let layer = [start];
  for (let length = 1; layer.length > 0 && length < limit; length++) {
    const following: number[] = [];
    for (const node of layer)
      for (const to of left.next(node)) {
        if (to === start) return wayTo(node, start, cameFrom);
        if (cameFrom.has(to)) continue;
        cameFrom.set(to, node);
        following.push(to);
      }
    layer = following;
  }
  return undefined;
}

function wayTo(end: number, start: number, cameFrom: ReadonlyMap<number, number>): number[] {
  const way = [end];
  while (way.at(-1) !== start) way.push(cameFrom.get(way.at(-1)!)!);
  return way.reverse();
}
