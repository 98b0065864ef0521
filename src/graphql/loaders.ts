import DataLoader from 'dataloader';
import type { EdgeVersion } from '../graph/edge.js';
import type { EdgeId, NodeId } from '../graph/ids.js';
import type { NodeVersion } from '../graph/node.js';
import type { Instant } from '../kernel/clock.js';
import { maxIdsPerCall } from '../store/graph-store.js';
import { type Caller, readScopeOf } from '../usecases/caller.js';
import type { Services } from '../usecases/services.js';

/** Reads of one request: what is asked for in one turn goes to the store in one call, and nothing is asked for twice. */
export interface Loaders {
  /** Absent: not there, or not the caller's to see. */
  node(id: NodeId): Promise<NodeVersion | undefined>;
  edge(id: EdgeId): Promise<EdgeVersion | undefined>;
  /** The printed name. */
  ref(node: NodeVersion): Promise<string>;
  lastAuthentication(identity: NodeId): Promise<Instant | undefined>;
}

export function createLoaders({ store, side, printRefs }: Services, caller: Caller): Loaders {
  const scope = readScopeOf(caller);
  const options = { maxBatchSize: maxIdsPerCall };
  const nodes = new DataLoader((ids: readonly NodeId[]) => store.nodesByIds(scope, ids), options);
  const edges = new DataLoader((ids: readonly EdgeId[]) => store.edgesByIds(scope, ids), options);
  const refs = new DataLoader<NodeVersion, string, NodeId>((versions) => printRefs(versions), {
    ...options,
    cacheKeyFn: ({ node }) => node.id,
  });
  const logins = new DataLoader((ids: readonly NodeId[]) => side.lastAuthentication(ids), options);
  return {
    node: (id) => nodes.load(id),
    edge: (id) => edges.load(id),
    ref: (node) => refs.load(node),
    lastAuthentication: (identity) => logins.load(identity),
  };
}
