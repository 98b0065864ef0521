import type { PathCount } from '../access-engine.js';
import type { PathGraph } from './path-graph.js';

/**
 * How many simple paths lead from source to target. Exact where no cycle lies between them; else a lower bound: the
 * paths each step of which leads to a site that a search from the source meets later, and which are therefore simple.
 */
export function countPaths(graph: PathGraph): PathCount {
  const forward = reachableStates(graph, graph.source, 'out');
  const backward = reachableStates(graph, graph.target, 'into');
  const arcs = arcsBetween(graph, forward, backward);
  const acyclic = topologicalPlaces(graph, arcs);
  const count = countAlong(graph, arcs, acyclic ?? searchPlaces(graph, forward));
  return { atLeast: count.toString(), exact: acyclic !== undefined };
}

/** Breadth first: a set keeps the order in which it was filled. */
function reachableStates(graph: PathGraph, start: number, direction: 'out' | 'into'): ReadonlySet<number> {
  const [starts, rows, ends] =
    direction === 'out' ? [graph.outStart, graph.out, graph.to] : [graph.intoStart, graph.into, graph.from];
  const reached = new Set([start]);
  for (const state of reached)
    for (let at = starts[state]!; at < starts[state + 1]!; at++) reached.add(ends[rows[at]!]!);
  return reached;
}

/** Arcs on some walk from source to target, less those that no simple path takes: within a site, back to the source, on from the target. */
function arcsBetween(graph: PathGraph, forward: ReadonlySet<number>, backward: ReadonlySet<number>): readonly number[] {
  const { from, to, siteOf, source, target } = graph;
  const arcs: number[] = [];
  for (let arc = 0; arc < graph.arcs; arc++) {
    const [start, end] = [siteOf[from[arc]!]!, siteOf[to[arc]!]!];
    if (start === end || end === siteOf[source] || start === siteOf[target]) continue;
    if (forward.has(from[arc]!) && backward.has(to[arc]!)) arcs.push(arc);
  }
  return arcs;
}

/** The place of each site in an order along all the arcs; absent: they hold a cycle (Kahn, CACM 5, 1962). */
function topologicalPlaces(graph: PathGraph, arcs: readonly number[]): Uint32Array | undefined {
  const { siteOf, from, to, sites } = graph;
  const waitsFor = new Uint32Array(sites);
  const next: number[][] = Array.from({ length: sites }, () => []);
  for (const arc of arcs) {
    waitsFor[siteOf[to[arc]!]!]!++;
    next[siteOf[from[arc]!]!]!.push(siteOf[to[arc]!]!);
  }
  const ready: number[] = [];
  for (let site = 0; site < sites; site++) if (waitsFor[site] === 0) ready.push(site);
  const place = new Uint32Array(sites);
  for (const site of ready) {
    for (const after of next[site]!) if (--waitsFor[after]! === 0) place[after] = ready.push(after);
  }
  return ready.length === sites ? place : undefined;
}

/** The place of each site in the order in which a search from the source first meets it. */
function searchPlaces(graph: PathGraph, forward: ReadonlySet<number>): Uint32Array {
  const place = new Uint32Array(graph.sites);
  let met = 0;
  for (const state of forward) {
    const site = graph.siteOf[state]!;
    if (place[site] === 0) place[site] = ++met;
  }
  place[graph.siteOf[graph.target]!] = met + 1;
  return place;
}

/** Counts paths over the arcs that lead to a later place: all counts into a site are complete before those out of it. */
function countAlong(graph: PathGraph, arcs: readonly number[], place: Uint32Array): bigint {
  const { source, target, siteOf, from, to } = graph;
  const start = (arc: number) => place[siteOf[from[arc]!]!]!;
  const onward = arcs.filter((arc) => start(arc) < place[siteOf[to[arc]!]!]!).sort((a, b) => start(a) - start(b));
  const counts = new Map<number, bigint>([[source, 1n]]);
  for (const arc of onward) counts.set(to[arc]!, (counts.get(to[arc]!) ?? 0n) + (counts.get(from[arc]!) ?? 0n));
  return counts.get(target) ?? 0n;
}
