import type { Cycle } from '../../src/access/access-engine.js';
import type { NodeId } from '../../src/graph/ids.js';
import type { Search } from './reach.js';

/** Loops of groups and of roles, by enumerating every simple loop. */
export function cyclesOf(search: Search): readonly Cycle[] {
  const steps = search.moment.links
    .filter(({ edge }) => edge.kind === 'MEMBER_OF' || edge.kind === 'INHERITS')
    .filter((link) => search.passes(link))
    .map(({ edge }) => [edge.from, edge.to] as const);
  const loops = [...new Set(steps.map(([from]) => from))].flatMap((start) => [...loopsFrom(steps, [start])]);
  const nodesOf = (loop: readonly NodeId[]) => {
    const together = new Set(loop);
    for (let before = -1; before !== together.size; ) {
      before = together.size;
      for (const other of loops)
        if (other.some((node) => together.has(node))) for (const node of other) together.add(node);
    }
    return [...together].sort();
  };
  const components = new Map(loops.map((loop) => [nodesOf(loop).join(), nodesOf(loop)]));
  return [...components.values()]
    .map((nodes) => ({ nodes, loop: leastLoop(loops.filter((loop) => nodes.includes(loop[0] as NodeId))) }))
    .sort((a, b) => ((a.nodes[0] ?? '') < (b.nodes[0] ?? '') ? -1 : 1));
}

/** Simple loops that begin with the least of their nodes. */
function* loopsFrom(
  steps: readonly (readonly [NodeId, NodeId])[],
  walk: readonly NodeId[],
): Generator<readonly NodeId[]> {
  const [start] = walk as [NodeId];
  for (const [from, to] of steps) {
    if (from !== walk.at(-1) || to < start) continue;
    if (to === start) yield walk;
    else if (!walk.includes(to)) yield* loopsFrom(steps, [...walk, to]);
  }
}

function leastLoop(loops: readonly (readonly NodeId[])[]): readonly NodeId[] {
  return [...loops].sort((a, b) => a.length - b.length || (a.join(' ') < b.join(' ') ? -1 : 1))[0] ?? [];
}
