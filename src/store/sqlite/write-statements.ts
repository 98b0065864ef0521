import { commitColumns } from './rows.js';

export const readHead = 'SELECT * FROM head WHERE one = 1';
export const updateHead = `
  UPDATE head SET revision = ?, hash = ?, at = ?, open_nodes = ?, open_edges = ? WHERE one = 1`;

export const insertNode = `
  INSERT INTO nodes (id, kind, tenant, source, since, until, version, created_at, modified_at, doc)
  VALUES (?, ?, ?, ?, ?, NULL, ?, ?, ?, ?)`;
export const closeNode = 'UPDATE nodes SET until = ? WHERE id = ? AND until IS NULL';
export const insertFieldValue = `
  INSERT INTO field_values (kind, field, value, scope, node, sort_key, claim) VALUES (?, ?, ?, ?, ?, ?, ?)`;
export const deleteFieldValues = 'DELETE FROM field_values WHERE node = ?';

export const insertEdge = `
  INSERT INTO edges (id, kind, from_id, to_id, source, since, until, doc) VALUES (?, ?, ?, ?, ?, ?, NULL, ?)`;
export const closeEdge = 'UPDATE edges SET until = ? WHERE kind = ? AND id = ? AND until IS NULL';
export const insertEdgeScope = 'INSERT OR IGNORE INTO edge_scopes (resource, edge, kind) VALUES (?, ?, ?)';
export const deleteEdgeScope = 'DELETE FROM edge_scopes WHERE resource = ? AND edge = ?';

export const insertCommit = `
  INSERT INTO commits (revision, id, at, meta, effects, bytes, hash, open_nodes, open_edges)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`;
export const commitById = `SELECT ${commitColumns} FROM commits WHERE id = ?`;

/** The horizon takes over what the last dropped commit said about the graph. */
export const moveHorizon = `
  UPDATE head SET (horizon, horizon_hash, horizon_at, horizon_nodes, horizon_edges) =
    (SELECT revision, hash, at, open_nodes, open_edges FROM commits WHERE revision = ?1)
  WHERE one = 1 AND horizon < ?1`;
export const deleteOldCommits = `
  DELETE FROM commits WHERE revision IN (SELECT revision FROM commits WHERE revision <= ? LIMIT ?)`;
export const deleteOldNodes = `
  DELETE FROM nodes WHERE row IN (SELECT row FROM nodes WHERE until IS NOT NULL AND until <= ? LIMIT ?)`;
export const deleteOldEdges = `
  DELETE FROM edges WHERE row IN (SELECT row FROM edges WHERE until IS NOT NULL AND until <= ? LIMIT ?)`;

export const anyRow = 'SELECT 1 FROM head WHERE one = 1 AND (revision > 0 OR horizon > 0)';
export const startAtHorizon = `
  UPDATE head SET store_id = ?1, revision = ?2, hash = ?3, at = ?4, horizon = ?2, horizon_hash = ?3, horizon_at = ?4
  WHERE one = 1`;
export const updateHorizonTotals = `
  UPDATE head SET open_nodes = ?1, open_edges = ?2, horizon_nodes = ?1, horizon_edges = ?2 WHERE one = 1`;
