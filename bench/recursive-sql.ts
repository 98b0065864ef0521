import type { GraphChange } from '../src/graph/change.js';
import type { Decision } from '../src/graph/decision.js';
import { everyoneIdOf, type NodeId } from '../src/graph/ids.js';
import { type Database, openDatabase } from '../src/store/sqlite/driver.js';

/**
 * The questions as the best SQL we know asks them: integer keys in the order of ids, tables clustered by the column that is
 * searched, statistics, recursion over the inner graph only and the grants joined at the end. It lives in the store's own file
 * and knows what an estate has (scopes, denies, conditional edges), but no windows, states, depths, origins or context: it does
 * less than the engine. What both know, `access.ts` compares before it measures.
 */
export interface RecursiveSql {
  /** Distinct permissions, scopes and denies ignored: what a plain estate needs. */
  countPermissions(account: NodeId): number;
  /** Rows (permission, scope) with a decision: how many there are, and those of the first page by permission, then scope. */
  effectivePage(account: NodeId): SqlPage;
  /** The same rows, all of them, in no order: how many came. */
  effectiveRows(account: NodeId): number;
  /** Identities that reach the permission, scopes and denies ignored. */
  countWhoCan(permission: NodeId): number;
  check(account: NodeId, permission: NodeId, resource: NodeId): Decision;
  /** Ten shortest paths, by enumeration breadth-first to a length; the simple-path test is a search in text. */
  countTenPaths(account: NodeId, permission: NodeId): number;
  close(): void;
}
export interface SqlPage {
  readonly totalCount: number;
  /** Distinct permissions with a covering row. */
  readonly permissionCount: number;
  readonly rows: readonly (readonly [permission: NodeId, scope: NodeId, decision: Decision])[];
}

/** Edges of the longest path that `countTenPaths` looks for, the grant and `HAS_ACCOUNT` among them. */
export const sqlPathLength = 9;

export function createRecursiveSql(file: string, estate: () => Iterable<GraphChange>): RecursiveSql {
  const database = openDatabase(file, 'write');
  const keys = keysOf(estate());
  const ids = [...keys.keys()];
  fill(database, estate(), keys);
  const key = (id: NodeId) => keys.get(id) ?? -1;
  const idOf = (value: unknown) => ids[Number(value) - 1]!;
  const statements = {
    count: database.prepare(countPermissions),
    page: database.prepare(effectivePage),
    rows: database.prepare(effectiveRows),
    who: database.prepare(countWhoCan),
    check: database.prepare(check),
    paths: database.prepare(tenPaths),
  };
  return {
    countPermissions: (account) => Number(statements.count.get(key(account))?.n),
    effectivePage(account) {
      const rows = statements.page.all(key(account));
      return {
        totalCount: Number(rows[0]?.total ?? 0),
        permissionCount: Number(rows[0]?.covered ?? 0),
        rows: rows.map((row) => [idOf(row.permission), idOf(row.scope), decisions[Number(row.decision)]!]),
      };
    },
    effectiveRows: (account) => statements.rows.all(key(account)).length,
    countWhoCan: (permission) => Number(statements.who.get(key(permission))?.n),
    check: (account, permission, resource) =>
      decisions[Number(statements.check.get(key(account), key(permission), key(resource))?.decision)]!,
    countTenPaths: (account, permission) =>
      statements.paths.all(key(account), sqlPathLength - 2, key(permission)).length,
    close: () => database.close(),
  };
}

const decisions: readonly Decision[] = ['DENIED', 'NOT_GRANTED', 'CONDITIONAL', 'ALLOWED'];

