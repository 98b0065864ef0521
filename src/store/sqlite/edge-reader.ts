import { isIdSyntax, type NodeId } from '../../graph/ids.js';
import type { GraphNode } from '../../graph/node.js';
import type { GraphStore, ReadScope } from '../graph-store.js';
import { checkEdgeQuery, checkIdCount } from '../read-checks.js';
import { seesEdge, seesNode } from '../read-scope.js';
import type { Database, Row } from './driver.js';
import { countEdgesOfEnd, edgesOfEnd } from './read-statements.js';
import { toEdgeVersion, toNodeVersion } from './rows.js';
import { openEdgeById, openNodeById } from './view-statements.js';

export type EdgeReader = Pick<GraphStore, 'edgesByIds' | 'edgesOf' | 'countEdges'>;

/** What `GraphStore` says of edges, over one connection. Each call is one short read. */
export function createEdgeReader(database: Database): EdgeReader {
  const [edgeById, nodeById] = [database.prepare(openEdgeById), database.prepare(openNodeById)];
  const prepareBoth = (sql: { readonly all: string; readonly stated: string }) => ({
    all: database.prepare(sql.all),
    stated: database.prepare(sql.stated),
  });
  const pages = { from: prepareBoth(edgesOfEnd.from), to: prepareBoth(edgesOfEnd.to) };
  const counts = { from: prepareBoth(countEdgesOfEnd.from), to: prepareBoth(countEdgesOfEnd.to) };

  function findNode(id: NodeId): GraphNode | undefined {
    const row = isIdSyntax(id) ? (nodeById.get(id) as Row | undefined) : undefined;
    return row && toNodeVersion(row).node;
  }

  function sees(scope: ReadScope, id: NodeId): boolean {
    const node = findNode(id);
    return node !== undefined && seesNode(scope, node);
  }

  return {
    async edgesByIds(scope, ids) {
      checkIdCount(ids.length);
      return ids.map((id) => {
        const row = isIdSyntax(id) ? (edgeById.get(id) as Row | undefined) : undefined;
        const version = row && toEdgeVersion(row);
        return version && seesEdge(scope, version, findNode) ? version : undefined;
      });
    },

    async edgesOf(scope, query) {
      checkEdgeQuery(query);
      if (!sees(scope, query.node)) return { items: [] };
      const key = [query.node, query.kind, query.after ?? ''];
      const statements = pages[query.end];
      const limit = query.limit + 1;
      const rows = (
        scope.kind === 'source' ? statements.stated.all(...key, scope.source, limit) : statements.all.all(...key, limit)
      ) as Row[];
      const items = rows.slice(0, query.limit).map(toEdgeVersion);
      return rows.length > query.limit ? { items, next: items.at(-1)!.id } : { items };
    },

    async countEdges(scope, { node, end, kind }) {
      if (!sees(scope, node)) return 0;
      const statements = counts[end];
      const row =
        scope.kind === 'source' ? statements.stated.get(node, kind, scope.source) : statements.all.get(node, kind);
      return Number(row?.count);
    },
  };
}
