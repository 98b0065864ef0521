import type { NodeQuery, ReadScope } from '../graph-store.js';
import { fromCursor, type Position } from '../list-position.js';
import { checkField, checkPage } from '../read-checks.js';
import { KINDS_WITHOUT_TENANT } from '../read-scope.js';
import type { SqlValue } from './driver.js';
import { nodeColumns } from './rows.js';
import { type Drive, join, type SqlPiece, toSqlCondition } from './where-sql.js';

const stampColumns: Readonly<Record<string, string>> = {
  id: 'n.id',
  createdAt: 'n.created_at',
  modifiedAt: 'n.modified_at',
};

/** One page, and one row more where another page follows. Rows have `id` and `place` beside the node's columns. */
export function listSql(scope: ReadScope, query: NodeQuery, drive: Drive = 'nodes'): SqlPiece {
  const { kind, order, limit, skip = 0 } = query;
  checkPage(query);
  const column = stampColumns[order?.by ?? 'createdAt'];
  const filter = filterSql(scope, query, drive);
  const [last, descending] = [
    query.after === undefined ? undefined : fromCursor(query.after),
    order?.descending === true,
  ];
  const window = { values: [limit + 1, skip] };
  if (column) {
    const after = last ? afterStamp(column, last, descending) : join([], 'and');
    return {
      sql: `SELECT n.id, ${column} AS place, ${nodeColumns} FROM nodes n WHERE ${filter.sql} AND ${after.sql}
        ORDER BY ${column} ${descending ? 'DESC' : 'ASC'}, n.id LIMIT ? OFFSET ?`,
      values: [...filter.values, ...after.values, ...window.values],
    };
  }
  checkField(kind, order!.by);
  const after = last ? afterField(last, descending) : join([], 'and');
  return {
    sql: `SELECT * FROM (
        SELECT n.id, (SELECT min(v.sort_key) FROM field_values v WHERE v.node = n.id AND v.field = ?) AS place, ${nodeColumns}
        FROM nodes n WHERE ${filter.sql})
      WHERE ${after.sql} ORDER BY place IS NULL, place ${descending ? 'DESC' : 'ASC'}, id LIMIT ? OFFSET ?`,
    values: [order!.by, ...filter.values, ...after.values, ...window.values],
  };
}

/**
 * The first of a list by a field, read off the index of its values: nodes without one are in `withoutValueSql`. Best where
 * the filter leaves many, of which the first are wanted.
 */
export function inOrderSql(scope: ReadScope, query: NodeQuery, last: Position | undefined): SqlPiece {
  const { kind, order, limit } = query;
  checkPage(query);
  const field = order!.by;
  checkField(kind, field);
  const descending = order!.descending === true;
  const filter = filterSql(scope, query, 'nodes');
  const after = last ? afterValue(last, descending) : join([], 'and');
  // Of several values of a node the least counts, once.
  const isLeast = `NOT EXISTS (SELECT 1 FROM field_values w WHERE w.node = o.node AND w.field = o.field
    AND (w.sort_key, w.value, w.scope) < (o.sort_key, o.value, o.scope))`;
  return {
    sql: `SELECT n.id, o.sort_key AS place, ${nodeColumns}
      FROM field_values o INDEXED BY field_values_order CROSS JOIN nodes n ON n.id = o.node
      WHERE o.kind = ? AND o.field = ? AND ${after.sql} AND ${isLeast} AND ${filter.sql}
      ORDER BY o.sort_key ${descending ? 'DESC' : 'ASC'}, o.node LIMIT ?`,
    values: [kind, field, ...after.values, ...filter.values, limit + 1],
  };
}

/** Those without a value of the field, by id: so many after the id. */
export function withoutValueSql(scope: ReadScope, query: NodeQuery, after: string, count: number): SqlPiece {
  const filter = filterSql(scope, query, 'nodes');
  return {
    sql: `SELECT n.id, NULL AS place, ${nodeColumns} FROM nodes n WHERE ${filter.sql} AND n.id > ?
      AND NOT EXISTS (SELECT 1 FROM field_values v WHERE v.node = n.id AND v.field = ?) ORDER BY n.id LIMIT ?`,
    values: [...filter.values, after, query.order!.by, count],
  };
}

