export const putCredential = `
  INSERT INTO credentials (id, hash, subject, created_at, last_used_at, doc) VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT (id) DO UPDATE SET hash = excluded.hash, subject = excluded.subject, created_at = excluded.created_at,
    last_used_at = excluded.last_used_at, doc = excluded.doc`;
export const credentialByHash = 'SELECT id, last_used_at, doc FROM credentials WHERE hash = ?';
export const allCredentials = `
  SELECT id, created_at, last_used_at, doc FROM credentials INDEXED BY credentials_created
  WHERE (created_at, id) > (?, ?) ORDER BY created_at, id LIMIT ?`;
export const credentialsOfSubject = `
  SELECT id, created_at, last_used_at, doc FROM credentials WHERE subject = ? AND (created_at, id) > (?, ?) ORDER BY created_at, id LIMIT ?`;
export const removeCredential = 'DELETE FROM credentials WHERE id = ?';
export const touchCredential = `
  UPDATE credentials SET last_used_at = max(coalesce(last_used_at, ?2), ?2) WHERE id = ?1`;

/** The two-argument `max` is NULL where one argument is. */
export const recordUsage = `
  INSERT INTO usage (identity, permission, first_seen, last_success, last_attempt) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT (identity, permission) DO UPDATE SET
    first_seen = min(first_seen, excluded.first_seen),
    last_success = coalesce(max(last_success, excluded.last_success), last_success, excluded.last_success),
    last_attempt = coalesce(max(last_attempt, excluded.last_attempt), last_attempt, excluded.last_attempt)`;
export const usageOfIdentity = 'SELECT * FROM usage WHERE identity = ? ORDER BY permission';
export const usageAfter =
  'SELECT * FROM usage WHERE (identity, permission) > (?, ?) ORDER BY identity, permission LIMIT ?';

export const recordAuthentication = `
  INSERT INTO authentications (identity, at) VALUES (?, ?)
  ON CONFLICT (identity) DO UPDATE SET at = max(at, excluded.at)`;
export const authenticationOf = 'SELECT at FROM authentications WHERE identity = ?';
export const authenticationsAfter = 'SELECT * FROM authentications WHERE identity > ? ORDER BY identity LIMIT ?';

export const addHealth = `
  INSERT INTO health (source, day, counter, count) VALUES (?, ?, ?, ?)
  ON CONFLICT (source, day, counter) DO UPDATE SET count = count + excluded.count`;
export const healthOf = `
  SELECT counter, sum(count) AS count FROM health WHERE source = ? AND day >= ? GROUP BY counter ORDER BY counter`;
export const healthAfter = `
  SELECT * FROM health WHERE (source, day, counter) > (?, ?, ?) ORDER BY source, day, counter LIMIT ?`;
export const moveLastWrite = `
  INSERT INTO last_writes (source, at) VALUES (?, ?) ON CONFLICT (source) DO UPDATE SET at = max(at, excluded.at)`;
export const lastWriteOf = 'SELECT at FROM last_writes WHERE source = ?';
export const lastWritesAfter = 'SELECT * FROM last_writes WHERE source > ? ORDER BY source LIMIT ?';

export const putFinding = `
  INSERT INTO findings (fingerprint, tenant, doc) VALUES (?, ?, ?)
  ON CONFLICT (fingerprint) DO UPDATE SET tenant = excluded.tenant, doc = excluded.doc`;
export const removeFinding = 'DELETE FROM findings WHERE fingerprint = ?';
export const findingsAfter = 'SELECT fingerprint, doc FROM findings WHERE fingerprint > ? ORDER BY fingerprint LIMIT ?';
export const findingsOfTenant = `
  SELECT fingerprint, doc FROM findings WHERE tenant = ? AND fingerprint > ? ORDER BY fingerprint LIMIT ?`;

export const putSample = `
  INSERT INTO samples (series, at, doc) VALUES (?, ?, ?) ON CONFLICT (series, at) DO UPDATE SET doc = excluded.doc`;
export const samplesOf = `
  SELECT at, doc FROM samples WHERE series = ? AND at < ? AND at > ? ORDER BY at LIMIT ?`;
export const samplesAfter = 'SELECT * FROM samples WHERE (series, at) > (?, ?) ORDER BY series, at LIMIT ?';
export const dropSamples = 'DELETE FROM samples WHERE at < ?';
