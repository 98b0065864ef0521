import { allRelationshipTypes } from './model.js';
import { SIDE_LABELS } from './side-statements.js';

/** What `Head.schema` says; a database with a higher one was written by a newer program. */
export const schemaVersion = 1;
export const programName = 'identity-graph';

const unique = (name: string, label: string, ...fields: readonly string[]) =>
  `CREATE CONSTRAINT ${name} IF NOT EXISTS FOR (n:${label}) REQUIRE (${fields.map((field) => `n.${field}`).join(', ')}) IS UNIQUE`;
const index = (name: string, label: string, ...fields: readonly string[]) =>
  `CREATE INDEX ${name} IF NOT EXISTS FOR (n:${label}) ON (${fields.map((field) => `n.${field}`).join(', ')})`;
const relationshipIndex = (type: string, field: string) =>
  `CREATE INDEX ${type.toLowerCase()}_${field.toLowerCase()} IF NOT EXISTS FOR ()-[r:${type}]-() ON (r.${field})`;

/** Each may run again. Names of people are in one full-text index, `names`. */
export const createSchema: readonly string[] = [
  unique('head_name', 'Head', 'name'),
  unique('commit_revision', 'Commit', 'revision'),
  unique('commit_id', 'Commit', 'id'),
  index('commit_at', 'Commit', 'at', 'revision'),
  unique('commit_part', 'CommitPart', 'revision', 'part'),

  unique('entity_id', 'Entity', 'id'),
  index('entity_kind', 'Entity', 'kind', 'id'),
  index('entity_insertion', 'Entity', 'kind', 'insertion'),
  index('entity_tenant', 'Entity', 'kind', 'inTenant', 'insertion'),
  index('entity_source', 'Entity', 'kind', 'inSource', 'insertion'),
  index('value_value', 'Value', 'field', 'value', 'scope'),
  index('value_order', 'Value', 'field', 'sortKey'),
  'CREATE TEXT INDEX value_text IF NOT EXISTS FOR (v:Value) ON (v.value)',
  unique('claim', 'Claim', 'field', 'value', 'scope'),
  ...allRelationshipTypes.map(
    (type) => `CREATE CONSTRAINT ${type.toLowerCase()}_id IF NOT EXISTS FOR ()-[r:${type}]-() REQUIRE (r.id) IS UNIQUE`,
  ),
  relationshipIndex('ASSIGNED', 'scopeId'),
  relationshipIndex('CAN_ACT_AS', 'atId'),
  relationshipIndex('CAN_ACT_AS', 'withinId'),
  // Only groups of everyone have both.
  index('group_everyone', 'Group', 'everyone', 'tenant'),
  index('closed_node', 'ClosedNode', 'kind', 'id'),
  index('closed_node_until', 'ClosedNode', 'until'),
  index('closed_edge', 'ClosedEdge', 'kind', 'id'),
  index('closed_edge_until', 'ClosedEdge', 'until'),
  index('closed_edge_from', 'ClosedEdge', 'from', 'until'),
  index('closed_edge_to', 'ClosedEdge', 'to', 'until'),
  `CREATE FULLTEXT INDEX names IF NOT EXISTS
   FOR (n:Identity|Account|Group|Role|Permission|Resource|Application|Tenant|Source)
   ON EACH [n.name, n.displayName, n.userName, n.action, n.path, n.slug]`,

  unique('credential_id', 'Credential', 'id'),
  unique('credential_hash', 'Credential', 'hash'),
  index('credential_subject', 'Credential', 'subject', 'key'),
  index('finding_tenant', 'Finding', 'tenant', 'key'),
  index('sample_at', 'Sample', 'at'),
  ...SIDE_LABELS.map((label) => unique(`${label.toLowerCase()}_key`, label, 'key')),
];

/** Those of constraints bear the names of these. */
export const namesOfIndexes = 'SHOW INDEXES YIELD name RETURN collect(name) AS names';
export const awaitIndexes = 'CALL db.awaitIndexes(300)';

export const readHead = `MATCH (h:Head {name: 'head'}) RETURN properties(h) AS head`;
export const countAllNodes = 'MATCH (n) RETURN count(n) AS nodes';
export const createHead = `
  MERGE (h:Head {name: 'head'})
  ON CREATE SET h.program = '${programName}', h.schema = ${schemaVersion}, h.storeId = $storeId,
    h.revision = 0, h.hash = $hash, h.at = 0, h.openNodes = 0, h.openEdges = 0,
    h.horizon = 0, h.horizonHash = $hash, h.horizonAt = 0, h.horizonNodes = 0, h.horizonEdges = 0`;
