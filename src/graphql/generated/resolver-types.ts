import type { JsonObject } from '../../graph/node.js';
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { AsOf as AsOfModel, Completeness as CompletenessModel, PathCount, SummaryAnswer, InheritancePath as InheritancePathModel, WhyNotAnswer, NearMiss as NearMissModel } from '../../access/access-engine.js';
import type { NodeModel, RedactedModel, IdentityModel, TenantModel, SourceModel, ApplicationModel, AccountModel, GroupModel, RoleModel, PermissionModel, ResourceModel, AccessModel, EffectivePermissionsModel, EffectivePermissionModel, EdgeModel, PathsModel, DecisionModel, BlockedEdgeModel, WhoCanModel, WhoCanRowModel, AnswerModel, ConnectionModel, PrincipalConnectionModel, Written, SourceWritten, ClassificationWritten, CatalogueWritten } from '../models.js';
import type { SourceHealthReport } from '../../usecases/source-health.js';
import type { ShownCredential } from '../../usecases/list-source-tokens.js';
import type { ClassificationRule as ClassificationRuleModel } from '../../graph/classification.js';
import type { Reclassification as ReclassificationModel } from '../../usecases/classify-source.js';
import type { Caller } from '../../usecases/caller.js';
import type { Rule as RuleModel } from '../../governance/rule.js';
import type { Finding as FindingModel } from '../../governance/finding.js';
import type { FindingPage, BroughtBy } from '../../usecases/list-findings.js';
import type { ProblemModel } from '../problem.js';
import type { GraphContext } from '../context.js';
export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null | undefined;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** An instant as RFC 3339 text with an offset, such as `2026-11-24T08:00:00.000Z`. */
  DateTime: { input: number; output: number; }
  /** A JSON object. */
  JSONObject: { input: JsonObject; output: JsonObject; }
  /**
   * What a person types and what we print back. An id, or
   * tenant `acme` · source `acme.entra` · identity `acme/svc-sync` or `acme.entra/svc-sync` · group, account `acme.entra/Sales DK` ·
   * application `crm` · role `crm:admin`, a tenant's own `crm@acme:admin` · permission `crm:contact.delete` · resource `crm:/acme/prod/db1`.
   */
  Ref: { input: string; output: string; }
  /** A position in the log as opaque text: give it back as `atLeastRevision`, and compare it for equality only. */
  Revision: { input: string; output: string; }
  _FieldSet: { input: string; output: string; }
};

/** All questions of access about one identity, at one revision and instant. */
export type Access = {
  readonly __typename?: 'Access';
  /** What they are judged at. */
  readonly asOf: AsOf;
  /** What it may do: a row for each permission and scope. */
  readonly effectivePermissions?: Maybe<EffectivePermissions>;
  /** Counts. */
  readonly summary: AccessSummary;
};


/** All questions of access about one identity, at one revision and instant. */
export type AccessEffectivePermissionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<PermissionFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<PermissionOrder>;
  standing?: InputMaybe<Standing>;
};

/** How access is reached. */
export type AccessOrigin =
  /** By a path without group, inherited role or acting as another. */
  | 'DIRECT'
  /** By a path through a group or an inherited role. */
  | 'INHERITED'
  /** By a path on which one identity acts as another. */
  | 'VIA_ASSUME';

/** Counts of distinct permissions with a covering row; null: unknown, never 0, as where some of it lies in tenants that the caller may not see. */
export type AccessSummary = {
  readonly __typename?: 'AccessSummary';
  /** Whether all of it could be counted. */
  readonly completeness: Completeness;
  /** Some way leads to it over an edge that crosses tenants; a way may meet a node twice. */
  readonly crossTenant?: Maybe<Scalars['Int']['output']>;
  /** Only eligible. */
  readonly eligible?: Maybe<Scalars['Int']['output']>;
  /** Only latent. */
  readonly latent?: Maybe<Scalars['Int']['output']>;
  /** Edges of the shortest path to one of tier 0 or 1; null: none, or unknown where the summary is incomplete. */
  readonly leastDepthToPrivileged?: Maybe<Scalars['Int']['output']>;
  /** Of tier 0 or 1, with an INHERITED path. */
  readonly privilegedInherited?: Maybe<Scalars['Int']['output']>;
  /** Tiers 0 to 3, in that order. */
  readonly tiers: ReadonlyArray<TierCount>;
  /** Permissions. */
  readonly total?: Maybe<Scalars['Int']['output']>;
};

/** One source's record of an identity: its SCIM User. */
export type Account = GraphNode & Principal & {
  readonly __typename?: 'Account';
  /** As its source says; what is inactive lets nothing through. */
  readonly active: Scalars['Boolean']['output'];
  /** The provider's own id of it. */
  readonly externalId?: Maybe<Scalars['String']['output']>;
  /** Opaque, never reused. */
  readonly id: Scalars['ID']['output'];
  /** The identity that it is joined to. */
  readonly identity?: Maybe<Identity>;
  /** Its displayName, else its userName. */
  readonly label: Scalars['String']['output'];
  /** `acme.entra/kit@acme.example`; leads back to this account alone. */
  readonly ref: Scalars['Ref']['output'];
  /** Its id over SCIM. */
  readonly scimId: Scalars['String']['output'];
  /** Ref of its source. */
  readonly sourceRef: Scalars['Ref']['output'];
  /** What acts through it, by its source's classification. */
  readonly type: IdentityType;
  /** Unique within its source, without regard to letter case. */
  readonly userName: Scalars['String']['output'];
};

/** An agent that acts for somebody. */
export type AiAgent = GraphNode & Identity & Principal & {
  readonly __typename?: 'AiAgent';
  /** All questions of access about it. */
  readonly access?: Maybe<Access>;
  /** Its accounts, by id, at most 1,000. */
  readonly accounts: ReadonlyArray<Account>;
  /** Identities on whose behalf it may act, by id, at most 1,000; those of tenants that the caller may not see are left out. */
  readonly actsFor: ReadonlyArray<Identity>;
  /** Environments that it may run in. */
  readonly environments: ReadonlyArray<Environment>;
  /** From this instant on it lets nothing through. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** Opaque, never reused, the same whatever its type becomes. */
  readonly id: Scalars['ID']['output'];
  /** Its displayName, else its name. */
  readonly label: Scalars['String']['output'];
  /** When it last signed in anywhere that reports it; null: unknown. */
  readonly lastAuthenticatedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Who answers for it, whatever source says so, by id, at most 1,000. */
  readonly owners: ReadonlyArray<Principal>;
  /** What it is for, in a sentence. */
  readonly purpose?: Maybe<Scalars['String']['output']>;
  /** `acme/svc-sync`; leads back to this identity alone. */
  readonly ref: Scalars['Ref']['output'];
  /** Computed from its accounts, or set by an explicit act. */
  readonly state: IdentityState;
  /** Since when it is in that state. */
  readonly stateSince?: Maybe<Scalars['DateTime']['output']>;
  /** The tenant that it belongs to. */
  readonly tenant: Tenant;
  /** What acts through it. */
  readonly type: IdentityType;
};


/** An agent that acts for somebody. */
export type AiAgentAccessArgs = {
  asOf?: InputMaybe<AsOfInput>;
};

/** The name fits several things. */
export type Ambiguous = Problem & {
  readonly __typename?: 'Ambiguous';
  /** Which argument named it. */
  readonly argument: Scalars['String']['output'];
  /** Each leads to one of them. */
  readonly candidates: ReadonlyArray<Scalars['Ref']['output']>;
  /** `AMBIGUOUS`. */
  readonly code: Scalars['String']['output'];
  /** What happened and what to do next. */
  readonly message: Scalars['String']['output'];
};

