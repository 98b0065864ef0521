import type { GraphChange } from '../src/graph/change.js';
import { everyoneIdOf, type NodeId } from '../src/graph/ids.js';
import { type Database, openDatabase } from '../src/store/sqlite/driver.js';

/**
 * The questions as the best SQL we know asks them: integer keys, tables clustered by the column that is searched, recursion over
 * the inner graph only and the grants joined at the end. It lives in the store's own file and knows what an estate has
 * (scopes, denies, conditional edges), but no windows, states, paths or context: it does less than the engine.
 */
export interface RecursiveSql {
  /** Distinct permissions, scopes and denies ignored: what a plain estate needs. */
  countPermissions(identity: NodeId): number;
  /** Rows (permission, scope) with a decision. */
  rowsWithDecisions(identity: NodeId): number;
  /** Identities that reach the permission, scopes and denies ignored. */
  countWhoCan(permission: NodeId): number;
  /** Whether it is granted at the resource and not denied there. */
  check(identity: NodeId, permission: NodeId, resource: NodeId): boolean;
  /** Ten shortest paths, by enumeration breadth-first to a length; the simple-path test is a search in text. */
  tenPaths(identity: NodeId, permission: NodeId, maxLength: number): number;
  close(): void;
}

export function createRecursiveSql(file: string, estate: Iterable<GraphChange>): RecursiveSql {
  const database = openDatabase(file, 'write');
  const keys = fill(database, estate);
  const key = (id: NodeId) => keys.get(id) ?? -1;
  const statements = {
    count: database.prepare(countPermissions),
    rows: database.prepare(rowsWithDecisions),
    who: database.prepare(countWhoCan),
    check: database.prepare(check),
    paths: database.prepare(tenPaths),
  };
  return {
    countPermissions: (identity) => Number(statements.count.get(key(identity))?.n),
    rowsWithDecisions: (identity) => statements.rows.all(key(identity)).length,
    countWhoCan: (permission) => Number(statements.who.get(key(permission))?.n),
    check: (identity, permission, resource) =>
      Number(statements.check.get(key(identity), key(permission), key(resource))?.n) === 1,
    tenPaths: (identity, permission, maxLength) =>
      statements.paths.all(key(identity), maxLength, key(permission)).length,
    close: () => database.close(),
  };
}

const schema = `
  CREATE TABLE b_inner (src INTEGER, dst INTEGER, PRIMARY KEY (src, dst)) WITHOUT ROWID;
  CREATE TABLE b_outer (dst INTEGER, src INTEGER, PRIMARY KEY (dst, src)) WITHOUT ROWID;
  CREATE TABLE b_grant (role INTEGER, permission INTEGER, deny INTEGER, cond INTEGER, PRIMARY KEY (role, permission, deny, cond)) WITHOUT ROWID;
  CREATE TABLE b_granted (permission INTEGER, role INTEGER, PRIMARY KEY (permission, role)) WITHOUT ROWID;
  CREATE TABLE b_member (src INTEGER, dst INTEGER, PRIMARY KEY (src, dst)) WITHOUT ROWID;
  CREATE TABLE b_assigned (principal INTEGER, role INTEGER, scope INTEGER, cond INTEGER, PRIMARY KEY (principal, role, scope, cond)) WITHOUT ROWID;
  CREATE TABLE b_inherits (senior INTEGER, junior INTEGER, PRIMARY KEY (senior, junior)) WITHOUT ROWID;
  CREATE TABLE b_inside (scope INTEGER, ancestor INTEGER, PRIMARY KEY (scope, ancestor)) WITHOUT ROWID;
  CREATE TABLE b_identity (id INTEGER PRIMARY KEY);
`;

const countPermissions = `
  WITH RECURSIVE reach(n) AS (VALUES(?1) UNION SELECT dst FROM reach JOIN b_inner ON src = n)
  SELECT count(DISTINCT permission) AS n FROM reach JOIN b_grant ON role = n`;

