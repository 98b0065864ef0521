import { distancesToTarget } from './distances.js';
import { createMinHeap } from './min-heap.js';
import type { PathGraph } from './path-graph.js';

/** The arcs of one simple path, from the source to the target. */
export interface FoundPath {
  readonly arcs: readonly number[];
  readonly weight: number;
}
export interface PathSearch {
  /** The next path in order; absent: there is no further one. */
  next(): FoundPath | undefined;
  /** How many arcs were looked at or written so far, for callers that stop at a limit between two paths. */
  effort(): number;
}

/** The paths that begin with `arcs.slice(0, fixed)` and go on by none of `banned`; `arcs` is the least of them. */
interface Subspace extends FoundPath {
  readonly fixed: number;
  readonly banned: readonly number[];
}

/**
 * All simple paths from source to target, lazily and in order: by weight, then by the ranks of the nodes, then by
 * the order of the arcs, each compared place by place. Two arcs between the same states make two paths.
 *
 * Lawler's partition (Management Science 18, 1972) of what is left after each path: one subspace for each place at
 * which a path can leave it. Arcs are banned and not next nodes, or one of two parallel arcs is lost. Each subspace is
 * stood for by its least path, so the order is exact; the work between two paths is polynomial in the graph.
 */
export function searchPaths(graph: PathGraph): PathSearch {
  const completion = createCompletion(graph);
  const waiting = createMinHeap<Subspace>((a, b) => comparePaths(graph, a, b));
  const open = (prefix: readonly number[], banned: readonly number[]) => {
    const least = completion.least(prefix, banned);
    if (least) waiting.push({ ...least, fixed: prefix.length, banned });
  };
  if (graph.source !== graph.target) open([], []);
  return {
    next() {
      const least = waiting.pop();
      if (!least) return undefined;
      for (let place = least.fixed; place < least.arcs.length; place++) {
        const banned = [least.arcs[place]!];
        if (place === least.fixed) banned.push(...least.banned);
        if (completion.hasOther(least.arcs[place]!, banned)) open(least.arcs.slice(0, place), banned);
      }
      return { arcs: least.arcs, weight: least.weight };
    },
    effort: completion.effort,
  };
}

/** The order of paths. Ranks of nodes first, over the whole path, then of arcs. */
export function comparePaths(graph: PathGraph, a: FoundPath, b: FoundPath): number {
  if (a.weight !== b.weight) return a.weight - b.weight;
  const length = Math.min(a.arcs.length, b.arcs.length);
  for (let place = 0; place < length; place++) {
    const order = graph.nodeRank[graph.to[a.arcs[place]!]!]! - graph.nodeRank[graph.to[b.arcs[place]!]!]!;
    if (order !== 0) return order;
  }
  for (let place = 0; place < length; place++) {
    const order = graph.compareArcs(a.arcs[place]!, b.arcs[place]!);
    if (order !== 0) return order;
  }
  return a.arcs.length - b.arcs.length;
}

interface Completion {
  /** The least path that begins with `prefix` and goes on by none of `banned`. */
  least(prefix: readonly number[], banned: readonly number[]): FoundPath | undefined;
  /** Does an arc that is not banned and can reach the target leave where `arc` leaves. */
  hasOther(arc: number, banned: readonly number[]): boolean;
  effort(): number;
}

/**
 * Completes prefixes by descent over the distances to the target: an arc is tight where its weight is what the
 * distance falls by, and the tight arcs hold exactly the least completions. Where a cycle leads every tight completion
 * back into the prefix, the distances are searched again without it.
 */
