/** Marks the file as this program's (`PRAGMA application_id`): the letters `IGph`. */
export const applicationId = 0x49_47_70_68;
/** `PRAGMA user_version`; a file with a higher one was written by a newer program. */
export const schemaVersion = 1;

/**
 * Versions of nodes and edges are rows; `until IS NULL` is the open graph, and the indexes that serve it hold nothing
 * else, so that reads of the present cost the same however long the history is. Rows are appended in the order of
 * commits; only indexes are written out of order. `tenant` and `source` are `''` where the node has none.
 */
export const createSchema = `
  CREATE TABLE head (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    store_id TEXT NOT NULL,
    revision INTEGER NOT NULL, hash TEXT NOT NULL, at INTEGER NOT NULL,
    open_nodes INTEGER NOT NULL, open_edges INTEGER NOT NULL,
    horizon INTEGER NOT NULL, horizon_hash TEXT NOT NULL, horizon_at INTEGER NOT NULL,
    horizon_nodes INTEGER NOT NULL, horizon_edges INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE commits (
    revision INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, at INTEGER NOT NULL,
    meta TEXT NOT NULL, effects TEXT NOT NULL, bytes INTEGER NOT NULL, hash TEXT NOT NULL,
    open_nodes INTEGER NOT NULL, open_edges INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX commits_at ON commits (at, revision);

  CREATE TABLE nodes (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL, kind TEXT NOT NULL, tenant TEXT NOT NULL, source TEXT NOT NULL,
    since INTEGER NOT NULL, until INTEGER, version INTEGER NOT NULL,
    created_at INTEGER NOT NULL, modified_at INTEGER NOT NULL, doc TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX nodes_open ON nodes (id) WHERE until IS NULL;
  CREATE INDEX nodes_open_kind ON nodes (kind, id) WHERE until IS NULL;
  CREATE INDEX nodes_open_created ON nodes (kind, created_at, id) WHERE until IS NULL;
  CREATE INDEX nodes_open_tenant ON nodes (kind, tenant, created_at, id) WHERE until IS NULL;
  CREATE INDEX nodes_open_source ON nodes (kind, source, created_at, id) WHERE until IS NULL AND source <> '';
  CREATE INDEX nodes_closed ON nodes (kind, id, until, since) WHERE until IS NOT NULL;
  CREATE INDEX nodes_until ON nodes (until) WHERE until IS NOT NULL;

  CREATE TABLE edges (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL, kind TEXT NOT NULL, from_id TEXT NOT NULL, to_id TEXT NOT NULL, source TEXT NOT NULL,
    since INTEGER NOT NULL, until INTEGER, doc TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX edges_open ON edges (kind, id) WHERE until IS NULL;
  CREATE INDEX edges_open_from ON edges (from_id, kind, id) WHERE until IS NULL;
  CREATE INDEX edges_open_to ON edges (to_id, kind, id) WHERE until IS NULL;
  CREATE INDEX edges_closed ON edges (kind, id, until, since) WHERE until IS NOT NULL;
  CREATE INDEX edges_until ON edges (until) WHERE until IS NOT NULL;

  CREATE TABLE edge_scopes (
    resource TEXT NOT NULL, edge TEXT NOT NULL, kind TEXT NOT NULL, PRIMARY KEY (resource, edge)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE field_values (
    kind TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, scope TEXT NOT NULL, node TEXT NOT NULL,
    sort_key TEXT NOT NULL, claim INTEGER NOT NULL,
    PRIMARY KEY (kind, field, value, scope, node)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX field_values_node ON field_values (node, field, sort_key);
  CREATE UNIQUE INDEX field_values_claim ON field_values (kind, field, value, scope) WHERE claim = 1;

  CREATE TABLE credentials (
    id TEXT PRIMARY KEY, hash TEXT NOT NULL UNIQUE, subject TEXT NOT NULL, created_at INTEGER NOT NULL,
    last_used_at INTEGER, doc TEXT NOT NULL
  ) STRICT;
  CREATE INDEX credentials_created ON credentials (created_at, id);
  CREATE INDEX credentials_subject ON credentials (subject, created_at, id);
  CREATE TABLE usage (
    identity TEXT NOT NULL, permission TEXT NOT NULL, first_seen INTEGER NOT NULL,
    last_success INTEGER, last_attempt INTEGER, PRIMARY KEY (identity, permission)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE authentications (identity TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE health (
    source TEXT NOT NULL, day INTEGER NOT NULL, counter TEXT NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY (source, day, counter)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE last_writes (source TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE findings (fingerprint TEXT PRIMARY KEY, tenant TEXT NOT NULL, doc TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX findings_tenant ON findings (tenant, fingerprint);
  CREATE TABLE samples (
    series TEXT NOT NULL, at INTEGER NOT NULL, doc TEXT NOT NULL, PRIMARY KEY (series, at)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX samples_at ON samples (at);
`;

/** Came later: made where it is missing, which takes a large store some seconds once. */
export const createOrderIndex =
  'CREATE INDEX IF NOT EXISTS field_values_order ON field_values (kind, field, sort_key, node)';

export const readApplicationId = 'PRAGMA application_id';
export const readUserVersion = 'PRAGMA user_version';
export const countTables = 'SELECT count(*) AS tables FROM sqlite_schema';
export const markSchema = `PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${schemaVersion}`;
export const insertHead = `
  INSERT INTO head VALUES (1, ?, 0, ?, 0, 0, 0, 0, ?, 0, 0, 0)`;
