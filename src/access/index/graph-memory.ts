import type { AccessGraph } from './access-graph.js';

export interface GraphMemory {
  /** Of the lists that questions walk, both directions, with their free room. */
  readonly hotBytes: number;
  /** Edges in those lists. */
  readonly hotEdges: number;
}

export function graphMemory({ links }: AccessGraph): GraphMemory {
  const { inner, allows, denies, conditionalAllows, conditionalDenies, assume } = links;
  const hot = [inner, allows, denies, conditionalAllows, conditionalDenies, assume];
  const sum = (count: (lists: typeof inner) => number) => hot.reduce((total, lists) => total + count(lists), 0);
  return {
    hotBytes: sum((lists) => lists.out.bytes() + lists.in.bytes()),
    hotEdges: sum(({ out }) => out.lengths.reduce((total, length) => total + length, 0)),
  };
}
