import type {
  Answer,
  Blocker,
  EffectiveAnswer,
  InheritancePath,
  PathHop,
  PathsAnswer,
  PermissionRow,
  WhoCanAnswer,
  WhoCanRow,
} from '../access/access-engine.js';
import type { EdgeVersion } from '../graph/edge.js';
import type { NodeId } from '../graph/ids.js';
import type { JsonObject, NodeKind, NodeOf, NodeVersion } from '../graph/node.js';
import type { Paged } from '../usecases/answer-access.js';
import type { Decided } from '../usecases/decide-access.js';
import type { Pair } from '../usecases/pair.js';
import type { ShownToken } from '../usecases/source-token.js';

/** What resolvers hand to each other: facts as the use cases gave them, and the pair that children inherit. */
type Model<Kind extends NodeKind> = NodeVersion<NodeOf<Kind>>;

export type TenantModel = Model<'Tenant'>;
export type SourceModel = Model<'Source'>;
export type ApplicationModel = Model<'Application'>;
export type AccountModel = Model<'Account'>;
export type GroupModel = Model<'Group'>;
export type RoleModel = Model<'Role'>;
export type PermissionModel = Model<'Permission'>;
export type ResourceModel = Model<'Resource'>;
/** `pair`: that of the field it was reached by; absent: the request's. */
export type IdentityModel = Model<'Identity'> & { readonly pair?: Pair };

/** Stands for a node that the caller may not see. */
export interface RedactedModel {
  readonly redacted: string;
}
export type NodeModel = NodeVersion | RedactedModel;

export interface AccessModel {
  readonly identity: NodeId;
  readonly pair: Pair;
}
/** What rows were asked for with: `resource` is a ref, `settled` the context. */
export interface RowsModel extends AccessModel {
  readonly resource?: string;
  readonly settled?: JsonObject;
}
export type EffectivePermissionsModel = Paged<EffectiveAnswer> & { readonly about: RowsModel };
export type EffectivePermissionModel = PermissionRow & { readonly about: RowsModel };
export type PathsModel = Paged<PathsAnswer>;
export type WhoCanModel = Paged<WhoCanAnswer>;
export type WhoCanRowModel = WhoCanRow & { readonly pair: Pair };
export type DecisionModel = Decided;

/** An edge as it stands on a path, or as it is stored. */
export type EdgeModel =
  | { readonly kind: 'hop'; readonly hop: PathHop }
  | { readonly kind: 'stored'; readonly version: EdgeVersion };
export interface BlockedEdgeModel {
  readonly blocker: Blocker;
  readonly path: InheritancePath;
}

/** What every answer with pages has. */
export interface AnswerModel extends Pick<Answer<unknown>, 'asOf' | 'completeness'> {
  readonly endCursor?: string;
  readonly hasPreviousPage: boolean;
}
/** A page of nodes of one kind. */
export interface ConnectionModel extends AnswerModel {
  readonly items: readonly NodeVersion[];
  count(): Promise<number | undefined>;
}
export interface PrincipalConnectionModel extends AnswerModel {
  readonly nodes: readonly NodeModel[];
  count(): Promise<number | undefined>;
}

/** What a write made or changed. */
export interface Written {
  readonly id: NodeId;
}
export interface SourceWritten extends Written {
  readonly token: ShownToken;
}
export interface ClassificationWritten extends Written {
  readonly changes: number;
}
export interface CatalogueWritten extends Written {
  readonly parts: number;
}
