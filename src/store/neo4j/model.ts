import { EDGE_KINDS, type Edge, type EdgeKind, type EdgeVersion } from '../../graph/edge.js';
import type { GraphView } from '../../graph/graph-view.js';
import { claimsOf, type FieldKey, fieldKeysOf } from '../../graph/indexed-fields.js';
import type { GraphNode, IdentityType, NodeVersion } from '../../graph/node.js';
import { NODE_KINDS } from '../../graph/node-kind.js';
import { sortKey } from '../../graph/text.js';
import type { Instant } from '../../kernel/clock.js';
import { sourceOf, tenantOf } from '../read-scope.js';
import type { Parameter, Parameters } from './driver.js';

// How the graph stands in Neo4j, for people who read it there (docs/neo4j.md) and for this store.
//
//   (:Entity:Account {id, kind, …})-[:MEMBER_OF {id, …}]->(:Entity:Group)      what is open
//   (:Entity)-[:HAS_VALUE]->(:Value {field, value, scope, sortKey, owner})       what it is found by; also :Claim
//   (:ClosedNode {kind, id, since, until, doc}) (:ClosedEdge {…, from, to})      what was
//
// `doc` is the whole version as JSON, and what this store reads; the other properties are for people and for indexes.

const IDENTITY_LABELS = {
  HUMAN: 'Human',
  SERVICE_ACCOUNT: 'ServiceAccount',
  WORKLOAD: 'Workload',
  AI_AGENT: 'AiAgent',
} as const satisfies Record<IdentityType, string>;

/** The labels that tell what kind of identity it is, as a statement writes them. */
export const identityLabels = Object.values(IDENTITY_LABELS).join(':');

/** Every set of labels that an open node can have beside `Entity`, as a statement writes it. */
export const LABEL_SETS: readonly string[] = [
  ...NODE_KINDS.filter((kind) => kind !== 'Identity'),
  ...Object.values(IDENTITY_LABELS).map((label) => `Identity:${label}`),
];

export const labelsOf = (node: GraphNode): string =>
  node.kind === 'Identity' ? `Identity:${IDENTITY_LABELS[node.type]}` : node.kind;

/** A group in a group that conveys nothing is `LISTED_IN` it, so that who follows `MEMBER_OF` follows access. */
export const RELATIONSHIP_TYPES = {
  HAS_ACCOUNT: ['HAS_ACCOUNT'],
  MEMBER_OF: ['MEMBER_OF', 'LISTED_IN'],
  ASSIGNED: ['ASSIGNED'],
  INHERITS: ['INHERITS'],
  GRANTS: ['GRANTS'],
  CAN_ACT_AS: ['CAN_ACT_AS'],
  OWNS: ['OWNS'],
  CONTAINS: ['CONTAINS'],
} as const satisfies Record<EdgeKind, readonly string[]>;
export type RelationshipType = (typeof RELATIONSHIP_TYPES)[EdgeKind][number];

export const allRelationshipTypes: readonly RelationshipType[] = EDGE_KINDS.flatMap((kind) => RELATIONSHIP_TYPES[kind]);

export function relationshipTypeOf(edge: Edge, view: GraphView): RelationshipType {
  if (edge.kind !== 'MEMBER_OF') return edge.kind;
  const [member, group] = [view.node(edge.from)?.node, view.node(edge.to)?.node];
  if (member?.kind !== 'Group' || group?.kind !== 'Group' || group.source === undefined) return 'MEMBER_OF';
  return nestsDirectly(view.node(group.source)?.node) ? 'LISTED_IN' : 'MEMBER_OF';
}

/** Groups in groups of this source convey nothing. */
export const nestsDirectly = (source: GraphNode | undefined): boolean =>
  source?.kind === 'Source' && source.nesting === 'DIRECT';

/** Longer texts of a node are in `doc` only. */
const maxPlainCharacters = 1_024;

/** `insertion` sorts as (createdAt, id). */
export function nodeProperties(version: NodeVersion): Parameters {
  const { node, stamps } = version;
  return {
    ...plainFields(node),
    inTenant: tenantOf(node) ?? '',
    inSource: sourceOf(node) ?? '',
    since: stamps.since,
    createdAt: stamps.createdAt,
    modifiedAt: stamps.modifiedAt,
    insertion: insertionKey(stamps.createdAt, node.id),
    doc: JSON.stringify(version),
  };
}

export const insertionKey = (createdAt: Instant, id: string): string => `${instantKey(createdAt)} ${id}`;

/** The earliest instant that a JavaScript date can tell. */
const earliest = -8_640_000_000_000_000;
/** Sorts as text as the instants do. */
export const instantKey = (at: Instant): string => String(Math.max(at, earliest) - earliest).padStart(17, '0');

const namesOfEdgeFields: Readonly<Record<string, string>> = { scope: 'scopeId', at: 'atId', within: 'withinId' };

export function edgeProperties(version: EdgeVersion): Parameters {
  const { kind: _kind, from: _from, to: _to, ...fields } = version.edge as Edge & Record<string, unknown>;
  const named = Object.entries(fields).map(([name, value]) => [namesOfEdgeFields[name] ?? name, value]);
  const { condition, resources } = fields;
  return {
    ...plainFields(Object.fromEntries(named)),
    ...(condition !== undefined && { condition: JSON.stringify(condition) }),
    ...(resources !== undefined && { resources: JSON.stringify(resources) }),
    id: version.id,
    since: version.since,
    doc: JSON.stringify(version),
  };
}

/** What the node is found by, one row each; the fields of `claimed` rows are held by one open node only. */
export function valuesOf(node: GraphNode): {
  readonly plain: readonly Parameters[];
  readonly claimed: readonly Parameters[];
} {
  const claims = new Set(claimsOf(node).map(({ field }) => field));
  const toRow = (key: FieldKey) => ({ ...valueKey(key), sortKey: sortKey(key.value), owner: node.id });
  const keys = fieldKeysOf(node);
  return {
    plain: keys.filter(({ field }) => !claims.has(field)).map(toRow),
    claimed: keys.filter(({ field }) => claims.has(field)).map(toRow),
  };
}

export const valueKey = ({ kind, field, scope, value }: FieldKey) => ({ field: valueField(kind, field), value, scope });
export const valueField = (kind: string, field: string): string => `${kind}.${field}`;

/** What Neo4j can hold as a property: plain values and lists of texts. */
function plainFields(value: object): Record<string, Parameter> {
  return Object.fromEntries(
    Object.entries(value).filter(
      ([, each]) =>
        (typeof each === 'string' && each.length <= maxPlainCharacters) ||
        typeof each === 'number' ||
        typeof each === 'boolean' ||
        (Array.isArray(each) && each.every((item) => typeof item === 'string')),
    ),
  );
}