/** What every answer with pages says of itself. */
export type Answer = {
  /** What it was judged at. */
  readonly asOf: AsOf;
  /** Whether it was cut short. */
  readonly completeness: Completeness;
  /** Where this page stands. */
  readonly pageInfo: PageInfo;
  /** Rows of all pages; null: unknown, never 0. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

/** A system whose roles and permissions are catalogued. */
export type Application = GraphNode & {
  readonly __typename?: 'Application';
  /** The version that its catalogue calls itself. */
  readonly catalogueVersion?: Maybe<Scalars['String']['output']>;
  /** Opaque, never reused. */
  readonly id: Scalars['ID']['output'];
  /** Its name. */
  readonly label: Scalars['String']['output'];
  /** Its name. */
  readonly name: Scalars['String']['output'];
  /** Who answers for it, whatever source says so, by id, at most 1,000. */
  readonly owners: ReadonlyArray<Principal>;
  /** Its slug. */
  readonly ref: Scalars['Ref']['output'];
  /** Its short name in refs; it never changes. */
  readonly slug: Scalars['String']['output'];
};

/** Applications, a page of them. */
export type ApplicationConnection = Answer & {
  readonly __typename?: 'ApplicationConnection';
  /** What it was judged at. */
  readonly asOf: AsOf;
  /** Whether it was cut short. */
  readonly completeness: Completeness;
  /** The rows of this page. */
  readonly nodes: ReadonlyArray<Application>;
  /** Where this page stands. */
  readonly pageInfo: PageInfo;
  /** Rows of all pages; null: unknown, never 0. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

/** An application is usable in a tenant. */
export type ApplicationInstalled = {
  readonly __typename?: 'ApplicationInstalled';
  /** Give it as `atLeastRevision` to see it anywhere. */
  readonly revision: Scalars['Revision']['output'];
  /** The root of its resources there. */
  readonly root: Resource;
};

/** A rule that says of which type the accounts are that fit; one of the four tests is set. */
export type AppliedClassificationRule = {
  readonly __typename?: 'AppliedClassificationRule';
  /** A path of the account's SCIM document, tested against `matches`. */
  readonly attribute?: Maybe<Scalars['String']['output']>;
  /** The displayName or externalId of a group that lists the account. */
  readonly group?: Maybe<Scalars['String']['output']>;
  /** What the attribute matches: `*` any run, `?` one character. */
  readonly matches?: Maybe<Scalars['String']['output']>;
  /** The type of the accounts that fit. */
  readonly type: IdentityType;
  /** What the userName matches: `*` any run, `?` one character. */
  readonly userName?: Maybe<Scalars['String']['output']>;
  /** The account's userType is this. */
  readonly userType?: Maybe<Scalars['String']['output']>;
};

/** What an answer was judged at. */
export type AsOf = {
  readonly __typename?: 'AsOf';
  /** The instant: when it was true. */
  readonly at: Scalars['DateTime']['output'];
  /** The revision: what was known. */
  readonly revision: Scalars['Revision']['output'];
  /** The next instant at which this answer can change without a write; null: never. */
  readonly until?: Maybe<Scalars['DateTime']['output']>;
};

/**
 * When a question is asked. What is absent here comes from the `Graph-As-Of` header (`at=…; revision=…`), else it is
 * newest and now. One pair holds for everything below it.
 */
export type AsOfInput = {
  /** The instant that judges windows of validity and expiry. */
  readonly at?: InputMaybe<Scalars['DateTime']['input']>;
  /** Answer only once this revision is known: what a write returned. */
  readonly atLeastRevision?: InputMaybe<Scalars['Revision']['input']>;
};

/** An edge of a near miss that conveys nothing. */
export type BlockedEdge = {
  readonly __typename?: 'BlockedEdge';
  /** What stops it. */
  readonly blocker: Blocker;
  /** The same in words, such as `it ended at 2025-09-01T00:00:00.000Z`. */
  readonly detail: Scalars['String']['output'];
  /** The edge. */
  readonly edge: Edge;
  /** The node whose state stops it. */
  readonly node?: Maybe<GraphNode>;
};

/** What stops an edge from conveying access. */
export type Blocker =
  /** Its condition is not met. */
  | 'CONDITION'
  /** It must be activated first. */
  | 'ELIGIBLE'
  /** It no longer holds. */
  | 'EXPIRED'
  /** Its source does not let nested groups inherit. */
  | 'NESTING'
  /** An identity, account, group or role lets nothing through. */
  | 'NODE_STATE'
  /** It does not hold yet. */
  | 'NOT_YET_VALID'
  /** Its scope does not contain the resource. */
  | 'OUT_OF_SCOPE';

/** What one edge brings. */
export type BringingEdgeCount = {
  readonly __typename?: 'BringingEdgeCount';
  /** The edge; null: it lies in a tenant that the caller may not see, or is gone since. */
  readonly edge?: Maybe<Edge>;
  /** Findings that it brings. */
  readonly findings: Scalars['Int']['output'];
  /** Identities that they are about. */
  readonly identities: Scalars['Int']['output'];
  /** The gravest of them. */
  readonly worst: Severity;
};

/** A catalogue was imported. */
export type CatalogueImported = {
  readonly __typename?: 'CatalogueImported';
  /** The application. */
  readonly application: Application;
  /** How many commits it took. */
  readonly parts: Scalars['Int']['output'];
  /** Give it as `atLeastRevision` to see it anywhere. */
  readonly revision: Scalars['Revision']['output'];
};

/** Who would change type. */
export type ClassificationPreview = {
  readonly __typename?: 'ClassificationPreview';
  /** Accounts that would change, oldest first, a page of them. */
  readonly changes: ReadonlyArray<Reclassification>;
  /** How many accounts were looked at. */
  readonly examined: Scalars['Int']['output'];
  /** Where this page stands. */
  readonly pageInfo: PageInfo;
  /** How many would change. */
  readonly totalCount: Scalars['Int']['output'];
};

/** A rule that says of which type the accounts are that fit. One of `userType`, `attribute` with `matches`, `userName`, `group` is given. */
export type ClassificationRule = {
  /** A path of the account's SCIM document, names joined by `.`, an extension's behind its URN and `:`. */
  readonly attribute?: InputMaybe<Scalars['String']['input']>;
  /** The displayName or externalId of a group that lists the account. */
  readonly group?: InputMaybe<Scalars['String']['input']>;
  /** What the attribute matches: `*` any run, `?` one character. */
  readonly matches?: InputMaybe<Scalars['String']['input']>;
  /** The type of the accounts that fit. */
  readonly type: IdentityType;
  /** What the userName matches: `*` any run, `?` one character. */
  readonly userName?: InputMaybe<Scalars['String']['input']>;
  /** The account's userType is this, without regard to letter case. */
  readonly userType?: InputMaybe<Scalars['String']['input']>;
};

/** A source has other rules. */
export type ClassificationSet = {
  readonly __typename?: 'ClassificationSet';
  /** How many accounts changed type. */
  readonly changes: Scalars['Int']['output'];
  /** Give it as `atLeastRevision` to see it anywhere. */
  readonly revision: Scalars['Revision']['output'];
  /** The source. */
  readonly source: Source;
};

/** How often a habit was accepted. */
export type CoercionCount = {
  readonly __typename?: 'CoercionCount';
  /** How often. */
  readonly count: Scalars['Int']['output'];
  /** The habit's number, such as `E1`. */
  readonly habit: Scalars['String']['output'];
};

/** Whether an answer was cut short. More pages is `pageInfo`; this is something else. */
export type Completeness = {
  readonly __typename?: 'Completeness';
  /** Nothing was left out. */
  readonly complete: Scalars['Boolean']['output'];
  /** The limit that cut it, with its value. */
  readonly limit?: Maybe<Scalars['String']['output']>;
  /** Why something was left out. */
  readonly reasons: ReadonlyArray<IncompleteReason>;
};

/** What accounts are matched by. */
export type CorrelationRule =
  /** The primary email, where both sources declare it verified. */
  | 'EMAIL'
  /** The employee number, exactly. */
  | 'EMPLOYEE_NUMBER'
  /** The providers' ids, exactly. */
  | 'EXTERNAL_ID'
  /** The userName, without regard to letter case. */
  | 'USER_NAME';

/** A count that can pass 2^31, or stop early. */
export type Count = {
  readonly __typename?: 'Count';
  /** Decimal text. */
  readonly atLeast: Scalars['String']['output'];
  /** It is exactly that many. */
  readonly exact: Scalars['Boolean']['output'];
};

/** A source, or why not. */
export type CreateSourceResult = Ambiguous | Invalid | NotFound | SourceCreated;

/** A tenant, or why not. */
export type CreateTenantResult = Ambiguous | Invalid | NotFound | TenantCreated;

/** A token, or why not. */
export type CreateTokenResult = Ambiguous | Invalid | NotFound | TokenCreated;

/** A decision, or what was not found. */
export type DecideResult = Ambiguous | DecisionAnswer | Invalid | NotFound;

/** What holds for an identity, a permission and a resource. */
export type Decision =
  /** It may. */
  | 'ALLOWED'
  /** It may, or may not, depending on a condition that is not settled. */
  | 'CONDITIONAL'
  /** Something forbids it. */
  | 'DENIED'
  /** Nothing allows it. */
  | 'NOT_GRANTED'
  /** Something that decides could not be seen. */
  | 'UNKNOWN';

/** Whether an identity may do something to a resource, and why. */
export type DecisionAnswer = {
  readonly __typename?: 'DecisionAnswer';
  /** What it was judged at. */
  readonly asOf: AsOf;
  /** Whether it was cut short. */
  readonly completeness: Completeness;
  /** Unsettled conditions that decide. */
  readonly conditions: ReadonlyArray<Scalars['String']['output']>;
  /** The shortest allowing path, or the shortest denying one; acting on behalf of another, one for each. */
  readonly decidedBy: ReadonlyArray<InheritancePath>;
  /** What holds. */
  readonly decision: Decision;
  /** Who. */
  readonly identity: Identity;
  /** May do what. */
  readonly permission: Permission;
  /** To what. */
  readonly resource: Resource;
  /** Why it is UNKNOWN. */
  readonly unknownReason?: Maybe<IncompleteReason>;
};

/** One question of `decideMany`. */
export type DecisionInput = {
  /** Values that settle conditions, by key. */
  readonly context?: InputMaybe<Scalars['JSONObject']['input']>;
  /** Who. */
  readonly identity: Scalars['Ref']['input'];
  /** Acting on behalf of this identity: the lower of the two decisions. */
  readonly onBehalfOf?: InputMaybe<Scalars['Ref']['input']>;
  /** May do what. */
  readonly permission: Scalars['Ref']['input'];
  /** To what. */
  readonly resource: Scalars['Ref']['input'];
};

/** A fact of the graph. */
export type Edge = {
  readonly __typename?: 'Edge';
  /** Under which approval it was made. */
  readonly approvalRef?: Maybe<Scalars['String']['output']>;
  /** Of CAN_ACT_AS: where the other identity lives. */
  readonly at?: Maybe<GraphNode>;
  /** It holds under a condition. */
  readonly conditional: Scalars['Boolean']['output'];
  /** Its ends belong to different tenants. */
  readonly crossesTenant: Scalars['Boolean']['output'];
  /** Where it starts. */
  readonly from: GraphNode;
  /** Opaque; of a derived or redacted edge it holds within this answer only. */
  readonly id: Scalars['ID']['output'];
  /** What it says. */
  readonly kind: EdgeKind;
  /** Part of it lies in a tenant that the caller may not see. */
  readonly redacted: Scalars['Boolean']['output'];
  /** Of ASSIGNED: where the role is held. */
  readonly scope?: Maybe<GraphNode>;
  /** The revision from which on it is known; null when derived or redacted. */
  readonly since?: Maybe<Scalars['Revision']['output']>;
  /** The source that stated it; null when none did or when redacted. */
  readonly source?: Maybe<Source>;
  /** The SCIM request or document line that made it; null when unknown or redacted. */
  readonly sourceRef?: Maybe<Scalars['String']['output']>;
  /** Who stated it; null when redacted. */
  readonly statedBy?: Maybe<StatedBy>;
  /** Where it ends. */
  readonly to: GraphNode;
  /** When it begins to hold; null: it always has. */
  readonly validFrom?: Maybe<Scalars['DateTime']['output']>;
  /** When it ceases to hold; null: never. */
  readonly validUntil?: Maybe<Scalars['DateTime']['output']>;
  /** Of CAN_ACT_AS: what narrows it. */
  readonly within?: Maybe<GraphNode>;
};

/** What an edge says; `semantics` in the documentation draws each. */
export type EdgeKind =
  /** Identity, account or group to role, at a scope. */
  | 'ASSIGNED'
  /** Identity, group or role to the identity that it may act as. */
  | 'CAN_ACT_AS'
  /** Resource to the resource within it. */
  | 'CONTAINS'
  /** Role to permission, as an allow or a deny. */
  | 'GRANTS'
  /** Identity to account. */
  | 'HAS_ACCOUNT'
  /** Senior role to junior role. */
  | 'INHERITS'
  /** Account or group to group. */
  | 'MEMBER_OF'
  /** Identity or group to what it answers for. */
  | 'OWNS';

/** One permission at one scope. */
export type EffectivePermission = {
  readonly __typename?: 'EffectivePermission';
  /** With CONDITIONAL: the unsettled conditions that decide, as text; of rows that are effective without acting as another. */
  readonly conditions: ReadonlyArray<Scalars['String']['output']>;
  /** What holds at the scope, or at the resource asked about. */
  readonly decision: Decision;
  /** Scopes within it where a deny holds. */
  readonly except: ReadonlyArray<GraphNode>;
  /** The scope. */
  readonly grantedAt: GraphNode;
  /** Edges of the shortest path. */
  readonly leastDepth: Scalars['Int']['output'];
  /** Every way in which it is reached. */
  readonly origins: ReadonlyArray<AccessOrigin>;
  /** How many paths lead to it; of a row that is not effective only those that give access now, and never exact. */
  readonly pathCount: Count;
  /** The shortest paths to it; of a row that is not effective only those that give access now, and incomplete: `whyNot` prints what is in the way. */
  readonly paths?: Maybe<InheritancePaths>;
  /** What may be done. */
  readonly permission: Permission;
  /** Assigned roles that give it there. */
  readonly roles: ReadonlyArray<GraphNode>;
  /** How far from being usable. */
  readonly standing: Standing;
};


/** One permission at one scope. */
export type EffectivePermissionPathsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** What an identity may do, a page of it. */
export type EffectivePermissions = Answer & {
  readonly __typename?: 'EffectivePermissions';
  /** What it was judged at. */
  readonly asOf: AsOf;
  /** Whether it was cut short. */
  readonly completeness: Completeness;
  /** The rows of this page. */
  readonly items: ReadonlyArray<EffectivePermission>;
  /** Where this page stands. */
  readonly pageInfo: PageInfo;
  /** Distinct permissions with a covering row, of all pages; null: unknown. */
  readonly permissionCount?: Maybe<Scalars['Int']['output']>;
  /** Rows of all pages; null: unknown, never 0. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

/** What a tenant, a resource or an identity is for. */
export type Environment =
  /** Development. */
  | 'DEV'
  /** Production. */
  | 'PROD'
  /** Staging. */
  | 'STAGE'
  /** Test. */
  | 'TEST';

/** Access that should not be, with its evidence. */
export type Finding = {
  readonly __typename?: 'Finding';
  /** The edge that its owner must decide about; null also where it lies in a tenant that the caller may not see. */
  readonly bringingEdge?: Maybe<Edge>;
  /** What the score is made of. */
  readonly factors: ReadonlyArray<SeverityFactor>;
  /** The same over all scans as long as rule, identity, application, tenant and bringing edge are. */
  readonly fingerprint: Scalars['String']['output'];
  /** The least that its rule gives for the tier concerned; null: it was stored before this was told. */
  readonly floor?: Maybe<Scalars['Int']['output']>;
  /** On what it rests. */
  readonly grade: Grade;
  /** Its fingerprint. */
  readonly id: Scalars['ID']['output'];
  /** Whom it is about; null once the identity is gone. */
  readonly identity?: Maybe<Identity>;
  /** What is wrong and what to do next. */
  readonly message: Scalars['String']['output'];
  /** When a scan found it first. */
  readonly openedAt: Scalars['DateTime']['output'];
  /** The shortest paths to its first permission. */
  readonly paths?: Maybe<InheritancePaths>;
  /** Permissions that it is about, by id. */
  readonly permissions: ReadonlyArray<Permission>;
  /** When a scan no longer found it. */
  readonly resolvedAt?: Maybe<Scalars['DateTime']['output']>;
  /** What found it. */
  readonly rule: Rule;
  /** 0 to 100: what the factors make, but not below `floor`. */
  readonly score: Scalars['Int']['output'];
  /** By its score. */
  readonly severity: Severity;
  /** Whether it still holds. */
  readonly state: FindingState;
  /** Where the identity belongs. */
  readonly tenant: Tenant;
  /** Numbers in force when it was found. */
  readonly thresholds: Scalars['JSONObject']['output'];
  /** What is missing for a verdict. */
  readonly undecidedReason?: Maybe<Scalars['String']['output']>;
  /** What could be concluded. */
  readonly verdict: Verdict;
};


/** Access that should not be, with its evidence. */
export type FindingPathsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** Findings, a page of them. */
export type FindingConnection = Answer & {
  readonly __typename?: 'FindingConnection';
  /** What it was judged at. */
  readonly asOf: AsOf;
  /** The few edges that bring most of what this filter shows: most findings first, then by edge. */
  readonly byBringingEdge: ReadonlyArray<BringingEdgeCount>;
  /** Whether it was cut short. */
  readonly completeness: Completeness;
  /** The rows of this page. */
  readonly nodes: ReadonlyArray<Finding>;
  /** Where this page stands. */
  readonly pageInfo: PageInfo;
  /** Rows of all pages; null: unknown, never 0. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};


/** Findings, a page of them. */
export type FindingConnectionByBringingEdgeArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** Which findings; what is absent or null does not narrow, but for `state`, and an empty list fits nothing. */
export type FindingFilter = {
  /** About permissions of this application. */
  readonly application?: InputMaybe<Scalars['Ref']['input']>;
  /** Brought by this edge. */
  readonly bringingEdge?: InputMaybe<Scalars['ID']['input']>;
  /** About this identity. */
  readonly identity?: InputMaybe<Scalars['Ref']['input']>;
  /** About identities of one of these types. */
  readonly identityType?: InputMaybe<ReadonlyArray<IdentityType>>;
  /** Found first at or after this instant. */
  readonly openedAfter?: InputMaybe<Scalars['DateTime']['input']>;
  /** Of one of these rules. */
  readonly rule?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** At least that grave. */
  readonly severityAtLeast?: InputMaybe<Severity>;
  /** In one of these states; absent: OPEN; null: in any. */
  readonly state?: InputMaybe<ReadonlyArray<FindingState>>;
  /** Of identities of this tenant. */
  readonly tenant?: InputMaybe<Scalars['Ref']['input']>;
  /** With one of these verdicts. */
  readonly verdict?: InputMaybe<ReadonlyArray<Verdict>>;
};

/** In which order findings are listed; then by fingerprint. */
export type FindingOrder =
  /** Oldest first. */
  | 'OPENED_AT'
  /** Highest score first. */
  | 'SEVERITY';

/** Whether a finding still holds. */
export type FindingState =
  /** It holds at the newest scan. */
  | 'OPEN'
  /** It no longer holds. */
  | 'RESOLVED';

/** On what a finding rests. */
export type Grade =
  /** On the graph, where what the identity needs is not known. */
  | 'INFERRED'
  /** On what was seen in use. */
  | 'OBSERVED'
  /** On the graph alone. */
  | 'PROVED';

/** Whatever has a place in the graph: readable without a fragment. */
export type GraphNode = {
  /** Opaque, never reused. */
  readonly id: Scalars['ID']['output'];
  /** A short name to show; not unique. */
  readonly label: Scalars['String']['output'];
  /** The printed name; it leads back to this node alone. */
  readonly ref: Scalars['Ref']['output'];
};

/** A group of one source, or a tenant's virtual group of everyone. */
export type Group = GraphNode & Principal & {
  readonly __typename?: 'Group';
  /** What is inactive lets nothing through. */
  readonly active: Scalars['Boolean']['output'];
  /** Its name. */
  readonly displayName: Scalars['String']['output'];
  /** The provider's own id of it. */
  readonly externalId?: Maybe<Scalars['String']['output']>;
  /** Opaque, never reused. */
  readonly id: Scalars['ID']['output'];
  /** Its displayName. */
  readonly label: Scalars['String']['output'];
  /** Accounts and groups that it lists directly; of everyone: none, that membership is derived. */
  readonly members?: Maybe<PrincipalConnection>;
  /** Who answers for it, whatever source says so, by id, at most 1,000. */
  readonly owners: ReadonlyArray<Principal>;
  /** `acme.entra/Sales DK`; leads back to this group alone. */
  readonly ref: Scalars['Ref']['output'];
  /** Its id over SCIM. */
  readonly scimId: Scalars['String']['output'];
  /** Its source; null: everyone of the tenant. */
  readonly source?: Maybe<Source>;
  /** The tenant that it belongs to. */
  readonly tenant: Tenant;
};


/** A group of one source, or a tenant's virtual group of everyone. */
export type GroupMembersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** Groups, a page of them. */
export type GroupConnection = Answer & {
  readonly __typename?: 'GroupConnection';
  /** What it was judged at. */
  readonly asOf: AsOf;
  /** Whether it was cut short. */
  readonly completeness: Completeness;
  /** The rows of this page. */
  readonly nodes: ReadonlyArray<Group>;
  /** Where this page stands. */
  readonly pageInfo: PageInfo;
  /** Rows of all pages; null: unknown, never 0. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

/** A person. */
export type HumanIdentity = GraphNode & Identity & Principal & {
  readonly __typename?: 'HumanIdentity';
  /** All questions of access about it. */
  readonly access?: Maybe<Access>;
  /** Its accounts, by id, at most 1,000. */
  readonly accounts: ReadonlyArray<Account>;
  /** As its authoritative source says. */
  readonly employeeNumber?: Maybe<Scalars['String']['output']>;
  /** Environments that it may run in. */
  readonly environments: ReadonlyArray<Environment>;
  /** From this instant on it lets nothing through. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** Opaque, never reused, the same whatever its type becomes. */
  readonly id: Scalars['ID']['output'];
  /** Its displayName, else its name. */
  readonly label: Scalars['String']['output'];
  /** When it last signed in anywhere that reports it; null: unknown. */
  readonly lastAuthenticatedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Who answers for it, whatever source says so, by id, at most 1,000. */
  readonly owners: ReadonlyArray<Principal>;
  /** What it is for, in a sentence. */
  readonly purpose?: Maybe<Scalars['String']['output']>;
  /** `acme/svc-sync`; leads back to this identity alone. */
  readonly ref: Scalars['Ref']['output'];
  /** Computed from its accounts, or set by an explicit act. */
  readonly state: IdentityState;
  /** Since when it is in that state. */
  readonly stateSince?: Maybe<Scalars['DateTime']['output']>;
  /** The tenant that it belongs to. */
  readonly tenant: Tenant;
  /** Slug of its tenant. */
  readonly tenantSlug: Scalars['String']['output'];
  /** What acts through it. */
  readonly type: IdentityType;
};


/** A person. */
export type HumanIdentityAccessArgs = {
  asOf?: InputMaybe<AsOfInput>;
};

/** A principal, after correlation over its sources. */
export type Identity = {
  /** All questions of access about it. */
  readonly access?: Maybe<Access>;
  /** Its accounts, by id, at most 1,000. */
  readonly accounts: ReadonlyArray<Account>;
  /** Environments that it may run in. */
  readonly environments: ReadonlyArray<Environment>;
  /** From this instant on it lets nothing through. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** Opaque, never reused, the same whatever its type becomes. */
  readonly id: Scalars['ID']['output'];
  /** Its displayName, else its name. */
  readonly label: Scalars['String']['output'];
  /** When it last signed in anywhere that reports it; null: unknown. */
  readonly lastAuthenticatedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Who answers for it, whatever source says so, by id, at most 1,000. */
  readonly owners: ReadonlyArray<Principal>;
  /** What it is for, in a sentence. */
  readonly purpose?: Maybe<Scalars['String']['output']>;
  /** `acme/svc-sync`; leads back to this identity alone. */
  readonly ref: Scalars['Ref']['output'];
  /** Computed from its accounts, or set by an explicit act. */
  readonly state: IdentityState;
  /** Since when it is in that state. */
  readonly stateSince?: Maybe<Scalars['DateTime']['output']>;
  /** The tenant that it belongs to. */
  readonly tenant: Tenant;
  /** What acts through it. */
  readonly type: IdentityType;
};


/** A principal, after correlation over its sources. */
export type IdentityAccessArgs = {
  asOf?: InputMaybe<AsOfInput>;
};

/** Identities, a page of them. */
export type IdentityConnection = Answer & {
  readonly __typename?: 'IdentityConnection';
  /** What it was judged at. */
  readonly asOf: AsOf;
  /** Whether it was cut short. */
  readonly completeness: Completeness;
  /** The rows of this page. */
  readonly nodes: ReadonlyArray<Identity>;
  /** Where this page stands. */
  readonly pageInfo: PageInfo;
  /** Rows of all pages; null: unknown, never 0. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

/** Which identities; what is absent or null does not narrow, and an empty list fits nothing. */
export type IdentityFilter = {
  /** Of `inGroup`: only those whom the group lists itself; else also through nested groups. */
  readonly direct?: InputMaybe<Scalars['Boolean']['input']>;
  /** That may run in one of these environments. */
  readonly environment?: InputMaybe<ReadonlyArray<Environment>>;
  /** To whom this role is assigned: themselves, their accounts or their groups. */
  readonly hasRole?: InputMaybe<Scalars['Ref']['input']>;
  /** Members of this group. */
  readonly inGroup?: InputMaybe<Scalars['Ref']['input']>;
  /** That have not signed in since; those of whom nothing is known are left out. */
  readonly inactiveSince?: InputMaybe<Scalars['DateTime']['input']>;
  /** Owned by this identity or group. */
  readonly owner?: InputMaybe<Scalars['Ref']['input']>;
  /** That nobody at all owns (true), or that somebody does (false). */
  readonly ownerless?: InputMaybe<Scalars['Boolean']['input']>;
  /** With at least that many inherited permissions of tier 0 or 1. */
  readonly privilegedInheritedAtLeast?: InputMaybe<Scalars['Int']['input']>;
  /** In one of these states. */
  readonly state?: InputMaybe<ReadonlyArray<IdentityState>>;
  /** Of this tenant. */
  readonly tenant?: InputMaybe<Scalars['Ref']['input']>;
  /** Whose name or displayName holds this text, without regard to letter case. */
  readonly text?: InputMaybe<Scalars['String']['input']>;
  /** Of one of these types. */
  readonly type?: InputMaybe<ReadonlyArray<IdentityType>>;
};

/** In which order identities are listed; then by id. */
export type IdentityOrder =
  /** Oldest first. */
  | 'CREATED_AT'
  /** By name. */
  | 'NAME';

/** One identity, or why there is none. */
export type IdentityResult = AiAgent | Ambiguous | HumanIdentity | NotFound | ServiceAccount | Workload;

/** Whether an identity is in use, computed from its accounts. */
export type IdentityState =
  /** Some deciding account is active. */
  | 'ACTIVE'
  /** Any other identity without accounts. */
  | 'DECOMMISSIONED'
  /** A person without accounts. */
  | 'OFFBOARDED'
  /** It has accounts and none is active. */
  | 'SUSPENDED'
  /** Its source declares that absence means nothing. */
  | 'UNKNOWN';

/** What acts through an identity. */
export type IdentityType =
  /** An agent that acts for somebody. */
  | 'AI_AGENT'
  /** A person. */
  | 'HUMAN'
  /** An account that a program signs in with. */
  | 'SERVICE_ACCOUNT'
  /** A running program with an identity of its own. */
  | 'WORKLOAD';

/** An application, or why not. */
export type ImportCatalogueResult = Ambiguous | CatalogueImported | Invalid | NotFound;

/** Why an answer is incomplete, or a decision unknown. */
export type IncompleteReason =
  /** The request's deadline. */
  | 'DEADLINE'
  /** A stated limit on the work of one question. */
  | 'EFFORT'
  /** An import is being written. */
  | 'IMPORTING'
  /** A stated limit on what is listed. */
  | 'LIMIT'
  /** Part of it lies in tenants that the caller may not see. */
  | 'REDACTED'
  /** The state of an identity is unknown. */
  | 'UNKNOWN_STATE';

/** One chain from an identity to a permission. */
export type InheritancePath = {
  readonly __typename?: 'InheritancePath';
  /** The edge that its owner must decide about. */
  readonly bringingEdge?: Maybe<Edge>;
  /** A deny can be reached below the bringing edge: cutting it may also give access. */
  readonly denyBelow: Scalars['Boolean']['output'];
  /** From the identity to the permission. */
  readonly hops: ReadonlyArray<Edge>;
  /** Edges. */
  readonly length: Scalars['Int']['output'];
  /** The shortest denying path that overrides it. */
  readonly overriddenBy?: Maybe<InheritancePath>;
  /** Where it gives access. */
  readonly scope: GraphNode;
  /** What became of it. */
  readonly status: PathStatus;
  /** The bringing edge was found without knowing what the identity uses or needs. */
  readonly structural: Scalars['Boolean']['output'];
  /** `acme/svc-ci -HAS_ACCOUNT-> … -GRANTS-> crm:contact.delete @ crm:/acme/`: paste it into the ticket. */
  readonly text: Scalars['String']['output'];
};

/** Chains from an identity to a permission, a page of them, by length and then by ids. */
export type InheritancePaths = Answer & {
  readonly __typename?: 'InheritancePaths';
  /** What it was judged at. */
  readonly asOf: AsOf;
  /** Whether it was cut short. */
  readonly completeness: Completeness;
  /** The paths of this page. */
  readonly items: ReadonlyArray<InheritancePath>;
  /** Where this page stands. */
  readonly pageInfo: PageInfo;
  /** How many there are at the resource asked about, listed or not: `avoid`, `edgeKinds`, `includeOverridden` and `includeAssume` count, `via`, `crossTenantOnly` and `maxLength` do not. */
  readonly pathCount: Count;
  /** Paths of all pages, by every filter; null: unknown, never 0. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

/** A root, or why not. */
export type InstallResult = Ambiguous | ApplicationInstalled | Invalid | NotFound;

/** The input breaks a rule; nothing was changed. */
export type Invalid = Problem & {
  readonly __typename?: 'Invalid';
  /** `INVALID`, `UNIQUENESS` or `VERSION_MISMATCH`. */
  readonly code: Scalars['String']['output'];
  /** The faults one by one. */
  readonly issues: ReadonlyArray<Issue>;
  /** What happened and what to do next. */
  readonly message: Scalars['String']['output'];
};

/** One fault. */
export type Issue = {
  readonly __typename?: 'Issue';
  /** A word for the kind of fault. */
  readonly code: Scalars['String']['output'];
  /** What would be right. */
  readonly hint?: Maybe<Scalars['String']['output']>;
  /** What is wrong. */
  readonly message: Scalars['String']['output'];
  /** Where, as a JSON Pointer (RFC 6901). */
  readonly pointer: Scalars['String']['output'];
};

/** Writes. Each is visible to whatever is asked after it here; elsewhere once its revision is. */
export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Makes a source by preset, with its first token, which is shown once. */
  readonly createSource: CreateSourceResult;
  /** Makes a tenant. */
  readonly createTenant: CreateTenantResult;
  /** Makes an API token, which is shown once; it can do no more than the one that makes it. */
  readonly createToken: CreateTokenResult;
  /** Makes an application exactly what its catalogue says; the same again changes nothing. */
  readonly importCatalogue: ImportCatalogueResult;
  /** Makes an application usable in a tenant: a root for its resources there. */
  readonly installApplication: InstallResult;
  /** Ends an API or source token at once; of one already ended: nothing. */
  readonly revokeToken: RevokeResult;
  /** Makes another token for a source; the newest before it goes on for a while, older ones end at once. */
  readonly rotateSourceToken: RotateResult;
  /** Replaces the rules of a source and re-types its accounts in one write; ids stay. */
  readonly setClassification: SetClassificationResult;
  /** Names who answers for something. What a source says of the same target stands beside it and is shown. */
  readonly setOwners: SetOwnersResult;
  /** Changes how a source is read and answered, from its next request on; what is not given stays. */
  readonly setSourceSettings: SetSettingsResult;
};


/** Writes. Each is visible to whatever is asked after it here; elsewhere once its revision is. */
export type MutationCreateSourceArgs = {
  input: SourceInput;
};


/** Writes. Each is visible to whatever is asked after it here; elsewhere once its revision is. */
export type MutationCreateTenantArgs = {
  environment?: InputMaybe<Environment>;
  name: Scalars['String']['input'];
  slug: Scalars['String']['input'];
};


/** Writes. Each is visible to whatever is asked after it here; elsewhere once its revision is. */
export type MutationCreateTokenArgs = {
  input: TokenInput;
};


/** Writes. Each is visible to whatever is asked after it here; elsewhere once its revision is. */
export type MutationImportCatalogueArgs = {
  application?: InputMaybe<Scalars['String']['input']>;
  document: Scalars['String']['input'];
};


/** Writes. Each is visible to whatever is asked after it here; elsewhere once its revision is. */
export type MutationInstallApplicationArgs = {
  application: Scalars['Ref']['input'];
  environment?: InputMaybe<Environment>;
  tenant: Scalars['Ref']['input'];
};


/** Writes. Each is visible to whatever is asked after it here; elsewhere once its revision is. */
export type MutationRevokeTokenArgs = {
  id: Scalars['ID']['input'];
};


/** Writes. Each is visible to whatever is asked after it here; elsewhere once its revision is. */
export type MutationRotateSourceTokenArgs = {
  overlap?: InputMaybe<Scalars['String']['input']>;
  source: Scalars['Ref']['input'];
};


/** Writes. Each is visible to whatever is asked after it here; elsewhere once its revision is. */
export type MutationSetClassificationArgs = {
  rules: ReadonlyArray<ClassificationRule>;
  source: Scalars['Ref']['input'];
};


/** Writes. Each is visible to whatever is asked after it here; elsewhere once its revision is. */
export type MutationSetOwnersArgs = {
  approvalRef: Scalars['String']['input'];
  approver: Scalars['Ref']['input'];
  owners: ReadonlyArray<Scalars['Ref']['input']>;
  reason: Scalars['String']['input'];
  target: Scalars['Ref']['input'];
};


/** Writes. Each is visible to whatever is asked after it here; elsewhere once its revision is. */
export type MutationSetSourceSettingsArgs = {
  settings: SourceSettingsInput;
  source: Scalars['Ref']['input'];
};

/** A path that would give access but for its blockers. */
export type NearMiss = {
  readonly __typename?: 'NearMiss';
  /** What stands in the way. */
  readonly blockers: ReadonlyArray<BlockedEdge>;
  /** The path. */
  readonly path: InheritancePath;
  /** What would hold with exactly those lifted. */
  readonly wouldBe: Decision;
};

/** Whether nested groups of a source convey access. */
export type Nesting =
  /** They do not. */
  | 'DIRECT'
  /** Members of a group within a group have its access. */
  | 'TRANSITIVE';

/** Nothing of that name exists, or the caller may not know that it does. */
export type NotFound = Problem & {
  readonly __typename?: 'NotFound';
  /** Which argument named it. */
  readonly argument: Scalars['String']['output'];
  /** `NOT_FOUND`. */
  readonly code: Scalars['String']['output'];
  /** What happened and what to do next. */
  readonly message: Scalars['String']['output'];
};

/** Owners were named. */
export type OwnersSet = {
  readonly __typename?: 'OwnersSet';
  /** All its owners, whatever source says so, by id. */
  readonly owners: ReadonlyArray<Principal>;
  /** Give it as `atLeastRevision` to see it anywhere. */
  readonly revision: Scalars['Revision']['output'];
  /** What they answer for. */
  readonly target: GraphNode;
};

/** Where a page stands. */
export type PageInfo = {
  readonly __typename?: 'PageInfo';
  /** Give it as `after`; null on the last page. */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
  /** More follows after `endCursor`. */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** The page was asked for with `after`. */
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  /** Always null: pages go forward. */
  readonly startCursor?: Maybe<Scalars['String']['output']>;
};

/** Which paths; what is absent or null does not narrow. It narrows what is listed, never a decision. */
export type PathFilter = {
  /** Through none of these nodes; an empty list does not narrow. */
  readonly avoid?: InputMaybe<ReadonlyArray<Scalars['Ref']['input']>>;
  /** Over an edge that crosses tenants. */
  readonly crossTenantOnly?: InputMaybe<Scalars['Boolean']['input']>;
  /** Over edges of these kinds only; an empty list fits no path. */
  readonly edgeKinds?: InputMaybe<ReadonlyArray<EdgeKind>>;
  /** Also by acting as another identity. */
  readonly includeAssume?: InputMaybe<Scalars['Boolean']['input']>;
  /** Also those that a deny overrides. */
  readonly includeOverridden?: InputMaybe<Scalars['Boolean']['input']>;
  /** Of at most that many edges. */
  readonly maxLength?: InputMaybe<Scalars['Int']['input']>;
  /** Through each of these nodes; an empty list does not narrow. */
  readonly via?: InputMaybe<ReadonlyArray<Scalars['Ref']['input']>>;
};

/** What became of a path. */
export type PathStatus =
  /** It gives access under a condition. */
  | 'CONDITIONAL'
  /** It gives access. */
  | 'LIVE'
  /** A deny overrides it. */
  | 'OVERRIDDEN';

/** An action of one application. */
export type Permission = GraphNode & {
  readonly __typename?: 'Permission';
  /** As the application spells it. */
  readonly action: Scalars['String']['output'];
  /** The application that it belongs to. */
  readonly application: Application;
  /** What it lets one do. */
  readonly class: PermissionClass;
  /** What it is for. */
  readonly description?: Maybe<Scalars['String']['output']>;
  /** Opaque, never reused. */
  readonly id: Scalars['ID']['output'];
  /** Its action. */
  readonly label: Scalars['String']['output'];
  /** What it is about. */
  readonly plane: Plane;
  /** `crm:contact.delete`. */
  readonly ref: Scalars['Ref']['output'];
  /** 0 to 3; 0 is the most powerful. */
  readonly tier: Scalars['Int']['output'];
};

/** What a permission lets one do. */
export type PermissionClass =
  /** Administer. */
  | 'ADMIN'
  /** Give access. */
  | 'GRANT'
  /** Act as somebody else. */
  | 'IMPERSONATE'
  /** See. */
  | 'READ'
  /** Read secrets. */
  | 'SECRET'
  /** Change. */
  | 'WRITE';

/** Permissions, a page of them. */
export type PermissionConnection = Answer & {
  readonly __typename?: 'PermissionConnection';
  /** What it was judged at. */
  readonly asOf: AsOf;
  /** Whether it was cut short. */
  readonly completeness: Completeness;
  /** The rows of this page. */
  readonly nodes: ReadonlyArray<Permission>;
  /** Where this page stands. */
  readonly pageInfo: PageInfo;
  /** Rows of all pages; null: unknown, never 0. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

/** Which permissions; what is absent or null does not narrow, and an empty list fits nothing. */
export type PermissionFilter = {
  /** Of this application. */
  readonly application?: InputMaybe<Scalars['Ref']['input']>;
  /** Of one of these classes. */
  readonly class?: InputMaybe<ReadonlyArray<PermissionClass>>;
  /** Values that settle conditions, by key. */
  readonly context?: InputMaybe<Scalars['JSONObject']['input']>;
  /** With one of these decisions. */
  readonly decision?: InputMaybe<ReadonlyArray<Decision>>;
  /** Also what is reached by acting as another identity. */
  readonly includeAssume?: InputMaybe<Scalars['Boolean']['input']>;
  /** No path of the row is DIRECT. */
  readonly inheritedOnly?: InputMaybe<Scalars['Boolean']['input']>;
  /** Reached in one of these ways; VIA_ASSUME alone only with `includeAssume`. */
  readonly origin?: InputMaybe<ReadonlyArray<AccessOrigin>>;
  /** About one plane. */
  readonly plane?: InputMaybe<Plane>;
  /** Rows that hold at this resource, with the decision there. */
  readonly scope?: InputMaybe<Scalars['Ref']['input']>;
  /** Whose action holds this text, without regard to letter case. */
  readonly text?: InputMaybe<Scalars['String']['input']>;
  /** At least that powerful: 0 is the most powerful. */
  readonly tierAtMost?: InputMaybe<Scalars['Int']['input']>;
};

/** In which order permissions are listed; then by permission and scope. */
export type PermissionOrder =
  /** Shortest path first. */
  | 'DEPTH'
  /** By the permission's id. */
  | 'PERMISSION'
  /** Most powerful first, then shortest path first. */
  | 'TIER';

/** What a permission is about. */
export type Plane =
  /** Administration of things. */
  | 'CONTROL'
  /** The data within them. */
  | 'DATA';

/** What can be a member, an owner or an assignee: an identity, an account or a group. */
export type Principal = {
  /** Opaque, never reused. */
  readonly id: Scalars['ID']['output'];
  /** A short name to show; not unique. */
  readonly label: Scalars['String']['output'];
  /** The printed name; it leads back to this node alone. */
  readonly ref: Scalars['Ref']['output'];
};

/** Nodes of any kind, a page of them. */
export type PrincipalConnection = Answer & {
  readonly __typename?: 'PrincipalConnection';
  /** What it was judged at. */
  readonly asOf: AsOf;
  /** Whether it was cut short. */
  readonly completeness: Completeness;
  /** In order of the memberships' ids; members in tenants that the caller may not see are redacted. */
  readonly nodes: ReadonlyArray<Principal>;
  /** Where this page stands. */
  readonly pageInfo: PageInfo;
  /** Rows of all pages; null: unknown, never 0. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

/** Why something that was named or written did not go through. */
export type Problem = {
  /** One of a closed set, such as `NOT_FOUND`. */
  readonly code: Scalars['String']['output'];
  /** What happened and what to do next. */
  readonly message: Scalars['String']['output'];
};

/** Questions. A bad argument, a missing scope or the deadline makes a field null with one error of a closed table. */
export type Query = {
  readonly __typename?: 'Query';
  /** Applications, by slug. */
  readonly applications?: Maybe<ApplicationConnection>;
  /** Whether an identity may do something to a resource. */
  readonly decide: DecideResult;
  /** As `decide`, many at once: one answer a question, in their order. */
  readonly decideMany?: Maybe<ReadonlyArray<DecideResult>>;
  /** Access that should not be, as of the newest scan. */
  readonly findings?: Maybe<FindingConnection>;
  /** Groups, by displayName. */
  readonly groups?: Maybe<GroupConnection>;
  /** Identities. */
  readonly identities?: Maybe<IdentityConnection>;
  /** One identity. */
  readonly identity: IdentityResult;
  /** Through which chains an identity comes to a permission. */
  readonly inheritancePaths?: Maybe<InheritancePaths>;
  /** Permissions, by action. */
  readonly permissions?: Maybe<PermissionConnection>;
  /** Who would change type if these rules were the source's; nothing is written. */
  readonly previewClassification?: Maybe<ClassificationPreview>;
  /** Resources, by path. */
  readonly resources?: Maybe<ResourceConnection>;
  /** Roles, by name. */
  readonly roles?: Maybe<RoleConnection>;
  /** The rules that findings come from, by id. */
  readonly rules?: Maybe<ReadonlyArray<Rule>>;
  /** Whatever is named like that: identities, groups, applications, roles, permissions, resources, in that order. */
  readonly search?: Maybe<ReadonlyArray<GraphNode>>;
  /** Credentials of a source, oldest first. */
  readonly sourceTokens?: Maybe<ReadonlyArray<SourceToken>>;
  /** Sources, by slug. */
  readonly sources?: Maybe<SourceConnection>;
  /** Tenants that the caller may see, by slug. */
  readonly tenants?: Maybe<TenantConnection>;
  /** Who is asking. */
  readonly viewer: Viewer;
  /** Who may do something. */
  readonly whoCan?: Maybe<WhoCan>;
  /** Why an identity may not do something to a resource. */
  readonly whyNot: WhyNotResult;
};


/** Questions. A bad argument, a missing scope or the deadline makes a field null with one error of a closed table. */
export type QueryApplicationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Questions. A bad argument, a missing scope or the deadline makes a field null with one error of a closed table. */
export type QueryDecideArgs = {
  asOf?: InputMaybe<AsOfInput>;
  context?: InputMaybe<Scalars['JSONObject']['input']>;
  identity: Scalars['Ref']['input'];
  onBehalfOf?: InputMaybe<Scalars['Ref']['input']>;
  permission: Scalars['Ref']['input'];
  resource: Scalars['Ref']['input'];
};


/** Questions. A bad argument, a missing scope or the deadline makes a field null with one error of a closed table. */
export type QueryDecideManyArgs = {
  asOf?: InputMaybe<AsOfInput>;
  questions: ReadonlyArray<DecisionInput>;
};


/** Questions. A bad argument, a missing scope or the deadline makes a field null with one error of a closed table. */
export type QueryFindingsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<FindingFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<FindingOrder>;
};


/** Questions. A bad argument, a missing scope or the deadline makes a field null with one error of a closed table. */
export type QueryGroupsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  displayName?: InputMaybe<Scalars['String']['input']>;
  externalId?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  source?: InputMaybe<Scalars['Ref']['input']>;
  tenant?: InputMaybe<Scalars['Ref']['input']>;
  text?: InputMaybe<Scalars['String']['input']>;
};


/** Questions. A bad argument, a missing scope or the deadline makes a field null with one error of a closed table. */
export type QueryIdentitiesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<AsOfInput>;
  filter?: InputMaybe<IdentityFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<IdentityOrder>;
};


/** Questions. A bad argument, a missing scope or the deadline makes a field null with one error of a closed table. */
export type QueryIdentityArgs = {
  asOf?: InputMaybe<AsOfInput>;
  ref: Scalars['Ref']['input'];
};


/** Questions. A bad argument, a missing scope or the deadline makes a field null with one error of a closed table. */
export type QueryInheritancePathsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<AsOfInput>;
  filter?: InputMaybe<PathFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  identity: Scalars['Ref']['input'];
  permission: Scalars['Ref']['input'];
  resource?: InputMaybe<Scalars['Ref']['input']>;
};


/** Questions. A bad argument, a missing scope or the deadline makes a field null with one error of a closed table. */
export type QueryPermissionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  application?: InputMaybe<Scalars['Ref']['input']>;
  class?: InputMaybe<ReadonlyArray<PermissionClass>>;
  first?: InputMaybe<Scalars['Int']['input']>;
  text?: InputMaybe<Scalars['String']['input']>;
  tierAtMost?: InputMaybe<Scalars['Int']['input']>;
};


/** Questions. A bad argument, a missing scope or the deadline makes a field null with one error of a closed table. */
export type QueryPreviewClassificationArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  rules: ReadonlyArray<ClassificationRule>;
  source: Scalars['Ref']['input'];
};


/** Questions. A bad argument, a missing scope or the deadline makes a field null with one error of a closed table. */
export type QueryResourcesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  application?: InputMaybe<Scalars['Ref']['input']>;
  environment?: InputMaybe<ReadonlyArray<Environment>>;
  first?: InputMaybe<Scalars['Int']['input']>;
  tenant?: InputMaybe<Scalars['Ref']['input']>;
  text?: InputMaybe<Scalars['String']['input']>;
};


/** Questions. A bad argument, a missing scope or the deadline makes a field null with one error of a closed table. */
export type QueryRolesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  application?: InputMaybe<Scalars['Ref']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  text?: InputMaybe<Scalars['String']['input']>;
};


