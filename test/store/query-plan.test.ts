import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NODE_KINDS } from '../../src/graph/node-kind.js';
import {
  type FieldOperator,
  type NodeQuery,
  type ReadScope,
  systemScope,
  type Where,
} from '../../src/store/graph-store.js';
import { type Database, openDatabase } from '../../src/store/sqlite/driver.js';
import {
  countSql,
  homeCountSql,
  inOrderSql,
  listSql,
  scopeSql,
  withoutValueSql,
} from '../../src/store/sqlite/list-sql.js';
import * as read from '../../src/store/sqlite/read-statements.js';
import { prepareSchema } from '../../src/store/sqlite/schema.js';
import * as side from '../../src/store/sqlite/side-statements.js';
import * as view from '../../src/store/sqlite/view-statements.js';
import { type Drive, narrowing } from '../../src/store/sqlite/where-sql.js';
import * as write from '../../src/store/sqlite/write-statements.js';
import { id } from '../graph/small-estate.js';
import { makeFolder, removeFolder } from './sqlite-fixture.js';
import { ofSource, ofTenants } from './store-fixture.js';

let folder: string;
let database: Database;
beforeAll(async () => {
  folder = await makeFolder();
  const path = join(folder, 'plans.db');
  database = openDatabase(path, 'write');
  prepareSchema(database, path);
});
afterAll(async () => {
  database.close();
  await removeFolder(folder);
});

/** Steps that read a whole table or index. A list of given values, a constant and the result of a subquery are none. */
function scansOf(sql: string): readonly string[] {
  const steps = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as unknown as readonly { detail: string }[];
  return steps
    .map(({ detail }) => detail)
    .filter((detail) => /^SCAN (?!json_each|CONSTANT ROW|\(subquery)/.test(detail));
}

const isSql = (text: string) => /^\s*(SELECT|INSERT|UPDATE|DELETE)\b/.test(text);
function sqlIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return isSql(value) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(sqlIn) : [];
}

describe('every statement searches an index and reads no whole table', () => {
  it.each([
    ['reads', read, 12],
    ['the open graph', view, 6],
    ['writes', write, 15],
    ['the side store', side, 20],
  ])('of %s', (_, statements, atLeast) => {
    const texts = sqlIn(statements);
    expect(texts.length).toBeGreaterThanOrEqual(atLeast);
    expect(texts.flatMap((sql) => scansOf(sql).map((scan) => `${scan}: ${sql}`))).toEqual([]);
  });

  const drivesOf = (where: Where | undefined): readonly Drive[] =>
    narrowing(where, 'Account', 1).length > 0 ? ['nodes', 'values'] : ['nodes'];
  const scopes: readonly ReadScope[] = [systemScope, ofTenants('acme'), ofTenants('acme', 'globex'), ofSource('entra')];
  const operators: readonly FieldOperator[] = ['EQUALS', 'STARTS_WITH', 'CONTAINS', 'LESS', 'GREATER_OR_EQUAL'];
  const onFields = operators.map((operator): Where => ({ kind: 'field', field: 'userName', operator, value: 'a' }));
  const filters: readonly (Where | undefined)[] = [
    undefined,
    ...onFields,
    { kind: 'present', field: 'emails', scope: 'entra' },
    { kind: 'stamp', stamp: 'modifiedAt', operator: 'LESS', value: '5' },
    { kind: 'edge', edge: 'MEMBER_OF', end: 'from', other: id('build') },
    { kind: 'not', of: { kind: 'or', of: onFields } },
  ];
  const orders: readonly NodeQuery['order'][] = [
    undefined,
    { by: 'id' },
    { by: 'modifiedAt', descending: true },
    { by: 'displayName' },
  ];

  it('of lists and counts, in every scope, filter and order', () => {
    const scans = scopes.flatMap((scope) =>
      filters.flatMap((where) => {
        const query = { kind: 'Account', limit: 10, ...(where && { where }) } as const;
        const lists = orders.flatMap((order) =>
          drivesOf(where).map((drive) => listSql(scope, { ...query, ...(order && { order }) }, drive)),
        );
        const byName = { ...query, order: { by: 'displayName' } };
        const inOrder = [inOrderSql(scope, byName, undefined), inOrderSql(scope, byName, { place: 'a', id: 'b' })];
        const others = [withoutValueSql(scope, byName, '', 1), homeCountSql(scope, query, 1), countSql(scope, query)];
        return [...lists, ...inOrder, ...others, ...narrowing(where, 'Account', 1)].flatMap(({ sql }) =>
          scansOf(sql).map((scan) => `${scan}: ${sql}`),
        );
      }),
    );
    expect(scans).toEqual([]);
  });

  it('of finding by a value, in every scope and kind', () => {
    const texts = scopes.flatMap((scope) => NODE_KINDS.map((kind) => read.findNodesSql(scopeSql(scope, kind).sql)));
    expect(texts.flatMap(scansOf)).toEqual([]);
  });

  it('and a scan would be noticed', () => {
    expect(scansOf(`SELECT * FROM nodes WHERE doc = 'x'`)).toEqual(['SCAN nodes']);
  });
});

describe('pages of a list', () => {
  const plan = (sql: string) =>
    (database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as unknown as readonly { detail: string }[]).map(
      ({ detail }) => detail,
    );

  it.each([
    ['the system', systemScope, 'nodes_open_created'],
    ['a tenant', ofTenants('acme'), 'nodes_open_tenant'],
    ['a source', ofSource('entra'), 'nodes_open_source'],
  ])('in the order of insertion are read off an index without sorting, in the scope of %s', (_, scope, index) => {
    const { sql } = listSql(scope, { kind: 'Account', limit: 10, after: cursor });
    expect(plan(sql)).toEqual([expect.stringContaining(index)]);
  });
  it.each([
    ['at first', undefined],
    ['later', { place: 'a', id: 'b' }],
  ])('in the order of a field are read off its index without sorting, %s', (_, last) => {
    const { sql } = inOrderSql(ofTenants('acme'), { kind: 'Account', limit: 10, order: { by: 'displayName' } }, last);
    const steps = plan(sql);
    expect(steps[0]).toContain(`field_values_order (kind=? AND field=?${last ? ' AND sort_key>?' : ''})`);
    expect(steps.filter((step) => step.includes('TEMP B-TREE'))).toEqual([]);
  });
  it('look up the values of each node that they come to, and do not collect all nodes with a value', () => {
    const where = { kind: 'field', field: 'active', operator: 'EQUALS', value: 'true' } as const;
    const { sql } = listSql(ofTenants('acme'), { kind: 'Account', limit: 10, where });
    expect(plan(sql)).toEqual([
      expect.stringContaining('nodes_open_tenant'),
      expect.stringContaining('CORRELATED'),
      expect.stringContaining('field_values_node (node=? AND field=?)'),
    ]);
  });
  it('begin with the ids that a filter finds where those are few', () => {
    const where = { kind: 'field', field: 'userName', operator: 'EQUALS', value: 'ann' } as const;
    const { sql } = listSql(ofSource('entra'), { kind: 'Account', limit: 10, where }, 'values');
    expect(plan(sql)[0]).toContain('nodes_open (id=?)');
  });

  const cursor = Buffer.from(JSON.stringify([1, 'x'])).toString('base64url');
});
