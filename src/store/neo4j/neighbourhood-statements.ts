import { RELATIONSHIP_TYPES, type RelationshipType } from './model.js';

// Parts of the graph for who decides about access (`NeighbourhoodReader`). A walk asks only whether a node can be reached,
// never over which paths: `*0..` with distinct ends is planned as pruning breadth-first search.

const { HAS_ACCOUNT, MEMBER_OF, ASSIGNED, INHERITS, CAN_ACT_AS } = RELATIONSHIP_TYPES;
const memberships = [...HAS_ACCOUNT, ...MEMBER_OF] as const;

export type ReachDirection = 'from' | 'to';
/** What is walked over, and what is told of every node that the walk meets. */
interface ReachTypes {
  readonly walked: readonly RelationshipType[];
  readonly told: readonly RelationshipType[];
}
const alone: Readonly<Record<ReachDirection, ReachTypes>> = {
  // (:Identity)-->(:Account)-->(:Group)-->(:Group)-[:ASSIGNED]->(:Role)
  from: { walked: memberships, told: [...memberships, ...ASSIGNED] },
  to: { walked: [...memberships, ...ASSIGNED], told: [...memberships, ...ASSIGNED] },
};
/** Also (:Identity|:Group|:Role)-[:CAN_ACT_AS]->(:Identity), and so through roles and what they inherit. */
const acting: ReachTypes = {
  walked: [...memberships, ...ASSIGNED, ...INHERITS, ...CAN_ACT_AS],
  told: [...memberships, ...ASSIGNED, ...CAN_ACT_AS],
};

const pattern = (direction: ReachDirection, inside: string) =>
  direction === 'from' ? `-[${inside}]->` : `<-[${inside}]-`;
const union = (types: readonly RelationshipType[]) => types.join('|');

/** A node by what access depends on, in the order of `toPrincipal`. */
const nodeColumns = `n.id AS id, n.kind AS kind, n.tenant AS tenant, n.source AS source, n.active AS active,
    n.everyone AS everyone, n.changing AS changing, n.type AS type, n.state AS state, n.joinedTo AS joinedTo, n.expiresAt AS expiresAt`;
/** An edge by the other end and what access depends on, in the order of `toEdge`. */
const edgeList =
  '[type(r), m.id, r.id, r.since, r.state, r.validFrom, r.validUntil, r.scopeId, r.condition, r.effect, r.mode, r.atId, r.withinId]';

const edgesTold = (direction: ReachDirection, { told }: ReachTypes, where = '') => `
  CALL (n) {
    MATCH (n)${pattern(direction, `r:${union(told)}`)}(m) ${where}
    RETURN collect(${edgeList}) AS edges
  }`;

/** Beside an identity stands its group of everyone, of which no relationship tells. */
const startsFrom = `
  MATCH (i:Entity) USING INDEX SEEK i:Entity(id) WHERE i.id IN $ids
  CALL (i) {
    RETURN i AS s
    UNION
    MATCH (e:Group) USING INDEX SEEK e:Group(everyone, tenant) WHERE e.everyone = true AND e.tenant = i.tenant
    RETURN e AS s
  }`;
const startsTo = `
  UNWIND $ids AS id
  MATCH (s:Entity {id: id}) USING INDEX SEEK s:Entity(id)`;
const starts: Readonly<Record<ReachDirection, string>> = { from: startsFrom, to: startsTo };

/**
 * All that is open now, in one statement. Not `WITH DISTINCT n`: from several starts the planner of 5.26 drops it, as if
 * searches from different starts met no node in common.
 */
const reach = (direction: ReachDirection, types: ReachTypes) => `${starts[direction]}
  MATCH (s)${pattern(direction, `:${union(types.walked)}*0..`)}(n)
  WITH collect(DISTINCT n) AS reached
  UNWIND reached AS n ${edgesTold(direction, types)}
  RETURN ${nodeColumns}, edges`;

/** As of a revision: the nodes themselves, what of theirs is still open, then what was closed since. */
const step = (direction: ReachDirection, told: readonly RelationshipType[]) => ({
  open: `
  MATCH (n:Entity) USING INDEX SEEK n:Entity(id) WHERE n.id IN $ids
  ${edgesTold(direction, { walked: [], told }, 'WHERE r.since <= $revision')}
  RETURN ${nodeColumns}, n.since AS since, edges`,
  closed: `
  UNWIND $ids AS id
  MATCH (c:ClosedEdge) USING INDEX SEEK c:ClosedEdge(${direction}, until)
  WHERE c.${direction} = id AND c.until > $revision AND c.since <= $revision AND c.kind IN $kinds
  RETURN c.doc AS doc`,
});

const both = <Made>(make: (direction: ReachDirection) => Made) => ({ from: make('from'), to: make('to') });
export const reachStatements = {
  alone: both((direction) => reach(direction, alone[direction])),
  assume: both((direction) => reach(direction, acting)),
};
export const stepStatements = {
  alone: both((direction) => step(direction, alone[direction].told)),
  assume: both((direction) => step(direction, acting.walked)),
};
export const closedNodesById = `
  UNWIND $ids AS id
  UNWIND $kinds AS kind
  MATCH (c:ClosedNode) USING INDEX SEEK c:ClosedNode(kind, id) WHERE c.kind = kind AND c.id = id
  WITH c WHERE c.until > $revision AND c.since <= $revision
  RETURN c.doc AS doc`;

const noEdges = '[] AS edges';
export const identitiesOfTenants = `
  UNWIND $tenants AS tenant
  MATCH (n:Entity) USING INDEX SEEK n:Entity(kind, inTenant, insertion)
  WHERE n.kind = 'Identity' AND n.inTenant = tenant AND n.insertion IS NOT NULL
  RETURN ${nodeColumns}, n.since AS since, ${noEdges}`;
/** A page of the groups after an id, with the groups that each is in. */
export const groupsAfter = `
  MATCH (n:Entity) USING INDEX SEEK n:Entity(kind, id) WHERE n.kind = 'Group' AND n.id > $after
  WITH n ORDER BY n.kind, n.id LIMIT $limit
  CALL (n) {
    MATCH (n)-[r:${union(MEMBER_OF)}]->(m:Group)
    RETURN collect(${edgeList}) AS edges
  }
  RETURN ${nodeColumns}, n.since AS since, edges`;
/** Versions of a kind that ended after a revision. */
export const closedNodesOfKind = `
  MATCH (c:ClosedNode) USING INDEX SEEK c:ClosedNode(until) WHERE c.until > $revision
  WITH c WHERE c.kind = $kind AND c.since <= $revision
  RETURN c.doc AS doc`;
export const closedMemberships = `
  MATCH (c:ClosedEdge) USING INDEX SEEK c:ClosedEdge(until) WHERE c.until > $revision
  WITH c WHERE c.kind = 'MEMBER_OF' AND c.since <= $revision
  RETURN c.doc AS doc`;