/** Questions. A bad argument, a missing scope or the deadline makes a field null with one error of a closed table. */
export type QuerySearchArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  text: Scalars['String']['input'];
};


/** Questions. A bad argument, a missing scope or the deadline makes a field null with one error of a closed table. */
export type QuerySourceTokensArgs = {
  source: Scalars['Ref']['input'];
};


/** Questions. A bad argument, a missing scope or the deadline makes a field null with one error of a closed table. */
export type QuerySourcesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  tenant?: InputMaybe<Scalars['Ref']['input']>;
};


/** Questions. A bad argument, a missing scope or the deadline makes a field null with one error of a closed table. */
export type QueryTenantsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Questions. A bad argument, a missing scope or the deadline makes a field null with one error of a closed table. */
export type QueryWhoCanArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<AsOfInput>;
  filter?: InputMaybe<WhoCanFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  permission: Scalars['Ref']['input'];
  resource?: InputMaybe<Scalars['Ref']['input']>;
};


/** Questions. A bad argument, a missing scope or the deadline makes a field null with one error of a closed table. */
export type QueryWhyNotArgs = {
  asOf?: InputMaybe<AsOfInput>;
  identity: Scalars['Ref']['input'];
  permission: Scalars['Ref']['input'];
  resource: Scalars['Ref']['input'];
};