const entries = `
  p(n) AS (VALUES(?1) UNION SELECT dst FROM p JOIN b_member ON src = n),
  b(role, scope, cond) AS (
    SELECT role, scope, cond FROM p JOIN b_assigned ON principal = n
    UNION SELECT junior, scope, cond FROM b JOIN b_inherits ON senior = role),
  e(permission, scope, deny, cond) AS MATERIALIZED (
    SELECT g.permission, b.scope, g.deny, min(b.cond | g.cond) FROM b JOIN b_grant g USING (role) GROUP BY 1, 2, 3)`;

const rowsWithDecisions = `
  WITH RECURSIVE ${entries},
  d AS MATERIALIZED (SELECT permission, scope, cond FROM e WHERE deny = 1)
  SELECT a.permission, a.scope, a.cond,
    (SELECT min(d.cond) FROM d JOIN b_inside i ON i.scope = a.scope AND i.ancestor = d.scope WHERE d.permission = a.permission) AS denied,
    (SELECT min(o.cond) FROM e o JOIN b_inside i ON i.scope = a.scope AND i.ancestor = o.scope
      WHERE a.cond = 1 AND o.deny = 0 AND o.permission = a.permission) AS above
  FROM e a WHERE a.deny = 0`;

const countWhoCan = `
  WITH RECURSIVE reach(n) AS (SELECT role FROM b_granted WHERE permission = ?1 UNION SELECT src FROM reach JOIN b_outer ON dst = n)
  SELECT count(*) AS n FROM reach JOIN b_identity ON id = n`;

const check = `
  WITH RECURSIVE ${entries.replace('JOIN b_grant g USING (role)', 'JOIN b_grant g ON g.role = b.role AND g.permission = ?2')}
  SELECT coalesce(max(deny = 0), 0) > coalesce(max(deny = 1), 0) AS n FROM e JOIN b_inside i ON i.scope = ?3 AND i.ancestor = e.scope`;

const tenPaths = `
  WITH RECURSIVE path(n, length, trail) AS (
    VALUES(?1, 0, ',' || ?1 || ',')
    UNION ALL
    SELECT dst, length + 1, trail || dst || ',' FROM path JOIN b_inner ON src = n
    WHERE length < ?2 AND instr(trail, ',' || dst || ',') = 0
    ORDER BY 2)
  SELECT length + 1, trail FROM path JOIN b_grant ON role = n AND permission = ?3 AND deny = 0 LIMIT 10`;

function fill(database: Database, estate: Iterable<GraphChange>): Map<NodeId, number> {
  const keys = new Map<NodeId, number>();
  const key = (id: NodeId) => {
    const known = keys.get(id) ?? keys.size + 1;
    keys.set(id, known);
    return known;
  };
  for (const name of schema.matchAll(/TABLE (\w+)/g)) database.exec(`DROP TABLE IF EXISTS ${name[1]}`);
  database.exec(schema);
  database.exec('BEGIN');
  const insert = (table: string, columns: number) => {
    const statement = database.prepare(`INSERT OR IGNORE INTO ${table} VALUES (${Array(columns).fill('?').join()})`);
    return (...values: number[]) => statement.run(...values);
  };
  const inner = insert('b_inner', 2);
  const outer = insert('b_outer', 2);
  const grant = insert('b_grant', 4);
  const granted = insert('b_granted', 2);
  const member = insert('b_member', 2);
  const assigned = insert('b_assigned', 4);
  const inherits = insert('b_inherits', 2);
  const inside = insert('b_inside', 2);
  const identity = insert('b_identity', 1);
  const arrow = (from: number, to: number) => {
    inner(from, to);
    outer(to, from);
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
    if (edge.kind === 'ASSIGNED') assigned(from, to, key(edge.scope), edge.condition ? 1 : 0);
    if (edge.kind === 'INHERITS') inherits(from, to);
    if (edge.kind === 'CONTAINS') inside(to, from);
    if (edge.kind === 'MEMBER_OF' || edge.kind === 'ASSIGNED' || edge.kind === 'INHERITS') arrow(from, to);
    if (edge.kind === 'GRANTS') {
      grant(from, to, edge.effect === 'DENY' ? 1 : 0, edge.condition || edge.resources ? 1 : 0);
      if (edge.effect === 'ALLOW') granted(to, from);
    }
  }
  database.exec('COMMIT; ANALYZE');
  return keys;
}
