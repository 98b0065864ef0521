import type { NodeId } from '../../graph/ids.js';
import type { AccessGraph } from './access-graph.js';
import { eachAssumeIn, eachBindingOf, eachGrantingRole, eachWord } from './graph-walk.js';
import { INNER_KIND, none } from './node-bank.js';
import type { Scratch } from './scratch.js';
import { NODE_STOP } from './stops.js';

/** The identities that stand before one of the nodes, by id. What the ids do not name stands behind nobody. */
export function listIdentitiesBefore(graph: AccessGraph, scratch: Scratch, ids: readonly NodeId[]): readonly NodeId[] {
  const { nodes, links, edges, permissions } = graph;
  const epoch = scratch.begin(graph);
  const { innerMarks: marks, waiting } = scratch;
  const identities: NodeId[] = [];
  const everyoneOf = new Set<number>();
  let left = 0;

  for (const id of ids) {
    const node = nodes.find(id);
    if (node !== none) push(node);
    const permission = permissions.find(id);
    if (permission !== none) eachGrantingRole(graph, permission, push);
  }
  do {
    while (left > 0) leave(waiting[--left]!);
    pushEveryone();
  } while (left > 0);
  return identities.sort();

  function push(node: number): void {
    if (marks[node] === epoch) return;
    marks[node] = epoch;
    waiting[left++] = node;
  }

  function leave(node: number): void {
    eachWord(links.inner.in, node, push);
    switch (nodes.kinds[node]) {
      case INNER_KIND.Identity:
        if (!(nodes.stops[node]! & NODE_STOP.ABSENT)) identities.push(nodes.ids[node]!);
        eachAssumeIn(graph, node, (row) => push(edges.from[row]!));
        return;
      case INNER_KIND.Role:
        eachBindingOf(graph, node, push);
        return;
      case INNER_KIND.Group:
        if (graph.everyone.get(nodes.tenants[node]!) === node) everyoneOf.add(nodes.tenants[node]!);
    }
  }

  /** Of all such tenants at once, since it looks at every node. */
  function pushEveryone(): void {
    if (everyoneOf.size === 0) return;
    for (let node = 0; node < nodes.count; node++)
      if (nodes.kinds[node] === INNER_KIND.Identity && everyoneOf.has(nodes.tenants[node]!)) push(node);
    everyoneOf.clear();
  }
}
