import type { GraphContext } from '../src/graphql/context.js';
import type { Resolvers } from '../src/graphql/generated/resolver-types.js';
import type { ConnectionModel } from '../src/graphql/models.js';
import { toPageInfo } from '../src/graphql/page.js';
import { getNode } from '../src/graphql/read-node.js';
import { listNeighbours } from '../src/usecases/list-neighbours.js';
import { listOwners, nodeFields } from './identity.js';
import { resolveReference } from './references.js';

/** A page of nodes; its kind is what the field that made it lists. */
const connection = {
  nodes: ({ items }: ConnectionModel) => items as never,
  pageInfo: toPageInfo,
  totalCount: async ({ count }: ConnectionModel) => (await count()) ?? null,
};

const ofApplication = (
  { node }: { readonly node: { readonly application: Parameters<typeof getNode>[1] } },
  _args: object,
  context: GraphContext,
) => getNode(context, node.application, 'Application');

/** Applications, roles, permissions, resources, and pages of nodes. */
export const catalogueResolvers: Resolvers = {
  Application: {
    ...nodeFields,
    slug: ({ node }) => node.slug,
    name: ({ node }) => node.name,
    catalogueVersion: ({ node }) => node.catalogueVersion ?? null,
    owners: listOwners,
    __resolveReference: resolveReference('Application'),
  },
  Role: {
    ...nodeFields,
    name: ({ node }) => node.name,
    description: ({ node }) => node.description ?? null,
    application: ofApplication,
    tenant: ({ node }, _args, context) => (node.tenant ? getNode(context, node.tenant, 'Tenant') : null),
    assignable: ({ node }) => node.assignable,
    deprecated: ({ node }) => node.deprecated,
    owners: listOwners,
    __resolveReference: resolveReference('Role'),
  },
  Permission: {
    ...nodeFields,
    application: ofApplication,
    plane: ({ node }) => node.plane,
    action: ({ node }) => node.action,
    class: ({ node }) => node.class,
    tier: ({ node }) => node.tier,
    description: ({ node }) => node.description ?? null,
    __resolveReference: resolveReference('Permission'),
  },
  Resource: {
    ...nodeFields,
    application: ofApplication,
    tenant: ({ node }, _args, context) => getNode(context, node.tenant, 'Tenant'),
    path: ({ node }) => node.path,
    environment: ({ node }) => node.environment ?? null,
    parent: async ({ node }, _args, context) => {
      const { services, caller } = context;
      const [parent] = await listNeighbours(services.store, caller, { node: node.id, end: 'to', kind: 'CONTAINS' });
      return parent === undefined ? null : getNode(context, parent, 'Resource');
    },
    __resolveReference: resolveReference('Resource'),
  },
  IdentityConnection: connection,
  GroupConnection: connection,
  RoleConnection: connection,
  PermissionConnection: connection,
  ResourceConnection: connection,
  TenantConnection: connection,
  SourceConnection: connection,
  ApplicationConnection: connection,
};
