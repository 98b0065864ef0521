import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { searchPaths } from '../../../src/access/index/k-paths.js';
import type { PathGraph, PathState } from '../../../src/access/index/path-graph.js';
import {
  arc,
  cyclicGraphs,
  diamondLadder,
  distinctStates,
  everySimplePath,
  graphOf,
  layeredGraphs,
  type PlainPathGraph,
} from './random-path-graphs.js';

function listPaths(graph: PathGraph, most = Number.POSITIVE_INFINITY): number[][] {
  const search = searchPaths(graph);
  const paths: number[][] = [];
  while (paths.length < most) {
    const path = search.next();
    if (!path) break;
    paths.push([...path.arcs]);
  }
  return paths;
}

describe('searchPaths', () => {
  it('lists every simple path of a cyclic multigraph once, in order', () => {
    fc.assert(
      fc.property(cyclicGraphs, (plain) => {
        expect(listPaths(graphOf(plain))).toEqual(everySimplePath(plain));
      }),
      { numRuns: 600 },
    );
  });

  it('orders paths by nodes, then edges, where several states stand at one node', () => {
    fc.assert(
      fc.property(layeredGraphs, (plain) => {
        expect(listPaths(graphOf(plain))).toEqual(everySimplePath(plain));
      }),
      { numRuns: 400 },
    );
  });

  it('lists parallel edges as different paths, by the ids of the edges', () => {
    const plain: PlainPathGraph = {
      states: distinctStates(3),
      arcs: [arc(0, 1, 3), arc(0, 1, 1), arc(1, 2, 2), arc(1, 2, 0)],
    };
    expect(listPaths(graphOf(plain))).toEqual([
      [1, 3],
      [1, 2],
      [0, 3],
      [0, 2],
    ]);
  });

  it('compares the ids of all nodes before the id of any edge', () => {
    const plain: PlainPathGraph = {
      states: distinctStates(4),
      arcs: [arc(0, 2, 0), arc(0, 1, 9), arc(2, 3, 1), arc(1, 3, 8)],
    };
    expect(listPaths(graphOf(plain))).toEqual([
      [1, 3],
      [0, 2],
    ]);
  });

  it('puts fewer blockers before a shorter way', () => {
    const plain: PlainPathGraph = { states: distinctStates(3), arcs: [arc(0, 2, 0, 1), arc(0, 1, 1), arc(1, 2, 2)] };
    expect(listPaths(graphOf(plain))).toEqual([[1, 2], [0]]);
  });

  it('never meets a site twice, though it has two states', () => {
    const states: PathState[] = [
      { site: 0, rank: 0 },
      { site: 1, rank: 1 },
      { site: 2, rank: 2 },
      { site: 1, rank: 1 },
      { site: 3, rank: 3 },
    ];
    const arcs = [arc(0, 1, 0), arc(1, 2, 1), arc(2, 3, 2), arc(3, 2, 1), arc(1, 4, 3), arc(3, 4, 3), arc(2, 4, 4)];
    expect(listPaths(graphOf({ states, arcs }))).toEqual([
      [0, 4],
      [0, 1, 6],
    ]);
  });

  it('finds nothing where the target is out of reach', () => {
    expect(listPaths(graphOf({ states: distinctStates(3), arcs: [arc(0, 1, 0), arc(2, 1, 1)] }))).toEqual([]);
  });

  it('lists 20,000 of the 2^30 paths of a ladder of diamonds without walking them all', () => {
    const graph = graphOf(diamondLadder(30));
    const search = searchPaths(graph);
    const seen = new Set<string>();
    for (let count = 0; count < 20_000; count++) seen.add(search.next()!.arcs.join(' '));
    expect(seen.size).toBe(20_000);
    expect(search.effort()).toBeLessThan(20_000 * 4 * 60);
    expect(listPaths(graph, 2)).toEqual([
      Array.from({ length: 60 }, (_, at) => Math.floor(at / 2) * 4 + (at % 2)),
      Array.from({ length: 60 }, (_, at) => Math.floor(at / 2) * 4 + (at % 2) + (at >= 58 ? 2 : 0)),
    ]);
  });
});
