import type { Commit, GraphEffect } from '../../src/graph/change.js';
import type { EdgeVersion } from '../../src/graph/edge.js';
import { fieldKey, fieldKeysOf } from '../../src/graph/indexed-fields.js';
import type { GraphNode, NodeOf, NodeVersion } from '../../src/graph/node.js';
import type { NodeKind } from '../../src/graph/node-kind.js';
import { createOverlayView, emptyView } from '../../src/graph/overlay-view.js';
import { settle } from '../../src/graph/settle.js';
import type { EdgeQuery, GraphStore, NodeQuery, Where } from '../../src/store/graph-store.js';

/** The open graph with the reads that imports make, over `settle` as in every store; pages are small, so that they are turned. */
export interface ViewStore extends Pick<GraphStore, 'find' | 'list' | 'nodesByIds' | 'edgesOf'> {
  commit(commit: Pick<Commit, 'changes' | 'expectations' | 'meta'>): Promise<{ readonly revision: number }>;
  /** What each commit with an effect did, and as whom. */
  commits(): readonly { readonly meta: Commit['meta']; readonly effects: readonly GraphEffect[] }[];
  nodes(): readonly GraphNode[];
  edges(): readonly EdgeVersion[];
}

const pageSize = 50;

export function createViewStore(): ViewStore {
  const view = createOverlayView(emptyView);
  const nodes = new Map<string, NodeVersion>();
  const edges = new Map<string, EdgeVersion>();
  const commits: { meta: Commit['meta']; effects: readonly GraphEffect[] }[] = [];

  return {
    commits: () => commits,
    nodes: () => [...nodes.values()].map(({ node }) => node),
    edges: () => [...edges.values()],
    async commit({ changes, expectations = [], meta }) {
      const revision = commits.length + 1;
      const { effects } = settle({ changes, expectations }, view, { revision, at: revision });
      if (effects.length === 0) return { revision: commits.length };
      view.apply(effects);
      for (const effect of effects) keep(effect, nodes, edges);
      commits.push({ meta, effects });
      return { revision };
    },
    async find(_scope, key) {
      return view.holders(key).map((id) => view.node(id) as NodeVersion);
    },
    async nodesByIds(_scope, ids) {
      return ids.map((id) => view.node(id));
    },
    async list<Kind extends NodeKind>(_scope: unknown, query: NodeQuery<Kind>) {
      const fitting = [...nodes.values()].filter(({ node }) => node.kind === query.kind && fits(node, query));
      const from = Number(query.after ?? 0);
      const items = fitting.slice(from, from + pageSize) as unknown as NodeVersion<NodeOf<Kind>>[];
      return { items, ...(from + pageSize < fitting.length && { next: String(from + pageSize) }) };
    },
    async edgesOf(_scope, { node, end, kind, after }: EdgeQuery) {
      const rest = [...view.edgesOf(node, end, kind)].filter(({ id }) => after === undefined || id > after);
      const items = rest.slice(0, pageSize);
      return { items, ...(rest.length > pageSize && { next: items.at(-1)?.id as string }) };
    },
  };
}

function keep(effect: GraphEffect, nodes: Map<string, NodeVersion>, edges: Map<string, EdgeVersion>): void {
  if (effect.kind === 'nodeOpened') nodes.set(effect.version.node.id, effect.version);
  else if (effect.kind === 'nodeClosed') nodes.delete(effect.version.node.id);
  else if (effect.kind === 'edgeOpened') edges.set(effect.version.id, effect.version);
  else edges.delete(effect.version.id);
}

function fits(node: GraphNode, { where, source, tenant }: Pick<NodeQuery, 'where' | 'source' | 'tenant'>): boolean {
  const fields = { ...node } as { readonly source?: string; readonly tenant?: string };
  if (source !== undefined && fields.source !== source) return false;
  if (tenant !== undefined && fields.tenant !== tenant) return false;
  return where === undefined || holds(node, where);
}

function holds(node: GraphNode, where: Where): boolean {
  if (where.kind === 'present')
    return fieldKeysOf(node).some(({ field, scope }) => field === where.field && scope === (where.scope ?? scope));
  if (where.kind !== 'field' || where.operator !== 'EQUALS') throw new Error(`no import asks for ${where.kind}`);
  const wanted = fieldKey(node.kind, where.field, where.scope ?? '', where.value);
  return fieldKeysOf(node).some(
    ({ field, scope, value }) => field === wanted.field && value === wanted.value && scope === (where.scope ?? scope),
  );
}
