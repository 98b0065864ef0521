import type { NodeId } from '../src/graph/ids.js';
import type { GraphContext } from '../src/graphql/context.js';
import type { Resolvers } from '../src/graphql/generated/resolver-types.js';
import type { AccessModel, AccountModel, GroupModel, IdentityModel, NodeModel } from '../src/graphql/models.js';
import { toPageRequest } from '../src/graphql/page.js';
import { getNode, identityTypename, labelOf, readNode } from '../src/graphql/read-node.js';
import type { Asking } from '../src/usecases/answer-access.js';
import { listNeighbours, listPrincipalsOf, pageNeighbours } from '../src/usecases/list-neighbours.js';
import { resolveReference } from './references.js';

/** Fields that every node of the graph has. */
export const nodeFields = {
  id: ({ node }: { readonly node: { readonly id: NodeId } }) => node.id,
  ref: (model: Parameters<GraphContext['loaders']['ref']>[0], _args: object, { loaders }: GraphContext) =>
    loaders.ref(model),
  label: ({ node }: { readonly node: Parameters<typeof labelOf>[0] }) => labelOf(node),
};

/** Who answers for a node. */
export async function listOwners(
  { node }: { readonly node: { readonly id: NodeId } },
  _args: object,
  context: GraphContext,
): Promise<readonly NodeModel[]> {
  const { services, caller } = context;
  const owners = await listNeighbours(services.store, caller, { node: node.id, end: 'to', kind: 'OWNS' });
  return Promise.all(owners.map((id) => readNode(context, id)));
}

const identityFields = {
  ...nodeFields,
  type: ({ node }: IdentityModel) => node.type,
  state: ({ node }: IdentityModel) => node.state,
  stateSince: ({ node }: IdentityModel) => node.stateSince ?? null,
  tenant: ({ node }: IdentityModel, _args: object, context: GraphContext) => getNode(context, node.tenant, 'Tenant'),
  purpose: ({ node }: IdentityModel) => node.purpose ?? null,
  environments: ({ node }: IdentityModel) => node.environments ?? [],
  lastAuthenticatedAt: async ({ node }: IdentityModel, _args: object, { loaders }: GraphContext) =>
    (await loaders.lastAuthentication(node.id)) ?? null,
  expiresAt: ({ node }: IdentityModel) => node.expiresAt ?? null,
  accounts: async ({ node }: IdentityModel, _args: object, { services, caller, loaders }: GraphContext) => {
    const ids = await listNeighbours(services.store, caller, { node: node.id, end: 'from', kind: 'HAS_ACCOUNT' });
    const versions = await Promise.all(ids.map((id) => loaders.node(id)));
    return versions.filter((version): version is AccountModel => version?.node.kind === 'Account');
  },
  owners: listOwners,
  access: async (
    { node, pair }: IdentityModel,
    { asOf }: { readonly asOf?: Parameters<GraphContext['asking']>[0] },
    context: GraphContext,
  ): Promise<AccessModel> => ({ identity: node.id, pair: (await context.asking(asOf, pair)).pair }),
  __resolveReference: resolveReference('Identity'),
};

/** Identities, accounts and groups. */
export const identityResolvers: Resolvers = {
  Identity: { __resolveType: identityTypename, __resolveReference: resolveReference('Identity') },
  HumanIdentity: {
    ...identityFields,
    tenantSlug: async ({ node }, _args, context) => (await getNode(context, node.tenant, 'Tenant')).node.slug,
    employeeNumber: ({ node }) => node.employeeNumber ?? null,
  },
  ServiceAccount: identityFields,
  Workload: identityFields,
  AiAgent: {
    ...identityFields,
    actsFor: async ({ node }, _args, { services, caller, loaders }) => {
      const ids = await listPrincipalsOf(services.store, caller, node.id);
      const versions = await Promise.all(ids.map((id) => loaders.node(id)));
      return versions.filter((version): version is IdentityModel => version?.node.kind === 'Identity');
    },
  },
  Account: {
    ...nodeFields,
    sourceRef: async ({ node }, _args, context) => context.loaders.ref(await getNode(context, node.source, 'Source')),
    externalId: ({ node }) => node.externalId ?? null,
    scimId: ({ node }) => node.id,
    userName: ({ node }) => node.userName,
    active: ({ node }) => node.active,
    type: ({ node }) => node.type,
    identity: async ({ node }, _args, context) => {
      const { services, caller } = context;
      const [id] = await listNeighbours(services.store, caller, { node: node.id, end: 'to', kind: 'HAS_ACCOUNT' });
      return id === undefined ? null : getNode(context, id, 'Identity');
    },
    __resolveReference: resolveReference('Account'),
  },
  Group: {
    ...nodeFields,
    source: ({ node }, _args, context) => (node.source ? getNode(context, node.source, 'Source') : null),
    tenant: ({ node }, _args, context) => getNode(context, node.tenant, 'Tenant'),
    scimId: ({ node }) => node.id,
    externalId: ({ node }) => node.externalId ?? null,
    displayName: ({ node }) => node.displayName,
    active: ({ node }) => node.active,
    owners: listOwners,
    members: (model, args, context) => pageMembers(model, toPageRequest(args), context),
    __resolveReference: resolveReference('Group'),
  },
};

async function pageMembers({ node }: GroupModel, page: ReturnType<typeof toPageRequest>, context: GraphContext) {
  const asking: Asking = await context.asking();
  const query = { node: node.id, end: 'to', kind: 'MEMBER_OF' } as const;
  const { ids, at, ...answer } = await pageNeighbours(context.services, asking, { query, page });
  return {
    ...answer,
    nodes: await Promise.all(ids.map((id) => readNode(context, id))),
    asOf: { revision: context.services.engine.revision(), at },
    completeness: { complete: true, reasons: [] },
  };
}
