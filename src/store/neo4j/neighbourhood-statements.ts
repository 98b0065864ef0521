import { RELATIONSHIP_TYPES, type RelationshipType } from './model.js';

// Parts of the graph for who decides about access (`NeighbourhoodReader`). A walk asks only whether a node can be reached,
// never over which paths: `*0..` with distinct ends is planned as pruning breadth-first search.

const { HAS_ACCOUNT, MEMBER_OF, ASSIGNED, INHERITS, CAN_ACT_AS } = RELATIONSHIP_TYPES;
const memberships = [...HAS_ACCOUNT, ...MEMBER_OF] as const;

export type ReachDirection = 'from' | 'to';
/** What is walked over, and what is told of every node that the walk meets. */
interface ReachTypes {
  readonly walked: readonly WalkedType[];
  readonly told: readonly WalkedType[];
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
const union = (types: readonly WalkedType[]) => types.join('|');

/** What of a node access depends on, and what of an edge beside its ends: nothing that is not there is asked for in vain. */
export const NODE_FIELDS = [
  ...['id', 'kind', 'tenant', 'source', 'active', 'everyone', 'changing', 'type', 'state', 'joinedTo', 'expiresAt'],
] as const;
const window = ['state', 'validFrom', 'validUntil'] as const;
export const EDGE_FIELDS = {
  HAS_ACCOUNT: [],
  MEMBER_OF: window,
  LISTED_IN: window,
  ASSIGNED: [...window, 'scopeId', 'condition'],
  INHERITS: [],
  CAN_ACT_AS: [...window, 'effect', 'mode', 'atId', 'withinId'],
} as const satisfies { readonly [Type in RelationshipType]?: readonly string[] };
type WalkedType = keyof typeof EDGE_FIELDS;

const nodeList = `[${NODE_FIELDS.map((name) => `n.${name}`).join(', ')}, edges]`;
/** The type, the other end, the id, then `EDGE_FIELDS` of the type. */
function edgeList(types: readonly WalkedType[]): string {
  const list = (type: WalkedType) => `[type(r), m.id, r.id${EDGE_FIELDS[type].map((name) => `, r.${name}`).join('')}]`;
  return `CASE type(r) ${types.map((type) => `WHEN '${type}' THEN ${list(type)}`).join(' ')} END`;
}

const edgesTold = (direction: ReachDirection, { told }: ReachTypes, where = '') => `
  CALL (n) {
    MATCH (n)${pattern(direction, `r:${union(told)}`)}(m) ${where}
    RETURN collect(${edgeList(told)}) AS edges
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
 * All that is open now, in one statement, and after the last of it the head: what is aggregated is read before.
 * `UNWIND` and not `IN` for several starts: the planner of 5.26 drops a `DISTINCT` after the latter, as if searches from
 * different starts met no node in common.
 */
const reach = (direction: ReachDirection, types: ReachTypes) => `${starts[direction]}
  MATCH (s)${pattern(direction, `:${union(types.walked)}*0..`)}(n)
  WITH collect(DISTINCT n) AS reached
  UNWIND reached AS n ${edgesTold(direction, types)}
  WITH collect(${nodeList}) AS rows
  MATCH (h:Head {name: 'head'})
  RETURN rows, properties(h) AS head`;

/** As of a revision: the nodes themselves, what of theirs is still open, then what was closed since. */
const step = (direction: ReachDirection, told: readonly WalkedType[]) => ({
  open: `
  MATCH (n:Entity) USING INDEX SEEK n:Entity(id) WHERE n.id IN $ids
  ${edgesTold(direction, { walked: [], told }, 'WHERE r.since <= $revision')}
  RETURN n.since <= $revision AS isThere, ${nodeList} AS node`,
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
/** Without a revision: of what is open. */
const isThere = '$revision IS NULL OR n.since <= $revision AS isThere';
export const closedNodesById = `
  UNWIND $ids AS id
  UNWIND $kinds AS kind
  MATCH (c:ClosedNode) USING INDEX SEEK c:ClosedNode(kind, id) WHERE c.kind = kind AND c.id = id
  WITH c WHERE c.until > $revision AND c.since <= $revision
  RETURN c.doc AS doc`;

export const identitiesOfTenants = `
  UNWIND $tenants AS tenant
  MATCH (n:Entity) USING INDEX SEEK n:Entity(kind, inTenant, insertion)
  WHERE n.kind = 'Identity' AND n.inTenant = tenant AND n.insertion IS NOT NULL
  WITH n, [] AS edges
  RETURN ${isThere}, ${nodeList} AS node`;
/** A page of the groups after an id, with the groups that each is in. */
export const groupsAfter = `
  MATCH (n:Entity) USING INDEX SEEK n:Entity(kind, id) WHERE n.kind = 'Group' AND n.id > $after
  WITH n ORDER BY n.kind, n.id LIMIT $limit
  CALL (n) {
    MATCH (n)-[r:${union(MEMBER_OF)}]->(m:Group) WHERE $revision IS NULL OR r.since <= $revision
    RETURN collect(${edgeList(MEMBER_OF)}) AS edges
  }
  RETURN n.id AS id, ${isThere}, ${nodeList} AS node`;
/** Versions of a kind that ended after a revision. */
export const closedNodesOfKind = `
  MATCH (c:ClosedNode) USING INDEX SEEK c:ClosedNode(until) WHERE c.until > $revision
  WITH c WHERE c.kind = $kind AND c.since <= $revision
  RETURN c.doc AS doc`;
export const closedMemberships = `
  MATCH (c:ClosedEdge) USING INDEX SEEK c:ClosedEdge(until) WHERE c.until > $revision
  WITH c WHERE c.kind = 'MEMBER_OF' AND c.since <= $revision
  RETURN c.doc AS doc`;
