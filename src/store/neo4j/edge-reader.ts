import type { EdgeVersion } from '../../graph/edge.js';
import { isIdSyntax, type NodeId } from '../../graph/ids.js';
import type { NodeVersion } from '../../graph/node.js';
import type { GraphStore, ReadScope } from '../graph-store.js';
import { checkEdgeQuery, checkIdCount } from '../read-checks.js';
import { seesEdge, seesNode } from '../read-scope.js';
import type { Connection } from './driver.js';
import { countEdgesOfEnd, edgesOfEnd, edgesWithEnds } from './read-statements.js';
import { docOf } from './view-loader.js';
import { nodesById } from './view-statements.js';

export type EdgeReader = Pick<GraphStore, 'edgesByIds' | 'edgesOf' | 'countEdges'>;

/** What `GraphStore` says of edges. */
export function createEdgeReader(connection: Connection): EdgeReader {
  async function sees(scope: ReadScope, id: NodeId): Promise<boolean> {
    if (!isIdSyntax(id)) return false;
    const [row] = await connection.read(nodesById, { ids: [id] });
    return row !== undefined && seesNode(scope, docOf<NodeVersion>(row).node);
  }

  return {
    async edgesByIds(scope, ids) {
      checkIdCount(ids.length);
      const slots: (EdgeVersion | undefined)[] = ids.map(() => undefined);
      for (const row of await connection.read(edgesWithEnds, { ids })) {
        const version = docOf<EdgeVersion>(row);
        const ends = [row.fromDoc, row.toDoc].map((doc) => docOf<NodeVersion>({ doc }).node);
        const findNode = (id: NodeId) => ends.find((node) => node.id === id);
        if (seesEdge(scope, version, findNode)) slots[row.index as number] = version;
      }
      return slots;
    },

    async edgesOf(scope, query) {
      checkEdgeQuery(query);
      const { node, end, kind, after = '', limit } = query;
      if (!(await sees(scope, node))) return { items: [] };
      const parameters = { node, after, limit: limit + 1, source: statorSeen(scope) };
      const rows = await connection.read(edgesOfEnd[end][kind], parameters);
      const items = rows.slice(0, limit).map(docOf<EdgeVersion>);
      return rows.length > limit ? { items, next: items.at(-1)!.id } : { items };
    },

    async countEdges(scope, { node, end, kind }) {
      if (!(await sees(scope, node))) return 0;
      const [row] = await connection.read(countEdgesOfEnd[end][kind], { node, source: statorSeen(scope) });
      return row!.count as number;
    },
  };
}

/** A source sees only the edges that it states. */
const statorSeen = (scope: ReadScope): NodeId | null => (scope.kind === 'source' ? scope.source : null);
