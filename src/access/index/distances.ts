import { createMinHeap } from './min-heap.js';
import type { PathGraph } from './path-graph.js';

interface Reached {
  readonly state: number;
  readonly distance: number;
}

/**
 * The least weight of a walk from each state to the target that meets no blocked state; infinite: there is none.
 * Dijkstra's search over the reversed arcs; `look` is called for each arc that it scans.
 */
export function distancesToTarget(
  graph: PathGraph,
  isBlocked: (state: number) => boolean,
  look: () => void,
): Float64Array {
  const { intoStart, into, from, weight } = graph;
  const distances = new Float64Array(graph.states).fill(Number.POSITIVE_INFINITY);
  const waiting = createMinHeap<Reached>((a, b) => a.distance - b.distance);
  distances[graph.target] = 0;
  waiting.push({ state: graph.target, distance: 0 });
  for (let reached = waiting.pop(); reached; reached = waiting.pop()) {
    if (reached.distance > distances[reached.state]!) continue;
    for (let at = intoStart[reached.state]!; at < intoStart[reached.state + 1]!; at++) {
      const arc = into[at]!;
      const state = from[arc]!;
      const distance = reached.distance + weight[arc]!;
      look();
      if (distance >= distances[state]! || isBlocked(state)) continue;
      distances[state] = distance;
      waiting.push({ state, distance });
    }
  }
  return distances;
}
