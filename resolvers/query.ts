import { RULES } from '../src/governance/rule-catalogue.js';
import type { GraphContext } from '../src/graphql/context.js';
import type { Resolvers } from '../src/graphql/generated/resolver-types.js';
import { given } from '../src/graphql/given.js';
import { toPageRequest } from '../src/graphql/page.js';
import { orProblem, problemTypeOf } from '../src/graphql/problem.js';
import { identityTypename } from '../src/graphql/read-node.js';
import { GraphError } from '../src/kernel/errors.js';
import { maxPageSize } from '../src/store/graph-store.js';
import { type BrowsedKind, type BrowseFilter, browseNodes } from '../src/usecases/browse-nodes.js';
import { readScopeOf } from '../src/usecases/caller.js';
import { decideAccess, explainWhyNot } from '../src/usecases/decide-access.js';
import { listFindings } from '../src/usecases/list-findings.js';
import { listIdentities } from '../src/usecases/list-identities.js';
import { listPaths } from '../src/usecases/list-paths.js';
import { listWhoCan } from '../src/usecases/list-who-can.js';
import { resolveRef } from '../src/usecases/resolve-ref.js';
import { searchNodes } from '../src/usecases/search-nodes.js';

type PageArguments = Parameters<typeof toPageRequest>[0];

/** Questions. */
export const queryResolvers: Resolvers = {
  Viewer: {
    allTenants: ({ tenants }) => tenants === 'all',
    tenants: async (_viewer, _args, context) => {
      const request = { kind: 'Tenant', filter: {}, page: { first: maxPageSize } } as const;
      return (await browseNodes(context.services, await context.asking(), request)).items;
    },
  },
  IdentityResult: {
    __resolveType: (model) => ('problem' in model ? (problemTypeOf(model) as 'NotFound') : identityTypename(model)),
  },
  Query: {
    viewer: (_query, _args, { caller }) => caller,
    tenants: (_query, args, context) => browse('Tenant', {}, args, context),
    sources: (_query, { tenant, ...page }, context) => browse('Source', given({ tenant }), page, context),
    groups: (_query, { first, after, ...filter }, context) => browse('Group', given(filter), { first, after }, context),
    roles: (_query, { first, after, ...filter }, context) => browse('Role', given(filter), { first, after }, context),
    permissions: (_query, { first, after, ...filter }, context) =>
      browse('Permission', given(filter), { first, after }, context),
    resources: (_query, { first, after, ...filter }, context) =>
      browse('Resource', given(filter), { first, after }, context),
    applications: (_query, args, context) => browse('Application', {}, args, context),
    search: (_query, { text, first }, { services, caller }) => searchNodes(services, caller, { text, first }),
    identity: async (_query, { ref, asOf }, context) => {
      const { pair, caller } = await context.asking(asOf);
      const question = { ref, argument: 'ref', kinds: ['Identity'] } as const;
      return orProblem(
        async () => ({ ...(await resolveRef(context.services.store, readScopeOf(caller), question)), pair }),
        ['NotFound', 'Ambiguous'],
      );
    },
    identities: async (_query, { filter, orderBy, asOf, ...page }, context) => {
      const answer = await listIdentities(context.services, await context.asking(asOf), {
        filter: given(filter),
        orderBy: orderBy === 'CREATED_AT' ? 'createdAt' : 'name',
        page: toPageRequest(page),
      });
      const { at } = answer.asOf;
      return { ...answer, items: answer.items.map((identity) => ({ ...identity, pair: { at } })) };
    },
    inheritancePaths: async (_query, { filter, asOf, first, after, ...named }, context) => {
      const { via, avoid, edgeKinds, ...rest } = given(filter);
      return listPaths(context.services, await context.asking(asOf), {
        ...given(named),
        filter: given({ via, avoid, edgeKinds, ...rest }),
        page: toPageRequest({ first, after }),
      });
    },
    decide: async (_query, { asOf, ...question }, context) => {
      const asking = await context.asking(asOf);
      return orProblem(() => decideAccess(context.services, asking, given(question)));
    },
    decideMany: async (_query, { asOf, questions }, context) => {
      const { MAX_DECISIONS: limit } = context.services.limits;
      if (questions.length > limit)
        throw new GraphError('INVALID', `${questions.length} questions are too many; ask at most ${limit} at once`, {
          argument: 'questions',
          limit: 'MAX_DECISIONS',
        });
      const asking = await context.asking(asOf);
      return Promise.all(
        questions.map((question) => orProblem(() => decideAccess(context.services, asking, given(question)))),
      );
    },
    whyNot: async (_query, { asOf, ...question }, context) => {
      const asking = await context.asking(asOf);
      return orProblem(() => explainWhyNot(context.services, asking, question));
    },
    whoCan: async (_query, { asOf, filter, first, after, ...named }, context) => {
      const { type: types, origin: origins, decision: decisions, ...rest } = given(filter);
      return listWhoCan(context.services, await context.asking(asOf), {
        ...given(named),
        filter: given({ ...rest, types, origins, decisions }),
        page: toPageRequest({ first, after }),
      });
    },
    findings: async (_query, { filter, orderBy, ...page }, context) =>
      listFindings(context.services, await context.asking(), {
        filter: filter ? given(filter) : { state: ['OPEN'] },
        orderBy,
        page: toPageRequest(page),
      }),
    rules: () => RULES,
  },
};

async function browse(kind: BrowsedKind, filter: BrowseFilter, args: PageArguments, context: GraphContext) {
  return browseNodes(context.services, await context.asking(), { kind, filter, page: toPageRequest(args) });
}