/** One account that would change type. */
export type Reclassification = {
  readonly __typename?: 'Reclassification';
  /** The account. */
  readonly account: Account;
  /** What it is now. */
  readonly from: IdentityType;
  /** What it would be. */
  readonly to: IdentityType;
};

/** A node that the caller may not see. Its id holds within this answer only. */
export type Redacted = GraphNode & Principal & {
  readonly __typename?: 'Redacted';
  /** Stands for the node within this answer; leads to nothing. */
  readonly id: Scalars['ID']['output'];
  /** Always `redacted`. */
  readonly label: Scalars['String']['output'];
  /** Always `redacted`. */
  readonly ref: Scalars['Ref']['output'];
};

/** Something that a grant can be scoped to: a tree for each application in a tenant. */
export type Resource = GraphNode & {
  readonly __typename?: 'Resource';
  /** The application that it belongs to. */
  readonly application: Application;
  /** What it is for. */
  readonly environment?: Maybe<Environment>;
  /** Opaque, never reused. */
  readonly id: Scalars['ID']['output'];
  /** Its displayName, else its path. */
  readonly label: Scalars['String']['output'];
  /** What contains it; null: it is a root. */
  readonly parent?: Maybe<Resource>;
  /** Where it stands below the application's root in the tenant, which is `/`. */
  readonly path: Scalars['String']['output'];
  /** `crm:/acme/prod/db1`. */
  readonly ref: Scalars['Ref']['output'];
  /** The tenant that it belongs to. */
  readonly tenant: Tenant;
};

