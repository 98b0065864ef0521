import type { Instant } from '../kernel/clock.js';
import type { EdgeDraft } from './edge.js';
import type { NodeId, Revision } from './ids.js';
import type { NodeKind } from './node-kind.js';

export const IDENTITY_TYPES = ['HUMAN', 'SERVICE_ACCOUNT', 'WORKLOAD', 'AI_AGENT'] as const;
export type IdentityType = (typeof IDENTITY_TYPES)[number];
export const IDENTITY_STATES = ['ACTIVE', 'SUSPENDED', 'OFFBOARDED', 'DECOMMISSIONED', 'UNKNOWN'] as const;
export type IdentityState = (typeof IDENTITY_STATES)[number];
export type Environment = 'DEV' | 'TEST' | 'STAGE' | 'PROD';
export type Plane = 'CONTROL' | 'DATA';
export type PermissionClass = 'READ' | 'WRITE' | 'ADMIN' | 'GRANT' | 'IMPERSONATE' | 'SECRET';
/** 0 is the most powerful. */
export type Tier = 0 | 1 | 2 | 3;
/** JSON as received; values are stored as sent. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** An administrative boundary. */
export interface TenantNode {
  readonly kind: 'Tenant';
  readonly id: NodeId;
  readonly slug: string;
  readonly name: string;
  readonly environment?: Environment;
  /** The authoritative source whose accounts are the anchors of correlation; absent: no account is joined by rule. */
  readonly anchorSource?: NodeId;
  /** Rules of correlation, the first that matches decides; absent: `defaultCorrelation`. */
  readonly correlation?: readonly CorrelationRule[];
}
export type CorrelationRule = 'externalId' | 'userName' | 'employeeNumber' | 'email';

/** One SCIM connection of a tenant, or one application whose real holdings arrive as snapshots. */
export interface SourceNode {
  readonly kind: 'Source';
  readonly id: NodeId;
  readonly tenant: NodeId;
  readonly slug: string;
  readonly sourceKind: 'IDP' | 'APPLICATION';
  /** Which application's roles its accounts hold; present exactly when `sourceKind` is `APPLICATION`, optional for `IDP`. */
  readonly application?: NodeId;
  /** Its accounts decide the state of the identities they are joined to. */
  readonly authoritative: boolean;
  /** Primary emails of this source are verified, so they may correlate. */
  readonly emailsVerified: boolean;
  /** An identity of which nothing is known any more is `UNKNOWN` and not offboarded. */
  readonly absentMeansUnknown: boolean;
  /** Whether a Group → Group membership into a group of this source conveys. */
  readonly nesting: 'TRANSITIVE' | 'DIRECT';
  readonly externalIdsUnique: boolean;
  readonly groupNamesUnique: boolean;
  readonly preset: string;
  /** Classification rules, dialect, limits and feature flags, in the shape that `scim/source-settings` parses. */
  readonly settings: JsonObject;
}

/** A system whose roles and permissions are catalogued. */
export interface ApplicationNode {
  readonly kind: 'Application';
  readonly id: NodeId;
  readonly slug: string;
  readonly name: string;
  readonly catalogueVersion?: string;
  /** Are the names of its actions case-sensitive. */
  readonly caseSensitiveActions: boolean;
  /** A group's binding is honoured only for its direct members. */
  readonly directMembersOnly: boolean;
  /** The import that is being committed in parts; answers that touch the application are incomplete meanwhile. */
  readonly changing?: string;
}

/** Something a grant can be scoped to. One root (`/`) per application and tenant; the tree is `CONTAINS`. */
export interface ResourceNode {
  readonly kind: 'Resource';
  readonly id: NodeId;
  readonly application: NodeId;
  readonly tenant: NodeId;
  /** Absolute, `/`-separated, without a trailing slash; the root is `/`. */
  readonly path: string;
  readonly displayName?: string;
  readonly environment?: Environment;
}

/** A principal, after correlation over sources. Everything but `lifecycle` is derived from its accounts where it has any. */
export interface IdentityNode {
  readonly kind: 'Identity';
  readonly id: NodeId;
  readonly tenant: NodeId;
  /** The preferred account's userName: the anchor's, else that of the account with the least id. */
  readonly name: string;
  readonly displayName?: string;
  readonly type: IdentityType;
  readonly state: IdentityState;
  /** Since when, in the log's time, it is in that state. */
  readonly stateSince?: Instant;
  readonly purpose?: string;
  readonly environments?: readonly Environment[];
  readonly employeeNumber?: string;
  /** From this instant on it lets nothing through. */
  readonly expiresAt?: Instant;
  /** An explicit lifecycle act; overrides the computed state until withdrawn. */
  readonly lifecycle?: { readonly state: IdentityState; readonly reason: string; readonly approvalRef?: string };
  /** An authoritative account was once joined to it. */
  readonly hadAuthoritative: boolean;
  /**
   * What it is once no account that decides its state is left: gone, or unknown where the source of such an account
   * declared that absent means unknown. Absent: no account was ever joined to it, and its state is as it was put.
   */
  readonly withoutAccounts?: 'GONE' | 'UNKNOWN';
  /** Its last account has moved to this identity; it keeps its id and direct edges and takes part in no answer. */
  readonly joinedTo?: NodeId;
  /** What the deleted anchor was known by, so that its deletion does not split other accounts off. */
  readonly formerAnchor?: CorrelationKeys;
}
/** What correlation compares, folded as each rule says. */
export interface CorrelationKeys {
  readonly externalId?: string;
  readonly userName?: string;
  readonly employeeNumber?: string;
  /** Present only where the source declares its emails verified. */
  readonly email?: string;
}

