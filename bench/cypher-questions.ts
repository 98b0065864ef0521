import type { NodeId } from '../src/graph/ids.js';
import type { Connection } from '../src/store/neo4j/driver.js';

const entries = `
      MATCH (i:Entity {id: $identity})-[:HAS_ACCOUNT|MEMBER_OF*0..]->(h) WITH DISTINCT h
      MATCH (h)-[a:ASSIGNED]->(s:Role) WITH DISTINCT s, a.scopeId AS scope, a.condition IS NOT NULL AS bound
      MATCH (s)-[:INHERITS*0..]->(r) WITH DISTINCT r, scope, bound
      MATCH (r)-[g:GRANTS]->(p)
      WITH p, scope, g.effect AS effect, min(bound OR g.condition IS NOT NULL OR g.resources IS NOT NULL) AS conditional
      WITH p, collect({scope: scope, effect: effect, conditional: conditional}) AS entries
      WITH p, entries, [e IN entries WHERE e.effect = 'DENY' | e.scope] AS denies
      UNWIND [e IN entries WHERE e.effect = 'ALLOW'] AS allow`;
const isDenied = `size(denies) > 0 AND EXISTS { (:Entity {id: allow.scope})<-[:CONTAINS*0..]-(above) WHERE above.id IN denies }`;
const decided = `${entries}
      WITH p.id AS permission, allow.scope AS scope,
        CASE WHEN ${isDenied} THEN 'DENIED' WHEN allow.conditional THEN 'CONDITIONAL' ELSE 'ALLOWED' END AS decision`;
const covered = `count(DISTINCT CASE WHEN decision <> 'DENIED' THEN permission END) AS covered`;

/**
 * The questions as the best Cypher we know asks them of the graph that the store keeps. Where several forms may win,
 * each is measured and the fastest counts. They know nothing of windows, states, depths and origins, nor of `everyone`;
 * only those of decisions know scopes, denies and conditions: they do less than the engines.
 */
export const CYPHER = {
  /** The first page of rows (permission, scope) with their decisions, in order, and the counts of all. */
  pageOfDecisions: {
    'sorted, then cut': `${decided} ORDER BY permission, scope
      RETURN collect([permission, scope, decision])[..50] AS page, count(*) AS found, ${covered}`,
    'collected, then the first': `${decided}
      WITH collect([permission, scope, decision]) AS rows, count(*) AS found, ${covered}
      UNWIND rows AS row WITH row, found, covered ORDER BY row[0], row[1] LIMIT 50 RETURN row, found, covered`,
  },
  /** All rows with their decisions, in no order. */
  rowsOfDecisions: { 'entries, then denies above': `${decided} RETURN permission, scope, decision` },
  /** Distinct permissions of an identity. */
  countPermissions: {
    'two phases': `
      MATCH (i:Entity {id: $identity})-[:HAS_ACCOUNT|MEMBER_OF|ASSIGNED|INHERITS*0..]->(r) WITH DISTINCT r
      MATCH (r)-[:GRANTS]->(p) RETURN count(DISTINCT p) AS found`,
    'one phase': `
      MATCH (i:Entity {id: $identity})-[:HAS_ACCOUNT|MEMBER_OF|ASSIGNED|INHERITS|GRANTS*1..]->(p:Permission)
      RETURN count(DISTINCT p) AS found`,
    quantified: `
      MATCH (i:Entity {id: $identity})-[:HAS_ACCOUNT|MEMBER_OF|ASSIGNED|INHERITS|GRANTS]->+(p:Permission)
      RETURN count(DISTINCT p) AS found`,
  },
  /** Rows (permission, scope) by decision. */
  countDecisions: {
    'entries, then denies above': `${entries}
      RETURN count(*) AS found, sum(CASE WHEN allow.conditional THEN 1 ELSE 0 END) AS conditional,
        sum(CASE WHEN ${isDenied} THEN 1 ELSE 0 END) AS denied`,
  },
  /** Identities that come to a permission. */
  countWhoCan: {
    'two phases': `
      MATCH (p:Entity {id: $permission})<-[:GRANTS]-(r) WITH DISTINCT r
      MATCH (r)<-[:INHERITS|ASSIGNED|MEMBER_OF|HAS_ACCOUNT*0..]-(i:Identity) RETURN count(DISTINCT i) AS found`,
    'one phase': `
      MATCH (p:Entity {id: $permission})<-[:GRANTS|INHERITS|ASSIGNED|MEMBER_OF|HAS_ACCOUNT*1..]-(i:Identity)
      RETURN count(DISTINCT i) AS found`,
  },
  /** Ten shortest paths from an identity to a permission. */
  tenPaths: {
    'SHORTEST 10': `
      MATCH (i:Entity {id: $identity}), (p:Entity {id: $permission})
      MATCH path = SHORTEST 10 (i)-[:HAS_ACCOUNT|MEMBER_OF|ASSIGNED|INHERITS|GRANTS]->+(p)
      RETURN [n IN nodes(path) | n.id] AS nodes, length(path) AS length`,
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;
export type CypherQuestion = keyof typeof CYPHER;

/** Asks one form of a question, in one round trip; resolves to the number that it found. */
export async function askCypher(
  connection: Connection,
  statement: string,
  parameters: { readonly identity: NodeId; readonly permission: NodeId },
): Promise<number> {
  const rows = await connection.runAlone(statement, parameters);
  return typeof rows[0]?.found === 'number' ? rows[0].found : rows.length;
}
