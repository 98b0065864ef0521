import type { GrantsEdge, InheritsEdge } from '../graph/edge.js';
import {
  asNodeId,
  asStatementSource,
  hashOf,
  type NodeId,
  permissionIdOf,
  roleIdOf,
  type StatementSource,
} from '../graph/ids.js';
import type { ApplicationNode, DocumentNode, PermissionNode, ResourceNode, RoleNode } from '../graph/node.js';
import { fold } from '../graph/text.js';
import type { Issue } from '../kernel/errors.js';
import { type ActionIndex, createActionIndex } from './action-pattern.js';
import { createRoleFinder } from './catalogue-checks.js';
import type { Catalogue, CatalogueRole, CatalogueStatement } from './catalogue-schema.js';
import { pointerOf } from './document-issues.js';
import { type ResourceTree, resourceTree } from './resource-tree.js';

/** Who states what a catalogue says. */
export const catalogueSourceOf = (application: NodeId): StatementSource =>
  asStatementSource(`catalogue:${application}`);

/** What the document's names stand for. */
export interface CatalogueSetting {
  readonly application: NodeId;
  /** Ids by slug, of at least the tenants that the document names. */
  readonly tenants: ReadonlyMap<string, NodeId>;
  readonly heldResources: ReadonlyMap<NodeId, ResourceNode>;
}

/** A catalogue as nodes and edges. Grants are many: they are made role by role, when asked for. */
export interface CatalogueGraph {
  readonly application: ApplicationNode;
  /** The document itself; the same node from version to version. */
  readonly document: DocumentNode;
  readonly permissions: readonly PermissionNode[];
  /** In the document's order. */
  readonly roles: readonly RoleNode[];
  readonly resources: ResourceTree;
  /** What leaves the role of that place in `roles`: (:Role)-[:INHERITS]->(:Role) and (:Role)-[:GRANTS]->(:Permission). */
  edgesOfRole(at: number): RoleEdges;
}
export interface RoleEdges {
  readonly inherits: readonly InheritsEdge[];
  readonly grants: readonly GrantsEdge[];
  /** Patterns that match nothing: kept in the document, to match what comes later. */
  readonly warnings: readonly Issue[];
}

export function catalogueGraph(catalogue: Catalogue, text: string, setting: CatalogueSetting): CatalogueGraph {
  const permissions = permissionNodes(catalogue, setting.application);
  const index = createActionIndex(permissions, { caseSensitive: catalogue.caseSensitiveActions });
  const findRole = createRoleFinder(catalogue.roles);
  const idOf = (role: CatalogueRole) =>
    roleIdOf(setting.application, role.tenant === undefined ? undefined : tenantOf(setting, role.tenant), role.name);
  const stated = { source: catalogueSourceOf(setting.application), statedBy: 'CATALOGUE' } as const;

  return {
    application: {
      kind: 'Application',
      id: setting.application,
      slug: catalogue.application,
      name: catalogue.name,
      catalogueVersion: catalogue.version,
      caseSensitiveActions: catalogue.caseSensitiveActions,
      directMembersOnly: catalogue.directMembersOnly,
    },
    document: {
      kind: 'Document',
      id: asNodeId(`doc.${hashOf('document', 'catalogue', setting.application)}`),
      documentKind: 'catalogue',
      subject: setting.application,
      version: catalogue.version,
      text,
    },
    permissions,
    roles: catalogue.roles.map((role) => roleNode(role, idOf(role), setting)),
    resources: resourcesOf(catalogue, setting, stated),
    edgesOfRole(at) {
      const role = catalogue.roles[at] as CatalogueRole;
      const from = idOf(role);
      const juniors = new Set(role.inherits.map((name) => idOf(findRole(role.tenant, name) as CatalogueRole)));
      const inherits = [...juniors].map(
        (to): InheritsEdge => ({ kind: 'INHERITS', from, to, ...stated, statement: 'inherits' }),
      );
      return {
        inherits,
        ...grantsOf(role, ['roles', at], index, (grant) => ({ kind: 'GRANTS', from, ...stated, ...grant })),
      };
    },
  };
}

/** The tenants whose slugs the document names, each once, with the place that names it first. */
export function tenantsNamedBy(catalogue: Catalogue): ReadonlyMap<string, string> {
  const places = [
    ...catalogue.roles.map((role, at) => [role.tenant, pointerOf(['roles', at, 'tenant'])] as const),
    ...catalogue.resources.map((resource, at) => [resource.tenant, pointerOf(['resources', at, 'tenant'])] as const),
  ];
  const named = new Map<string, string>();
  for (const [slug, pointer] of places) if (slug !== undefined && !named.has(slug)) named.set(slug, pointer);
  return named;
}

