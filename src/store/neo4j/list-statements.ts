import type { NodeQuery, ReadScope } from '../graph-store.js';
import { fromCursor, type Position } from '../list-position.js';
import { checkField, checkPage } from '../read-checks.js';
import { KINDS_WITHOUT_TENANT } from '../read-scope.js';
import type { Parameters } from './driver.js';
import { insertionKey, valueField } from './model.js';
import {
  allOf,
  type Bind,
  createBinding,
  type FilterContext,
  type Lead,
  toCondition,
  toMatch,
} from './where-statements.js';

/** A statement made of constants, and the values that it names. */
export interface Query {
  readonly statement: string;
  readonly parameters: Parameters;
}

type Filter = Pick<NodeQuery, 'kind' | 'where' | 'tenant' | 'source'>;

/**
 * One page, and one row more where another page follows. Rows have the `doc`, and the `place` in the order. `lead`: the
 * part of the filter to begin with; absent: off an index of the nodes of a kind, tenant or source.
 */
export function listQuery(scope: ReadScope, query: NodeQuery, lead?: Lead): Query {
  checkPage(query);
  const { bind, parameters } = createBinding();
  const context = { kind: query.kind, scope, bind };
  const { limit, skip = 0, order } = query;
  const last = query.after === undefined ? undefined : fromCursor(query.after);
  const window = `SKIP ${bind(skip)} LIMIT ${bind(limit + 1)}`;
  const isDefault = order === undefined || (order.by === 'createdAt' && order.descending !== true);
  if (isDefault) {
    const after = last ? [`n.insertion > ${bind(insertionKey(Number(last.place), last.id))}`] : [];
    const { match, sortedBy } = matchNodes(query, context, { lead, more: after });
    return {
      statement: `${match} RETURN n.doc AS doc, n.createdAt AS place ORDER BY ${sortedBy} ${window}`,
      parameters,
    };
  }
  const { match } = matchNodes(query, context, { lead, more: [] });
  const direction = order.descending === true ? 'DESC' : 'ASC';
  const after = last ? `WHERE ${afterPlace(last, direction, bind)}` : '';
  return {
    statement: `${match} ${withPlace(order.by, context)} ${after}
      RETURN n.doc AS doc, place ORDER BY place IS NULL, place ${direction}, n.id ${window}`,
    parameters,
  };
}

export function countQuery(scope: ReadScope, query: Pick<NodeQuery, 'kind' | 'where'>, lead?: Lead): Query {
  const { bind, parameters } = createBinding();
  const { match } = matchNodes(query, { kind: query.kind, scope, bind }, { lead, more: [] });
  return { statement: `${match} RETURN count(n) AS count`, parameters };
}

/** Nodes that hold the value, by id, at most `limit`. */
export function findQuery(
  scope: ReadScope,
  { kind, field, value, space }: { kind: NodeQuery['kind']; field: string; value: string; space: string },
  limit: number,
): Query {
  const { bind, parameters } = createBinding();
  const visible = visibleTo({ kind, scope, bind });
  return {
    statement: `
      MATCH (v:Value) WHERE v.field = ${bind(valueField(kind, field))} AND v.value = ${bind(value)} AND v.scope = ${bind(space)}
      MATCH (n:Entity)-[:HAS_VALUE]->(v) WHERE ${allOf(visible, 'and')}
      RETURN n.doc AS doc ORDER BY n.id LIMIT ${bind(limit)}`,
    parameters,
  };
}

/** How many nodes a lead finds, up to a limit. */
export function probeQuery(
  scope: ReadScope,
  { kind, lead, limit }: { kind: NodeQuery['kind']; lead: Lead; limit: number },
): Query {
  const { bind, parameters } = createBinding();
  const match = toMatch(lead, { kind, scope, bind });
  return { statement: `${match} WITH n LIMIT ${bind(limit)} RETURN count(n) AS found`, parameters };
}

/** Binds `n`; `sortedBy` is the order of insertion, in the words in which an index gives it. */
function matchNodes(
  { kind, where, tenant, source }: Filter,
  context: FilterContext,
  { lead, more }: { readonly lead: Lead | undefined; readonly more: readonly string[] },
): { readonly match: string; readonly sortedBy: string } {
  const { bind, scope } = context;
  const home = [`n.kind = ${bind(kind)}`, ...visibleTo(context)];
  if (tenant !== undefined) home.push(`n.inTenant = ${bind(tenant)}`);
  if (source !== undefined) home.push(`n.inSource = ${bind(source)}`, `n.inSource <> ''`);
  const filter = where ? [toCondition(where, context, lead)] : [];
  if (lead) {
    const conditions = allOf([...home, ...more, ...filter], 'and');
    return { match: `${toMatch(lead, context)} WHERE ${conditions}`, sortedBy: 'n.insertion' };
  }
  const within =
    source !== undefined || scope.kind === 'source'
      ? 'inSource'
      : hasOneTenant(context, tenant)
        ? 'inTenant'
        : undefined;
  const fields = ['kind', ...(within ? [within] : []), 'insertion'];
  const conditions = allOf([...home, 'n.insertion IS NOT NULL', ...more, ...filter], 'and');
  return {
    match: `MATCH (n:Entity) USING INDEX n:Entity(${fields.join(', ')}) WHERE ${conditions} WITH n`,
    sortedBy: fields.map((field) => `n.${field}`).join(', '),
  };
}

function hasOneTenant({ kind, scope }: FilterContext, tenant: string | undefined): boolean {
  return tenant !== undefined || (scope.kind === 'tenants' && tenantsSeen(scope.tenants, kind).length === 1);
}

/** Who may see `n`, as `seesNode` says. */
function visibleTo({ scope, kind, bind }: FilterContext): string[] {
  switch (scope.kind) {
    case 'system':
      return [];
    case 'source':
      return [`n.inSource = ${bind(scope.source)}`, `n.inSource <> ''`];
    case 'tenants': {
      const tenants = tenantsSeen(scope.tenants, kind);
      return [tenants.length === 1 ? `n.inTenant = ${bind(tenants[0]!)}` : `n.inTenant IN ${bind(tenants)}`];
    }
  }
}

const tenantsSeen = (tenants: readonly string[], kind: string): readonly string[] =>
  KINDS_WITHOUT_TENANT.has(kind) ? ['', ...tenants] : tenants;

/** `place` is what the order goes by; of several values of a field the least. */
function withPlace(by: string, { kind, bind }: FilterContext): string {
  if (by === 'id' || by === 'createdAt' || by === 'modifiedAt') return `WITH n, n.${by} AS place`;
  checkField(kind, by);
  return `
    CALL (n) { MATCH (n)-[:HAS_VALUE]->(o:Value) WHERE o.field = ${bind(valueField(kind, by))} RETURN min(o.sortKey) AS place }
    WITH n, place`;
}

function afterPlace({ place, id }: Position, direction: 'ASC' | 'DESC', bind: Bind): string {
  if (place === null) return `place IS NULL AND n.id > ${bind(id)}`;
  const [value, last] = [bind(place), bind(id)];
  return `(place ${direction === 'ASC' ? '>' : '<'} ${value} OR (place = ${value} AND n.id > ${last}) OR place IS NULL)`;
}
