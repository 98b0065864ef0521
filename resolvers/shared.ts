import type { Resolvers } from '../src/graphql/generated/resolver-types.js';
import { toPageInfo } from '../src/graphql/page.js';
import { problemTypeOf } from '../src/graphql/problem.js';
import { typenameOf } from '../src/graphql/read-node.js';
import { scalarResolvers } from '../src/graphql/scalars.js';
import type { GraphError } from '../src/kernel/errors.js';

const problem = {
  code: ({ code }: GraphError) => code,
  message: ({ message }: GraphError) => message,
};
const named = { ...problem, argument: ({ details }: GraphError) => details.argument ?? '' };

/** Pairs, pages, problems, and what any node is. */
export const sharedResolvers: Resolvers = {
  ...scalarResolvers,
  AsOf: {
    revision: ({ revision }, _args, { services }) => services.opaque.printRevision(revision),
  },
  Completeness: { limit: ({ limit }) => limit ?? null },
  GraphNode: { __resolveType: (model) => typenameOf(model) },
  Principal: {
    __resolveType: (model) => typenameOf(model) as 'Account' | 'Group' | 'Redacted' | 'ServiceAccount',
  },
  Redacted: {
    id: ({ redacted }) => redacted,
    ref: () => 'redacted',
    label: () => 'redacted',
  },
  PrincipalConnection: {
    pageInfo: toPageInfo,
    totalCount: async ({ count }) => (await count()) ?? null,
  },
  Problem: { __resolveType: problemTypeOf },
  NotFound: named,
  Ambiguous: { ...named, candidates: ({ details }) => details.candidates ?? [] },
  Invalid: { ...problem, issues: ({ details }) => details.issues ?? [] },
};