const schema = `
  CREATE TABLE b_inner (src INTEGER, dst INTEGER, PRIMARY KEY (src, dst)) WITHOUT ROWID;
  CREATE TABLE b_outer (dst INTEGER, src INTEGER, PRIMARY KEY (dst, src)) WITHOUT ROWID;
  CREATE TABLE b_grant (role INTEGER, permission INTEGER, deny INTEGER, cond INTEGER, narrow INTEGER, PRIMARY KEY (role, permission, deny, cond, narrow)) WITHOUT ROWID;
  CREATE TABLE b_granted (permission INTEGER, role INTEGER, PRIMARY KEY (permission, role)) WITHOUT ROWID;
  CREATE TABLE b_member (src INTEGER, dst INTEGER, PRIMARY KEY (src, dst)) WITHOUT ROWID;
  CREATE TABLE b_assigned (principal INTEGER, role INTEGER, scope INTEGER, cond INTEGER, inside INTEGER, PRIMARY KEY (principal, role, scope, cond)) WITHOUT ROWID;
  CREATE TABLE b_inherits (senior INTEGER, junior INTEGER, PRIMARY KEY (senior, junior)) WITHOUT ROWID;
  CREATE TABLE b_inside (scope INTEGER, ancestor INTEGER, PRIMARY KEY (scope, ancestor)) WITHOUT ROWID;
  CREATE TABLE b_identity (id INTEGER PRIMARY KEY);
`;

const countPermissions = `
  WITH RECURSIVE reach(n) AS (VALUES(?1) UNION SELECT dst FROM reach JOIN b_inner ON src = n)
  SELECT count(DISTINCT permission) AS n FROM reach JOIN b_grant ON role = n`;

/** A pattern of a grant lies below the root and nowhere else: a binding inside does not meet it. */
const entries = `
  p(n) AS (VALUES(?1) UNION SELECT dst FROM p JOIN b_member ON src = n),
  b(role, scope, cond, inside) AS (
    SELECT role, scope, cond, inside FROM p JOIN b_assigned ON principal = n
    UNION SELECT junior, scope, cond, inside FROM b JOIN b_inherits ON senior = role),
  e(permission, scope, deny, cond) AS MATERIALIZED (
    SELECT g.permission, b.scope, g.deny, min(b.cond | g.cond) FROM b JOIN b_grant g USING (role)
    WHERE g.narrow & b.inside = 0 GROUP BY 1, 2, 3)`;

/** 0 to 3, as `decisions` has them; what is rare is looked for only where it can be. */
const decidedRows = `
  WITH RECURSIVE ${entries},
  d AS MATERIALIZED (SELECT permission, scope, cond FROM e WHERE deny = 1),
  r(permission, scope, decision) AS MATERIALIZED (
    SELECT a.permission, a.scope,
      CASE CASE WHEN EXISTS (SELECT 1 FROM d) THEN
        (SELECT min(d.cond) FROM d JOIN b_inside i ON i.scope = a.scope AND i.ancestor = d.scope WHERE d.permission = a.permission) END
      WHEN 0 THEN 0 WHEN 1 THEN 2
      ELSE CASE WHEN a.cond = 0 OR EXISTS (SELECT 1 FROM e o JOIN b_inside i ON i.scope = a.scope AND i.ancestor = o.scope
        WHERE o.deny = 0 AND o.cond = 0 AND o.permission = a.permission) THEN 3 ELSE 2 END END
    FROM e a WHERE a.deny = 0)`;

const effectiveRows = `${decidedRows} SELECT permission, scope, decision FROM r`;

const effectivePage = `${decidedRows}
  SELECT permission, scope, decision, (SELECT count(*) FROM r) AS total,
    (SELECT count(DISTINCT permission) FROM r WHERE decision > 1) AS covered
  FROM r ORDER BY permission, scope LIMIT 50`;

const countWhoCan = `
  WITH RECURSIVE reach(n) AS (SELECT role FROM b_granted WHERE permission = ?1 UNION SELECT src FROM reach JOIN b_outer ON dst = n)
  SELECT count(*) AS n FROM reach JOIN b_identity ON id = n`;

const check = `
  WITH RECURSIVE ${entries.replace('JOIN b_grant g USING (role)', 'JOIN b_grant g ON g.role = b.role AND g.permission = ?2')}
  SELECT CASE WHEN min(CASE deny WHEN 1 THEN cond END) = 0 THEN 0 WHEN count(CASE deny WHEN 0 THEN 1 END) = 0 THEN 1
    WHEN max(deny) = 1 THEN 2 WHEN min(CASE deny WHEN 0 THEN cond END) = 0 THEN 3 ELSE 2 END AS decision
  FROM e JOIN b_inside i ON i.scope = ?3 AND i.ancestor = e.scope`;

