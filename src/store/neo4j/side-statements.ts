/** What is held beside the graph; each node has a unique `key` that sorts as the facts of its kind do. */
export const SIDE_LABELS = [
  'Credential',
  'Usage',
  'Authentication',
  'HealthCount',
  'LastWrite',
  'Finding',
  'Sample',
] as const;
export type SideLabel = (typeof SIDE_LABELS)[number];

const forEachLabel = (toStatement: (label: SideLabel) => string) =>
  Object.fromEntries(SIDE_LABELS.map((label) => [label, toStatement(label)])) as Readonly<Record<SideLabel, string>>;

/** The nodes after a key, by key; also only up to a key, or of one subject or tenant. */
export const pageAfter = forEachLabel(
  (label) => `
  MATCH (n:${label}) WHERE n.key > $after RETURN properties(n) AS node ORDER BY n.key LIMIT $limit`,
);
export const pageBetween = forEachLabel(
  (label) => `
  MATCH (n:${label}) WHERE n.key > $after AND n.key < $before RETURN properties(n) AS node ORDER BY n.key LIMIT $limit`,
);
const pageOf = (label: SideLabel, field: string) => `
  MATCH (n:${label}) WHERE n.${field} = $of AND n.key > $after
  RETURN properties(n) AS node ORDER BY n.${field}, n.key LIMIT $limit`;
export const credentialsOfSubject = pageOf('Credential', 'subject');
export const findingsOfTenant = pageOf('Finding', 'tenant');

export const otherWithHash = 'MATCH (c:Credential {hash: $hash}) WHERE c.id <> $id RETURN c.id AS id';
export const putCredential = 'MERGE (c:Credential {id: $id}) SET c = $properties';
export const credentialByHash = 'MATCH (c:Credential {hash: $hash}) RETURN properties(c) AS node';
export const removeCredential = 'MATCH (c:Credential {id: $id}) DELETE c';
export const touchCredential = `
  MATCH (c:Credential {id: $id})
  SET c.lastUsedAt = CASE WHEN c.lastUsedAt > $at THEN c.lastUsedAt ELSE $at END`;

const later = (field: string) =>
  `u.${field} = CASE WHEN row.${field} IS NULL OR u.${field} >= row.${field} THEN u.${field} ELSE row.${field} END`;
export const recordUsage = `
  UNWIND $rows AS row
  MERGE (u:Usage {key: row.key})
  SET u.identity = row.identity, u.permission = row.permission,
    u.firstSeen = CASE WHEN u.firstSeen <= row.firstSeen THEN u.firstSeen ELSE row.firstSeen END,
    ${later('lastSuccess')}, ${later('lastAttempt')}`;
export const usageOf = `
  UNWIND range(0, size($prefixes) - 1) AS index
  WITH index, $prefixes[index] AS prefix
  MATCH (u:Usage) WHERE u.key STARTS WITH prefix
  RETURN index, properties(u) AS node ORDER BY index, u.key`;

const moveForward = (label: SideLabel) => `
  UNWIND $rows AS row
  MERGE (u:${label} {key: row.key}) SET ${later('at')}`;
export const recordAuthentication = moveForward('Authentication');
export const moveLastWrite = moveForward('LastWrite');
const instantOf = (label: SideLabel) => `
  UNWIND range(0, size($keys) - 1) AS index
  MATCH (n:${label} {key: $keys[index]}) RETURN index, n.at AS at`;
export const authenticationsOf = instantOf('Authentication');
export const lastWriteOf = instantOf('LastWrite');

export const addHealth = `
  UNWIND $rows AS row
  MERGE (h:HealthCount {key: row.key})
  ON CREATE SET h.source = row.source, h.day = row.day, h.counter = row.counter, h.count = row.count
  ON MATCH SET h.count = h.count + row.count`;
export const healthBetween = `
  MATCH (h:HealthCount) WHERE h.key >= $first AND h.key < $before
  RETURN h.counter AS counter, sum(h.count) AS count ORDER BY counter`;

export const putFindings = `
  UNWIND $rows AS row MERGE (f:Finding {key: row.key}) SET f.tenant = row.tenant, f.doc = row.doc`;
export const removeFindings = 'UNWIND $keys AS key MATCH (f:Finding {key: key}) DELETE f';

export const putSample = `
  MERGE (s:Sample {key: $key}) SET s.series = $series, s.at = $at, s.doc = $doc`;
export const dropSamples = 'MATCH (s:Sample) WHERE s.at < $before DELETE s';
