import { isIdSyntax } from '../../graph/ids.js';
import type { NodeKind, NodeOf, NodeVersion } from '../../graph/node.js';
import { checkText } from '../../graph/text.js';
import { type GraphStore, maxPageSize, type NodeQuery, type Page, type ReadScope } from '../graph-store.js';
import { fromCursor, toCursor } from '../list-position.js';
import { checkIdCount, tooManyHolders } from '../read-checks.js';
import { seesNode } from '../read-scope.js';
import type { Database, Row } from './driver.js';
import {
  countSql,
  homeCountSql,
  inOrderSql,
  isOrderedByField,
  listSql,
  scopeSql,
  withoutValueSql,
} from './list-sql.js';
import { findNodesSql, versionsOfNode } from './read-statements.js';
import { toNodeVersion } from './rows.js';
import { createStatementCache } from './statement-cache.js';
import { openNodeById } from './view-statements.js';
import { type Drive, narrowing, type SqlPiece } from './where-sql.js';

export type NodeReader = Pick<GraphStore, 'nodesByIds' | 'find' | 'list' | 'count' | 'history'>;

/** So many nodes are read one by one sooner than a whole source is filtered. */
const fewNodes = 1_000;
/** Fewer are put in order sooner than their first are looked for in an index of all values. */
const manyNodes = 2_000;

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

  function listRows(scope: ReadScope, query: NodeQuery): readonly Row[] {
    const drive = driveOf(query);
    if (drive === 'nodes' && isOrderedByField(query) && !query.skip && hasMany(scope, query))
      return rowsInOrder(scope, query);
    return rowsOf(listSql(scope, query, drive));
  }

  /** First those with a value, then the others. */
  function rowsInOrder(scope: ReadScope, query: NodeQuery): readonly Row[] {
    const last = query.after === undefined ? undefined : fromCursor(query.after);
    const valued = last?.place === null ? [] : rowsOf(inOrderSql(scope, query, last));
    const missing = query.limit + 1 - valued.length;
    if (missing === 0) return valued;
    return [...valued, ...rowsOf(withoutValueSql(scope, query, last?.place === null ? last.id : '', missing))];
  }

  function hasMany(scope: ReadScope, query: NodeQuery): boolean {
    const { sql, values } = homeCountSql(scope, query, manyNodes);
    return Number(prepared(sql).get(...values)?.found) === manyNodes;
  }

  function rowsOf({ sql, values }: SqlPiece): readonly Row[] {
    return prepared(sql).all(...values) as Row[];
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
      const rows = listRows(scope, query);
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
