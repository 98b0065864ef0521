import type { Resolvers } from '../src/graphql/generated/resolver-types.js';
import { toPageInfo } from '../src/graphql/page.js';
import { type ProblemModel, problemTypeOf } from '../src/graphql/problem.js';
import { typenameOf } from '../src/graphql/read-node.js';
import { scalarResolvers } from '../src/graphql/scalars.js';

const problemFields = {
  code: ({ problem }: ProblemModel) => problem.code,
  message: ({ problem }: ProblemModel) => problem.message,
};
const namedFields = { ...problemFields, argument: ({ problem }: ProblemModel) => problem.details.argument ?? '' };

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
  Problem: { __resolveType: (model) => problemTypeOf(model) ?? 'Invalid' },
  NotFound: namedFields,
  Ambiguous: { ...namedFields, candidates: ({ problem }) => problem.details.candidates ?? [] },
  Invalid: { ...problemFields, issues: ({ problem }) => problem.details.issues ?? [] },
};
