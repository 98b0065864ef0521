import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { shortestLoop } from '../../../src/access/index/shortest-loop.js';
import { type Successors, strongComponents } from '../../../src/access/index/strong-components.js';

const graphs = fc
  .record({
    count: fc.integer({ min: 1, max: 8 }),
    ends: fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 16 }),
  })
  .map(({ count, ends }): number[][] => {
    const successors: number[][] = Array.from({ length: count }, () => []);
    for (const [from, to] of ends) successors[from % count]!.push(to % count);
    return successors;
  });

/** The length of the shortest way of at least one edge, by Floyd and Warshall. */
function distances(successors: Successors): number[][] {
  const count = successors.length;
  const table = successors.map((next) =>
    Array.from({ length: count }, (_, to) => (next.includes(to) ? 1 : Number.POSITIVE_INFINITY)),
  );
  for (let by = 0; by < count; by++)
    for (const row of table)
      for (let to = 0; to < count; to++) row[to] = Math.min(row[to]!, row[by]! + table[by]![to]!);
  return table;
}

const ring = (length: number): number[][] => Array.from({ length }, (_, node) => [(node + 1) % length]);
const sorted = (components: readonly number[][]) => [...components].sort((a, b) => a[0]! - b[0]!);

describe('strongComponents', () => {
  it('puts two nodes together exactly where each leads to the other', () => {
    fc.assert(
      fc.property(graphs, (successors) => {
        const far = distances(successors);
        const together = (a: number, b: number) => a === b || far[a]![b]! + far[b]![a]! < Number.POSITIVE_INFINITY;
        const nodes = successors.map((_, node) => node);
        const expected = nodes.filter((a) => nodes.every((b) => b >= a || !together(a, b)));
        expect(sorted(strongComponents(successors))).toEqual(expected.map((a) => nodes.filter((b) => together(a, b))));
      }),
      { numRuns: 300 },
    );
  });

  it('follows a chain of 200,000 nodes without recursion', () => {
    const chain = Array.from({ length: 200_000 }, (_, node) => (node + 1 < 200_000 ? [node + 1] : []));
    expect(strongComponents(chain)).toHaveLength(200_000);
  });
});

describe('shortestLoop', () => {
  it('is a loop of the component, no longer than any other, that begins with its least node', () => {
    fc.assert(
      fc.property(graphs, (successors) => {
        const far = distances(successors);
        for (const component of strongComponents(successors)) {
          const least = Math.min(...component.map((node) => far[node]![node]!));
          const loop = shortestLoop(component, successors);
          expect(loop).toHaveLength(least === Number.POSITIVE_INFINITY ? 0 : least);
          expect(new Set(loop).size).toBe(loop.length);
          expect(loop.every((node, at) => successors[node]!.includes(loop[(at + 1) % loop.length]!))).toBe(true);
          expect(loop.every((node) => component.includes(node) && node >= loop[0]!)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('takes the ring itself where it is the only loop, however long', () => {
    const successors = ring(30_000);
    expect(shortestLoop(strongComponents(successors)[0]!, successors)).toHaveLength(30_000);
  });

  it('prefers the loop that begins with the least node', () => {
    const successors = [[1], [2], [0, 3], [4], [2]];
    expect(shortestLoop([0, 1, 2, 3, 4], successors)).toEqual([0, 1, 2]);
  });
});
