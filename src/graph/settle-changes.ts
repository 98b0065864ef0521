import { assertNever } from '../kernel/assert.js';
import { GraphError } from '../kernel/errors.js';
import type { GraphChange } from './change.js';
import { type Edge, edgeIdOf } from './edge.js';
import type { EdgeId, NodeId } from './ids.js';
import { fieldKey } from './indexed-fields.js';
import type { GraphNode } from './node.js';
import type { Draft } from './settle-draft.js';
import { closeReference, putReference, type ReferenceChange, setReferences } from './settle-references.js';

/**
 * Does what is asked of nodes and edges, in the order in which it is asked.
 * @throws GraphError INVALID
 */
export function applyChange(draft: Draft, change: Exclude<GraphChange, ReferenceChange>): void {
  switch (change.kind) {
    case 'putNode':
      draft.putNode(askedNode(change.node));
      break;
    case 'closeNode':
      closeNode(draft, change.id);
      break;
    case 'putEdge':
      draft.putEdge(askedEdge(change.edge));
      break;
    case 'closeEdge':
      closeAskedEdge(draft, change.id);
      break;
    case 'setEdges':
      setEdges(draft, change);
      break;
    default:
      assertNever(change);
  }
}

/** @throws GraphError INVALID */
export function applyReferenceChange(draft: Draft, change: ReferenceChange): void {
  switch (change.kind) {
    case 'putReference':
      putReference(draft, change.reference);
      break;
    case 'closeReference':
      closeReference(draft, change.reference);
      break;
    case 'setReferences':
      setReferences(draft, change);
      break;
    default:
      assertNever(change);
  }
}

export const isReferenceChange = (change: GraphChange): change is ReferenceChange =>
  change.kind === 'putReference' || change.kind === 'closeReference' || change.kind === 'setReferences';

/** Closes the node with its edges, the edges scoped to it and the references it holds. */
export function closeNode(draft: Draft, id: NodeId): void {
  if (!draft.node(id)) return;
  const edges = [...draft.edgesOf(id, 'from'), ...draft.edgesOf(id, 'to'), ...draft.edgesScopedTo(id)];
  for (const edge of edges) draft.closeEdge(edge.id);
  for (const reference of draft.holders(fieldKey('PendingReference', 'holder', '', id))) draft.dropNode(reference);
  draft.dropNode(id);
}

function setEdges(draft: Draft, change: Extract<GraphChange, { readonly kind: 'setEdges' }>): void {
  const { node, end, source } = change;
  for (const edge of change.edges)
    if (edge[end] !== node || edge.kind !== change.edge || edge.source !== source)
      throw new GraphError('INVALID', `setEdges takes edges with the kind, source and end \`${end}\` that it sets`);
  const wanted = new Set(change.edges.map(edgeIdOf));
  const open = [...draft.edgesOf(node, end, change.edge)].filter((version) => version.edge.source === source);
  for (const { id } of open) if (!wanted.has(id)) closeAskedEdge(draft, id);
  for (const edge of change.edges) draft.putEdge(askedEdge(edge));
}

function closeAskedEdge(draft: Draft, id: EdgeId): void {
  const open = draft.edge(id);
  if (open) askedEdge(open.edge);
  draft.closeEdge(id);
}

function askedNode(node: GraphNode): GraphNode {
  if (node.kind === 'PendingReference')
    throw new GraphError('INVALID', 'a pending reference is made by putReference, never put as a node');
  return node;
}

function askedEdge(edge: Edge): Edge {
  if (edge.kind === 'HAS_ACCOUNT')
    throw new GraphError('INVALID', 'HAS_ACCOUNT is derived by correlation; set `link` of the account to join it');
  return edge;
}
