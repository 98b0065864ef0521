import type { Instant } from '../kernel/clock.js';
import type { Edge, EdgeKind, EdgeVersion } from './edge.js';
import type { CommitId, EdgeId, NodeId, Revision, StatementSource } from './ids.js';
import type { FieldKey } from './indexed-fields.js';
import type { GraphNode, NodeVersion, Reference } from './node.js';

/** What a writer asks for. `settle` decides what it does. */
export type GraphChange =
  /** Opens the node, or closes its version and opens the next where a field differs. */
  | { readonly kind: 'putNode'; readonly node: GraphNode }
  /** Closes the node, all its edges and the references it holds. Absent: nothing. */
  | { readonly kind: 'closeNode'; readonly id: NodeId }
  | { readonly kind: 'putEdge'; readonly edge: Edge }
  | { readonly kind: 'closeEdge'; readonly id: EdgeId }
  /** Makes the node's edges of that kind and direction that `source` states exactly `edges`, which all have that end, kind and source. */
  | {
      readonly kind: 'setEdges';
      readonly node: NodeId;
      readonly edge: EdgeKind;
      readonly end: 'from' | 'to';
      readonly source: StatementSource;
      readonly edges: readonly Edge[];
    }
  /** An edge whose other end is named by value: an edge where that resolves now, else a pending reference. */
  | { readonly kind: 'putReference'; readonly reference: Reference }
  /** Takes back what `putReference` with the same holder, end, target and edge kind made, whichever it became. */
  | { readonly kind: 'closeReference'; readonly reference: Reference }
  /** Makes the references of (holder, end, edge kind, source) exactly these, pending or resolved. */
  | {
      readonly kind: 'setReferences';
      readonly holder: NodeId;
      readonly holderEnd: 'from' | 'to';
      readonly edge: EdgeKind;
      readonly source: StatementSource;
      readonly references: readonly Reference[];
    };

/** What must be so at commit, judged under the writer's lock. */
export type Expectation =
  /** The open node has this `stamps.version`; 0: it is not open. */
  | { readonly kind: 'version'; readonly node: NodeId; readonly version: number }
  | { readonly kind: 'unclaimed'; readonly key: FieldKey };

/** Who and why. Free of personal data beyond the actor's name; never interpreted. */
export interface CommitMeta {
  readonly actor: string;
  readonly source?: NodeId;
  readonly requestId?: string;
  readonly cause?: string;
  /** Parts of one import share it. */
  readonly importId?: string;
}

export interface Commit {
  readonly id: CommitId;
  readonly meta: CommitMeta;
  /** Whose turn it takes where many wait; not stored. Absent: its source's, or its actor's. */
  readonly tenant?: NodeId;
  readonly changes: readonly GraphChange[];
  readonly expectations?: readonly Expectation[];
}

/** An effective change: a whole after-image, or the whole version that ended. */
export type GraphEffect =
  | { readonly kind: 'nodeOpened'; readonly version: NodeVersion }
  | { readonly kind: 'nodeClosed'; readonly version: NodeVersion & { readonly until: Revision } }
  | { readonly kind: 'edgeOpened'; readonly version: EdgeVersion }
  | { readonly kind: 'edgeClosed'; readonly version: EdgeVersion & { readonly until: Revision } };

/** One entry of the log. A replaced version appears as closed, then opened. */
export interface StoredCommit {
  readonly revision: Revision;
  readonly id: CommitId;
  /** Not before the previous commit's. */
  readonly at: Instant;
  readonly meta: CommitMeta;
  readonly effects: readonly GraphEffect[];
  /** SHA-256 hex of the previous hash, the commit's header and the digests of its effects. */
  readonly hash: string;
}

/** A commit has at most this many changes; larger work is committed in parts. */
export const maxChangesPerCommit = 20_000;