/** How many nodes there are where the list looks for them, up to so many, whatever its filter. */
export function homeCountSql(scope: ReadScope, query: Omit<NodeQuery, 'where'>, most: number): SqlPiece {
  const { kind, tenant, source } = query;
  const home = filterSql(scope, { kind, ...(tenant && { tenant }), ...(source && { source }) }, 'nodes');
  return {
    sql: `SELECT count(*) AS found FROM (SELECT 1 FROM nodes n WHERE ${home.sql} LIMIT ?)`,
    values: [...home.values, most],
  };
}

export const isOrderedByField = ({ order }: NodeQuery): boolean =>
  order !== undefined && stampColumns[order.by] === undefined;

export function countSql(scope: ReadScope, query: Pick<NodeQuery, 'kind' | 'where'>, drive: Drive = 'nodes'): SqlPiece {
  const { sql, values } = filterSql(scope, query, drive);
  return { sql: `SELECT count(*) AS count FROM nodes n WHERE ${sql}`, values };
}

/** Who may see the row `n`, as `seesNode` says. `kind` lets kinds that always have a tenant use its index. */
export function scopeSql(scope: ReadScope, kind: string): SqlPiece {
  switch (scope.kind) {
    case 'system':
      return join([], 'and');
    case 'source':
      return { sql: `n.source = ? AND n.source <> ''`, values: [scope.source] };
    case 'tenants': {
      const tenants = KINDS_WITHOUT_TENANT.has(kind) ? ['', ...scope.tenants] : scope.tenants;
      if (tenants.length === 1) return { sql: 'n.tenant = ?', values: [tenants[0]!] };
      return { sql: 'n.tenant IN (SELECT value FROM json_each(?))', values: [JSON.stringify(tenants)] };
    }
  }
}

function filterSql(
  scope: ReadScope,
  query: Pick<NodeQuery, 'kind' | 'where' | 'tenant' | 'source'>,
  drive: Drive,
): SqlPiece {
  const { kind, where, tenant, source } = query;
  const home: SqlPiece[] = [{ sql: 'n.kind = ?', values: [kind] }, scopeSql(scope, kind)];
  if (tenant !== undefined) home.push({ sql: 'n.tenant = ?', values: [tenant] });
  if (source !== undefined) home.push({ sql: `n.source = ? AND n.source <> ''`, values: [source] });
  const open: SqlPiece = { sql: 'n.until IS NULL', values: [] };
  const filter = where ? [toSqlCondition(where, kind, scope, drive)] : [];
  if (drive === 'nodes') return join([open, ...home, ...filter], 'and');
  // A plus sign keeps SQLite from using the column in an index, so that only the ids that the filter finds are left to it.
  const unindexed = home.map(({ sql, values }) => ({
    sql: sql.replace(/\bn\.(kind|tenant|source)\b/g, '+n.$1'),
    values,
  }));
  return join([open, ...unindexed, ...filter], 'and');
}

/** The column is never null; the first test alone lets an index begin there. */
function afterStamp(column: string, { place, id }: Position, descending: boolean): SqlPiece {
  const [within, past] = descending ? ['<=', '<'] : ['>=', '>'];
  const values: readonly SqlValue[] = [place, place, id];
  return { sql: `(${column} ${within} ? AND (${column} ${past} ? OR n.id > ?))`, values };
}

/** The first test alone lets the index begin there. */
function afterValue({ place, id }: Position, descending: boolean): SqlPiece {
  const [within, past] = descending ? ['<=', '<'] : ['>=', '>'];
  return { sql: `(o.sort_key ${within} ? AND (o.sort_key ${past} ? OR o.node > ?))`, values: [place, place, id] };
}

function afterField({ place, id }: Position, descending: boolean): SqlPiece {
  if (place === null) return { sql: '(place IS NULL AND id > ?)', values: [id] };
  return {
    sql: `(place ${descending ? '<' : '>'} ? OR (place = ? AND id > ?) OR place IS NULL)`,
    values: [place, place, id],
  };
}
