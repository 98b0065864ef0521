import type { GraphChange } from '../graph/change.js';
import { EDGE_KINDS, EDGE_RULES, type EdgeKind, type EdgeOf, type EdgeVersion } from '../graph/edge.js';
import type { EdgeId, NodeId, StatementSource } from '../graph/ids.js';
import type { NodeOf, NodeVersion } from '../graph/node.js';
import type { NodeKind } from '../graph/node-kind.js';
import {
  type EdgeQuery,
  type GraphStore,
  maxIdsPerCall,
  maxPageSize,
  type NodeQuery,
  type ReadScope,
  systemScope,
} from '../store/graph-store.js';

/** Page after page, in the store's order. */
export async function* allNodes<Kind extends NodeKind>(
  store: Pick<GraphStore, 'list'>,
  scope: ReadScope,
  query: Omit<NodeQuery<Kind>, 'limit' | 'after' | 'skip' | 'order'>,
): AsyncIterable<NodeVersion<NodeOf<Kind>>> {
  let after: string | undefined;
  do {
    const page = await store.list<Kind>(scope, { ...query, limit: maxPageSize, ...(after !== undefined && { after }) });
    yield* page.items;
    after = page.next;
  } while (after !== undefined);
}

export async function* allEdges<Kind extends EdgeKind>(
  store: Pick<GraphStore, 'edgesOf'>,
  scope: ReadScope,
  query: Pick<EdgeQuery, 'node' | 'end'> & { readonly kind: Kind },
): AsyncIterable<EdgeVersion<EdgeOf<Kind>>> {
  let after: EdgeId | undefined;
  do {
    const page = await store.edgesOf(scope, { ...query, limit: maxPageSize, ...(after !== undefined && { after }) });
    yield* page.items as readonly EdgeVersion<EdgeOf<Kind>>[];
    after = page.next === undefined ? undefined : page.items.at(-1)?.id;
  } while (after !== undefined);
}

/** Those that the source states, by id. */
export async function statedEdges<Kind extends EdgeKind>(
  store: Pick<GraphStore, 'edgesOf'>,
  scope: ReadScope,
  { source, ...query }: Pick<EdgeQuery, 'node' | 'end'> & { readonly kind: Kind; readonly source: StatementSource },
): Promise<readonly EdgeOf<Kind>[]> {
  const stated: EdgeOf<Kind>[] = [];
  for await (const { edge } of allEdges(store, scope, query)) if (edge.source === source) stated.push(edge);
  return stated;
}

/**
 * Every open edge with an end at the node, by kind in the order of `EDGE_KINDS`, but (:Identity)-[:HAS_ACCOUNT]->(:Account),
 * which nobody states.
 */
export async function* edgesAround(
  store: Pick<GraphStore, 'edgesOf'>,
  scope: ReadScope,
  node: { readonly id: NodeId; readonly kind: NodeKind },
): AsyncIterable<EdgeVersion> {
  for (const kind of EDGE_KINDS)
    for (const end of ['from', 'to'] as const) {
      const kinds: readonly NodeKind[] = EDGE_RULES[kind][end];
      if (kind !== 'HAS_ACCOUNT' && kinds.includes(node.kind))
        yield* allEdges(store, scope, { node: node.id, end, kind });
    }
}

/** The open ones of them, however many are asked for. */
export async function openNodes(
  store: Pick<GraphStore, 'nodesByIds'>,
  scope: ReadScope,
  ids: readonly NodeId[],
): Promise<ReadonlyMap<NodeId, NodeVersion>> {
  const open = new Map<NodeId, NodeVersion>();
  for (let at = 0; at < ids.length; at += maxIdsPerCall)
    for (const version of await store.nodesByIds(scope, ids.slice(at, at + maxIdsPerCall)))
      if (version && version.until === undefined) open.set(version.node.id, version);
  return open;
}

/** Closes the node edge by edge, so that one with a million of them can go in parts. */
export async function closeWithEdges(
  store: Pick<GraphStore, 'edgesOf'>,
  parts: { add(changes: readonly GraphChange[]): Promise<void> },
  node: { readonly id: NodeId; readonly kind: NodeKind },
): Promise<void> {
  for await (const { id } of edgesAround(store, systemScope, node)) await parts.add([{ kind: 'closeEdge', id }]);
  await parts.add([{ kind: 'closeNode', id: node.id }]);
}
