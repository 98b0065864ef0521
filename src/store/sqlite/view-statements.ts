import { EDGE_KINDS } from '../../graph/edge.js';
import { edgeColumns, nodeColumns } from './rows.js';

/** Kinds are few and fixed, so that an id alone is one search a kind in an index that starts with the kind. */
export const anyEdgeKind = EDGE_KINDS.map((kind) => `'${kind}'`).join(', ');

/** How many rows one statement gives at most. */
export const pageRows = 1_000;

export const openNodeById = `SELECT ${nodeColumns} FROM nodes n WHERE n.id = ? AND n.until IS NULL`;

export const openEdgeById = `
  SELECT ${edgeColumns} FROM edges e WHERE e.kind IN (${anyEdgeKind}) AND e.id = ? AND e.until IS NULL`;

const openEdgesOf = (end: 'from_id' | 'to_id') => `
  SELECT ${edgeColumns} FROM edges e
  WHERE e.${end} = ? AND e.kind = ? AND e.id > ? AND e.until IS NULL
  ORDER BY e.id LIMIT ${pageRows}`;
export const openEdgesFrom = openEdgesOf('from_id');
export const openEdgesTo = openEdgesOf('to_id');

export const openEdgesScopedTo = `
  SELECT ${edgeColumns} FROM edge_scopes s
  CROSS JOIN edges e ON e.kind = s.kind AND e.id = s.edge AND e.until IS NULL
  WHERE s.resource = ? AND s.edge > ?
  ORDER BY s.edge LIMIT ${pageRows}`;

export const holdersOf = `
  SELECT node FROM field_values WHERE kind = ? AND field = ? AND value = ? AND scope = ? ORDER BY node`;
