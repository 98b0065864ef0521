import type { Decision, IncompleteReason } from '../graph/decision.js';
import type { EdgeKind } from '../graph/edge.js';
import type { EdgeId, NodeId, Revision } from '../graph/ids.js';
import type { JsonObject, PermissionClass, Plane } from '../graph/node.js';
import type { Instant } from '../kernel/clock.js';

/**
 * The questions of access (`docs/model.md`). Every answer is of one revision and one instant and says whether it is whole.
 * Nodes are named by id; an absent, removed or joined-away node is `NOT_FOUND` (a joined identity: ask the one it joined).
 * All reject with `GraphError`: `NOT_FOUND`, `INVALID`, `CURSOR_EXPIRED`, `GONE`, `DEADLINE`, `UNAVAILABLE`.
 * Who may see what is no matter of the engine's but for `visible`: it never changes a decision.
 */
export interface AccessEngine {
  effectivePermissions(question: EffectiveQuestion, signal?: AbortSignal): Promise<EffectiveAnswer>;
  decide(question: DecideQuestion, signal?: AbortSignal): Promise<DecideAnswer>;
  inheritancePaths(question: PathsQuestion, signal?: AbortSignal): Promise<PathsAnswer>;
  bringingEdges(question: BringingQuestion, signal?: AbortSignal): Promise<BringingAnswer>;
  identitiesBefore(question: BeforeQuestion, signal?: AbortSignal): Promise<BeforeAnswer>;
  changedByTime(question: TimeQuestion, signal?: AbortSignal): Promise<TimeAnswer>;
  whyNot(question: WhyNotQuestion, signal?: AbortSignal): Promise<WhyNotAnswer>;
  whoCan(question: WhoCanQuestion, signal?: AbortSignal): Promise<WhoCanAnswer>;
  summary(question: SummaryQuestion, signal?: AbortSignal): Promise<SummaryAnswer>;
  /** Strongly connected components of more than one node or a self-loop, of the graph of groups and of roles, each with a shortest loop. */
  cycles(pair: PairQuestion, signal?: AbortSignal): Promise<CyclesAnswer>;
  /** What it answers from now: the newest revision it has applied. */
  revision(): Revision;
  /** Resolves when it has applied `revision`; rejects `UNAVAILABLE` at the deadline, `INVALID` beyond the store's head. */
  catchUp(revision: Revision, signal?: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** Absent `revision`: the newest applied. Absent `at`: the clock's now. */
export interface PairQuestion {
  readonly revision?: Revision;
  readonly at?: Instant;
}
export interface AsOf {
  readonly revision: Revision;
  readonly at: Instant;
  /** The next instant at which this answer can change without a commit; absent: never. */
  readonly until?: Instant;
}
export interface Completeness {
  readonly complete: boolean;
  readonly reasons: readonly IncompleteReason[];
  /** Which limit, with its value. */
  readonly limit?: string;
}
/** More pages is `next`; cut short is `completeness`. They are never the same thing. */
export interface Answer<Item> {
  readonly items: readonly Item[];
  /** Opaque; absent on the last page. Asked with the same question it goes on at the same revision and instant. */
  readonly next?: string;
  /** Of all pages; absent: unknown, never 0. */
  readonly totalCount?: number;
  readonly asOf: AsOf;
  readonly completeness: Completeness;
}
interface Paged {
  /** 1 to 1,000. */
  readonly first: number;
  readonly after?: string;
}
/** Tenants whose nodes the caller may see; absent: all. Hops elsewhere are redacted, members elsewhere hidden and said so. */
interface ForCaller {
  readonly visible?: readonly NodeId[];
}

export type Standing = 'EFFECTIVE' | 'ELIGIBLE' | 'LATENT' | 'LATENT_ELIGIBLE';
export type AccessOrigin = 'DIRECT' | 'INHERITED' | 'VIA_ASSUME';
export type SettledDecision = Exclude<Decision, 'UNKNOWN'>;

export interface EffectiveQuestion extends PairQuestion, Paged, ForCaller {
  readonly identity: NodeId;
  readonly standing?: Standing;
  readonly application?: NodeId;
  readonly plane?: Plane;
  readonly classes?: readonly PermissionClass[];
  readonly tierAtMost?: number;
  /** Only these permissions (for a text filter, which the store answers). */
  readonly permissions?: readonly NodeId[];
  /** Rows that hold at this resource (their scope contains it), with the decision there. */
  readonly resource?: NodeId;
  readonly decisions?: readonly Decision[];
  readonly origins?: readonly AccessOrigin[];
  /** Rows without a `DIRECT` path. */
  readonly inheritedOnly?: boolean;
  /** Also what is reached through `CAN_ACT_AS` impersonation. */
  readonly includeAssume?: boolean;
  readonly context?: JsonObject;
  /** Then by permission id, scope id. Default `TIER`: most powerful first, then by depth. */
  readonly orderBy?: 'TIER' | 'PERMISSION' | 'DEPTH';
}
export interface PermissionRow {
  readonly permission: NodeId;
  /** Where it is granted. */
  readonly scope: NodeId;
  readonly decision: Decision;
  /** Deny scopes strictly inside `scope`, less those inside an unconditional one; by id. */
  readonly except: readonly { readonly scope: NodeId; readonly conditional: boolean }[];
  readonly standing: Standing;
  /** In the order of the type. */
  readonly origins: readonly AccessOrigin[];
  /** Edges of the shortest allow path. */
  readonly leastDepth: number;
  /** The assigned roles that give the row at its scope, by id. */
  readonly roles: readonly NodeId[];
  /** Identities acted as on the shortest such chain, for a row only reached `VIA_ASSUME`. */
  readonly hops?: readonly NodeId[];
}
export interface EffectiveAnswer extends Answer<PermissionRow> {
  /** Distinct permissions with a covering row, of all pages; absent: unknown. */
  readonly permissionCount?: number;
}

export interface DecideQuestion extends PairQuestion, ForCaller {
  readonly identity: NodeId;
  readonly permission: NodeId;
  readonly resource: NodeId;
  readonly onBehalfOf?: NodeId;
  readonly context?: JsonObject;
}
export interface DecideAnswer {
  readonly decision: Decision;
  readonly unknownReason?: IncompleteReason;
  /** Conditions that were left unsettled and decide, as text; sorted. */
  readonly conditions: readonly string[];
  /** Witnesses: the least allow path or denying path; with `onBehalfOf` one for each identity. */
  readonly decidedBy: readonly InheritancePath[];
  readonly asOf: AsOf;
  readonly completeness: Completeness;
}

export interface PathsQuestion extends PairQuestion, Paged, ForCaller {
  readonly identity: NodeId;
  readonly permission: NodeId;
  /** Absent: any scope, and each path says which. */
  readonly resource?: NodeId;
  readonly via?: readonly NodeId[];
  readonly avoid?: readonly NodeId[];
  readonly edgeKinds?: readonly EdgeKind[];
  readonly maxLength?: number;
  readonly crossTenantOnly?: boolean;
  /** Default true. */
  readonly includeOverridden?: boolean;
  readonly includeAssume?: boolean;
  /** Permissions the identity uses or needs, for the bringing edge; absent: structural. */
  readonly justified?: readonly NodeId[];
}
/** One edge of a path. `id` absent: the derived Identity → everyone membership, or redacted. */
export interface PathHop {
  readonly id?: EdgeId;
  readonly kind: EdgeKind;
  readonly from: PathNode;
  readonly to: PathNode;
  /** Of `ASSIGNED`. */
  readonly scope?: PathNode;
  readonly at?: NodeId;
  readonly within?: NodeId;
  readonly conditional: boolean;
  readonly crossesTenant: boolean;
  readonly redacted: boolean;
}
/** A node, or a stand-in whose id holds within this answer only. */
export type PathNode =
  | { readonly kind: 'node'; readonly id: NodeId }
  | { readonly kind: 'redacted'; readonly id: string };
export type PathStatus = 'LIVE' | 'OVERRIDDEN' | 'CONDITIONAL';
export interface InheritancePath {
  readonly hops: readonly PathHop[];
  readonly length: number;
  readonly scope: PathNode;
  readonly status: PathStatus;
  /** The least denying path that overrides it at the resource asked about (else at its scope). */
  readonly overriddenBy?: InheritancePath;
  /** Index into `hops`; absent where the path has no hop to decide about. */
  readonly bringingEdge?: number;
  /** The bringing edge was found without usage and baseline. */
  readonly structural?: boolean;
  /** A deny can be reached below the bringing edge: cutting it may also give access. */
  readonly cuttingMayGive?: boolean;
}
/** Decimal text: counts can pass 2^53. */
export interface PathCount {
  readonly atLeast: string;
  readonly exact: boolean;
}
export interface PathsAnswer extends Answer<InheritancePath> {
  readonly pathCount: PathCount;
}

/** About many rows of one identity at once. */
export interface BringingQuestion extends PairQuestion {
  readonly identity: NodeId;
  /** At most 1,000. */
  readonly rows: readonly Pick<PermissionRow, 'permission' | 'scope'>[];
}
export interface BringingAnswer {
  /**
   * By place of the row: the bringing edge, found without usage and baseline, of the least path to the permission that holds at
   * the scope, overridden or not, and is inherited: has a `MEMBER_OF` or `INHERITS`, and no `CAN_ACT_AS`. Absent: there is none.
   */
  readonly edges: readonly (EdgeId | undefined)[];
  readonly asOf: AsOf;
}

/** Who could be concerned by a change of some nodes. */
export interface BeforeQuestion extends PairQuestion {
  /** Of any kind; absent ones are passed over. */
  readonly nodes: readonly NodeId[];
}
export interface BeforeAnswer {
  /**
   * Those of the nodes that are identities, and the identities from which edges that convey lead to one of the nodes,
   * whatever their effect, mode, scope and condition and whatever the states of the nodes on the way; by id.
   */
  readonly identities: readonly NodeId[];
  readonly asOf: AsOf;
}

export interface TimeQuestion extends PairQuestion {
  /** Exclusive; up to the instant asked about, inclusive. */
  readonly since: Instant;
}
export interface TimeAnswer {
  /**
   * Identities that have expired in that time, and nodes from which an edge leads that has begun or ended in it; perhaps more.
   * Absent: the engine does not know them; then `until` tells of each answer when that very answer may change.
   */
  readonly nodes?: readonly NodeId[];
  readonly asOf: AsOf;
}

export interface WhyNotQuestion extends PairQuestion, ForCaller {
  readonly identity: NodeId;
  readonly permission: NodeId;
  readonly resource: NodeId;
}
export type BlockerKind =
  | 'NODE_STATE'
  | 'ELIGIBLE'
  | 'NOT_YET_VALID'
  | 'EXPIRED'
  | 'NESTING'
  | 'CONDITION'
  | 'OUT_OF_SCOPE';
export interface Blocker {
  readonly kind: BlockerKind;
  /** The index of the hop it stands at; a node's state is told at the hop that leaves the node (the last node's: at the hop that reaches it). */
  readonly hop: number;
  /** The stopped node, for `NODE_STATE`. */
  readonly node?: NodeId;
}
export interface NearMiss {
  readonly path: InheritancePath;
  readonly blockers: readonly Blocker[];
  /** The decision with exactly those blockers lifted. */
  readonly wouldBe: Decision;
}
export interface WhyNotAnswer {
  readonly decision: Decision;
  readonly denyingPaths: readonly InheritancePath[];
  /** By number of blockers, length, ids; the first ten. */
  readonly nearMisses: readonly NearMiss[];
  readonly asOf: AsOf;
  readonly completeness: Completeness;
}

export interface WhoCanQuestion extends PairQuestion, Paged, ForCaller {
  readonly permission: NodeId;
  /** Absent: any scope. */
  readonly resource?: NodeId;
  readonly types?: readonly string[];
  readonly origins?: readonly AccessOrigin[];
  readonly inheritedOnly?: boolean;
  readonly decisions?: readonly Decision[];
  readonly standing?: Standing;
  readonly includeAssume?: boolean;
}
export interface WhoCanRow {
  readonly identity: NodeId;
  /** At the resource; where none is asked, the highest over its scopes. */
  readonly decision: Decision;
  /** Scopes of its allows that contain the resource (all, where none is asked); by id. */
  readonly scopes: readonly NodeId[];
  readonly origins: readonly AccessOrigin[];
  readonly leastDepth: number;
}
/** By identity id. */
export type WhoCanAnswer = Answer<WhoCanRow>;

export interface SummaryQuestion extends PairQuestion, ForCaller {
  readonly identity: NodeId;
}
/** Counts of distinct permissions with a covering row; absent: unknown, never 0. */
export interface TierCount {
  readonly tier: number;
  /** With a `DIRECT` path. */
  readonly direct?: number;
  /** With an `INHERITED` path. */
  readonly inherited?: number;
  readonly inheritedOnly?: number;
  readonly viaAssume?: number;
}
/** Where a row of effective access covers at a scope that is not visible no count is known; where one that is latent or eligible does, that count is not. */
export interface SummaryAnswer {
  readonly total?: number;
  /** Tiers 0 to 3, in that order. */
  readonly tiers: readonly TierCount[];
  /** Tier 0 and 1 with an `INHERITED` path. */
  readonly privilegedInherited?: number;
  /** Some way of live edges leads to it over one that crosses tenants; a way may meet a node twice. */
  readonly crossTenant?: number;
  readonly leastDepthToPrivileged?: number;
  readonly latent?: number;
  readonly eligible?: number;
  readonly asOf: AsOf;
  readonly completeness: Completeness;
}

export interface Cycle {
  /** All nodes of the component, by id. */
  readonly nodes: readonly NodeId[];
  /** A shortest loop of it: node ids, the first not repeated, beginning with the least. */
  readonly loop: readonly NodeId[];
}
export interface CyclesAnswer {
  readonly items: readonly Cycle[];
  readonly asOf: AsOf;
}
