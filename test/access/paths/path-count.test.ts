import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countPaths } from '../../../src/access/index/path-count.js';
import {
  acyclicGraphs,
  arc,
  cyclicGraphs,
  diamondLadder,
  distinctStates,
  everySimplePath,
  graphOf,
} from './random-path-graphs.js';

describe('countPaths', () => {
  it('counts what a search would list where there is no cycle', () => {
    fc.assert(
      fc.property(acyclicGraphs, (plain) => {
        expect(countPaths(graphOf(plain))).toEqual({ atLeast: String(everySimplePath(plain).length), exact: true });
      }),
      { numRuns: 300 },
    );
  });

  it('never counts more than there are, and misses none where it says that it is exact', () => {
    fc.assert(
      fc.property(cyclicGraphs, (plain) => {
        const paths = everySimplePath(plain).length;
        const { atLeast, exact } = countPaths(graphOf(plain));
        expect(exact ? Number(atLeast) === paths : Number(atLeast) <= paths).toBe(true);
        expect(Number(atLeast) > 0).toBe(paths > 0);
      }),
      { numRuns: 400 },
    );
  });

  it('counts more paths than a double can hold', () => {
    expect(countPaths(graphOf(diamondLadder(70)))).toEqual({ atLeast: String(2n ** 70n), exact: true });
  });

  it('is exact beside a self-loop and a cycle that leads nowhere, and not beside one on the way', () => {
    const way = [arc(0, 1, 0), arc(1, 1, 1), arc(1, 4, 2)];
    const count = (...more: ReturnType<typeof arc>[]) =>
      countPaths(graphOf({ states: distinctStates(5), arcs: [...way, ...more] }));
    expect(count(arc(1, 2, 3), arc(2, 3, 4), arc(3, 2, 5))).toEqual({ atLeast: '1', exact: true });
    expect(count(arc(1, 2, 3), arc(2, 1, 4))).toEqual({ atLeast: '1', exact: false });
  });
});