const tenPaths = `
  WITH RECURSIVE path(n, length, trail) AS (
    VALUES(?1, 0, ',' || ?1 || ',')
    UNION ALL
    SELECT dst, length + 1, trail || dst || ',' FROM path JOIN b_inner ON src = n
    WHERE length < ?2 AND instr(trail, ',' || dst || ',') = 0
    ORDER BY 2)
  SELECT length + 1, trail FROM path JOIN b_grant ON role = n AND permission = ?3 AND deny = 0 LIMIT 10`;

/** From 1 on, in the order of ids. */
function keysOf(estate: Iterable<GraphChange>): ReadonlyMap<NodeId, number> {
  const ids = new Set<NodeId>();
  for (const change of estate) {
    if (change.kind !== 'putNode') continue;
    ids.add(change.node.id);
    if (change.node.kind === 'Tenant') ids.add(everyoneIdOf(change.node.id));
  }
  return new Map([...ids].sort((a, b) => (a < b ? -1 : 1)).map((id, place) => [id, place + 1]));
}

function fill(database: Database, estate: Iterable<GraphChange>, keys: ReadonlyMap<NodeId, number>): void {
  const key = (id: NodeId) => keys.get(id)!;
  const inner = new Set<NodeId>();
  for (const name of schema.matchAll(/TABLE (\w+)/g)) database.exec(`DROP TABLE IF EXISTS ${name[1]}`);
  database.exec(schema);
  database.exec('BEGIN');
  const insert = (table: string, columns: number) => {
    const statement = database.prepare(`INSERT OR IGNORE INTO ${table} VALUES (${Array(columns).fill('?').join()})`);
    return (...values: number[]) => statement.run(...values);
  };
  const arrowOut = insert('b_inner', 2);
  const arrowIn = insert('b_outer', 2);
  const grant = insert('b_grant', 5);
  const granted = insert('b_granted', 2);
  const member = insert('b_member', 2);
  const assigned = insert('b_assigned', 5);
  const inherits = insert('b_inherits', 2);
  const inside = insert('b_inside', 2);
  const identity = insert('b_identity', 1);
  const arrow = (from: number, to: number) => {
    arrowOut(from, to);
    arrowIn(to, from);
  };
  for (const change of estate) {
    if (change.kind === 'putNode' && change.node.kind === 'Account') {
      identity(key(change.node.id));
      const everyone = key(everyoneIdOf(change.node.tenant));
      member(key(change.node.id), everyone);
      arrow(key(change.node.id), everyone);
    }
    if (change.kind === 'putNode' && change.node.kind === 'Resource') inside(key(change.node.id), key(change.node.id));
    if (change.kind !== 'putEdge') continue;
    const { edge } = change;
    const [from, to] = [key(edge.from), key(edge.to)];
    if (edge.kind === 'MEMBER_OF') member(from, to);
    if (edge.kind === 'ASSIGNED')
      assigned(from, to, key(edge.scope), edge.condition ? 1 : 0, inner.has(edge.scope) ? 1 : 0);
    if (edge.kind === 'INHERITS') inherits(from, to);
    if (edge.kind === 'CONTAINS') {
      inside(to, from);
      inner.add(edge.to);
    }
    if (edge.kind === 'MEMBER_OF' || edge.kind === 'ASSIGNED' || edge.kind === 'INHERITS') arrow(from, to);
    if (edge.kind === 'GRANTS') {
      grant(from, to, edge.effect === 'DENY' ? 1 : 0, edge.condition || edge.resources ? 1 : 0, edge.resources ? 1 : 0);
      if (edge.effect === 'ALLOW') granted(to, from);
    }
  }
  database.exec('COMMIT; ANALYZE');
}
