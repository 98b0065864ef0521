import type { Finding } from '../src/governance/finding.js';
import { findRule } from '../src/governance/rule-catalogue.js';
import type { EdgeId } from '../src/graph/ids.js';
import type { GraphContext } from '../src/graphql/context.js';
import type { Resolvers } from '../src/graphql/generated/resolver-types.js';
import type { EdgeModel, PathsModel } from '../src/graphql/models.js';
import { toPageInfo, toPageRequest } from '../src/graphql/page.js';
import { getNode } from '../src/graphql/read-node.js';
import { countByBringingEdge, findFinding, stateOf } from '../src/usecases/list-findings.js';
import { listPathsBetween } from '../src/usecases/list-paths.js';

/** Access that should not be. */
export const governanceResolvers: Resolvers = {
  FindingConnection: {
    nodes: ({ items }) => items,
    byBringingEdge: ({ all }, { first }, { services }) => countByBringingEdge(all, services.cursors.parseFirst(first)),
    pageInfo: toPageInfo,
    totalCount: ({ all }) => all.length,
  },
  BringingEdgeCount: { edge: ({ edge }, _args, context) => readEdge(edge, context) },
  Finding: {
    id: ({ fingerprint }) => fingerprint,
    rule: ({ rule }) => {
      const found = findRule(rule);
      if (found === undefined) throw new Error(`the rule ${rule} of a stored finding is gone`);
      return found;
    },
    state: stateOf,
    floor: ({ floor }) => floor ?? null,
    undecidedReason: ({ undecidedReason }) => undecidedReason ?? null,
    identity: async ({ identity }, _args, { loaders }) => {
      const version = await loaders.node(identity);
      return version?.node.kind === 'Identity' ? { ...version, node: version.node } : null;
    },
    tenant: ({ tenant }, _args, context) => getNode(context, tenant, 'Tenant'),
    bringingEdge: ({ bringingEdge }, _args, context) => (bringingEdge ? readEdge(bringingEdge, context) : null),
    permissions: async ({ permissions }, _args, context) => {
      const versions = await Promise.all(permissions.map((id) => context.loaders.node(id)));
      return versions.flatMap((version) =>
        version?.node.kind === 'Permission' ? [{ ...version, node: version.node }] : [],
      );
    },
    resolvedAt: ({ resolvedAt }) => resolvedAt ?? null,
    paths: (finding, args, context) => listFindingPaths(finding, toPageRequest(args), context),
    __resolveReference: async (given, { services, caller }) => {
      const { id } = given as { readonly id?: unknown };
      const found = await findFinding(services, caller, String(id));
      return found === undefined ? null : { ...found };
    },
  },
};

async function readEdge(id: EdgeId, { loaders }: GraphContext): Promise<EdgeModel | null> {
  const version = await loaders.edge(id);
  return version === undefined ? null : { kind: 'stored', version };
}

async function listFindingPaths(
  { identity, permissions }: Finding,
  page: ReturnType<typeof toPageRequest>,
  context: GraphContext,
): Promise<PathsModel | null> {
  const [permission] = permissions;
  if (permission === undefined) return null;
  const asking = await context.asking();
  return listPathsBetween(context.services, asking, { identity, permission, filter: {}, page });
}