/** Resources, a page of them. */
export type ResourceConnection = Answer & {
  readonly __typename?: 'ResourceConnection';
  /** What it was judged at. */
  readonly asOf: AsOf;
  /** Whether it was cut short. */
  readonly completeness: Completeness;
  /** The rows of this page. */
  readonly nodes: ReadonlyArray<Resource>;
  /** Where this page stands. */
  readonly pageInfo: PageInfo;
  /** Rows of all pages; null: unknown, never 0. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

/** An ended token, or why not. */
export type RevokeResult = Ambiguous | Invalid | NotFound | TokenRevoked;

/** A named bundle of permissions of one application. */
export type Role = GraphNode & {
  readonly __typename?: 'Role';
  /** The application that it belongs to. */
  readonly application: Application;
  /** It may be assigned. */
  readonly assignable: Scalars['Boolean']['output'];
  /** It should no longer be assigned. */
  readonly deprecated: Scalars['Boolean']['output'];
  /** What it is for. */
  readonly description?: Maybe<Scalars['String']['output']>;
  /** Opaque, never reused. */
  readonly id: Scalars['ID']['output'];
  /** Its displayName, else its name. */
  readonly label: Scalars['String']['output'];
  /** Its name within its application. */
  readonly name: Scalars['String']['output'];
  /** Who answers for it, whatever source says so, by id, at most 1,000. */
  readonly owners: ReadonlyArray<Principal>;
  /** `crm:admin`, or a tenant's own `crm@acme:admin`. */
  readonly ref: Scalars['Ref']['output'];
  /** Whose own it is; null: every tenant's. */
  readonly tenant?: Maybe<Tenant>;
};

/** Roles, a page of them. */
export type RoleConnection = Answer & {
  readonly __typename?: 'RoleConnection';
  /** What it was judged at. */
  readonly asOf: AsOf;
  /** Whether it was cut short. */
  readonly completeness: Completeness;
  /** The rows of this page. */
  readonly nodes: ReadonlyArray<Role>;
  /** Where this page stands. */
  readonly pageInfo: PageInfo;
  /** Rows of all pages; null: unknown, never 0. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

/** A token, or why not. */
export type RotateResult = Ambiguous | Invalid | NotFound | SourceCreated;

/** What is examined. */
export type Rule = {
  readonly __typename?: 'Rule';
  /** Controls of published frameworks that it serves. */
  readonly controls: ReadonlyArray<Scalars['String']['output']>;
  /** Its name, which never changes. */
  readonly id: Scalars['String']['output'];
  /** What it finds, in a line. */
  readonly title: Scalars['String']['output'];
  /** Grows when its condition changes. */
  readonly version: Scalars['Int']['output'];
};

/** An account that a program signs in with. */
export type ServiceAccount = GraphNode & Identity & Principal & {
  readonly __typename?: 'ServiceAccount';
  /** All questions of access about it. */
  readonly access?: Maybe<Access>;
  /** Its accounts, by id, at most 1,000. */
  readonly accounts: ReadonlyArray<Account>;
  /** Environments that it may run in. */
  readonly environments: ReadonlyArray<Environment>;
  /** From this instant on it lets nothing through. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** Opaque, never reused, the same whatever its type becomes. */
  readonly id: Scalars['ID']['output'];
  /** Its displayName, else its name. */
  readonly label: Scalars['String']['output'];
  /** When it last signed in anywhere that reports it; null: unknown. */
  readonly lastAuthenticatedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Who answers for it, whatever source says so, by id, at most 1,000. */
  readonly owners: ReadonlyArray<Principal>;
  /** What it is for, in a sentence. */
  readonly purpose?: Maybe<Scalars['String']['output']>;
  /** `acme/svc-sync`; leads back to this identity alone. */
  readonly ref: Scalars['Ref']['output'];
  /** Computed from its accounts, or set by an explicit act. */
  readonly state: IdentityState;
  /** Since when it is in that state. */
  readonly stateSince?: Maybe<Scalars['DateTime']['output']>;
  /** The tenant that it belongs to. */
  readonly tenant: Tenant;
  /** What acts through it. */
  readonly type: IdentityType;
};


/** An account that a program signs in with. */
export type ServiceAccountAccessArgs = {
  asOf?: InputMaybe<AsOfInput>;
};

/** Other rules, or why not. */
export type SetClassificationResult = Ambiguous | ClassificationSet | Invalid | NotFound;

/** Owners, or why not. */
export type SetOwnersResult = Ambiguous | Invalid | NotFound | OwnersSet;

/** Other settings, or why not. */
export type SetSettingsResult = Ambiguous | Invalid | NotFound | SettingsSet;

/** A source is read and answered otherwise. */
export type SettingsSet = {
  readonly __typename?: 'SettingsSet';
  /** Give it as `atLeastRevision` to see it anywhere. */
  readonly revision: Scalars['Revision']['output'];
  /** The source. */
  readonly source: Source;
};

/** How grave a finding is. */
export type Severity =
  /** A score of 75 to 100. */
  | 'CRITICAL'
  /** A score of 50 to 74. */
  | 'HIGH'
  /** A score of 0 to 24. */
  | 'LOW'
  /** A score of 25 to 49. */
  | 'MEDIUM';

/** One of the factors of a score: score = max(floor, round(100 × impact × likelihood × confidence)). */
export type SeverityFactor = {
  readonly __typename?: 'SeverityFactor';
  /** `impact`, `likelihood` or `confidence`. */
  readonly name: Scalars['String']['output'];
  /** What it is made of. */
  readonly reason: Scalars['String']['output'];
  /** 0 to 1. */
  readonly value: Scalars['Float']['output'];
};

/** One SCIM connection of a tenant. */
export type Source = GraphNode & {
  readonly __typename?: 'Source';
  /** Whose roles its accounts hold. */
  readonly application?: Maybe<Application>;
  /** Its accounts decide the state of the identities that they are joined to. */
  readonly authoritative: Scalars['Boolean']['output'];
  /** Its rules, the first that fits decides. */
  readonly classification: ReadonlyArray<AppliedClassificationRule>;
  /** What arrived, what dangles, what was coerced. */
  readonly health: SourceHealth;
  /** Opaque, never reused. */
  readonly id: Scalars['ID']['output'];
  /** What it is a record of. */
  readonly kind: SourceKind;
  /** Its slug. */
  readonly label: Scalars['String']['output'];
  /** The provider whose habits it is set up for. */
  readonly preset: Scalars['String']['output'];
  /** `acme.entra`. */
  readonly ref: Scalars['Ref']['output'];
  /** Where its provider writes to. */
  readonly scimBaseUrl: Scalars['String']['output'];
  /** How it is read and answered. */
  readonly settings: SourceSettings;
  /** Its short name within its tenant; it never changes. */
  readonly slug: Scalars['String']['output'];
  /** The tenant that it belongs to. */
  readonly tenant: Tenant;
};

/** Sources, a page of them. */
export type SourceConnection = Answer & {
  readonly __typename?: 'SourceConnection';
  /** What it was judged at. */
  readonly asOf: AsOf;
  /** Whether it was cut short. */
  readonly completeness: Completeness;
  /** The rows of this page. */
  readonly nodes: ReadonlyArray<Source>;
  /** Where this page stands. */
  readonly pageInfo: PageInfo;
  /** Rows of all pages; null: unknown, never 0. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

/** A source was made, or has another token. */
export type SourceCreated = {
  readonly __typename?: 'SourceCreated';
  /** Give it as `atLeastRevision` to see it anywhere. */
  readonly revision: Scalars['Revision']['output'];
  /** Where its provider writes to. */
  readonly scimBaseUrl: Scalars['String']['output'];
  /** The source. */
  readonly source: Source;
  /** The token; it is shown once, and taken with or without the word `Bearer`. */
  readonly token: Scalars['String']['output'];
  /** From then on it is refused; null: never. */
  readonly tokenExpiresAt?: Maybe<Scalars['DateTime']['output']>;
};

/** How a source is doing. */
export type SourceHealth = {
  readonly __typename?: 'SourceHealth';
  /** Accounts that it holds now. */
  readonly accounts: Scalars['Int']['output'];
  /** What the provider sent otherwise than the standard says and was accepted, in the same time, by habit. */
  readonly coerced: ReadonlyArray<CoercionCount>;
  /** References to what has not arrived. */
  readonly dangling: Scalars['Int']['output'];
  /** Requests that failed since the beginning of the UTC day before this one. */
  readonly errors: Scalars['Int']['output'];
  /** Groups that it holds now. */
  readonly groups: Scalars['Int']['output'];
  /** When it last wrote; null: never. */
  readonly lastWriteAt?: Maybe<Scalars['DateTime']['output']>;
  /** Whose client most of them looked like, by the name of its preset; null: like nobody's in particular. */
  readonly looksLike?: Maybe<Scalars['String']['output']>;
  /** Requests since the beginning of the UTC day before this one. */
  readonly requests: Scalars['Int']['output'];
};

/** What a source is made from. */
export type SourceInput = {
  /** Whose roles its accounts hold; required where `kind` is APPLICATION. */
  readonly application?: InputMaybe<Scalars['Ref']['input']>;
  /** Its accounts decide the state of identities; the first such source of a tenant anchors correlation. */
  readonly authoritative?: InputMaybe<Scalars['Boolean']['input']>;
  /** Rules, the first that fits decides. */
  readonly classification?: InputMaybe<ReadonlyArray<ClassificationRule>>;
  /** In which order accounts are matched with those of the anchoring source; only for the anchoring source itself. */
  readonly correlateBy?: InputMaybe<ReadonlyArray<CorrelationRule>>;
  /** How strictly SCIM is read: `lenient`, `rfc` or `interop`. */
  readonly dialect?: InputMaybe<Scalars['String']['input']>;
  /** Its primary emails are verified, so they may correlate. */
  readonly emailsVerified?: InputMaybe<Scalars['Boolean']['input']>;
  /** No two of its accounts, and no two of its groups, have one externalId. */
  readonly externalIdsUnique?: InputMaybe<Scalars['Boolean']['input']>;
  /** No two of its groups have one displayName, in any letter case. */
  readonly groupNamesUnique?: InputMaybe<Scalars['Boolean']['input']>;
  /** What it is a record of. */
  readonly kind: SourceKind;
  /** Whether nested groups convey access: `TRANSITIVE` or `DIRECT`. */
  readonly nesting?: InputMaybe<Nesting>;
  /** `okta`, `entra`, `onelogin`, `jumpcloud`, `ping`, `google` or `generic`: sets what is absent below. */
  readonly preset?: InputMaybe<Scalars['String']['input']>;
  /** How it is read and answered otherwise than the preset says. */
  readonly settings?: InputMaybe<SourceSettingsInput>;
  /** 1 to 63 of `a-z 0-9 -`, unique within its tenant; it never changes. */
  readonly slug: Scalars['String']['input'];
  /** The tenant that it belongs to. */
  readonly tenant: Scalars['Ref']['input'];
};

/** What a source is a record of. */
export type SourceKind =
  /** An application's own accounts. */
  | 'APPLICATION'
  /** An identity provider. */
  | 'IDP';

/** A limit of a source's own. */
export type SourceLimit = {
  readonly __typename?: 'SourceLimit';
  /** Its name, such as `maxPageSize`. */
  readonly name: Scalars['String']['output'];
  /** Its value. */
  readonly value: Scalars['Int']['output'];
};

/** What a source may ask at once. Lengths are characters. */
export type SourceLimitsInput = {
  /** Operations of a bulk request. */
  readonly bulkOperations?: InputMaybe<Scalars['Int']['input']>;
  /** How long a cursor is good. */
  readonly cursorTimeoutSeconds?: InputMaybe<Scalars['Int']['input']>;
  /** Resources of a page whose size is not asked for. */
  readonly defaultPageSize?: InputMaybe<Scalars['Int']['input']>;
  /** Resources of a page, at most 1,000. */
  readonly maxPageSize?: InputMaybe<Scalars['Int']['input']>;
  /** How deep the JSON of a body nests, at most 64. */
  readonly nesting?: InputMaybe<Scalars['Int']['input']>;
  /** Operations of a PATCH. */
  readonly patchOperations?: InputMaybe<Scalars['Int']['input']>;
  /** Length of a PATCH path. */
  readonly pathLength?: InputMaybe<Scalars['Int']['input']>;
  /** Requests a second; beyond them it is answered 429 with `Retry-After`. */
  readonly requestsPerSecond?: InputMaybe<Scalars['Int']['input']>;
  /** Length of one value. */
  readonly textLength?: InputMaybe<Scalars['Int']['input']>;
  /** Values of one attribute; members are not bound by it. */
  readonly valuesPerAttribute?: InputMaybe<Scalars['Int']['input']>;
};

/** How a source is read and answered. */
export type SourceSettings = {
  readonly __typename?: 'SourceSettings';
  /** How strictly SCIM is read: `lenient`, `rfc` or `interop`. */
  readonly dialect: Scalars['String']['output'];
  /** No two of its accounts, and no two of its groups, have one externalId. */
  readonly externalIdsUnique: Scalars['Boolean']['output'];
  /** No two of its groups have one displayName, in any letter case. */
  readonly groupNamesUnique: Scalars['Boolean']['output'];
  /** `User.groups` shows groups that hold the user through other groups, too. */
  readonly indirectGroups: Scalars['Boolean']['output'];
  /** Where it differs from the service in what may be asked at once, by name of the limit. */
  readonly limits: ReadonlyArray<SourceLimit>;
  /** Answers show members also where nobody asks for them. */
  readonly membersInResponses: Scalars['Boolean']['output'];
  /** `/ServiceProviderConfig`, `/ResourceTypes` and `/Schemas` are shown without a token. */
  readonly openDiscovery: Scalars['Boolean']['output'];
  /** What a PATCH answers: `auto` (users with a body, groups without), `body` or `none`. */
  readonly patchResponse: Scalars['String']['output'];
  /** Changes need the version of the resource in `If-Match`. */
  readonly requireIfMatch: Scalars['Boolean']['output'];
  /** URNs of its own schemas. */
  readonly schemas: ReadonlyArray<Scalars['String']['output']>;
};

/** How a source is read and answered. */
export type SourceSettingsInput = {
  /** How strictly SCIM is read: `lenient`, `rfc` or `interop`. */
  readonly dialect?: InputMaybe<Scalars['String']['input']>;
  /** `User.groups` shows groups that hold the user through other groups, too. */
  readonly indirectGroups?: InputMaybe<Scalars['Boolean']['input']>;
  /** What it may ask at once; these differ from the service's, and no others. */
  readonly limits?: InputMaybe<SourceLimitsInput>;
  /** Answers show members also where nobody asks for them. */
  readonly membersInResponses?: InputMaybe<Scalars['Boolean']['input']>;
  /** `/ServiceProviderConfig`, `/ResourceTypes` and `/Schemas` are shown without a token. */
  readonly openDiscovery?: InputMaybe<Scalars['Boolean']['input']>;
  /** What a PATCH answers: `auto` (users with a body, groups without), `body` or `none`. */
  readonly patchResponse?: InputMaybe<Scalars['String']['input']>;
  /** Changes need the version of the resource in `If-Match`. */
  readonly requireIfMatch?: InputMaybe<Scalars['Boolean']['input']>;
  /** Schemas of its own: JSON, a list of schemas as `/Schemas` shows them, each with the `resourceType` that it extends. */
  readonly schemas?: InputMaybe<Scalars['String']['input']>;
};

/** A credential of a source, without what is secret. */
export type SourceToken = {
  readonly __typename?: 'SourceToken';
  /** When it was made. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** From then on it is refused; null: never. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** Names it. */
  readonly id: Scalars['ID']['output'];
  /** When it was last used, to the minute; null: never. */
  readonly lastUsedAt?: Maybe<Scalars['DateTime']['output']>;
};

/** How far access is from being usable. */
export type Standing =
  /** Usable now. */
  | 'EFFECTIVE'
  /** Usable once something is activated. */
  | 'ELIGIBLE'
  /** Stopped only by the state of an identity, account or group. */
  | 'LATENT'
  /** Both. */
  | 'LATENT_ELIGIBLE';

/** Who stated an edge. */
export type StatedBy =
  /** A catalogue. */
  | 'CATALOGUE'
  /** A rule that joins accounts to identities, or membership of everyone. */
  | 'CORRELATION'
  /** An approved exception. */
  | 'EXCEPTION'
  /** A decision of governance. */
  | 'GOVERNANCE'
  /** A rule of a role mapping. */
  | 'MAPPING'
  /** A SCIM request. */
  | 'SCIM'
  /** A snapshot of what an application holds. */
  | 'SNAPSHOT';

/** An administrative boundary. */
export type Tenant = GraphNode & {
  readonly __typename?: 'Tenant';
  /** What it is for. */
  readonly environment?: Maybe<Environment>;
  /** Opaque, never reused. */
  readonly id: Scalars['ID']['output'];
  /** Its name. */
  readonly label: Scalars['String']['output'];
  /** Its name. */
  readonly name: Scalars['String']['output'];
  /** Its slug. */
  readonly ref: Scalars['Ref']['output'];
  /** Its short name in refs and addresses; it never changes. */
  readonly slug: Scalars['String']['output'];
  /** Its sources, by slug, at most 1,000. */
  readonly sources: ReadonlyArray<Source>;
};

/** Tenants, a page of them. */
export type TenantConnection = Answer & {
  readonly __typename?: 'TenantConnection';
  /** What it was judged at. */
  readonly asOf: AsOf;
  /** Whether it was cut short. */
  readonly completeness: Completeness;
  /** The rows of this page. */
  readonly nodes: ReadonlyArray<Tenant>;
  /** Where this page stands. */
  readonly pageInfo: PageInfo;
  /** Rows of all pages; null: unknown, never 0. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

/** A tenant was made. */
export type TenantCreated = {
  readonly __typename?: 'TenantCreated';
  /** Give it as `atLeastRevision` to see it anywhere. */
  readonly revision: Scalars['Revision']['output'];
  /** The tenant. */
  readonly tenant: Tenant;
};

/** Counts of distinct permissions of one tier; null: unknown, never 0. */
export type TierCount = {
  readonly __typename?: 'TierCount';
  /** With a DIRECT path. */
  readonly direct?: Maybe<Scalars['Int']['output']>;
  /** With an INHERITED path. */
  readonly inherited?: Maybe<Scalars['Int']['output']>;
  /** Without a DIRECT path. */
  readonly inheritedOnly?: Maybe<Scalars['Int']['output']>;
  /** 0 is the most powerful. */
  readonly tier: Scalars['Int']['output'];
  /** Reached by acting as another identity. */
  readonly viaAssume?: Maybe<Scalars['Int']['output']>;
};

/** A token was made. */
export type TokenCreated = {
  readonly __typename?: 'TokenCreated';
  /** From then on it is refused; null: never. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** Names it, to end it. */
  readonly id: Scalars['ID']['output'];
  /** The token; it is shown once. */
  readonly token: Scalars['String']['output'];
};

/** What an API token is made from. */
export type TokenInput = {
  /** From then on it is refused; absent: never. */
  readonly expiresAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Says who uses it. */
  readonly name: Scalars['String']['input'];
  /** What it may do, such as `graph:read`. */
  readonly scopes: ReadonlyArray<Scalars['String']['input']>;
  /** Tenants that it sees; absent: all that the one who makes it sees. */
  readonly tenants?: InputMaybe<ReadonlyArray<Scalars['Ref']['input']>>;
};

/** A token was ended. */
export type TokenRevoked = {
  readonly __typename?: 'TokenRevoked';
  /** It is refused from now on. */
  readonly id: Scalars['ID']['output'];
};

/** What a rule could conclude. UNDECIDED is neither fine nor excessive, and is counted apart. */
export type Verdict =
  /** Its condition holds. */
  | 'EXCESSIVE'
  /** Its condition holds as far as it can be judged; what is missing is named. */
  | 'UNDECIDED';

/** Who is asking. */
export type Viewer = {
  readonly __typename?: 'Viewer';
  /** It sees every tenant, also those yet to come. */
  readonly allTenants: Scalars['Boolean']['output'];
  /** The name of the credential. */
  readonly name: Scalars['String']['output'];
  /** What it may do. */
  readonly scopes: ReadonlyArray<Scalars['String']['output']>;
  /** Tenants that it sees, by slug, at most 1,000. */
  readonly tenants: ReadonlyArray<Tenant>;
};

/** Who may do something, by id, a page of it: those for whom it is ALLOWED, CONDITIONAL or UNKNOWN. */
export type WhoCan = Answer & {
  readonly __typename?: 'WhoCan';
  /** What it was judged at. */
  readonly asOf: AsOf;
  /** Whether it was cut short. */
  readonly completeness: Completeness;
  /** The rows of this page. */
  readonly items: ReadonlyArray<WhoCanRow>;
  /** Where this page stands. */
  readonly pageInfo: PageInfo;
  /** Rows of all pages; null: unknown, never 0. */
  readonly totalCount?: Maybe<Scalars['Int']['output']>;
};

/** Which identities; what is absent or null does not narrow, and an empty list fits nothing. */
export type WhoCanFilter = {
  /** With one of these decisions. */
  readonly decision?: InputMaybe<ReadonlyArray<Decision>>;
  /** Also by acting as another identity. */
  readonly includeAssume?: InputMaybe<Scalars['Boolean']['input']>;
  /** No path of theirs is DIRECT. */
  readonly inheritedOnly?: InputMaybe<Scalars['Boolean']['input']>;
  /** Reached in one of these ways; VIA_ASSUME alone only with `includeAssume`. */
  readonly origin?: InputMaybe<ReadonlyArray<AccessOrigin>>;
  /** How far from being usable. */
  readonly standing?: InputMaybe<Standing>;
  /** Of one of these types. */
  readonly type?: InputMaybe<ReadonlyArray<IdentityType>>;
};

/** One identity that may. */
export type WhoCanRow = {
  readonly __typename?: 'WhoCanRow';
  /** What holds at the resource, or the highest over its scopes. */
  readonly decision: Decision;
  /** Scopes of what allows it. */
  readonly grantedAt: ReadonlyArray<GraphNode>;
  /** Who. */
  readonly identity: Identity;
  /** Edges of the shortest path. */
  readonly leastDepth: Scalars['Int']['output'];
  /** Every way in which it is reached. */
  readonly origins: ReadonlyArray<AccessOrigin>;
};

/** Why an identity may not do something, and what little is missing. */
export type WhyNot = {
  readonly __typename?: 'WhyNot';
  /** What it was judged at. */
  readonly asOf: AsOf;
  /** Whether it was cut short. */
  readonly completeness: Completeness;
  /** What holds. */
  readonly decision: Decision;
  /** What forbids it. */
  readonly denyingPaths: ReadonlyArray<InheritancePath>;
  /** The ten paths with the fewest blockers. */
  readonly nearMisses: ReadonlyArray<NearMiss>;
};

/** An explanation, or what was not found. */
export type WhyNotResult = Ambiguous | Invalid | NotFound | WhyNot;

/** A running program with an identity of its own. */
export type Workload = GraphNode & Identity & Principal & {
  readonly __typename?: 'Workload';
  /** All questions of access about it. */
  readonly access?: Maybe<Access>;
  /** Its accounts, by id, at most 1,000. */
  readonly accounts: ReadonlyArray<Account>;
  /** Environments that it may run in. */
  readonly environments: ReadonlyArray<Environment>;
  /** From this instant on it lets nothing through. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** Opaque, never reused, the same whatever its type becomes. */
  readonly id: Scalars['ID']['output'];
  /** Its displayName, else its name. */
  readonly label: Scalars['String']['output'];
  /** When it last signed in anywhere that reports it; null: unknown. */
  readonly lastAuthenticatedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Who answers for it, whatever source says so, by id, at most 1,000. */
  readonly owners: ReadonlyArray<Principal>;
  /** What it is for, in a sentence. */
  readonly purpose?: Maybe<Scalars['String']['output']>;
  /** `acme/svc-sync`; leads back to this identity alone. */
  readonly ref: Scalars['Ref']['output'];
  /** Computed from its accounts, or set by an explicit act. */
  readonly state: IdentityState;
  /** Since when it is in that state. */
  readonly stateSince?: Maybe<Scalars['DateTime']['output']>;
  /** The tenant that it belongs to. */
  readonly tenant: Tenant;
  /** What acts through it. */
  readonly type: IdentityType;
};


/** A running program with an identity of its own. */
export type WorkloadAccessArgs = {
  asOf?: InputMaybe<AsOfInput>;
};



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  Account: Account;
  AiAgent: AiAgent;
  Application: Application;
  Finding: Finding;
  Group: Group;
  HumanIdentity: HumanIdentity;
  Identity: Identity;
  Permission: Permission;
  Resource: Resource;
  Role: Role;
  ServiceAccount: ServiceAccount;
  Source: Source;
  Tenant: Tenant;
  Workload: Workload;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Account:
    ( { __typename: 'Account' }
    & ( GraphQLRecursivePick<FederationTypes['Account'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['Account'], {"ref":true}>
        | GraphQLRecursivePick<FederationTypes['Account'], {"sourceRef":true,"externalId":true}> ) );
  AiAgent:
    ( { __typename: 'AiAgent' }
    & ( GraphQLRecursivePick<FederationTypes['AiAgent'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['AiAgent'], {"ref":true}> ) );
  Application:
    ( { __typename: 'Application' }
    & ( GraphQLRecursivePick<FederationTypes['Application'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['Application'], {"slug":true}> ) );
  Finding:
    ( { __typename: 'Finding' }
    & GraphQLRecursivePick<FederationTypes['Finding'], {"id":true}> );
  Group:
    ( { __typename: 'Group' }
    & ( GraphQLRecursivePick<FederationTypes['Group'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['Group'], {"ref":true}> ) );
  HumanIdentity:
    ( { __typename: 'HumanIdentity' }
    & ( GraphQLRecursivePick<FederationTypes['HumanIdentity'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['HumanIdentity'], {"ref":true}>
        | GraphQLRecursivePick<FederationTypes['HumanIdentity'], {"tenantSlug":true,"employeeNumber":true}> ) );
  Identity:
    ( { __typename: 'Identity' }
    & ( GraphQLRecursivePick<FederationTypes['Identity'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['Identity'], {"ref":true}> ) );
  Permission:
    ( { __typename: 'Permission' }
    & ( GraphQLRecursivePick<FederationTypes['Permission'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['Permission'], {"ref":true}> ) );
  Resource:
    ( { __typename: 'Resource' }
    & ( GraphQLRecursivePick<FederationTypes['Resource'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['Resource'], {"ref":true}> ) );
  Role:
    ( { __typename: 'Role' }
    & ( GraphQLRecursivePick<FederationTypes['Role'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['Role'], {"ref":true}> ) );
  ServiceAccount:
    ( { __typename: 'ServiceAccount' }
    & ( GraphQLRecursivePick<FederationTypes['ServiceAccount'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['ServiceAccount'], {"ref":true}> ) );
  Source:
    ( { __typename: 'Source' }
    & ( GraphQLRecursivePick<FederationTypes['Source'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['Source'], {"ref":true}> ) );
  Tenant:
    ( { __typename: 'Tenant' }
    & ( GraphQLRecursivePick<FederationTypes['Tenant'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['Tenant'], {"slug":true}> ) );
  Workload:
    ( { __typename: 'Workload' }
    & ( GraphQLRecursivePick<FederationTypes['Workload'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['Workload'], {"ref":true}> ) );
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  CreateSourceResult:
    | ( ProblemModel )
    | ( ProblemModel )
    | ( ProblemModel )
    | ( SourceWritten )
  ;
  CreateTenantResult:
    | ( ProblemModel )
    | ( ProblemModel )
    | ( ProblemModel )
    | ( Written )
  ;
  CreateTokenResult:
    | ( ProblemModel )
    | ( ProblemModel )
    | ( ProblemModel )
    | ( TokenCreated )
  ;
  DecideResult:
    | ( ProblemModel )
    | ( DecisionModel )
    | ( ProblemModel )
    | ( ProblemModel )
  ;
  IdentityResult:
    | ( IdentityModel )
    | ( ProblemModel )
    | ( IdentityModel )
    | ( ProblemModel )
    | ( IdentityModel )
    | ( IdentityModel )
  ;
  ImportCatalogueResult:
    | ( ProblemModel )
    | ( CatalogueWritten )
    | ( ProblemModel )
    | ( ProblemModel )
  ;
  InstallResult:
    | ( ProblemModel )
    | ( Written )
    | ( ProblemModel )
    | ( ProblemModel )
  ;
  RevokeResult:
    | ( ProblemModel )
    | ( ProblemModel )
    | ( ProblemModel )
    | ( TokenRevoked )
  ;
  RotateResult:
    | ( ProblemModel )
    | ( ProblemModel )
    | ( ProblemModel )
    | ( SourceWritten )
  ;
  SetClassificationResult:
    | ( ProblemModel )
    | ( ClassificationWritten )
    | ( ProblemModel )
    | ( ProblemModel )
  ;
  SetOwnersResult:
    | ( ProblemModel )
    | ( ProblemModel )
    | ( ProblemModel )
    | ( Written )
  ;
  SetSettingsResult:
    | ( ProblemModel )
    | ( ProblemModel )
    | ( ProblemModel )
    | ( Written )
  ;
  WhyNotResult:
    | ( ProblemModel )
    | ( ProblemModel )
    | ( ProblemModel )
    | ( WhyNotAnswer )
  ;
};


/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Access: ResolverTypeWrapper<AccessModel>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  AccessOrigin: AccessOrigin;
  AccessSummary: ResolverTypeWrapper<SummaryAnswer>;
  Account: ResolverTypeWrapper<AccountModel>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  AiAgent: ResolverTypeWrapper<IdentityModel>;
  Ambiguous: ResolverTypeWrapper<ProblemModel>;
  Answer: ResolverTypeWrapper<AnswerModel>;
  Application: ResolverTypeWrapper<ApplicationModel>;
  ApplicationConnection: ResolverTypeWrapper<ConnectionModel>;
  ApplicationInstalled: ResolverTypeWrapper<Written>;
  AppliedClassificationRule: ResolverTypeWrapper<ClassificationRuleModel>;
  AsOf: ResolverTypeWrapper<AsOfModel>;
  AsOfInput: AsOfInput;
  BlockedEdge: ResolverTypeWrapper<BlockedEdgeModel>;
  Blocker: Blocker;
  BringingEdgeCount: ResolverTypeWrapper<BroughtBy>;
  CatalogueImported: ResolverTypeWrapper<CatalogueWritten>;
  ClassificationPreview: ResolverTypeWrapper<Omit<ClassificationPreview, 'changes'> & { changes: ReadonlyArray<ResolversTypes['Reclassification']> }>;
  ClassificationRule: ClassificationRule;
  ClassificationSet: ResolverTypeWrapper<ClassificationWritten>;
  CoercionCount: ResolverTypeWrapper<CoercionCount>;
  Completeness: ResolverTypeWrapper<CompletenessModel>;
  CorrelationRule: CorrelationRule;
  Count: ResolverTypeWrapper<PathCount>;
  CreateSourceResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CreateSourceResult']>;
  CreateTenantResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CreateTenantResult']>;
  CreateTokenResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CreateTokenResult']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DecideResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['DecideResult']>;
  Decision: Decision;
  DecisionAnswer: ResolverTypeWrapper<DecisionModel>;
  DecisionInput: DecisionInput;
  Edge: ResolverTypeWrapper<EdgeModel>;
  EdgeKind: EdgeKind;
  EffectivePermission: ResolverTypeWrapper<EffectivePermissionModel>;
  EffectivePermissions: ResolverTypeWrapper<EffectivePermissionsModel>;
  Environment: Environment;
  Finding: ResolverTypeWrapper<FindingModel>;
  FindingConnection: ResolverTypeWrapper<FindingPage>;
  FindingFilter: FindingFilter;
  FindingOrder: FindingOrder;
  FindingState: FindingState;
  Grade: Grade;
  GraphNode: ResolverTypeWrapper<NodeModel>;
  Group: ResolverTypeWrapper<GroupModel>;
  GroupConnection: ResolverTypeWrapper<ConnectionModel>;
  HumanIdentity: ResolverTypeWrapper<IdentityModel>;
  Identity: ResolverTypeWrapper<IdentityModel>;
  IdentityConnection: ResolverTypeWrapper<ConnectionModel>;
  IdentityFilter: IdentityFilter;
  IdentityOrder: IdentityOrder;
  IdentityResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['IdentityResult']>;
  IdentityState: IdentityState;
  IdentityType: IdentityType;
  ImportCatalogueResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ImportCatalogueResult']>;
  IncompleteReason: IncompleteReason;
  InheritancePath: ResolverTypeWrapper<InheritancePathModel>;
  InheritancePaths: ResolverTypeWrapper<PathsModel>;
  InstallResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['InstallResult']>;
  Invalid: ResolverTypeWrapper<ProblemModel>;
  Issue: ResolverTypeWrapper<Issue>;
  JSONObject: ResolverTypeWrapper<Scalars['JSONObject']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NearMiss: ResolverTypeWrapper<NearMissModel>;
  Nesting: Nesting;
  NotFound: ResolverTypeWrapper<ProblemModel>;
  OwnersSet: ResolverTypeWrapper<Written>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  PathFilter: PathFilter;
  PathStatus: PathStatus;
  Permission: ResolverTypeWrapper<PermissionModel>;
  PermissionClass: PermissionClass;
  PermissionConnection: ResolverTypeWrapper<ConnectionModel>;
  PermissionFilter: PermissionFilter;
  PermissionOrder: PermissionOrder;
  Plane: Plane;
  Principal: ResolverTypeWrapper<NodeModel>;
  PrincipalConnection: ResolverTypeWrapper<PrincipalConnectionModel>;
  Problem: ResolverTypeWrapper<ProblemModel>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Reclassification: ResolverTypeWrapper<ReclassificationModel>;
  Redacted: ResolverTypeWrapper<RedactedModel>;
  Ref: ResolverTypeWrapper<Scalars['Ref']['output']>;
  Resource: ResolverTypeWrapper<ResourceModel>;
  ResourceConnection: ResolverTypeWrapper<ConnectionModel>;
  Revision: ResolverTypeWrapper<Scalars['Revision']['output']>;
  RevokeResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RevokeResult']>;
  Role: ResolverTypeWrapper<RoleModel>;
  RoleConnection: ResolverTypeWrapper<ConnectionModel>;
  RotateResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RotateResult']>;
  Rule: ResolverTypeWrapper<RuleModel>;
  ServiceAccount: ResolverTypeWrapper<IdentityModel>;
  SetClassificationResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['SetClassificationResult']>;
  SetOwnersResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['SetOwnersResult']>;
  SetSettingsResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['SetSettingsResult']>;
  SettingsSet: ResolverTypeWrapper<Written>;
  Severity: Severity;
  SeverityFactor: ResolverTypeWrapper<SeverityFactor>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  Source: ResolverTypeWrapper<SourceModel>;
  SourceConnection: ResolverTypeWrapper<ConnectionModel>;
  SourceCreated: ResolverTypeWrapper<SourceWritten>;
  SourceHealth: ResolverTypeWrapper<SourceHealthReport>;
  SourceInput: SourceInput;
  SourceKind: SourceKind;
  SourceLimit: ResolverTypeWrapper<SourceLimit>;
  SourceLimitsInput: SourceLimitsInput;
  SourceSettings: ResolverTypeWrapper<SourceSettings>;
  SourceSettingsInput: SourceSettingsInput;
  SourceToken: ResolverTypeWrapper<ShownCredential>;
  Standing: Standing;
  StatedBy: StatedBy;
  Tenant: ResolverTypeWrapper<TenantModel>;
  TenantConnection: ResolverTypeWrapper<ConnectionModel>;
  TenantCreated: ResolverTypeWrapper<Written>;
  TierCount: ResolverTypeWrapper<TierCount>;
  TokenCreated: ResolverTypeWrapper<TokenCreated>;
  TokenInput: TokenInput;
  TokenRevoked: ResolverTypeWrapper<TokenRevoked>;
  Verdict: Verdict;
  Viewer: ResolverTypeWrapper<Caller>;
  WhoCan: ResolverTypeWrapper<WhoCanModel>;
  WhoCanFilter: WhoCanFilter;
  WhoCanRow: ResolverTypeWrapper<WhoCanRowModel>;
  WhyNot: ResolverTypeWrapper<WhyNotAnswer>;
  WhyNotResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['WhyNotResult']>;
  Workload: ResolverTypeWrapper<IdentityModel>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Access: AccessModel;
  String: Scalars['String']['output'];
  Int: Scalars['Int']['output'];
  AccessSummary: SummaryAnswer;
  Account: AccountModel;
  Boolean: Scalars['Boolean']['output'];
  ID: Scalars['ID']['output'];
  AiAgent: IdentityModel;
  Ambiguous: ProblemModel;
  Answer: AnswerModel;
  Application: ApplicationModel;
  ApplicationConnection: ConnectionModel;
  ApplicationInstalled: Written;
  AppliedClassificationRule: ClassificationRuleModel;
  AsOf: AsOfModel;
  AsOfInput: AsOfInput;
  BlockedEdge: BlockedEdgeModel;
  BringingEdgeCount: BroughtBy;
  CatalogueImported: CatalogueWritten;
  ClassificationPreview: Omit<ClassificationPreview, 'changes'> & { changes: ReadonlyArray<ResolversParentTypes['Reclassification']> };
  ClassificationRule: ClassificationRule;
  ClassificationSet: ClassificationWritten;
  CoercionCount: CoercionCount;
  Completeness: CompletenessModel;
  Count: PathCount;
  CreateSourceResult: ResolversUnionTypes<ResolversParentTypes>['CreateSourceResult'];
  CreateTenantResult: ResolversUnionTypes<ResolversParentTypes>['CreateTenantResult'];
  CreateTokenResult: ResolversUnionTypes<ResolversParentTypes>['CreateTokenResult'];
  DateTime: Scalars['DateTime']['output'];
  DecideResult: ResolversUnionTypes<ResolversParentTypes>['DecideResult'];
  DecisionAnswer: DecisionModel;
  DecisionInput: DecisionInput;
  Edge: EdgeModel;
  EffectivePermission: EffectivePermissionModel;
  EffectivePermissions: EffectivePermissionsModel;
  Finding: FindingModel;
  FindingConnection: FindingPage;
  FindingFilter: FindingFilter;
  GraphNode: NodeModel;
  Group: GroupModel;
  GroupConnection: ConnectionModel;
  HumanIdentity: IdentityModel;
  Identity: IdentityModel;
  IdentityConnection: ConnectionModel;
  IdentityFilter: IdentityFilter;
  IdentityResult: ResolversUnionTypes<ResolversParentTypes>['IdentityResult'];
  ImportCatalogueResult: ResolversUnionTypes<ResolversParentTypes>['ImportCatalogueResult'];
  InheritancePath: InheritancePathModel;
  InheritancePaths: PathsModel;
  InstallResult: ResolversUnionTypes<ResolversParentTypes>['InstallResult'];
  Invalid: ProblemModel;
  Issue: Issue;
  JSONObject: Scalars['JSONObject']['output'];
  Mutation: Record<PropertyKey, never>;
  NearMiss: NearMissModel;
  NotFound: ProblemModel;
  OwnersSet: Written;
  PageInfo: PageInfo;
  PathFilter: PathFilter;
  Permission: PermissionModel;
  PermissionConnection: ConnectionModel;
  PermissionFilter: PermissionFilter;
  Principal: NodeModel;
  PrincipalConnection: PrincipalConnectionModel;
  Problem: ProblemModel;
  Query: Record<PropertyKey, never>;
  Reclassification: ReclassificationModel;
  Redacted: RedactedModel;
  Ref: Scalars['Ref']['output'];
  Resource: ResourceModel;
  ResourceConnection: ConnectionModel;
  Revision: Scalars['Revision']['output'];
  RevokeResult: ResolversUnionTypes<ResolversParentTypes>['RevokeResult'];
  Role: RoleModel;
  RoleConnection: ConnectionModel;
  RotateResult: ResolversUnionTypes<ResolversParentTypes>['RotateResult'];
  Rule: RuleModel;
  ServiceAccount: IdentityModel;
  SetClassificationResult: ResolversUnionTypes<ResolversParentTypes>['SetClassificationResult'];
  SetOwnersResult: ResolversUnionTypes<ResolversParentTypes>['SetOwnersResult'];
  SetSettingsResult: ResolversUnionTypes<ResolversParentTypes>['SetSettingsResult'];
  SettingsSet: Written;
  SeverityFactor: SeverityFactor;
  Float: Scalars['Float']['output'];
  Source: SourceModel;
  SourceConnection: ConnectionModel;
  SourceCreated: SourceWritten;
  SourceHealth: SourceHealthReport;
  SourceInput: SourceInput;
  SourceLimit: SourceLimit;
  SourceLimitsInput: SourceLimitsInput;
  SourceSettings: SourceSettings;
  SourceSettingsInput: SourceSettingsInput;
  SourceToken: ShownCredential;
  Tenant: TenantModel;
  TenantConnection: ConnectionModel;
  TenantCreated: Written;
  TierCount: TierCount;
  TokenCreated: TokenCreated;
  TokenInput: TokenInput;
  TokenRevoked: TokenRevoked;
  Viewer: Caller;
  WhoCan: WhoCanModel;
  WhoCanFilter: WhoCanFilter;
  WhoCanRow: WhoCanRowModel;
  WhyNot: WhyNotAnswer;
  WhyNotResult: ResolversUnionTypes<ResolversParentTypes>['WhyNotResult'];
  Workload: IdentityModel;
};

export type AccessResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Access'] = ResolversParentTypes['Access']> = {
  asOf?: Resolver<ResolversTypes['AsOf'], ParentType, ContextType>;
  effectivePermissions?: Resolver<Maybe<ResolversTypes['EffectivePermissions']>, ParentType, ContextType, RequireFields<AccessEffectivePermissionsArgs, 'first' | 'orderBy' | 'standing'>>;
  summary?: Resolver<ResolversTypes['AccessSummary'], ParentType, ContextType>;
};

export type AccessSummaryResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['AccessSummary'] = ResolversParentTypes['AccessSummary']> = {
  completeness?: Resolver<ResolversTypes['Completeness'], ParentType, ContextType>;
  crossTenant?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  eligible?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  latent?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  leastDepthToPrivileged?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  privilegedInherited?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  tiers?: Resolver<ReadonlyArray<ResolversTypes['TierCount']>, ParentType, ContextType>;
  total?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type AccountResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Account'] = ResolversParentTypes['Account'], FederationReferenceType extends FederationReferenceTypes['Account'] = FederationReferenceTypes['Account']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Account']> | FederationReferenceType, FederationReferenceType, ContextType>;
  active?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  externalId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  identity?: Resolver<Maybe<ResolversTypes['Identity']>, ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  ref?: Resolver<ResolversTypes['Ref'], ParentType, ContextType>;
  scimId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sourceRef?: Resolver<ResolversTypes['Ref'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['IdentityType'], ParentType, ContextType>;
  userName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AiAgentResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['AiAgent'] = ResolversParentTypes['AiAgent'], FederationReferenceType extends FederationReferenceTypes['AiAgent'] = FederationReferenceTypes['AiAgent']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['AiAgent']> | FederationReferenceType, FederationReferenceType, ContextType>;
  access?: Resolver<Maybe<ResolversTypes['Access']>, ParentType, ContextType, Partial<AiAgentAccessArgs>>;
  accounts?: Resolver<ReadonlyArray<ResolversTypes['Account']>, ParentType, ContextType>;
  actsFor?: Resolver<ReadonlyArray<ResolversTypes['Identity']>, ParentType, ContextType>;
  environments?: Resolver<ReadonlyArray<ResolversTypes['Environment']>, ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  lastAuthenticatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  owners?: Resolver<ReadonlyArray<ResolversTypes['Principal']>, ParentType, ContextType>;
  purpose?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  ref?: Resolver<ResolversTypes['Ref'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['IdentityState'], ParentType, ContextType>;
  stateSince?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  tenant?: Resolver<ResolversTypes['Tenant'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['IdentityType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AmbiguousResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Ambiguous'] = ResolversParentTypes['Ambiguous']> = {
  argument?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  candidates?: Resolver<ReadonlyArray<ResolversTypes['Ref']>, ParentType, ContextType>;
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AnswerResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Answer'] = ResolversParentTypes['Answer']> = {
  __resolveType: TypeResolveFn<'ApplicationConnection' | 'EffectivePermissions' | 'FindingConnection' | 'GroupConnection' | 'IdentityConnection' | 'InheritancePaths' | 'PermissionConnection' | 'PrincipalConnection' | 'ResourceConnection' | 'RoleConnection' | 'SourceConnection' | 'TenantConnection' | 'WhoCan', ParentType, ContextType>;
};

export type ApplicationResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Application'] = ResolversParentTypes['Application'], FederationReferenceType extends FederationReferenceTypes['Application'] = FederationReferenceTypes['Application']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Application']> | FederationReferenceType, FederationReferenceType, ContextType>;
  catalogueVersion?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  owners?: Resolver<ReadonlyArray<ResolversTypes['Principal']>, ParentType, ContextType>;
  ref?: Resolver<ResolversTypes['Ref'], ParentType, ContextType>;
  slug?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ApplicationConnectionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ApplicationConnection'] = ResolversParentTypes['ApplicationConnection']> = {
  asOf?: Resolver<ResolversTypes['AsOf'], ParentType, ContextType>;
  completeness?: Resolver<ResolversTypes['Completeness'], ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Application']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ApplicationInstalledResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ApplicationInstalled'] = ResolversParentTypes['ApplicationInstalled']> = {
  revision?: Resolver<ResolversTypes['Revision'], ParentType, ContextType>;
  root?: Resolver<ResolversTypes['Resource'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AppliedClassificationRuleResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['AppliedClassificationRule'] = ResolversParentTypes['AppliedClassificationRule']> = {
  attribute?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  group?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  matches?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['IdentityType'], ParentType, ContextType>;
  userName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userType?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type AsOfResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['AsOf'] = ResolversParentTypes['AsOf']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Revision'], ParentType, ContextType>;
  until?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type BlockedEdgeResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['BlockedEdge'] = ResolversParentTypes['BlockedEdge']> = {
  blocker?: Resolver<ResolversTypes['Blocker'], ParentType, ContextType>;
  detail?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  edge?: Resolver<ResolversTypes['Edge'], ParentType, ContextType>;
  node?: Resolver<Maybe<ResolversTypes['GraphNode']>, ParentType, ContextType>;
};

export type BringingEdgeCountResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['BringingEdgeCount'] = ResolversParentTypes['BringingEdgeCount']> = {
  edge?: Resolver<Maybe<ResolversTypes['Edge']>, ParentType, ContextType>;
  findings?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  identities?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  worst?: Resolver<ResolversTypes['Severity'], ParentType, ContextType>;
};

export type CatalogueImportedResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['CatalogueImported'] = ResolversParentTypes['CatalogueImported']> = {
  application?: Resolver<ResolversTypes['Application'], ParentType, ContextType>;
  parts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Revision'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ClassificationPreviewResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ClassificationPreview'] = ResolversParentTypes['ClassificationPreview']> = {
  changes?: Resolver<ReadonlyArray<ResolversTypes['Reclassification']>, ParentType, ContextType>;
  examined?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ClassificationSetResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ClassificationSet'] = ResolversParentTypes['ClassificationSet']> = {
  changes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Revision'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['Source'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CoercionCountResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['CoercionCount'] = ResolversParentTypes['CoercionCount']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  habit?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CompletenessResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Completeness'] = ResolversParentTypes['Completeness']> = {
  complete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  limit?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reasons?: Resolver<ReadonlyArray<ResolversTypes['IncompleteReason']>, ParentType, ContextType>;
};

export type CountResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Count'] = ResolversParentTypes['Count']> = {
  atLeast?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  exact?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type CreateSourceResultResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['CreateSourceResult'] = ResolversParentTypes['CreateSourceResult']> = {
  __resolveType: TypeResolveFn<'Ambiguous' | 'Invalid' | 'NotFound' | 'SourceCreated', ParentType, ContextType>;
};

export type CreateTenantResultResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['CreateTenantResult'] = ResolversParentTypes['CreateTenantResult']> = {
  __resolveType: TypeResolveFn<'Ambiguous' | 'Invalid' | 'NotFound' | 'TenantCreated', ParentType, ContextType>;
};

export type CreateTokenResultResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['CreateTokenResult'] = ResolversParentTypes['CreateTokenResult']> = {
  __resolveType: TypeResolveFn<'Ambiguous' | 'Invalid' | 'NotFound' | 'TokenCreated', ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DecideResultResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['DecideResult'] = ResolversParentTypes['DecideResult']> = {
  __resolveType: TypeResolveFn<'Ambiguous' | 'DecisionAnswer' | 'Invalid' | 'NotFound', ParentType, ContextType>;
};

export type DecisionAnswerResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['DecisionAnswer'] = ResolversParentTypes['DecisionAnswer']> = {
  asOf?: Resolver<ResolversTypes['AsOf'], ParentType, ContextType>;
  completeness?: Resolver<ResolversTypes['Completeness'], ParentType, ContextType>;
  conditions?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  decidedBy?: Resolver<ReadonlyArray<ResolversTypes['InheritancePath']>, ParentType, ContextType>;
  decision?: Resolver<ResolversTypes['Decision'], ParentType, ContextType>;
  identity?: Resolver<ResolversTypes['Identity'], ParentType, ContextType>;
  permission?: Resolver<ResolversTypes['Permission'], ParentType, ContextType>;
  resource?: Resolver<ResolversTypes['Resource'], ParentType, ContextType>;
  unknownReason?: Resolver<Maybe<ResolversTypes['IncompleteReason']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EdgeResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Edge'] = ResolversParentTypes['Edge']> = {
  approvalRef?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  at?: Resolver<Maybe<ResolversTypes['GraphNode']>, ParentType, ContextType>;
  conditional?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  crossesTenant?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  from?: Resolver<ResolversTypes['GraphNode'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['EdgeKind'], ParentType, ContextType>;
  redacted?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  scope?: Resolver<Maybe<ResolversTypes['GraphNode']>, ParentType, ContextType>;
  since?: Resolver<Maybe<ResolversTypes['Revision']>, ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['Source']>, ParentType, ContextType>;
  sourceRef?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  statedBy?: Resolver<Maybe<ResolversTypes['StatedBy']>, ParentType, ContextType>;
  to?: Resolver<ResolversTypes['GraphNode'], ParentType, ContextType>;
  validFrom?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  validUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  within?: Resolver<Maybe<ResolversTypes['GraphNode']>, ParentType, ContextType>;
};

export type EffectivePermissionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['EffectivePermission'] = ResolversParentTypes['EffectivePermission']> = {
  conditions?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  decision?: Resolver<ResolversTypes['Decision'], ParentType, ContextType>;
  except?: Resolver<ReadonlyArray<ResolversTypes['GraphNode']>, ParentType, ContextType>;
  grantedAt?: Resolver<ResolversTypes['GraphNode'], ParentType, ContextType>;
  leastDepth?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  origins?: Resolver<ReadonlyArray<ResolversTypes['AccessOrigin']>, ParentType, ContextType>;
  pathCount?: Resolver<ResolversTypes['Count'], ParentType, ContextType>;
  paths?: Resolver<Maybe<ResolversTypes['InheritancePaths']>, ParentType, ContextType, RequireFields<EffectivePermissionPathsArgs, 'first'>>;
  permission?: Resolver<ResolversTypes['Permission'], ParentType, ContextType>;
  roles?: Resolver<ReadonlyArray<ResolversTypes['GraphNode']>, ParentType, ContextType>;
  standing?: Resolver<ResolversTypes['Standing'], ParentType, ContextType>;
};

export type EffectivePermissionsResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['EffectivePermissions'] = ResolversParentTypes['EffectivePermissions']> = {
  asOf?: Resolver<ResolversTypes['AsOf'], ParentType, ContextType>;
  completeness?: Resolver<ResolversTypes['Completeness'], ParentType, ContextType>;
  items?: Resolver<ReadonlyArray<ResolversTypes['EffectivePermission']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  permissionCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type FindingResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Finding'] = ResolversParentTypes['Finding'], FederationReferenceType extends FederationReferenceTypes['Finding'] = FederationReferenceTypes['Finding']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Finding']> | FederationReferenceType, FederationReferenceType, ContextType>;
  bringingEdge?: Resolver<Maybe<ResolversTypes['Edge']>, ParentType, ContextType>;
  factors?: Resolver<ReadonlyArray<ResolversTypes['SeverityFactor']>, ParentType, ContextType>;
  fingerprint?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  floor?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  grade?: Resolver<ResolversTypes['Grade'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  identity?: Resolver<Maybe<ResolversTypes['Identity']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  openedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  paths?: Resolver<Maybe<ResolversTypes['InheritancePaths']>, ParentType, ContextType, RequireFields<FindingPathsArgs, 'first'>>;
  permissions?: Resolver<ReadonlyArray<ResolversTypes['Permission']>, ParentType, ContextType>;
  resolvedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  rule?: Resolver<ResolversTypes['Rule'], ParentType, ContextType>;
  score?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  severity?: Resolver<ResolversTypes['Severity'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['FindingState'], ParentType, ContextType>;
  tenant?: Resolver<ResolversTypes['Tenant'], ParentType, ContextType>;
  thresholds?: Resolver<ResolversTypes['JSONObject'], ParentType, ContextType>;
  undecidedReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  verdict?: Resolver<ResolversTypes['Verdict'], ParentType, ContextType>;
};

export type FindingConnectionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['FindingConnection'] = ResolversParentTypes['FindingConnection']> = {
  asOf?: Resolver<ResolversTypes['AsOf'], ParentType, ContextType>;
  byBringingEdge?: Resolver<ReadonlyArray<ResolversTypes['BringingEdgeCount']>, ParentType, ContextType, RequireFields<FindingConnectionByBringingEdgeArgs, 'first'>>;
  completeness?: Resolver<ResolversTypes['Completeness'], ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Finding']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type GraphNodeResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['GraphNode'] = ResolversParentTypes['GraphNode']> = {
  __resolveType: TypeResolveFn<'Account' | 'AiAgent' | 'Application' | 'Group' | 'HumanIdentity' | 'Permission' | 'Redacted' | 'Resource' | 'Role' | 'ServiceAccount' | 'Source' | 'Tenant' | 'Workload', ParentType, ContextType>;
};

export type GroupResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Group'] = ResolversParentTypes['Group'], FederationReferenceType extends FederationReferenceTypes['Group'] = FederationReferenceTypes['Group']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Group']> | FederationReferenceType, FederationReferenceType, ContextType>;
  active?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  displayName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  externalId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  members?: Resolver<Maybe<ResolversTypes['PrincipalConnection']>, ParentType, ContextType, RequireFields<GroupMembersArgs, 'first'>>;
  owners?: Resolver<ReadonlyArray<ResolversTypes['Principal']>, ParentType, ContextType>;
  ref?: Resolver<ResolversTypes['Ref'], ParentType, ContextType>;
  scimId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['Source']>, ParentType, ContextType>;
  tenant?: Resolver<ResolversTypes['Tenant'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type GroupConnectionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['GroupConnection'] = ResolversParentTypes['GroupConnection']> = {
  asOf?: Resolver<ResolversTypes['AsOf'], ParentType, ContextType>;
  completeness?: Resolver<ResolversTypes['Completeness'], ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Group']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type HumanIdentityResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['HumanIdentity'] = ResolversParentTypes['HumanIdentity'], FederationReferenceType extends FederationReferenceTypes['HumanIdentity'] = FederationReferenceTypes['HumanIdentity']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['HumanIdentity']> | FederationReferenceType, FederationReferenceType, ContextType>;
  access?: Resolver<Maybe<ResolversTypes['Access']>, ParentType, ContextType, Partial<HumanIdentityAccessArgs>>;
  accounts?: Resolver<ReadonlyArray<ResolversTypes['Account']>, ParentType, ContextType>;
  employeeNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  environments?: Resolver<ReadonlyArray<ResolversTypes['Environment']>, ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  lastAuthenticatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  owners?: Resolver<ReadonlyArray<ResolversTypes['Principal']>, ParentType, ContextType>;
  purpose?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  ref?: Resolver<ResolversTypes['Ref'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['IdentityState'], ParentType, ContextType>;
  stateSince?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  tenant?: Resolver<ResolversTypes['Tenant'], ParentType, ContextType>;
  tenantSlug?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['IdentityType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type IdentityResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Identity'] = ResolversParentTypes['Identity'], FederationReferenceType extends FederationReferenceTypes['Identity'] = FederationReferenceTypes['Identity']> = {
  __resolveType: TypeResolveFn<'AiAgent' | 'HumanIdentity' | 'ServiceAccount' | 'Workload', ParentType, ContextType>;
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Identity']> | FederationReferenceType, FederationReferenceType, ContextType>;
};

export type IdentityConnectionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['IdentityConnection'] = ResolversParentTypes['IdentityConnection']> = {
  asOf?: Resolver<ResolversTypes['AsOf'], ParentType, ContextType>;
  completeness?: Resolver<ResolversTypes['Completeness'], ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Identity']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type IdentityResultResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['IdentityResult'] = ResolversParentTypes['IdentityResult']> = {
  __resolveType: TypeResolveFn<'AiAgent' | 'Ambiguous' | 'HumanIdentity' | 'NotFound' | 'ServiceAccount' | 'Workload', ParentType, ContextType>;
};

export type ImportCatalogueResultResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ImportCatalogueResult'] = ResolversParentTypes['ImportCatalogueResult']> = {
  __resolveType: TypeResolveFn<'Ambiguous' | 'CatalogueImported' | 'Invalid' | 'NotFound', ParentType, ContextType>;
};

export type InheritancePathResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['InheritancePath'] = ResolversParentTypes['InheritancePath']> = {
  bringingEdge?: Resolver<Maybe<ResolversTypes['Edge']>, ParentType, ContextType>;
  denyBelow?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hops?: Resolver<ReadonlyArray<ResolversTypes['Edge']>, ParentType, ContextType>;
  length?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  overriddenBy?: Resolver<Maybe<ResolversTypes['InheritancePath']>, ParentType, ContextType>;
  scope?: Resolver<ResolversTypes['GraphNode'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['PathStatus'], ParentType, ContextType>;
  structural?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type InheritancePathsResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['InheritancePaths'] = ResolversParentTypes['InheritancePaths']> = {
  asOf?: Resolver<ResolversTypes['AsOf'], ParentType, ContextType>;
  completeness?: Resolver<ResolversTypes['Completeness'], ParentType, ContextType>;
  items?: Resolver<ReadonlyArray<ResolversTypes['InheritancePath']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  pathCount?: Resolver<ResolversTypes['Count'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InstallResultResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['InstallResult'] = ResolversParentTypes['InstallResult']> = {
  __resolveType: TypeResolveFn<'Ambiguous' | 'ApplicationInstalled' | 'Invalid' | 'NotFound', ParentType, ContextType>;
};

export type InvalidResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Invalid'] = ResolversParentTypes['Invalid']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  issues?: Resolver<ReadonlyArray<ResolversTypes['Issue']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type IssueResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Issue'] = ResolversParentTypes['Issue']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  hint?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  pointer?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export interface JsonObjectScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSONObject'], any> {
  name: 'JSONObject';
}

export type MutationResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  createSource?: Resolver<ResolversTypes['CreateSourceResult'], ParentType, ContextType, RequireFields<MutationCreateSourceArgs, 'input'>>;
  createTenant?: Resolver<ResolversTypes['CreateTenantResult'], ParentType, ContextType, RequireFields<MutationCreateTenantArgs, 'name' | 'slug'>>;
  createToken?: Resolver<ResolversTypes['CreateTokenResult'], ParentType, ContextType, RequireFields<MutationCreateTokenArgs, 'input'>>;
  importCatalogue?: Resolver<ResolversTypes['ImportCatalogueResult'], ParentType, ContextType, RequireFields<MutationImportCatalogueArgs, 'document'>>;
  installApplication?: Resolver<ResolversTypes['InstallResult'], ParentType, ContextType, RequireFields<MutationInstallApplicationArgs, 'application' | 'tenant'>>;
  revokeToken?: Resolver<ResolversTypes['RevokeResult'], ParentType, ContextType, RequireFields<MutationRevokeTokenArgs, 'id'>>;
  rotateSourceToken?: Resolver<ResolversTypes['RotateResult'], ParentType, ContextType, RequireFields<MutationRotateSourceTokenArgs, 'overlap' | 'source'>>;
  setClassification?: Resolver<ResolversTypes['SetClassificationResult'], ParentType, ContextType, RequireFields<MutationSetClassificationArgs, 'rules' | 'source'>>;
  setOwners?: Resolver<ResolversTypes['SetOwnersResult'], ParentType, ContextType, RequireFields<MutationSetOwnersArgs, 'approvalRef' | 'approver' | 'owners' | 'reason' | 'target'>>;
  setSourceSettings?: Resolver<ResolversTypes['SetSettingsResult'], ParentType, ContextType, RequireFields<MutationSetSourceSettingsArgs, 'settings' | 'source'>>;
};

export type NearMissResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['NearMiss'] = ResolversParentTypes['NearMiss']> = {
  blockers?: Resolver<ReadonlyArray<ResolversTypes['BlockedEdge']>, ParentType, ContextType>;
  path?: Resolver<ResolversTypes['InheritancePath'], ParentType, ContextType>;
  wouldBe?: Resolver<ResolversTypes['Decision'], ParentType, ContextType>;
};

export type NotFoundResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['NotFound'] = ResolversParentTypes['NotFound']> = {
  argument?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OwnersSetResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['OwnersSet'] = ResolversParentTypes['OwnersSet']> = {
  owners?: Resolver<ReadonlyArray<ResolversTypes['Principal']>, ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Revision'], ParentType, ContextType>;
  target?: Resolver<ResolversTypes['GraphNode'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PermissionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Permission'] = ResolversParentTypes['Permission'], FederationReferenceType extends FederationReferenceTypes['Permission'] = FederationReferenceTypes['Permission']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Permission']> | FederationReferenceType, FederationReferenceType, ContextType>;
  action?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  application?: Resolver<ResolversTypes['Application'], ParentType, ContextType>;
  class?: Resolver<ResolversTypes['PermissionClass'], ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  plane?: Resolver<ResolversTypes['Plane'], ParentType, ContextType>;
  ref?: Resolver<ResolversTypes['Ref'], ParentType, ContextType>;
  tier?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PermissionConnectionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['PermissionConnection'] = ResolversParentTypes['PermissionConnection']> = {
  asOf?: Resolver<ResolversTypes['AsOf'], ParentType, ContextType>;
  completeness?: Resolver<ResolversTypes['Completeness'], ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Permission']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PrincipalResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Principal'] = ResolversParentTypes['Principal']> = {
  __resolveType: TypeResolveFn<'Account' | 'AiAgent' | 'Group' | 'HumanIdentity' | 'Redacted' | 'ServiceAccount' | 'Workload', ParentType, ContextType>;
};

export type PrincipalConnectionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['PrincipalConnection'] = ResolversParentTypes['PrincipalConnection']> = {
  asOf?: Resolver<ResolversTypes['AsOf'], ParentType, ContextType>;
  completeness?: Resolver<ResolversTypes['Completeness'], ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Principal']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ProblemResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Problem'] = ResolversParentTypes['Problem']> = {
  __resolveType: TypeResolveFn<'Ambiguous' | 'Invalid' | 'NotFound', ParentType, ContextType>;
};

export type QueryResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  applications?: Resolver<Maybe<ResolversTypes['ApplicationConnection']>, ParentType, ContextType, RequireFields<QueryApplicationsArgs, 'first'>>;
  decide?: Resolver<ResolversTypes['DecideResult'], ParentType, ContextType, RequireFields<QueryDecideArgs, 'identity' | 'permission' | 'resource'>>;
  decideMany?: Resolver<Maybe<ReadonlyArray<ResolversTypes['DecideResult']>>, ParentType, ContextType, RequireFields<QueryDecideManyArgs, 'questions'>>;
  findings?: Resolver<Maybe<ResolversTypes['FindingConnection']>, ParentType, ContextType, RequireFields<QueryFindingsArgs, 'first' | 'orderBy'>>;
  groups?: Resolver<Maybe<ResolversTypes['GroupConnection']>, ParentType, ContextType, RequireFields<QueryGroupsArgs, 'first'>>;
  identities?: Resolver<Maybe<ResolversTypes['IdentityConnection']>, ParentType, ContextType, RequireFields<QueryIdentitiesArgs, 'first' | 'orderBy'>>;
  identity?: Resolver<ResolversTypes['IdentityResult'], ParentType, ContextType, RequireFields<QueryIdentityArgs, 'ref'>>;
  inheritancePaths?: Resolver<Maybe<ResolversTypes['InheritancePaths']>, ParentType, ContextType, RequireFields<QueryInheritancePathsArgs, 'first' | 'identity' | 'permission'>>;
  permissions?: Resolver<Maybe<ResolversTypes['PermissionConnection']>, ParentType, ContextType, RequireFields<QueryPermissionsArgs, 'first'>>;
  previewClassification?: Resolver<Maybe<ResolversTypes['ClassificationPreview']>, ParentType, ContextType, RequireFields<QueryPreviewClassificationArgs, 'first' | 'rules' | 'source'>>;
  resources?: Resolver<Maybe<ResolversTypes['ResourceConnection']>, ParentType, ContextType, RequireFields<QueryResourcesArgs, 'first'>>;
  roles?: Resolver<Maybe<ResolversTypes['RoleConnection']>, ParentType, ContextType, RequireFields<QueryRolesArgs, 'first'>>;
  rules?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Rule']>>, ParentType, ContextType>;
  search?: Resolver<Maybe<ReadonlyArray<ResolversTypes['GraphNode']>>, ParentType, ContextType, RequireFields<QuerySearchArgs, 'first' | 'text'>>;
  sourceTokens?: Resolver<Maybe<ReadonlyArray<ResolversTypes['SourceToken']>>, ParentType, ContextType, RequireFields<QuerySourceTokensArgs, 'source'>>;
  sources?: Resolver<Maybe<ResolversTypes['SourceConnection']>, ParentType, ContextType, RequireFields<QuerySourcesArgs, 'first'>>;
  tenants?: Resolver<Maybe<ResolversTypes['TenantConnection']>, ParentType, ContextType, RequireFields<QueryTenantsArgs, 'first'>>;
  viewer?: Resolver<ResolversTypes['Viewer'], ParentType, ContextType>;
  whoCan?: Resolver<Maybe<ResolversTypes['WhoCan']>, ParentType, ContextType, RequireFields<QueryWhoCanArgs, 'first' | 'permission'>>;
  whyNot?: Resolver<ResolversTypes['WhyNotResult'], ParentType, ContextType, RequireFields<QueryWhyNotArgs, 'identity' | 'permission' | 'resource'>>;
};

export type ReclassificationResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Reclassification'] = ResolversParentTypes['Reclassification']> = {
  account?: Resolver<ResolversTypes['Account'], ParentType, ContextType>;
  from?: Resolver<ResolversTypes['IdentityType'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['IdentityType'], ParentType, ContextType>;
};

export type RedactedResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Redacted'] = ResolversParentTypes['Redacted']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  ref?: Resolver<ResolversTypes['Ref'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface RefScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Ref'], any> {
  name: 'Ref';
}

export type ResourceResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Resource'] = ResolversParentTypes['Resource'], FederationReferenceType extends FederationReferenceTypes['Resource'] = FederationReferenceTypes['Resource']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Resource']> | FederationReferenceType, FederationReferenceType, ContextType>;
  application?: Resolver<ResolversTypes['Application'], ParentType, ContextType>;
  environment?: Resolver<Maybe<ResolversTypes['Environment']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  parent?: Resolver<Maybe<ResolversTypes['Resource']>, ParentType, ContextType>;
  path?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  ref?: Resolver<ResolversTypes['Ref'], ParentType, ContextType>;
  tenant?: Resolver<ResolversTypes['Tenant'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ResourceConnectionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ResourceConnection'] = ResolversParentTypes['ResourceConnection']> = {
  asOf?: Resolver<ResolversTypes['AsOf'], ParentType, ContextType>;
  completeness?: Resolver<ResolversTypes['Completeness'], ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Resource']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface RevisionScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Revision'], any> {
  name: 'Revision';
}

export type RevokeResultResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['RevokeResult'] = ResolversParentTypes['RevokeResult']> = {
  __resolveType: TypeResolveFn<'Ambiguous' | 'Invalid' | 'NotFound' | 'TokenRevoked', ParentType, ContextType>;
};

export type RoleResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Role'] = ResolversParentTypes['Role'], FederationReferenceType extends FederationReferenceTypes['Role'] = FederationReferenceTypes['Role']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Role']> | FederationReferenceType, FederationReferenceType, ContextType>;
  application?: Resolver<ResolversTypes['Application'], ParentType, ContextType>;
  assignable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  deprecated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  owners?: Resolver<ReadonlyArray<ResolversTypes['Principal']>, ParentType, ContextType>;
  ref?: Resolver<ResolversTypes['Ref'], ParentType, ContextType>;
  tenant?: Resolver<Maybe<ResolversTypes['Tenant']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RoleConnectionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['RoleConnection'] = ResolversParentTypes['RoleConnection']> = {
  asOf?: Resolver<ResolversTypes['AsOf'], ParentType, ContextType>;
  completeness?: Resolver<ResolversTypes['Completeness'], ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Role']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RotateResultResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['RotateResult'] = ResolversParentTypes['RotateResult']> = {
  __resolveType: TypeResolveFn<'Ambiguous' | 'Invalid' | 'NotFound' | 'SourceCreated', ParentType, ContextType>;
};

export type RuleResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Rule'] = ResolversParentTypes['Rule']> = {
  controls?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ServiceAccountResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['ServiceAccount'] = ResolversParentTypes['ServiceAccount'], FederationReferenceType extends FederationReferenceTypes['ServiceAccount'] = FederationReferenceTypes['ServiceAccount']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['ServiceAccount']> | FederationReferenceType, FederationReferenceType, ContextType>;
  access?: Resolver<Maybe<ResolversTypes['Access']>, ParentType, ContextType, Partial<ServiceAccountAccessArgs>>;
  accounts?: Resolver<ReadonlyArray<ResolversTypes['Account']>, ParentType, ContextType>;
  environments?: Resolver<ReadonlyArray<ResolversTypes['Environment']>, ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  lastAuthenticatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  owners?: Resolver<ReadonlyArray<ResolversTypes['Principal']>, ParentType, ContextType>;
  purpose?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  ref?: Resolver<ResolversTypes['Ref'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['IdentityState'], ParentType, ContextType>;
  stateSince?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  tenant?: Resolver<ResolversTypes['Tenant'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['IdentityType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SetClassificationResultResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['SetClassificationResult'] = ResolversParentTypes['SetClassificationResult']> = {
  __resolveType: TypeResolveFn<'Ambiguous' | 'ClassificationSet' | 'Invalid' | 'NotFound', ParentType, ContextType>;
};

export type SetOwnersResultResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['SetOwnersResult'] = ResolversParentTypes['SetOwnersResult']> = {
  __resolveType: TypeResolveFn<'Ambiguous' | 'Invalid' | 'NotFound' | 'OwnersSet', ParentType, ContextType>;
};

export type SetSettingsResultResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['SetSettingsResult'] = ResolversParentTypes['SetSettingsResult']> = {
  __resolveType: TypeResolveFn<'Ambiguous' | 'Invalid' | 'NotFound' | 'SettingsSet', ParentType, ContextType>;
};

export type SettingsSetResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['SettingsSet'] = ResolversParentTypes['SettingsSet']> = {
  revision?: Resolver<ResolversTypes['Revision'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['Source'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SeverityFactorResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['SeverityFactor'] = ResolversParentTypes['SeverityFactor']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type SourceResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Source'] = ResolversParentTypes['Source'], FederationReferenceType extends FederationReferenceTypes['Source'] = FederationReferenceTypes['Source']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Source']> | FederationReferenceType, FederationReferenceType, ContextType>;
  application?: Resolver<Maybe<ResolversTypes['Application']>, ParentType, ContextType>;
  authoritative?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  classification?: Resolver<ReadonlyArray<ResolversTypes['AppliedClassificationRule']>, ParentType, ContextType>;
  health?: Resolver<ResolversTypes['SourceHealth'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['SourceKind'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  preset?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  ref?: Resolver<ResolversTypes['Ref'], ParentType, ContextType>;
  scimBaseUrl?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  settings?: Resolver<ResolversTypes['SourceSettings'], ParentType, ContextType>;
  slug?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  tenant?: Resolver<ResolversTypes['Tenant'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SourceConnectionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['SourceConnection'] = ResolversParentTypes['SourceConnection']> = {
  asOf?: Resolver<ResolversTypes['AsOf'], ParentType, ContextType>;
  completeness?: Resolver<ResolversTypes['Completeness'], ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Source']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SourceCreatedResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['SourceCreated'] = ResolversParentTypes['SourceCreated']> = {
  revision?: Resolver<ResolversTypes['Revision'], ParentType, ContextType>;
  scimBaseUrl?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['Source'], ParentType, ContextType>;
  token?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  tokenExpiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SourceHealthResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['SourceHealth'] = ResolversParentTypes['SourceHealth']> = {
  accounts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  coerced?: Resolver<ReadonlyArray<ResolversTypes['CoercionCount']>, ParentType, ContextType>;
  dangling?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  errors?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  groups?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  lastWriteAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  looksLike?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  requests?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SourceLimitResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['SourceLimit'] = ResolversParentTypes['SourceLimit']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SourceSettingsResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['SourceSettings'] = ResolversParentTypes['SourceSettings']> = {
  dialect?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  externalIdsUnique?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  groupNamesUnique?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  indirectGroups?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  limits?: Resolver<ReadonlyArray<ResolversTypes['SourceLimit']>, ParentType, ContextType>;
  membersInResponses?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  openDiscovery?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  patchResponse?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  requireIfMatch?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  schemas?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SourceTokenResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['SourceToken'] = ResolversParentTypes['SourceToken']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lastUsedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type TenantResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Tenant'] = ResolversParentTypes['Tenant'], FederationReferenceType extends FederationReferenceTypes['Tenant'] = FederationReferenceTypes['Tenant']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Tenant']> | FederationReferenceType, FederationReferenceType, ContextType>;
  environment?: Resolver<Maybe<ResolversTypes['Environment']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  ref?: Resolver<ResolversTypes['Ref'], ParentType, ContextType>;
  slug?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sources?: Resolver<ReadonlyArray<ResolversTypes['Source']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TenantConnectionResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['TenantConnection'] = ResolversParentTypes['TenantConnection']> = {
  asOf?: Resolver<ResolversTypes['AsOf'], ParentType, ContextType>;
  completeness?: Resolver<ResolversTypes['Completeness'], ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Tenant']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TenantCreatedResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['TenantCreated'] = ResolversParentTypes['TenantCreated']> = {
  revision?: Resolver<ResolversTypes['Revision'], ParentType, ContextType>;
  tenant?: Resolver<ResolversTypes['Tenant'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TierCountResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['TierCount'] = ResolversParentTypes['TierCount']> = {
  direct?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  inherited?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  inheritedOnly?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  tier?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  viaAssume?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type TokenCreatedResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['TokenCreated'] = ResolversParentTypes['TokenCreated']> = {
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  token?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TokenRevokedResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['TokenRevoked'] = ResolversParentTypes['TokenRevoked']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ViewerResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Viewer'] = ResolversParentTypes['Viewer']> = {
  allTenants?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  scopes?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  tenants?: Resolver<ReadonlyArray<ResolversTypes['Tenant']>, ParentType, ContextType>;
};

export type WhoCanResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['WhoCan'] = ResolversParentTypes['WhoCan']> = {
  asOf?: Resolver<ResolversTypes['AsOf'], ParentType, ContextType>;
  completeness?: Resolver<ResolversTypes['Completeness'], ParentType, ContextType>;
  items?: Resolver<ReadonlyArray<ResolversTypes['WhoCanRow']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type WhoCanRowResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['WhoCanRow'] = ResolversParentTypes['WhoCanRow']> = {
  decision?: Resolver<ResolversTypes['Decision'], ParentType, ContextType>;
  grantedAt?: Resolver<ReadonlyArray<ResolversTypes['GraphNode']>, ParentType, ContextType>;
  identity?: Resolver<ResolversTypes['Identity'], ParentType, ContextType>;
  leastDepth?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  origins?: Resolver<ReadonlyArray<ResolversTypes['AccessOrigin']>, ParentType, ContextType>;
};

export type WhyNotResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['WhyNot'] = ResolversParentTypes['WhyNot']> = {
  asOf?: Resolver<ResolversTypes['AsOf'], ParentType, ContextType>;
  completeness?: Resolver<ResolversTypes['Completeness'], ParentType, ContextType>;
  decision?: Resolver<ResolversTypes['Decision'], ParentType, ContextType>;
  denyingPaths?: Resolver<ReadonlyArray<ResolversTypes['InheritancePath']>, ParentType, ContextType>;
  nearMisses?: Resolver<ReadonlyArray<ResolversTypes['NearMiss']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type WhyNotResultResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['WhyNotResult'] = ResolversParentTypes['WhyNotResult']> = {
  __resolveType: TypeResolveFn<'Ambiguous' | 'Invalid' | 'NotFound' | 'WhyNot', ParentType, ContextType>;
};

export type WorkloadResolvers<ContextType = GraphContext, ParentType extends ResolversParentTypes['Workload'] = ResolversParentTypes['Workload'], FederationReferenceType extends FederationReferenceTypes['Workload'] = FederationReferenceTypes['Workload']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Workload']> | FederationReferenceType, FederationReferenceType, ContextType>;
  access?: Resolver<Maybe<ResolversTypes['Access']>, ParentType, ContextType, Partial<WorkloadAccessArgs>>;
  accounts?: Resolver<ReadonlyArray<ResolversTypes['Account']>, ParentType, ContextType>;
  environments?: Resolver<ReadonlyArray<ResolversTypes['Environment']>, ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  lastAuthenticatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  owners?: Resolver<ReadonlyArray<ResolversTypes['Principal']>, ParentType, ContextType>;
  purpose?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  ref?: Resolver<ResolversTypes['Ref'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['IdentityState'], ParentType, ContextType>;
  stateSince?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  tenant?: Resolver<ResolversTypes['Tenant'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['IdentityType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type Resolvers<ContextType = GraphContext> = {
  Access?: AccessResolvers<ContextType>;
  AccessSummary?: AccessSummaryResolvers<ContextType>;
  Account?: AccountResolvers<ContextType>;
  AiAgent?: AiAgentResolvers<ContextType>;
  Ambiguous?: AmbiguousResolvers<ContextType>;
  Answer?: AnswerResolvers<ContextType>;
  Application?: ApplicationResolvers<ContextType>;
  ApplicationConnection?: ApplicationConnectionResolvers<ContextType>;
  ApplicationInstalled?: ApplicationInstalledResolvers<ContextType>;
  AppliedClassificationRule?: AppliedClassificationRuleResolvers<ContextType>;
  AsOf?: AsOfResolvers<ContextType>;
  BlockedEdge?: BlockedEdgeResolvers<ContextType>;
  BringingEdgeCount?: BringingEdgeCountResolvers<ContextType>;
  CatalogueImported?: CatalogueImportedResolvers<ContextType>;
  ClassificationPreview?: ClassificationPreviewResolvers<ContextType>;
  ClassificationSet?: ClassificationSetResolvers<ContextType>;
  CoercionCount?: CoercionCountResolvers<ContextType>;
  Completeness?: CompletenessResolvers<ContextType>;
  Count?: CountResolvers<ContextType>;
  CreateSourceResult?: CreateSourceResultResolvers<ContextType>;
  CreateTenantResult?: CreateTenantResultResolvers<ContextType>;
  CreateTokenResult?: CreateTokenResultResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  DecideResult?: DecideResultResolvers<ContextType>;
  DecisionAnswer?: DecisionAnswerResolvers<ContextType>;
  Edge?: EdgeResolvers<ContextType>;
  EffectivePermission?: EffectivePermissionResolvers<ContextType>;
  EffectivePermissions?: EffectivePermissionsResolvers<ContextType>;
  Finding?: FindingResolvers<ContextType>;
  FindingConnection?: FindingConnectionResolvers<ContextType>;
  GraphNode?: GraphNodeResolvers<ContextType>;
  Group?: GroupResolvers<ContextType>;
  GroupConnection?: GroupConnectionResolvers<ContextType>;
  HumanIdentity?: HumanIdentityResolvers<ContextType>;
  Identity?: IdentityResolvers<ContextType>;
  IdentityConnection?: IdentityConnectionResolvers<ContextType>;
  IdentityResult?: IdentityResultResolvers<ContextType>;
  ImportCatalogueResult?: ImportCatalogueResultResolvers<ContextType>;
  InheritancePath?: InheritancePathResolvers<ContextType>;
  InheritancePaths?: InheritancePathsResolvers<ContextType>;
  InstallResult?: InstallResultResolvers<ContextType>;
  Invalid?: InvalidResolvers<ContextType>;
  Issue?: IssueResolvers<ContextType>;
  JSONObject?: GraphQLScalarType;
  Mutation?: MutationResolvers<ContextType>;
  NearMiss?: NearMissResolvers<ContextType>;
  NotFound?: NotFoundResolvers<ContextType>;
  OwnersSet?: OwnersSetResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Permission?: PermissionResolvers<ContextType>;
  PermissionConnection?: PermissionConnectionResolvers<ContextType>;
  Principal?: PrincipalResolvers<ContextType>;
  PrincipalConnection?: PrincipalConnectionResolvers<ContextType>;
  Problem?: ProblemResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Reclassification?: ReclassificationResolvers<ContextType>;
  Redacted?: RedactedResolvers<ContextType>;
  Ref?: GraphQLScalarType;
  Resource?: ResourceResolvers<ContextType>;
  ResourceConnection?: ResourceConnectionResolvers<ContextType>;
  Revision?: GraphQLScalarType;
  RevokeResult?: RevokeResultResolvers<ContextType>;
  Role?: RoleResolvers<ContextType>;
  RoleConnection?: RoleConnectionResolvers<ContextType>;
  RotateResult?: RotateResultResolvers<ContextType>;
  Rule?: RuleResolvers<ContextType>;
  ServiceAccount?: ServiceAccountResolvers<ContextType>;
  SetClassificationResult?: SetClassificationResultResolvers<ContextType>;
  SetOwnersResult?: SetOwnersResultResolvers<ContextType>;
  SetSettingsResult?: SetSettingsResultResolvers<ContextType>;
  SettingsSet?: SettingsSetResolvers<ContextType>;
  SeverityFactor?: SeverityFactorResolvers<ContextType>;
  Source?: SourceResolvers<ContextType>;
  SourceConnection?: SourceConnectionResolvers<ContextType>;
  SourceCreated?: SourceCreatedResolvers<ContextType>;
  SourceHealth?: SourceHealthResolvers<ContextType>;
  SourceLimit?: SourceLimitResolvers<ContextType>;
  SourceSettings?: SourceSettingsResolvers<ContextType>;
  SourceToken?: SourceTokenResolvers<ContextType>;
  Tenant?: TenantResolvers<ContextType>;
  TenantConnection?: TenantConnectionResolvers<ContextType>;
  TenantCreated?: TenantCreatedResolvers<ContextType>;
  TierCount?: TierCountResolvers<ContextType>;
  TokenCreated?: TokenCreatedResolvers<ContextType>;
  TokenRevoked?: TokenRevokedResolvers<ContextType>;
  Viewer?: ViewerResolvers<ContextType>;
  WhoCan?: WhoCanResolvers<ContextType>;
  WhoCanRow?: WhoCanRowResolvers<ContextType>;
  WhyNot?: WhyNotResolvers<ContextType>;
  WhyNotResult?: WhyNotResultResolvers<ContextType>;
  Workload?: WorkloadResolvers<ContextType>;
};

