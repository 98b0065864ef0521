import type { Adjacency } from './adjacency.js';

/** The words of the lists of several nodes, each with the place of its node. */
export function eachListed(
  { words, offsets, lengths }: Adjacency,
  nodes: readonly number[],
  visit: (word: number, place: number) => void,
): void {
  for (let place = 0; place < nodes.length; place++) {
    const from = offsets[nodes[place]!] ?? 0;
    const to = from + (lengths[nodes[place]!] ?? 0);
    for (let i = from; i < to; i++) visit(words[i]!, place);
  }
}
