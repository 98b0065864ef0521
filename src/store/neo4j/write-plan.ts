import type { GraphEffect } from '../../graph/change.js';
import type { EdgeVersion } from '../../graph/edge.js';
import type { GraphView } from '../../graph/graph-view.js';
import type { EdgeId, NodeId, Revision } from '../../graph/ids.js';
import type { NodeVersion } from '../../graph/node.js';
import { sameValue } from '../../graph/same-value.js';
import { nestsDirectly, type RelationshipType, relationshipTypeOf, valuesOf } from './model.js';

type Closed<Version> = Version & { readonly until: Revision };

/**
 * What has to be written so that the effects of several commits, one after another, are done: of each node and edge
 * only how it was before and how it is at the end, and every version that ended.
 */
export interface WritePlan {
  readonly closedNodes: readonly Closed<NodeVersion>[];
  readonly closedEdges: readonly Closed<EdgeVersion>[];
  readonly nodes: {
    readonly created: readonly NodeVersion[];
    readonly changed: readonly NodeVersion[];
    readonly deleted: readonly NodeId[];
    /** Of which the values they are found by are written anew. */
    readonly revalued: readonly NodeId[];
  };
  readonly edges: {
    readonly created: readonly { readonly version: EdgeVersion; readonly type: RelationshipType }[];
    readonly changed: readonly EdgeVersion[];
    readonly deleted: readonly EdgeVersion[];
  };
  /** Sources whose groups convey otherwise than before, by how they do now. */
  readonly renested: readonly { readonly source: NodeId; readonly direct: boolean }[];
}

/** `after` is the graph as the effects leave it. */
export function planWrites(effects: readonly GraphEffect[], after: GraphView): WritePlan {
  const [nodes, edges] = [new Map<NodeId, Span<NodeVersion>>(), new Map<EdgeId, Span<EdgeVersion>>()];
  const closedNodes: Closed<NodeVersion>[] = [];
  const closedEdges: Closed<EdgeVersion>[] = [];
  for (const effect of effects)
    switch (effect.kind) {
      case 'nodeOpened':
        open(nodes, effect.version.node.id, effect.version);
        break;
      case 'nodeClosed':
        closedNodes.push(effect.version);
        close(nodes, effect.version.node.id, effect.version);
        break;
      case 'edgeOpened':
        open(edges, effect.version.id, effect.version);
        break;
      case 'edgeClosed':
        closedEdges.push(effect.version);
        close(edges, effect.version.id, effect.version);
        break;
    }
  return { closedNodes, closedEdges, ...planNodes([...nodes]), edges: planEdges([...edges.values()], after) };
}

/** How it was before the effects, and how it is after them. */
interface Span<Version> {
  readonly before: Version | undefined;
  after: Version | undefined;
}

function open<Id, Version>(spans: Map<Id, Span<Version>>, id: Id, version: Version): void {
  const span = spans.get(id);
  if (span) span.after = version;
  else spans.set(id, { before: undefined, after: version });
}

function close<Id, Version>(spans: Map<Id, Span<Version>>, id: Id, version: Version): void {
  const span = spans.get(id);
  if (span) span.after = undefined;
  else spans.set(id, { before: version, after: undefined });
}

function planNodes(spans: readonly (readonly [NodeId, Span<NodeVersion>])[]): Pick<WritePlan, 'nodes' | 'renested'> {
  const created: NodeVersion[] = [];
  const changed: NodeVersion[] = [];
  const deleted: NodeId[] = [];
  const revalued: NodeId[] = [];
  const renested: WritePlan['renested'][number][] = [];
  for (const [id, { before, after }] of spans) {
    // A node that came back as another kind has no relationship left, and other labels.
    const stays = before?.node.kind === after?.node.kind;
    if (before && after && stays) {
      changed.push(after);
      if (!sameValue(valuesOf(before.node), valuesOf(after.node))) revalued.push(id);
    } else {
      if (before) deleted.push(id);
      if (after) created.push(after);
    }
    const direct = nestsDirectly(after?.node);
    if (nestsDirectly(before?.node) !== direct) renested.push({ source: id, direct });
  }
  return { nodes: { created, changed, deleted, revalued }, renested };
}

function planEdges(spans: readonly Span<EdgeVersion>[], view: GraphView): WritePlan['edges'] {
  const created: WritePlan['edges']['created'][number][] = [];
  const changed: EdgeVersion[] = [];
  const deleted: EdgeVersion[] = [];
  for (const { before, after } of spans) {
    if (before && after) changed.push(after);
    else if (before) deleted.push(before);
    else if (after) created.push({ version: after, type: relationshipTypeOf(after.edge, view) });
  }
  return { created, changed, deleted };
}
