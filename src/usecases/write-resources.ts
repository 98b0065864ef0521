import { type ContainsEdge, edgeIdOf } from '../graph/edge.js';
import { type NodeId, resourceIdOf, type StatementSource } from '../graph/ids.js';
import { type GraphStore, systemScope } from '../store/graph-store.js';
import type { ImportParts } from './import-parts.js';
import { allNodes, openNodes, statedEdges } from './store-pages.js';

type ResourceReads = Pick<GraphStore, 'list' | 'nodesByIds' | 'edgesOf'>;

/**
 * Every (:Resource)-[:CONTAINS]->(:Resource) of the application that the source states; absent tenant: in all of them.
 * A source states the containers of what it states, so that all of it hangs together below the roots.
 */
export async function containsStatedBy(
  store: ResourceReads,
  source: StatementSource,
  application: NodeId,
  tenant?: NodeId,
): Promise<readonly ContainsEdge[]> {
  const found: ContainsEdge[] = [];
  const waiting = tenant === undefined ? await rootsOf(store, application) : [resourceIdOf(application, tenant, '/')];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const edges = await statedEdges(store, systemScope, { node, end: 'from', kind: 'CONTAINS', source });
    found.push(...edges);
    waiting.push(...edges.map((edge) => edge.to));
  }
  return found;
}

/** Takes the statements back; a resource that nobody else states is closed. Answers how many were. */
export async function closeResources(
  store: Pick<GraphStore, 'edgesOf'>,
  parts: ImportParts,
  gone: readonly ContainsEdge[],
): Promise<number> {
  let closed = 0;
  for (const edge of gone) {
    const { items } = await store.edgesOf(systemScope, { node: edge.to, end: 'to', kind: 'CONTAINS', limit: 2 });
    const isOnly = items.length <= 1;
    await parts.add([isOnly ? { kind: 'closeNode', id: edge.to } : { kind: 'closeEdge', id: edgeIdOf(edge) }]);
    if (isOnly) closed++;
  }
  return closed;
}

async function rootsOf(store: ResourceReads, application: NodeId): Promise<NodeId[]> {
  const ids: NodeId[] = [];
  for await (const { node } of allNodes(store, systemScope, { kind: 'Tenant' }))
    ids.push(resourceIdOf(application, node.id, '/'));
  return [...(await openNodes(store, systemScope, ids)).keys()];
}
