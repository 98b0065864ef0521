import type { NodeId } from '../src/graph/ids.js';
import type { GraphContext } from '../src/graphql/context.js';
import type { Resolvers } from '../src/graphql/generated/resolver-types.js';
import { given } from '../src/graphql/given.js';
import type { AccessModel, EffectivePermissionModel } from '../src/graphql/models.js';
import { toPageInfo, toPageRequest } from '../src/graphql/page.js';
import { getNode, readNode } from '../src/graphql/read-node.js';
import { decideAccess } from '../src/usecases/decide-access.js';
import { listEffectivePermissions } from '../src/usecases/effective-permissions.js';
import { listPathsOfRow } from '../src/usecases/list-paths.js';
import { pairOf } from '../src/usecases/pair.js';
import { summarizeAccess } from '../src/usecases/summarize-access.js';

const readNodes = (context: GraphContext, ids: readonly NodeId[]) =>
  Promise.all(ids.map((id) => readNode(context, id)));

/** What one identity may do. */
export const accessResolvers: Resolvers = {
  Access: {
    asOf: async (model, _args, context) => (await summarize(model, context)).asOf,
    summary: (model, _args, context) => summarize(model, context),
    effectivePermissions: async (about, { filter, standing, orderBy, ...page }, context) => {
      const { class: classes, decision: decisions, origin: origins, ...rest } = given(filter);
      const asked = given({ ...rest, classes, decisions, origins, standing, orderBy });
      const answer = await listEffectivePermissions(context.services, await context.asking(undefined, about.pair), {
        identity: about.identity,
        filter: asked,
        page: toPageRequest(page),
      });
      const { scope: resource, context: settled } = given(filter);
      return { ...answer, about: { ...about, pair: pairOf(answer.asOf), ...given({ resource, settled }) } };
    },
  },
  AccessSummary: {
    total: ({ total }) => total ?? null,
    privilegedInherited: ({ privilegedInherited }) => privilegedInherited ?? null,
    crossTenant: ({ crossTenant }) => crossTenant ?? null,
    leastDepthToPrivileged: ({ leastDepthToPrivileged }) => leastDepthToPrivileged ?? null,
    latent: ({ latent }) => latent ?? null,
    eligible: ({ eligible }) => eligible ?? null,
  },
  EffectivePermissions: {
    items: ({ items, about }) => items.map((row): EffectivePermissionModel => ({ ...row, about })),
    pageInfo: toPageInfo,
    totalCount: ({ totalCount }) => totalCount ?? null,
    permissionCount: ({ permissionCount }) => permissionCount ?? null,
  },
  EffectivePermission: {
    permission: ({ permission }, _args, context) => getNode(context, permission, 'Permission'),
    conditions: (row, _args, context) => listConditions(row, context),
    grantedAt: ({ scope }, _args, context) => readNode(context, scope),
    except: ({ except }, _args, context) =>
      readNodes(
        context,
        except.map(({ scope }) => scope),
      ),
    roles: ({ roles }, _args, context) => readNodes(context, roles),
    pathCount: async (row, _args, context) => (await listRowPaths(row, { first: 1 }, context)).pathCount,
    paths: (row, args, context) => listRowPaths(row, args, context),
  },
};

async function summarize({ identity, pair }: AccessModel, context: GraphContext) {
  return summarizeAccess(context.services, await context.asking(undefined, pair), identity);
}

/** Of the decision that the row shows: at the resource that was asked about, else at its scope. */
async function listConditions(
  { about, permission, scope, decision, standing, origins }: EffectivePermissionModel,
  context: GraphContext,
): Promise<readonly string[]> {
  const isOwn = origins.some((origin) => origin !== 'VIA_ASSUME');
  if (decision !== 'CONDITIONAL' || standing !== 'EFFECTIVE' || !isOwn) return [];
  const { identity, resource = scope, settled } = about;
  const question = { identity, permission, resource, ...(settled && { context: settled }) };
  return (await decideAccess(context.services, await context.asking(undefined, about.pair), question)).conditions;
}

async function listRowPaths(
  { about, ...row }: EffectivePermissionModel,
  args: { readonly first: number; readonly after?: string | null | undefined },
  context: GraphContext,
) {
  return listPathsOfRow(context.services, await context.asking(undefined, about.pair), {
    identity: about.identity,
    row,
    page: toPageRequest(args),
  });
}
