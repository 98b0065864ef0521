import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NODE_KINDS } from '../../src/graph/node-kind.js';
import {
  type FieldOperator,
  type NodeQuery,
  type ReadScope,
  systemScope,
  type Where,
} from '../../src/store/graph-store.js';
import { toCursor } from '../../src/store/list-position.js';
import { type Connection, connect } from '../../src/store/neo4j/driver.js';
import { countQuery, findQuery, listQuery, probeQuery } from '../../src/store/neo4j/list-statements.js';
import * as neighbourhood from '../../src/store/neo4j/neighbourhood-statements.js';
import * as read from '../../src/store/neo4j/read-statements.js';
import * as restore from '../../src/store/neo4j/restore-statements.js';
import { countAllNodes, createHead, readHead } from '../../src/store/neo4j/schema-statements.js';
import * as side from '../../src/store/neo4j/side-statements.js';
import * as view from '../../src/store/neo4j/view-statements.js';
import { leadsOf } from '../../src/store/neo4j/where-statements.js';
import * as writes from '../../src/store/neo4j/write-statements.js';
import { account, id, put } from '../graph/small-estate.js';
import { openOnFirstFree, testServers } from './neo4j-fixture.js';
import { ofSource, ofTenants, type StoreFixture, twoTenants, write } from './store-fixture.js';

/** Operators that read all nodes, all of a label, or all relationships of a type. */
const scans =
  /^(AllNodesScan|NodeByLabelScan|UnionNodeByLabelsScan|(Node|(Un)?[Dd]irectedRelationship)IndexScan|.*Relationship(s|Type|Types)Scan)$/;

const statementsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return /\b(MATCH|MERGE|UNWIND|CREATE)\b/.test(value) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(statementsIn) : [];
};