/** One source's record of an identity: the SCIM User. Its id is the SCIM id. */
export interface AccountNode {
  readonly kind: 'Account';
  readonly id: NodeId;
  readonly tenant: NodeId;
  readonly source: NodeId;
  readonly userName: string;
  readonly externalId?: string;
  readonly displayName?: string;
  readonly active: boolean;
  /** By the source's classification rules. */
  readonly type: IdentityType;
  readonly employeeNumber?: string;
  readonly primaryEmail?: string;
  readonly emails?: readonly string[];
  readonly purpose?: string;
  readonly environments?: readonly Environment[];
  readonly expiresAt?: Instant;
  /** Joins it to this identity whatever the rules say (the only way for a second authoritative source). */
  readonly link?: NodeId;
  /** Copied from its source, so that a claim is decided by the node alone. */
  readonly claimsExternalId?: boolean;
  /** The SCIM document without `id`, `meta`, `groups`, `password`. */
  readonly attributes: JsonObject;
}

/** A group of one source, or the tenant's virtual group of everyone. Its id is the SCIM id. Members are edges. */
export interface GroupNode {
  readonly kind: 'Group';
  readonly id: NodeId;
  readonly tenant: NodeId;
  /** Absent exactly for `everyone`. */
  readonly source?: NodeId;
  readonly everyone?: true;
  readonly displayName: string;
  readonly externalId?: string;
  readonly active: boolean;
  readonly claimsDisplayName?: boolean;
  /** The replacement or deletion that is being committed in parts. */
  readonly changing?: string;
  /** The SCIM document without `id`, `meta`, `members`. */
  readonly attributes: JsonObject;
}

/** A named bundle of permissions of one application. */
export interface RoleNode {
  readonly kind: 'Role';
  readonly id: NodeId;
  readonly application: NodeId;
  /** Absent: every tenant's; present: this tenant's own role. */
  readonly tenant?: NodeId;
  readonly name: string;
  readonly displayName?: string;
  readonly description?: string;
  readonly assignable: boolean;
  readonly deprecated: boolean;
}

/** An action of one application. */
export interface PermissionNode {
  readonly kind: 'Permission';
  readonly id: NodeId;
  readonly application: NodeId;
  readonly plane: Plane;
  readonly action: string;
  readonly class: PermissionClass;
  readonly tier: Tier;
  readonly description?: string;
}

/** A reference to something that has not arrived. Conveys nothing; becomes an edge when its target arrives. */
export interface PendingReferenceNode {
  readonly kind: 'PendingReference';
  readonly id: NodeId;
  readonly tenant: NodeId;
  readonly source: NodeId;
  readonly reference: Reference;
}
/** One end of an edge is known (`holder`), the other is named as its source named it. */
export interface Reference {
  readonly holder: NodeId;
  /** Which end of the edge the holder is. */
  readonly holderEnd: 'from' | 'to';
  readonly target: ReferenceTarget;
  /** What the edge will carry; its open end is filled in on resolution. */
  readonly edge: EdgeDraft;
  /** The name sent with the reference, for display while it dangles. */
  readonly display?: string;
  /** What the source says the target is, in its own word, such as `Group`; for display while it dangles. */
  readonly type?: string;
}
export type ReferenceTarget =
  /** An account or group of the source: matched against id, then externalId, then (accounts) userName. */
  | { readonly kind: 'principal'; readonly source: NodeId; readonly value: string }
  /** A role: the tenant's own of that name, else the application's. */
  | { readonly kind: 'role'; readonly application: NodeId; readonly tenant: NodeId; readonly value: string };

/** A document that changed the graph, as its exact text: catalogue, mapping, baseline, snapshot header. */
export interface DocumentNode {
  readonly kind: 'Document';
  readonly id: NodeId;
  readonly documentKind: 'catalogue' | 'mapping' | 'baseline' | 'snapshot';
  readonly tenant?: NodeId;
  /** What it is about: an application, a source. */
  readonly subject: NodeId;
  readonly version: string;
  readonly text: string;
}

export type GraphNode =
  | TenantNode
  | SourceNode
  | ApplicationNode
  | ResourceNode
  | IdentityNode
  | AccountNode
  | GroupNode
  | RoleNode
  | PermissionNode
  | PendingReferenceNode
  | DocumentNode;
export type { NodeKind };
export type NodeOf<Kind extends NodeKind> = Extract<GraphNode, { readonly kind: Kind }>;

/** What `settle` stamps on a version. */
export interface Stamps {
  /** The revision that opened this version. */
  readonly since: Revision;
  /** Counts this node's own versions from 1; of a group also its changes of members. */
  readonly version: number;
  readonly createdAt: Instant;
  readonly modifiedAt: Instant;
}
/** One immutable version of a node, as stored. */
export interface NodeVersion<Node extends GraphNode = GraphNode> {
  readonly node: Node;
  readonly stamps: Stamps;
  /** The revision that closed this version; absent: open. */
  readonly until?: Revision;
}
