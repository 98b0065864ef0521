import type { Edge, EdgeKind } from '../graph/edge.js';
import type { EdgeId, NodeId, Revision } from '../graph/ids.js';
import type { AccountNode, GroupNode, IdentityNode, NodeKind } from '../graph/node.js';
import type { SnapshotBatch } from './graph-store.js';

/**
 * Parts of the graph for who decides about access without holding all of it. Read by `system`: who may see what is for
 * the reader to mind. All reject with `GraphError`: `GONE` before the horizon, `DEADLINE` when `signal` aborts, which
 * also ends what the server does, `UNAVAILABLE`.
 */
export interface NeighbourhoodReader {
  /** What can be reached from, or can reach, some nodes. Nodes that are absent give nothing. */
  reach(query: ReachQuery, signal?: AbortSignal): Promise<ReadNeighbourhood>;
  /** All identities of the tenants, without edges. */
  identitiesOf(tenants: readonly NodeId[], at: ReadAt, signal?: AbortSignal): Promise<ReadNeighbourhood>;
  /** All groups, and the memberships between them. */
  groups(at: ReadAt, signal?: AbortSignal): Promise<ReadNeighbourhood>;
  /** A snapshot that holds only `CATALOGUE_KINDS`; its end is that of a whole one. */
  catalogue(revision?: Revision, signal?: AbortSignal): AsyncIterable<SnapshotBatch>;
}

/** What all identities share, and what changes seldom. */
export const CATALOGUE_KINDS = {
  nodes: ['Tenant', 'Source', 'Application', 'Resource', 'Role', 'Permission'],
  edges: ['INHERITS', 'GRANTS', 'CONTAINS'],
} as const satisfies { readonly nodes: readonly NodeKind[]; readonly edges: readonly EdgeKind[] };

export interface ReadAt {
  /** Absent: the open graph as it is met, which commits may change while it is read. */
  readonly revision?: Revision;
}
export interface ReachQuery extends ReadAt {
  readonly nodes: readonly NodeId[];
  /**
   * `from`: with the nodes that their edges lead to, and the groups of everyone of the identities among them; stops at
   * roles. `to`: with the nodes whose edges lead to them; identities lead to their group of everyone over no edge.
   */
  readonly direction: 'from' | 'to';
  /** Also over `CAN_ACT_AS` of either effect and mode, and to whom these lead; then roles and what they inherit are passed. */
  readonly assume: boolean;
}

/** A node on the way from an identity to roles, as far as access depends on it. */
export type PrincipalNode =
  | Pick<IdentityNode, 'kind' | 'id' | 'tenant' | 'type' | 'state' | 'joinedTo' | 'expiresAt'>
  | Pick<AccountNode, 'kind' | 'id' | 'tenant' | 'source' | 'active'>
  | Pick<GroupNode, 'kind' | 'id' | 'tenant' | 'source' | 'everyone' | 'active' | 'changing'>;

type Stator = 'source' | 'statedBy' | 'statement' | 'sourceRef';
/** An edge without who stated it. */
export type BareEdge = Edge extends infer Each ? (Each extends Edge ? Omit<Each, Stator> : never) : never;
export interface BareEdgeVersion {
  readonly id: EdgeId;
  readonly edge: BareEdge;
}

/** The head's revision after the last row was read: what the rows show was committed by then. */
export interface ReadNeighbourhood extends Neighbourhood {
  readonly head: Revision;
}

/**
 * Identities, accounts and groups, and the edges of `HAS_ACCOUNT`, `MEMBER_OF`, `ASSIGNED` and (where asked for)
 * `CAN_ACT_AS` that leave them, or lead to them or to roles; each once, in no order. Of every state and window.
 */
export interface Neighbourhood {
  readonly nodes: readonly PrincipalNode[];
  readonly edges: readonly BareEdgeVersion[];
}
