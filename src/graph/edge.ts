import type { Instant } from '../kernel/clock.js';
import type { Condition, ResourcePattern } from './condition.js';
import { asEdgeId, type EdgeId, hashOf, type NodeId, type Revision, type StatementSource } from './ids.js';
import type { NodeKind } from './node-kind.js';

/** Who stated the edge. `CORRELATION` edges are derived by `settle` alone. */
export type StatedBy = 'SCIM' | 'MAPPING' | 'CATALOGUE' | 'SNAPSHOT' | 'EXCEPTION' | 'GOVERNANCE' | 'CORRELATION';
export type Effect = 'ALLOW' | 'DENY';
export type AssumeMode = 'IMPERSONATE' | 'ON_BEHALF_OF';

interface EdgeBase {
  readonly from: NodeId;
  readonly to: NodeId;
  readonly source: StatementSource;
  readonly statedBy: StatedBy;
  /** The source's own name of the fact; facts of one source that differ in what they carry have different ones. */
  readonly statement: string;
  /** The SCIM request or document line that made it. */
  readonly sourceRef?: string;
}
interface WithValidity {
  /** Absent: since ever. Half-open: `validFrom <= at < validUntil`. */
  readonly validFrom?: Instant;
  readonly validUntil?: Instant;
}
interface WithState {
  /** `ELIGIBLE`: to be activated first. Absent: active. */
  readonly state?: 'ELIGIBLE';
}

/** (:Identity)-[:HAS_ACCOUNT]->(:Account) */
export interface HasAccountEdge extends EdgeBase {
  readonly kind: 'HAS_ACCOUNT';
  /** The correlation rule that joined them; `own` for the identity that derives from the account. */
  readonly rule: 'own' | 'link' | 'externalId' | 'userName' | 'employeeNumber' | 'email';
}
/** (:Account|:Group)-[:MEMBER_OF]->(:Group). Identity → everyone is derived and never stored. */
export interface MemberOfEdge extends EdgeBase, WithValidity, WithState {
  readonly kind: 'MEMBER_OF';
  /** The member's name as the source sent it. */
  readonly display?: string;
}
/** (:Identity|:Account|:Group)-[:ASSIGNED {scope}]->(:Role): a three-way fact. */
export interface AssignedEdge extends EdgeBase, WithValidity, WithState {
  readonly kind: 'ASSIGNED';
  readonly scope: NodeId;
  readonly condition?: Condition;
  readonly approvalRef?: string;
}
/** (:Role)-[:INHERITS]->(:Role), senior → junior. */
export interface InheritsEdge extends EdgeBase {
  readonly kind: 'INHERITS';
}
/** (:Role)-[:GRANTS]->(:Permission) */
export interface GrantsEdge extends EdgeBase {
  readonly kind: 'GRANTS';
  readonly effect: Effect;
  /** Which resources inside the binding's scope it speaks of; absent: all. */
  readonly resources?: ResourcePattern;
  readonly condition?: Condition;
  /** The action pattern it was expanded from. */
  readonly actionPattern?: string;
  /** That pattern also covers permissions added later. */
  readonly unbounded?: true;
}
/** (:Identity|:Group|:Role)-[:CAN_ACT_AS]->(:Identity) */
export interface CanActAsEdge extends EdgeBase, WithValidity, WithState {
  readonly kind: 'CAN_ACT_AS';
  readonly effect: Effect;
  readonly mode: AssumeMode;
  /** The resource on which the right is held: where the other identity lives. Present when `from` is a Role. */
  readonly at?: NodeId;
  /** Narrows what can be done; absent: everything. */
  readonly within?: NodeId;
}
/** (:Identity|:Group)-[:OWNS]->(:Identity|:Group|:Role|:Application) */
export interface OwnsEdge extends EdgeBase {
  readonly kind: 'OWNS';
  readonly ownership: 'PRIMARY' | 'BACKUP';
  readonly approvalRef?: string;
}
/** (:Resource)-[:CONTAINS]->(:Resource), parent → child. */
export interface ContainsEdge extends EdgeBase {
  readonly kind: 'CONTAINS';
}

