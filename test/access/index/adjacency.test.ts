import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Adjacency, buildAdjacency, createAdjacency } from '../../../src/access/index/adjacency.js';

type Step = readonly ['add' | 'remove', node: number, word: number];
const step = fc.tuple(fc.constantFrom('add', 'add', 'remove'), fc.nat(6), fc.nat(9)) as fc.Arbitrary<Step>;

function wordsOf(adjacency: Adjacency, node: number): readonly number[] {
  const offset = adjacency.offsets[node] ?? 0;
  return Array.from(adjacency.words.slice(offset, offset + (adjacency.lengths[node] ?? 0))).sort((a, b) => a - b);
}

/** The stupid twin: one plain list a node. */
function play(adjacency: Adjacency, lists: number[][], steps: readonly Step[]): void {
  for (const [act, node, word] of steps) {
    const list = lists[node]!;
    if (act === 'add') {
      adjacency.add(node, word);
      list.push(word);
      continue;
    }
    const position = list.indexOf(word);
    expect(adjacency.remove(node, word)).toBe(position >= 0);
    if (position >= 0) list.splice(position, 1);
  }
}

const sorted = (list: readonly number[]) => [...list].sort((a, b) => a - b);

describe('adjacency', () => {
  it('holds, after any additions and removals, what plain lists hold', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        const adjacency = createAdjacency();
        const lists: number[][] = Array.from({ length: 7 }, () => []);
        play(adjacency, lists, steps);
        for (let node = 0; node < 7; node++) expect(wordsOf(adjacency, node)).toEqual(sorted(lists[node]!));
        expect(adjacency.size).toBe(lists.flat().length);
      }),
    );
  });

  it('gives no two nodes the same block when blocks are used again', () => {
    const adjacency = createAdjacency();
    for (let round = 0; round < 40; round++)
      for (let node = 0; node < 50; node++) adjacency.add(node, node * 1_000 + round);
    for (let node = 0; node < 50; node++)
      expect(wordsOf(adjacency, node)).toEqual(Array.from({ length: 40 }, (_, round) => node * 1_000 + round));
  });

  it('fits exactly when built, and goes on from there', () => {
    const pairs = [
      [0, 5],
      [2, 6],
      [0, 7],
    ] as const;
    const adjacency = buildAdjacency((emit) => {
      for (const [node, word] of pairs) emit(node, word);
    });
    expect(adjacency.words.length).toBe(3);
    adjacency.add(1, 8);
    adjacency.add(0, 9);
    expect([0, 1, 2].map((node) => wordsOf(adjacency, node))).toEqual([[5, 7, 9], [8], [6]]);
  });

  it('takes words out of a list of thousands, repeated ones one at a time', () => {
    const adjacency = createAdjacency();
    for (let word = 0; word < 3_000; word++) adjacency.add(0, word);
    adjacency.add(0, 17);
    for (let word = 0; word < 3_000; word += 2) expect(adjacency.remove(0, word)).toBe(true);
    expect(adjacency.remove(0, 17)).toBe(true);
    expect(adjacency.remove(0, 17)).toBe(true);
    expect(adjacency.remove(0, 17)).toBe(false);
    const odd = Array.from({ length: 1_500 }, (_, i) => 2 * i + 1).filter((word) => word !== 17);
    expect(wordsOf(adjacency, 0)).toEqual(odd);
  });
});