describe.each(testServers().map((server, index) => [server.version, index] as const))('on Neo4j %s', (_, index) => {
  let fixture: StoreFixture;
  let connection: Connection;
  beforeAll(async () => {
    const server = testServers()[index]!;
    fixture = await openOnFirstFree([server]);
    // What a planner does with an empty database says little: one that knows of rows weighs its ways.
    await write(fixture.graph, 'a', ...twoTenants);
    await write(fixture.graph, 'b', ...Array.from({ length: 500 }, (_, name) => put(account(`p${name}`))));
    connection = connect(server);
    // Counts are taken in the background, of what other suites left too: plans are made by those of now.
    await connection.runAlone('CALL db.prepareForReplanning(60)');
  });
  afterAll(async () => {
    await connection.close();
    await fixture.remove();
  });

  async function scansOf(statement: string): Promise<readonly string[]> {
    const steps = await connection.explain(statement);
    const found = steps.filter(({ operator }) => scans.test(operator));
    return found.map(({ operator, details }) => `${operator} ${details}: ${statement}`);
  }
  async function scansOfAll(statements: readonly string[]): Promise<readonly string[]> {
    const found: string[] = [];
    for (const statement of statements) found.push(...(await scansOf(statement)));
    return found;
  }

  it.each([
    ['reads', { ...read, readHead, createHead }, 51],
    ['the open graph', view, 25],
    ['writes', writes, 60],
    ['the side store', side, 25],
    ['parts of the graph', neighbourhood, 17],
    // What wipes the graph is to read it all.
    ['restoring', { ...restore, wipeGraph: [] }, 3],
  ])('every statement of %s finds what it needs by an index', async (_, module, atLeast) => {
    const statements = statementsIn(module);
    expect(statements.length).toBeGreaterThanOrEqual(atLeast);
    expect(await scansOfAll(statements)).toEqual([]);
  });

  it.each(
    Object.entries(neighbourhood.reachStatements).flatMap(([name, { from, to }]) => [
      [`${name}, from an identity`, from] as const,
      [`${name}, to roles`, to] as const,
    ]),
  )('what can be reached is searched breadth first, each node once and no path twice: %s', async (_, statement) => {
    const steps = await connection.explain(statement);
    const walks = steps.map(({ operator }) => operator).filter((operator) => /VarLength|Repeat|Path/.test(operator));
    expect(walks).toEqual(['VarLengthExpand(Pruning,BFS,All)']);
    // The right side of the outermost join, which is run last.
    expect(steps.at(-1)).toMatchObject({ operator: 'NodeUniqueIndexSeek', details: expect.stringContaining('h:Head') });
    expect(steps.some(({ operator, details }) => /Aggregation/.test(operator) && /distinct/i.test(details))).toBe(true);
  });

  const operators: readonly FieldOperator[] = ['EQUALS', 'STARTS_WITH', 'CONTAINS', 'LESS', 'GREATER_OR_EQUAL'];
  const onFields = operators.map((operator): Where => ({ kind: 'field', field: 'userName', operator, value: 'a' }));
  const scopes: readonly ReadScope[] = [systemScope, ofTenants('acme'), ofTenants('acme', 'globex'), ofSource('entra')];
  const filters: readonly (Where | undefined)[] = [
    undefined,
    onFields[0],
    { kind: 'present', field: 'emails', scope: 'entra' },
    { kind: 'stamp', stamp: 'modifiedAt', operator: 'LESS', value: '5' },
    { kind: 'edge', edge: 'MEMBER_OF', end: 'from', other: id('build') },
    { kind: 'not', of: { kind: 'or', of: onFields } },
    { kind: 'or', of: [] },
  ];
  const orders: readonly NodeQuery['order'][] = [undefined, { by: 'id' }, { by: 'displayName', descending: true }];

  it('every list, count and look at a filter begins with an index', async () => {
    const queries = scopes.flatMap((scope) =>
      filters.flatMap((where) => {
        const query = { kind: 'Account', limit: 10, ...(where && { where }) } as const;
        return [undefined, ...leadsOf(where)].flatMap((lead) => [
          ...orders.map((order) => listQuery(scope, { ...query, ...(order && { order }) }, lead)),
          countQuery(scope, query, lead),
          ...(lead ? [probeQuery(scope, { kind: 'Account', lead, limit: 9 })] : []),
        ]);
      }),
    );
    expect(await scansOfAll(queries.map(({ statement }) => statement))).toEqual([]);
  });

  it('every value of every kind is found by an index', async () => {
    const key = { field: 'x', value: 'x', space: 'x' };
    const queries = scopes.flatMap((scope) => NODE_KINDS.map((kind) => findQuery(scope, { kind, ...key }, 5)));
    expect(await scansOfAll([...new Set(queries.map(({ statement }) => statement))])).toEqual([]);
  });

  it.each([
    ['the system', systemScope],
    ['a tenant', ofTenants('acme')],
    ['a source', ofSource('entra')],
  ])('pages in the order of insertion come off an index without sorting, in the scope of %s', async (_, scope) => {
    const after = toCursor({ place: 1, id: 'x' });
    const steps = await connection.explain(listQuery(scope, { kind: 'Account', limit: 10, after }).statement);
    expect(steps.map(({ operator }) => operator).filter((operator) => /Sort|Top/.test(operator))).toEqual([]);
  });

  it('whether anything is there is counted without reading it', async () => {
    const steps = await connection.explain(countAllNodes);
    expect(steps.map(({ operator }) => operator)).toEqual(['ProduceResults', 'NodeCountFromCountStore']);
  });

  it('a scan would be noticed', async () => {
    expect(await scansOf("MATCH (n:Entity) WHERE n.doc = 'x' RETURN n")).toHaveLength(1);
    expect(await scansOf('MATCH (n) RETURN n.doc')).toHaveLength(1);
    expect(await scansOf("MATCH ()-[r:MEMBER_OF]->() WHERE r.doc = 'x' RETURN r")).toHaveLength(1);
  });
});
