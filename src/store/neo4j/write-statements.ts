import { allRelationshipTypes, identityLabels, LABEL_SETS, type RelationshipType } from './model.js';

/** Before any other read or write of a transaction that commits: whoever comes second waits here. */
export const lockHead = `
  MATCH (h:Head {name: 'head'}) SET h.lock = $attempt RETURN properties(h) AS head`;
export const moveHead = `
  MATCH (h:Head {name: 'head'})
  SET h.revision = $revision, h.hash = $hash, h.at = $at, h.openNodes = $openNodes, h.openEdges = $openEdges`;

export const commitsById = `
  UNWIND $ids AS id MATCH (c:Commit {id: id}) USING INDEX SEEK c:Commit(id) RETURN c.id AS id, c.revision AS revision, c.at AS at`;
export const createCommits = 'UNWIND $rows AS row CREATE (c:Commit) SET c = row';
export const createCommitParts = 'UNWIND $rows AS row CREATE (p:CommitPart) SET p = row';

const forEachOf = <Key extends string>(keys: readonly Key[], toStatement: (key: Key) => string) =>
  Object.fromEntries(keys.map((key) => [key, toStatement(key)])) as Readonly<Record<Key, string>>;

/** By the node's labels. */
export const createNodes = forEachOf(
  LABEL_SETS,
  (labels) => `UNWIND $rows AS row CREATE (n:Entity:${labels}) SET n = row`,
);
/** An identity may become another type of identity; other nodes keep their labels. */
export const changeNodes = forEachOf(LABEL_SETS, (labels) =>
  labels.startsWith('Identity:')
    ? `UNWIND $rows AS row MATCH (n:Entity {id: row.id}) USING INDEX SEEK n:Entity(id) REMOVE n:${identityLabels} SET n:${labels} SET n = row`
    : 'UNWIND $rows AS row MATCH (n:Entity {id: row.id}) USING INDEX SEEK n:Entity(id) SET n = row',
);
/** Fails where a relationship is left at one: `settle` closes edges with their nodes. */
export const deleteNodes = 'UNWIND $ids AS id MATCH (n:Entity {id: id}) USING INDEX SEEK n:Entity(id) DELETE n';
export const deleteValues = `
  UNWIND $ids AS id
  MATCH (n:Entity {id: id})-[:HAS_VALUE]->(v:Value) USING INDEX SEEK n:Entity(id) DETACH DELETE v`;
const createValuesAs = (labels: string) => `
  UNWIND $rows AS row MATCH (n:Entity {id: row.owner}) USING INDEX SEEK n:Entity(id)
  CREATE (n)-[:HAS_VALUE]->(v:${labels}) SET v = row`;
export const createValues = createValuesAs('Value');
/** The database refuses a second claim of one value, should `settle` ever let one pass. */
export const createClaims = createValuesAs('Value:Claim');
export const closeNodes = 'UNWIND $rows AS row CREATE (c:ClosedNode) SET c = row';

export const createEdges = forEachOf(
  allRelationshipTypes,
  (type) => `
  UNWIND $rows AS row
  MATCH (a:Entity {id: row.from}) USING INDEX SEEK a:Entity(id)
  MATCH (b:Entity {id: row.to}) USING INDEX SEEK b:Entity(id)
  CREATE (a)-[r:${type}]->(b) SET r = row.properties`,
);
/** By type: where a kind can have more than one, each finds its own. */
export const changeEdges = forEachOf(
  allRelationshipTypes,
  (type) => `UNWIND $rows AS row MATCH ()-[r:${type} {id: row.id}]->() USING INDEX SEEK r:${type}(id) SET r = row`,
);
export const deleteEdges = forEachOf(
  allRelationshipTypes,
  (type) => `UNWIND $ids AS id MATCH ()-[r:${type} {id: id}]->() USING INDEX SEEK r:${type}(id) DELETE r`,
);
export const closeEdges = 'UNWIND $rows AS row CREATE (c:ClosedEdge) SET c = row';

const retypeNested = (from: RelationshipType, to: RelationshipType) => `
  UNWIND $sources AS source
  MATCH (g:Entity) USING INDEX g:Entity(kind, inSource, insertion)
  WHERE g.kind = 'Group' AND g.inSource = source AND g.insertion IS NOT NULL
  WITH g
  MATCH (m:Group)-[r:${from}]->(g)
  CREATE (m)-[s:${to}]->(g) SET s = properties(r) DELETE r`;
export const nestDirectly = retypeNested('MEMBER_OF', 'LISTED_IN');
export const nestTransitively = retypeNested('LISTED_IN', 'MEMBER_OF');

/** The horizon takes over what the last dropped commit said about the graph. */
export const moveHorizon = `
  MATCH (h:Head {name: 'head'}) WHERE h.horizon < $horizon
  MATCH (c:Commit {revision: $horizon})
  SET h.horizon = c.revision, h.horizonHash = c.hash, h.horizonAt = c.at,
    h.horizonNodes = c.openNodes, h.horizonEdges = c.openEdges`;
/** Each drops up to `limit` and says how many. */
export const dropBefore: readonly string[] = [
  'MATCH (c:Commit) WHERE c.revision <= $horizon WITH c LIMIT $limit DELETE c RETURN count(*) AS dropped',
  'MATCH (p:CommitPart) WHERE p.revision <= $horizon AND p.part IS NOT NULL WITH p LIMIT $limit DELETE p RETURN count(*) AS dropped',
  'MATCH (c:ClosedNode) WHERE c.until <= $horizon WITH c LIMIT $limit DELETE c RETURN count(*) AS dropped',
  'MATCH (c:ClosedEdge) WHERE c.until <= $horizon WITH c LIMIT $limit DELETE c RETURN count(*) AS dropped',
];
