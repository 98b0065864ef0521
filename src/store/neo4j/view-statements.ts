import type { EdgeKind } from '../../graph/edge.js';
import { EDGE_KINDS } from '../../graph/edge.js';
import { allRelationshipTypes, RELATIONSHIP_TYPES } from './model.js';

// What `settle` reads of the open graph, many of a kind in one statement. Rows carry the `index` of what they answer.
// Indexes are named: a planner that last counted when the database was empty prefers to read all.

export const nodesById = `
  UNWIND range(0, size($ids) - 1) AS index
  MATCH (n:Entity {id: $ids[index]}) USING INDEX SEEK n:Entity(id)
  RETURN index, n.doc AS doc`;

const edgeOfType = (type: string) =>
  `MATCH ()-[r:${type} {id: id}]->() USING INDEX SEEK r:${type}(id) RETURN r.doc AS doc`;
const edgesByIdOf = (types: readonly string[]) => `
  UNWIND range(0, size($ids) - 1) AS index
  WITH index, $ids[index] AS id
  CALL (id) { ${types.map(edgeOfType).join(' UNION ALL ')} }
  RETURN index, doc`;
/** Where the kind is not known: one search in the index of each type. */
export const edgesOfAnyKindById = edgesByIdOf(allRelationshipTypes);
export const edgesById = byKind((types) => edgesByIdOf(types));

const edgesAt = (end: 'from' | 'to', types: readonly string[]) => `
  UNWIND range(0, size($nodes) - 1) AS index
  MATCH (n:Entity {id: $nodes[index]})${end === 'from' ? '-' : '<-'}[r:${types.join('|')}]${end === 'from' ? '->' : '-'}()
  USING INDEX SEEK n:Entity(id)
  RETURN index, r.doc AS doc`;
export const openEdges = {
  from: { ...byKind((types) => edgesAt('from', types)), any: edgesAt('from', allRelationshipTypes) },
  to: { ...byKind((types) => edgesAt('to', types)), any: edgesAt('to', allRelationshipTypes) },
} as const;

/** `UNION` and not `UNION ALL`: an edge may name a resource twice. */
export const edgesScopedTo = `
  UNWIND range(0, size($ids) - 1) AS index
  WITH index, $ids[index] AS id
  CALL (id) {
    MATCH ()-[r:ASSIGNED {scopeId: id}]->() USING INDEX SEEK r:ASSIGNED(scopeId) RETURN r
    UNION MATCH ()-[r:CAN_ACT_AS {atId: id}]->() USING INDEX SEEK r:CAN_ACT_AS(atId) RETURN r
    UNION MATCH ()-[r:CAN_ACT_AS {withinId: id}]->() USING INDEX SEEK r:CAN_ACT_AS(withinId) RETURN r
  }
  RETURN index, r.doc AS doc`;

export const holdersOf = `
  UNWIND range(0, size($keys) - 1) AS index
  WITH index, $keys[index] AS key
  MATCH (v:Value) USING INDEX SEEK v:Value(field, value, scope)
  WHERE v.field = key.field AND v.value = key.value AND v.scope = key.scope
  RETURN index, v.owner AS owner`;

function byKind(toStatement: (types: readonly string[]) => string): Readonly<Record<EdgeKind, string>> {
  return Object.fromEntries(EDGE_KINDS.map((kind) => [kind, toStatement(RELATIONSHIP_TYPES[kind])])) as Record<
    EdgeKind,
    string
  >;
}
