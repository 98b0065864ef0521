import fc from 'fast-check';
import { type PathArc, type PathGraph, type PathState, pathGraphOf } from '../../../src/access/index/path-graph.js';

/** A path graph before it is laid out in rows; from state 0 to the last one. */
export interface PlainPathGraph {
  readonly states: readonly PathState[];
  readonly arcs: readonly RankedArc[];
}
export interface RankedArc extends PathArc {
  /** Place of the arc's edge in the order of ids. */
  readonly rank: number;
}

export const arc = (from: number, to: number, rank: number, blockers = 0): RankedArc => ({ from, to, rank, blockers });

export const distinctStates = (count: number): PathState[] =>
  Array.from({ length: count }, (_, at) => ({ site: at, rank: at }));

export const graphOf = ({ states, arcs }: PlainPathGraph): PathGraph =>
  pathGraphOf(states, arcs, {
    source: 0,
    target: states.length - 1,
    compareArcs: (a, b) => arcs[a]!.rank - arcs[b]!.rank,
  });

/** Cyclic multigraphs with self-loops and parallel arcs, small enough to walk whole. */
export const cyclicGraphs = fc
  .record({
    count: fc.integer({ min: 2, max: 7 }),
    ends: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat({ max: 2 })), { maxLength: 16 }),
    order: fc.infiniteStream(fc.nat()),
  })
  .map(({ count, ends, order }): PlainPathGraph => {
    const ranks = shuffled(count, order);
    const arcRanks = shuffled(ends.length, order);
    return {
      states: distinctStates(count).map((state, at) => ({ ...state, rank: ranks[at]! })),
      arcs: ends.map(([from, to, blockers], at) => arc(from % count, to % count, arcRanks[at]!, blockers)),
    };
  });

/** The same without cycles: every arc leads to a later state. */
export const acyclicGraphs = cyclicGraphs.map(
  ({ states, arcs }): PlainPathGraph => ({
    states,
    arcs: arcs
      .filter(({ from, to }) => from !== to)
      .map((one) => ({ ...one, from: Math.min(one.from, one.to), to: Math.max(one.from, one.to) })),
  }),
);

/**
 * Graphs in which several states stand at one node, as roles do that are held at several scopes: from layer to layer, so
 * that no path meets a site twice, with ranks that many states share.
 */
export const layeredGraphs = fc
  .record({
    depth: fc.integer({ min: 1, max: 3 }),
    ends: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat()), { maxLength: 22 }),
    ranks: fc.array(fc.nat({ max: 1 }), { minLength: 12, maxLength: 12 }),
    order: fc.infiniteStream(fc.nat()),
  })
  .map(({ depth, ends, ranks, order }): PlainPathGraph => {
    const width = 3;
    const count = depth * width + 2;
    const arcRanks = shuffled(ends.length, order);
    const stateAt = (layer: number, place: number) =>
      layer === 0 ? 0 : layer > depth ? count - 1 : 1 + (layer - 1) * width + (place % width);
    return {
      states: distinctStates(count).map((state, at) => ({ ...state, rank: at === count - 1 ? 0 : ranks[at % 12]! })),
      arcs: ends.map(([layer, from, to], at) => {
        const start = layer % (depth + 1);
        return arc(stateAt(start, from), stateAt(start + 1, to), arcRanks[at]!);
      }),
    };
  });

function shuffled(count: number, order: fc.Stream<number>): number[] {
  const keys = [...order.take(count)];
  return Array.from({ length: count }, (_, at) => at).sort((a, b) => keys[a]! - keys[b]! || a - b);
}

/** 2^depth paths of length 2·depth: at each step an upper and a lower way. */
export function diamondLadder(depth: number): PlainPathGraph {
  const arcs: RankedArc[] = [];
  for (let step = 0; step < depth; step++) {
    const at = step * 3;
    for (const way of [at + 1, at + 2]) {
      arcs.push(arc(at, way, arcs.length));
      arcs.push(arc(way, at + 3, arcs.length));
    }
  }
  return { states: distinctStates(depth * 3 + 1), arcs };
}

/** The slow twin of the search: walks every simple path, then sorts by the stated order. Paths as numbers of arcs. */
export function everySimplePath({ states, arcs }: PlainPathGraph): number[][] {
  const found: number[][] = [];
  const walk = (state: number, met: ReadonlySet<number>, path: readonly number[]) => {
    if (state === states.length - 1) {
      found.push([...path]);
      return;
    }
    arcs.forEach((next, at) => {
      const site = states[next.to]!.site;
      if (next.from === state && !met.has(site)) walk(next.to, new Set([...met, site]), [...path, at]);
    });
  };
  walk(0, new Set([states[0]!.site]), []);
  const key = (path: readonly number[]) => [
    path.reduce((sum, at) => sum + arcs[at]!.blockers, 0),
    path.length,
    ...path.map((at) => states[arcs[at]!.to]!.rank),
    ...path.map((at) => arcs[at]!.rank),
  ];
  return found.sort((a, b) => {
    const [left, right] = [key(a), key(b)];
    const place = left.findIndex((value, at) => value !== right[at]);
    return place < 0 ? 0 : left[place]! - right[place]!;
  });
}
