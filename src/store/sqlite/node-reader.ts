import { isIdSyntax } from '../../graph/ids.js';
import type { NodeKind, NodeOf, NodeVersion } from '../../graph/node.js';
import { checkText } from '../../graph/text.js';
import { type GraphStore, maxPageSize, type NodeQuery, type Page, type ReadScope } from '../graph-store.js';
import { toCursor } from '../list-position.js';
import { checkIdCount, tooManyHolders } from '../read-checks.js';
import { seesNode } from '../read-scope.js';
import type { Database, Row } from './driver.js';
import { countSql, listSql, scopeSql } from './list-sql.js';
import { findNodesSql, versionsOfNode } from './read-statements.js';
import { toNodeVersion } from './rows.js';
import { createStatementCache } from './statement-cache.js';
import { openNodeById } from './view-statements.js';
import { type Drive, narrowing } from './where-sql.js';

export type NodeReader = Pick<GraphStore, 'nodesByIds' | 'find' | 'list' | 'count' | 'history'>;

/** So many nodes are read one by one sooner than a whole source is filtered. */
const fewNodes = 1_000;

/** What `GraphStore` says of nodes, over one connection. Each call is one short read. */
export function createNodeReader(database: Database): NodeReader {
  const byId = database.prepare(openNodeById);
  const versions = database.prepare(versionsOfNode);
  const prepared = createStatementCache(database);

  /** A filter that leaves few nodes is best begun with; how few, a look at the index says. */
  function driveOf({ where, kind }: Pick<NodeQuery, 'where' | 'kind'>): Drive {
    const few = narrowing(where, kind, fewNodes + 1).some(
      ({ sql, values }) => Number(prepared(sql).get(...values)?.found) <= fewNodes,
    );
    return few ? 'values' : 'nodes';
  }

  return {
    async nodesByIds(scope, ids) {
      checkIdCount(ids.length);
      return ids.map((id) => {
        const row = isIdSyntax(id) ? (byId.get(id) as Row | undefined) : undefined;
        const version = row && toNodeVersion(row);
        return version && seesNode(scope, version.node) ? version : undefined;
      });
    },

    async find(scope, { kind, field, scope: space, value }) {
      for (const text of [field, space, value]) checkText(text, field);
      const visible = scopeSql(scope, kind);
      const statement = prepared(findNodesSql(visible.sql));
      const rows = statement.all(kind, field, value, space, ...visible.values, maxPageSize + 1) as Row[];
      if (rows.length > maxPageSize) throw tooManyHolders();
      return rows.map(toNodeVersion);
    },

    async list<Kind extends NodeKind>(scope: ReadScope, query: NodeQuery<Kind>) {
      const { sql, values } = listSql(scope, query, driveOf(query));
      const rows = prepared(sql).all(...values) as Row[];
      // Rows are of the kind asked for: that is the statement's first condition.
      const items = rows.slice(0, query.limit).map(toNodeVersion) as NodeVersion<NodeOf<Kind>>[];
      if (rows.length <= query.limit) return { items };
      const { id, place } = rows[query.limit - 1]!;
      const page: Page<NodeVersion<NodeOf<Kind>>> = {
        items,
        next: toCursor({ id: id as string, place: place ?? null }),
      };
      return page;
    },

    async count(scope, query) {
      const { sql, values } = countSql(scope, query, driveOf(query));
      return Number(prepared(sql).get(...values)?.count);
    },

    async history(scope, node) {
      if (!isIdSyntax(node)) return [];
      const found = (versions.all(node) as Row[]).map(toNodeVersion);
      return found.filter((version) => seesNode(scope, version.node));
    },
  };
}