function createCompletion(graph: PathGraph): Completion {
  const { source, from, to, out, outStart, weight, siteOf, nodeRank } = graph;
  let looked = 0;
  const look = () => {
    looked++;
  };
  const whole = distancesToTarget(graph, () => false, look);
  const onPrefix = new Uint32Array(graph.sites);
  const inLayer = new Uint32Array(graph.states);
  const alive = new Uint32Array(graph.states);
  let epoch = 0;
  const isFree = (state: number) => onPrefix[siteOf[state]!] !== epoch;

  return {
    least(prefix, banned) {
      epoch++;
      onPrefix[siteOf[source]!] = epoch;
      let walked = 0;
      for (const arc of prefix) {
        onPrefix[siteOf[to[arc]!]!] = epoch;
        walked += weight[arc]!;
      }
      const spur = prefix.length > 0 ? to[prefix.at(-1)!]! : source;
      const suffix = descend(spur, banned, whole) ?? detour(spur, banned);
      if (!suffix) return undefined;
      for (const arc of suffix) walked += weight[arc]!;
      looked += prefix.length + suffix.length;
      return { arcs: [...prefix, ...suffix], weight: walked };
    },
    hasOther(arc, banned) {
      const spur = from[arc]!;
      for (let at = outStart[spur]!; at < outStart[spur + 1]!; at++)
        if (whole[to[out[at]!]!]! < Number.POSITIVE_INFINITY && !banned.includes(out[at]!)) return true;
      return false;
    },
    effort: () => looked,
  };

  function detour(spur: number, banned: readonly number[]): number[] | undefined {
    const away = distancesToTarget(graph, (state) => !isFree(state), look);
    return descend(spur, banned, away);
  }

  /** The least completion among the tight ones; absent where there is none, or every one meets the prefix. */
  function descend(spur: number, banned: readonly number[], distance: Float64Array): number[] | undefined {
    const spurArcs = spurArcsOf(spur, banned, distance);
    const layers: number[][] = [];
    let layer = leastOf(spurArcs);
    while (layer.length > 0) {
      layers.push(layer);
      if (layer[0] === graph.target) return arcsThrough(layers, spurArcs, distance);
      layer = leastOf(layer.flatMap((state) => tightFrom(state, distance)));
    }
    return undefined;
  }

  /** The arcs out of the spur on which a least completion begins, as far as the distances know. */
  function spurArcsOf(spur: number, banned: readonly number[], distance: Float64Array): number[] {
    let least = Number.POSITIVE_INFINITY;
    let arcs: number[] = [];
    for (let at = outStart[spur]!; at < outStart[spur + 1]!; at++) {
      const arc = out[at]!;
      const total = weight[arc]! + distance[to[arc]!]!;
      look();
      if (total > least || total === Number.POSITIVE_INFINITY || !isFree(to[arc]!) || banned.includes(arc)) continue;
      if (total < least) arcs = [];
      least = total;
      arcs.push(arc);
    }
    return arcs;
  }

  function tightFrom(state: number, distance: Float64Array): number[] {
    const arcs: number[] = [];
    for (let at = outStart[state]!; at < outStart[state + 1]!; at++) {
      const arc = out[at]!;
      look();
      if (weight[arc]! + distance[to[arc]!]! === distance[state]! && isFree(to[arc]!)) arcs.push(arc);
    }
    return arcs;
  }

  /** The distinct states of the least node that the arcs lead to. */
  function leastOf(arcs: readonly number[]): number[] {
    let least = Number.POSITIVE_INFINITY;
    for (const arc of arcs) least = Math.min(least, nodeRank[to[arc]!]!);
    const states = arcs.map((arc) => to[arc]!).filter((state) => nodeRank[state] === least);
    return states.length > 1 ? [...new Set(states)] : states;
  }

  /** With the nodes decided, the arcs: from layer to layer the least whose state still leads to the target. */
  function arcsThrough(layers: readonly number[][], spurArcs: readonly number[], distance: Float64Array): number[] {
    markAlive(layers, distance);
    const path: number[] = [];
    let tight = spurArcs;
    for (let depth = 0; depth < layers.length; depth++) {
      let best = -1;
      for (const arc of tight)
        if (alive[to[arc]!] === epoch && (best < 0 || graph.compareArcs(arc, best) < 0)) best = arc;
      path.push(best);
      tight = to[best] === graph.target ? [] : tightFrom(to[best]!, distance);
    }
    return path;
  }

  /** Distances fall from layer to layer, so a state stands in one layer at most and one mark each suffices. */
  function markAlive(layers: readonly number[][], distance: Float64Array): void {
    for (const layer of layers) for (const state of layer) inLayer[state] = epoch;
    alive[graph.target] = epoch;
    for (let depth = layers.length - 2; depth >= 0; depth--)
      for (const state of layers[depth]!)
        if (tightFrom(state, distance).some((arc) => inLayer[to[arc]!] === epoch && alive[to[arc]!] === epoch))
          alive[state] = epoch;
  }
}
