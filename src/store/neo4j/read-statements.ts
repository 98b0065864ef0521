import { EDGE_KINDS, type EdgeKind } from '../../graph/edge.js';
import { allRelationshipTypes, RELATIONSHIP_TYPES } from './model.js';

const headProperties = `MATCH (h:Head {name: 'head'})`;

/** A page of the log: which commits there are, and how large. Never past the head. */
export const commitSizesAfter = `
  ${headProperties}
  MATCH (c:Commit) WHERE c.revision > $revision AND c.revision <= h.revision
  RETURN c.revision AS revision, c.bytes AS bytes ORDER BY c.revision LIMIT $limit`;
const withChanges = `
  CALL (c) {
    MATCH (p:CommitPart) WHERE p.revision = c.revision AND p.part IS NOT NULL
    WITH p ORDER BY p.part
    RETURN collect(p.changes) AS changes
  }
  RETURN properties(c) AS commit, changes`;
export const commitsBetween = `
  MATCH (c:Commit) WHERE c.revision > $first AND c.revision <= $last
  WITH c ORDER BY c.revision ${withChanges}`;
export const commitById = `MATCH (c:Commit {id: $id}) ${withChanges}`;
export const commitAt = 'MATCH (c:Commit {revision: $revision}) RETURN properties(c) AS commit';
export const newestNotAfter = `
  MATCH (c:Commit) WHERE c.at <= $time AND c.revision IS NOT NULL
  RETURN c.revision AS revision ORDER BY c.at DESC, c.revision DESC LIMIT 1`;

export const closedVersionsOfNode = `
  MATCH (c:ClosedNode) WHERE c.kind IN $kinds AND c.id = $id RETURN c.until AS until, c.doc AS doc`;

/** With the ends, by which it is judged who sees the edge. */
export const edgesWithEnds = `
  UNWIND range(0, size($ids) - 1) AS index
  WITH index, $ids[index] AS id
  CALL (id) { ${allRelationshipTypes.map((type) => `MATCH (a)-[r:${type} {id: id}]->(b) USING INDEX SEEK r:${type}(id) RETURN a, r, b`).join(' UNION ALL ')} }
  RETURN index, r.doc AS doc, a.doc AS fromDoc, b.doc AS toDoc`;

const pattern = (end: 'from' | 'to', kind: EdgeKind) =>
  `${end === 'from' ? '-' : '<-'}[r:${RELATIONSHIP_TYPES[kind].join('|')}]${end === 'from' ? '->' : '-'}`;
const statedBy = 'AND ($source IS NULL OR r.source = $source)';
const edgesPage = (end: 'from' | 'to', kind: EdgeKind) => `
  MATCH (n:Entity {id: $node})${pattern(end, kind)}() USING INDEX SEEK n:Entity(id)
  WHERE r.id > $after ${statedBy}
  RETURN r.doc AS doc ORDER BY r.id LIMIT $limit`;
const edgesCount = (end: 'from' | 'to', kind: EdgeKind) => `
  MATCH (n:Entity {id: $node})${pattern(end, kind)}() USING INDEX SEEK n:Entity(id)
  WHERE r.id IS NOT NULL ${statedBy}
  RETURN count(r) AS count`;
export const edgesOfEnd = {
  from: byKind((kind) => edgesPage('from', kind)),
  to: byKind((kind) => edgesPage('to', kind)),
};
export const countEdgesOfEnd = {
  from: byKind((kind) => edgesCount('from', kind)),
  to: byKind((kind) => edgesCount('to', kind)),
};

/**
 * A page of the open rows of a kind, and the closed ones of the same range of ids that end after a revision. The hints keep
 * a planner that knows of few rows from reading the whole index to save a sort.
 */
export const openNodesPage = `
  MATCH (n:Entity) USING INDEX SEEK n:Entity(kind, id) WHERE n.kind = $kind AND n.id > $after
  RETURN n.id AS id, n.since AS since, n.doc AS doc ORDER BY n.kind, n.id LIMIT $limit`;
const edgesOfType = (type: string) => `
  MATCH ()-[r:${type}]->() USING INDEX SEEK r:${type}(id) WHERE r.id > $after
  RETURN r.id AS id, r.since AS since, r.doc AS doc ORDER BY r.id LIMIT $limit`;
export const openEdgesPage = byKind(
  (kind) => `
  CALL () { ${RELATIONSHIP_TYPES[kind].map(edgesOfType).join(' UNION ALL ')} }
  RETURN id, since, doc ORDER BY id LIMIT $limit`,
);
const closedPage = (label: string, last: string) => `
  MATCH (c:${label}) USING INDEX SEEK c:${label}(kind, id) WHERE c.kind = $kind AND c.id > $after ${last}
  WITH c ORDER BY c.kind, c.id WHERE c.until > $revision AND c.since <= $revision
  RETURN c.id AS id, c.since AS since, c.doc AS doc LIMIT $limit`;
const closedPages = (label: string) => ({
  toEnd: closedPage(label, ''),
  toLast: closedPage(label, 'AND c.id <= $last'),
});
export const closedNodesPage = closedPages('ClosedNode');
export const closedEdgesPage = closedPages('ClosedEdge');

function byKind(toStatement: (kind: EdgeKind) => string): Readonly<Record<EdgeKind, string>> {
  return Object.fromEntries(EDGE_KINDS.map((kind) => [kind, toStatement(kind)])) as Record<EdgeKind, string>;
}
