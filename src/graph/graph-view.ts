import type { Instant } from '../kernel/clock.js';
import type { EdgeKind, EdgeVersion } from './edge.js';
import type { EdgeId, NodeId, Revision } from './ids.js';
import type { FieldKey } from './indexed-fields.js';
import type { NodeVersion } from './node.js';

/** The open graph as `settle` reads it: synchronous, at the head, under the writer's lock. */
export interface GraphView {
  node(id: NodeId): NodeVersion | undefined;
  edge(id: EdgeId): EdgeVersion | undefined;
  /** Open edges with that end at the node, of that kind or all, in order of their ids. */
  edgesOf(node: NodeId, end: 'from' | 'to', kind?: EdgeKind): Iterable<EdgeVersion>;
  /** Open edges that name the resource as scope, `at` or `within`, in order of their ids. */
  edgesScopedTo(resource: NodeId): Iterable<EdgeVersion>;
  /** Open nodes that hold the value, in order of their ids. */
  holders(key: FieldKey): readonly NodeId[];
}

/** Which commit this will be. */
export interface SettleContext {
  readonly revision: Revision;
  readonly at: Instant;
}
