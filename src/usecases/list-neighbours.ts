import type { Edge, EdgeKind } from '../graph/edge.js';
import type { EdgeId, NodeId } from '../graph/ids.js';
import type { Instant } from '../kernel/clock.js';
import { type GraphStore, maxPageSize } from '../store/graph-store.js';
import type { Asking, PageRequest } from './answer-access.js';
import { type Caller, readScopeOf } from './caller.js';
import type { PageCursors } from './page-cursor.js';

/** Edges of one kind that have the node at that end. */
export interface NeighbourQuery {
  readonly node: NodeId;
  readonly end: 'from' | 'to';
  readonly kind: EdgeKind;
}

/** The nodes at the other ends of those that are accepted, by id, each once, of at most 1,000 edges; of a node that the caller may see. */
export async function listNeighbours(
  store: Pick<GraphStore, 'edgesOf'>,
  caller: Caller,
  query: NeighbourQuery,
  accepts: (edge: Edge) => boolean = () => true,
): Promise<readonly NodeId[]> {
  const { items } = await store.edgesOf(readScopeOf(caller), { ...query, limit: maxPageSize });
  const edges = items.map(({ edge }) => edge).filter(accepts);
  return [...new Set(edges.map((edge) => (query.end === 'to' ? edge.from : edge.to)))].sort();
}

/** The identities on whose behalf an identity may act, by id. */
export function listPrincipalsOf(
  store: Pick<GraphStore, 'edgesOf'>,
  caller: Caller,
  identity: NodeId,
): Promise<readonly NodeId[]> {
  const query = { node: identity, end: 'from', kind: 'CAN_ACT_AS' } as const;
  return listNeighbours(
    store,
    caller,
    query,
    (edge) => edge.kind === 'CAN_ACT_AS' && edge.mode === 'ON_BEHALF_OF' && edge.effect === 'ALLOW',
  );
}

export interface NeighbourPage {
  /** In order of the edges' ids. */
  readonly ids: readonly NodeId[];
  readonly endCursor?: string;
  readonly hasPreviousPage: boolean;
  /** The instant of the first page. */
  readonly at: Instant;
  count(): Promise<number>;
}

/** The same, a page of it. */
export async function pageNeighbours(
  { store, cursors }: { readonly store: Pick<GraphStore, 'edgesOf' | 'countEdges'>; readonly cursors: PageCursors },
  asking: Asking,
  { query, page }: { readonly query: NeighbourQuery; readonly page: PageRequest },
): Promise<NeighbourPage> {
  const { caller } = asking;
  const question = ['neighbours', [query], caller.tenants];
  const from = page.after === undefined ? undefined : cursors.parse(question, page.after);
  const pair = from?.pair ?? asking.pair;
  const after = from && { after: from.next as EdgeId };
  const scope = readScopeOf(caller);
  const { items, next } = await store.edgesOf(scope, { ...query, limit: cursors.parseFirst(page.first), ...after });
  const last = items.at(-1)?.id;
  return {
    ids: items.map(({ edge }) => (query.end === 'to' ? edge.from : edge.to)),
    ...(next !== undefined && last && { endCursor: cursors.print(question, { next: last, pair }) }),
    hasPreviousPage: from !== undefined,
    at: pair.at,
    count: () => store.countEdges(scope, query),
  };
}
