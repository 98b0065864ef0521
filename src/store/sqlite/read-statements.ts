import { NODE_KINDS } from '../../graph/node-kind.js';
import { commitColumns, edgeColumns, nodeColumns } from './rows.js';

const anyNodeKind = NODE_KINDS.map((kind) => `'${kind}'`).join(', ');

export const newestNotAfter = 'SELECT revision FROM commits WHERE at <= ? ORDER BY at DESC, revision DESC LIMIT 1';
export const commitSizesAfter = 'SELECT revision, bytes FROM commits WHERE revision > ? ORDER BY revision LIMIT ?';
export const commitsBetween = `
  SELECT ${commitColumns} FROM commits WHERE revision > ? AND revision <= ? ORDER BY revision`;
export const totalsAt = 'SELECT at, hash, open_nodes, open_edges FROM commits WHERE revision = ?';

/** Newest last; the kind is not known, so it is one search a kind. */
export const versionsOfNode = `
  SELECT ${nodeColumns} FROM nodes n WHERE n.kind IN (${anyNodeKind}) AND n.id = ?1 AND n.until IS NOT NULL
  UNION ALL
  SELECT ${nodeColumns} FROM nodes n WHERE n.id = ?1 AND n.until IS NULL
  ORDER BY since`;

const edgesPage = (end: 'from_id' | 'to_id', source: string) => `
  SELECT ${edgeColumns} FROM edges e
  WHERE e.${end} = ? AND e.kind = ? AND e.until IS NULL AND e.id > ? ${source} ORDER BY e.id LIMIT ?`;
const edgesCount = (end: 'from_id' | 'to_id', source: string) => `
  SELECT count(*) AS count FROM edges e WHERE e.${end} = ? AND e.kind = ? AND e.until IS NULL ${source}`;
const statedBy = 'AND e.source = ?';

/** By whether only one source's edges are seen; its parameter follows those of the key. */
export const edgesOfEnd = {
  from: { all: edgesPage('from_id', ''), stated: edgesPage('from_id', statedBy) },
  to: { all: edgesPage('to_id', ''), stated: edgesPage('to_id', statedBy) },
} as const;
export const countEdgesOfEnd = {
  from: { all: edgesCount('from_id', ''), stated: edgesCount('from_id', statedBy) },
  to: { all: edgesCount('to_id', ''), stated: edgesCount('to_id', statedBy) },
} as const;

/** A page of the open rows of a kind, and the closed ones of the same range of ids that end after a revision. */
export const openNodesPage = `
  SELECT n.id, ${nodeColumns} FROM nodes n
  WHERE n.kind = ? AND n.id > ? AND n.until IS NULL ORDER BY n.id LIMIT ?`;
export const closedNodesPage = `
  SELECT n.id, ${nodeColumns} FROM nodes n
  WHERE n.kind = ?1 AND n.id > ?2 AND (?3 IS NULL OR n.id <= ?3)
    AND n.until IS NOT NULL AND n.until > ?4 AND n.since <= ?4 ORDER BY n.id LIMIT ?5`;
export const openEdgesPage = `
  SELECT ${edgeColumns} FROM edges e
  WHERE e.kind = ? AND e.id > ? AND e.until IS NULL ORDER BY e.id LIMIT ?`;
export const closedEdgesPage = `
  SELECT ${edgeColumns} FROM edges e
  WHERE e.kind = ?1 AND e.id > ?2 AND (?3 IS NULL OR e.id <= ?3)
    AND e.until IS NOT NULL AND e.until > ?4 AND e.since <= ?4 ORDER BY e.id LIMIT ?5`;

/** `visible` is a condition on the row `n`, made of constants. */
export const findNodesSql = (visible: string) => `
  SELECT ${nodeColumns} FROM field_values v
  CROSS JOIN nodes n ON n.id = v.node AND n.until IS NULL
  WHERE v.kind = ? AND v.field = ? AND v.value = ? AND v.scope = ? AND ${visible} ORDER BY v.node LIMIT ?`;