function tenantOf(setting: CatalogueSetting, slug: string): NodeId {
  return setting.tenants.get(slug) as NodeId;
}

function permissionNodes(catalogue: Catalogue, application: NodeId): readonly PermissionNode[] {
  return catalogue.permissions.map(({ action, plane, class: kind, tier, description }) => ({
    kind: 'Permission',
    id: permissionIdOf(application, plane, catalogue.caseSensitiveActions ? action : fold(action)),
    application,
    plane,
    action,
    class: kind,
    tier,
    ...(description !== undefined && { description }),
  }));
}

function roleNode(role: CatalogueRole, id: NodeId, setting: CatalogueSetting): RoleNode {
  const { name, tenant, displayName, description, assignable, deprecated } = role;
  return {
    kind: 'Role',
    id,
    application: setting.application,
    ...(tenant !== undefined && { tenant: tenantOf(setting, tenant) }),
    name,
    ...(displayName !== undefined && { displayName }),
    ...(description !== undefined && { description }),
    assignable,
    deprecated,
  };
}

function resourcesOf(
  catalogue: Catalogue,
  setting: CatalogueSetting,
  stated: { readonly source: StatementSource; readonly statedBy: 'CATALOGUE' },
): ResourceTree {
  const byTenant = new Map<string, Catalogue['resources']>();
  for (const resource of catalogue.resources) {
    const others = byTenant.get(resource.tenant);
    if (others) others.push(resource);
    else byTenant.set(resource.tenant, [resource]);
  }
  const trees = [...byTenant].map(([slug, resources]) => {
    const tenant = tenantOf(setting, slug);
    return resourceTree(resources, {
      application: setting.application,
      tenant,
      ...stated,
      held: setting.heldResources,
    });
  });
  return { nodes: trees.flatMap((tree) => tree.nodes), contains: trees.flatMap((tree) => tree.contains) };
}

type Grant = Omit<GrantsEdge, 'kind' | 'from' | 'source' | 'statedBy'>;

/** One grant for each statement and permission; of statements that carry the same, the first that grants it. */
function grantsOf(
  role: CatalogueRole,
  path: readonly PropertyKey[],
  index: ActionIndex<PermissionNode>,
  complete: (grant: Grant) => GrantsEdge,
): Pick<RoleEdges, 'grants' | 'warnings'> {
  const grants = new Map<string, GrantsEdge>();
  const warnings: Issue[] = [];
  const add = (grant: Grant) => {
    const key = JSON.stringify([grant.statement, grant.to]);
    if (!grants.has(key)) grants.set(key, complete(grant));
  };
  for (const action of role.permissions) {
    const permission = index.find('CONTROL', action) ?? (index.find('DATA', action) as PermissionNode);
    add({ to: permission.id, effect: 'ALLOW', statement: plainName('ALLOW'), actionPattern: action });
  }
  for (const [i, statement] of role.statements.entries()) {
    const carried = carriedBy(statement);
    const { matches, unmatched } = index.expand(statement);
    for (const { action, pattern, unbounded } of matches)
      add({ to: action.id, ...carried, actionPattern: pattern, ...(unbounded && { unbounded: true }) });
    warnings.push(...unmatched.map((pattern) => unmatchedWarning([...path, 'statements', i], statement, pattern)));
  }
  return { grants: [...grants.values()], warnings };
}

/**
 * A statement without a name is named after what its grants carry beside the action, so that adding an action to it, or
 * moving it, leaves every other grant as it is. `#` begins no name of the document.
 */
function carriedBy(statement: CatalogueStatement): Pick<Grant, 'effect' | 'statement' | 'resources' | 'condition'> {
  const { effect, condition, resources, notResources } = statement;
  const pattern = resources
    ? ({ match: 'INSIDE', patterns: resources } as const)
    : notResources && ({ match: 'OUTSIDE', patterns: notResources } as const);
  const narrowed = pattern || condition ? hashOf(JSON.stringify([pattern, condition])) : undefined;
  return {
    effect,
    statement: statement.name ?? plainName(effect, narrowed),
    ...(pattern && { resources: pattern }),
    ...(condition && { condition }),
  };
}

function plainName(effect: GrantsEdge['effect'], narrowed?: string): string {
  return narrowed === undefined ? `#${effect}` : `#${effect}.${narrowed}`;
}

function unmatchedWarning(path: readonly PropertyKey[], statement: CatalogueStatement, pattern: string): Issue {
  const list = statement.actions.includes(pattern) ? 'actions' : 'notActions';
  const at = statement[list].indexOf(pattern);
  return {
    pointer: pointerOf([...path, list, at]),
    code: 'MATCHES_NOTHING',
    message: `\`${pattern}\` matches no action of plane ${statement.plane}`,
    hint: 'correct it, or leave it to match what is added later',
  };
}