export type Edge =
  | HasAccountEdge
  | MemberOfEdge
  | AssignedEdge
  | InheritsEdge
  | GrantsEdge
  | CanActAsEdge
  | OwnsEdge
  | ContainsEdge;
export type EdgeKind = Edge['kind'];
export type EdgeOf<Kind extends EdgeKind> = Extract<Edge, { readonly kind: Kind }>;
/** An edge one of whose ends is still a name. */
export type EdgeDraft = Edge extends infer E ? (E extends Edge ? Omit<E, 'from' | 'to'> : never) : never;

/** One immutable version of an edge, as stored. */
export interface EdgeVersion<Kind extends Edge = Edge> {
  readonly id: EdgeId;
  readonly edge: Kind;
  readonly since: Revision;
  /** The revision that closed this version; absent: open. */
  readonly until?: Revision;
}

export interface EdgeRule {
  readonly from: readonly NodeKind[];
  readonly to: readonly NodeKind[];
  /** `access` conveys it, `assume` lets one identity act as another, `scope` builds the resource tree, `context` informs. */
  readonly flows: 'access' | 'assume' | 'scope' | 'context';
  /** May carry a validity window. */
  readonly validity: boolean;
  /** May be `ELIGIBLE`. */
  readonly state: boolean;
  /** Fields that name further nodes, which must be open resources. */
  readonly scopes: readonly ('scope' | 'at' | 'within')[];
}

/** The whole model in one table. Validation, the index, Cypher and SQL all read it. In export order. */
export const EDGE_RULES = {
  HAS_ACCOUNT: { from: ['Identity'], to: ['Account'], flows: 'access', validity: false, state: false, scopes: [] },
  MEMBER_OF: { from: ['Account', 'Group'], to: ['Group'], flows: 'access', validity: true, state: true, scopes: [] },
  ASSIGNED: {
    from: ['Identity', 'Account', 'Group'],
    to: ['Role'],
    flows: 'access',
    validity: true,
    state: true,
    scopes: ['scope'],
  },
  INHERITS: { from: ['Role'], to: ['Role'], flows: 'access', validity: false, state: false, scopes: [] },
  GRANTS: { from: ['Role'], to: ['Permission'], flows: 'access', validity: false, state: false, scopes: [] },
  CAN_ACT_AS: {
    from: ['Identity', 'Group', 'Role'],
    to: ['Identity'],
    flows: 'assume',
    validity: true,
    state: true,
    scopes: ['at', 'within'],
  },
  OWNS: {
    from: ['Identity', 'Group'],
    to: ['Identity', 'Group', 'Role', 'Application'],
    flows: 'context',
    validity: false,
    state: false,
    scopes: [],
  },
  CONTAINS: { from: ['Resource'], to: ['Resource'], flows: 'scope', validity: false, state: false, scopes: [] },
} as const satisfies Record<EdgeKind, EdgeRule>;

export const EDGE_KINDS = Object.keys(EDGE_RULES) as readonly EdgeKind[];

/** An edge is keyed by (kind, from, to, scope, source, statement); for `CAN_ACT_AS` the scope is `at`. */
export function edgeIdOf(edge: Edge): EdgeId {
  const scope = edge.kind === 'ASSIGNED' ? edge.scope : edge.kind === 'CAN_ACT_AS' ? edge.at : undefined;
  return asEdgeId(hashOf(edge.kind, edge.from, edge.to, scope, edge.source, edge.statement));
}

/** The resources that the edge names beside its ends (`scope`, `at`, `within`), in the table's order. */
export function scopesOf(edge: Edge): readonly NodeId[] {
  const rule: EdgeRule = EDGE_RULES[edge.kind];
  const fields = edge as { readonly [Field in EdgeRule['scopes'][number]]?: NodeId };
  return rule.scopes.flatMap((field) => fields[field] ?? []);
}
