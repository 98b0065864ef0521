import type { Cycle } from '../access-engine.js';
import type { AccessGraph } from './access-graph.js';
import { eachWord } from './graph-walk.js';
import { INNER_KIND } from './node-bank.js';
import { shortestLoop } from './shortest-loop.js';
import { strongComponents } from './strong-components.js';

/**
 * Loops of live memberships among groups, and of inheritance among roles: one for each strongly connected component of
 * more than one node or with a self-loop, by its least id.
 */
export function listCycles({ nodes, links }: AccessGraph): readonly Cycle[] {
  const members = [...nodes.ids.keys()].filter(
    (node) =>
      (nodes.kinds[node] === INNER_KIND.Group || nodes.kinds[node] === INNER_KIND.Role) && nodes.stops[node] === 0,
  );
  const idOf = (node: number) => nodes.ids[node]!;
  members.sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
  const place = new Map(members.map((node, at) => [node, at]));
  const successors = members.map((node) => {
    const next: number[] = [];
    eachWord(links.inner.out, node, (to) => {
      const at = nodes.kinds[to] === nodes.kinds[node] ? place.get(to) : undefined;
      if (at !== undefined) next.push(at);
    });
    return next;
  });
  const idsOf = (places: readonly number[]) => places.map((at) => idOf(members[at]!));
  return strongComponents(successors)
    .filter((component) => component.length > 1 || successors[component[0]!]!.includes(component[0]!))
    .sort((a, b) => a[0]! - b[0]!)
    .map((component) => ({ nodes: idsOf(component), loop: idsOf(shortestLoop(component, successors)) }));
}
