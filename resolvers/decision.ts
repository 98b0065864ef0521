import { blockerText } from '../src/graphql/blocker-text.js';
import type { Resolvers } from '../src/graphql/generated/resolver-types.js';
import { toPageInfo } from '../src/graphql/page.js';
import { problemTypeOf } from '../src/graphql/problem.js';
import { getNode, readNode } from '../src/graphql/read-node.js';
import { pairOf } from '../src/usecases/pair.js';
import { toHop } from './path.js';

/** Decisions, what little is missing for them, and who may. */
export const decisionResolvers: Resolvers = {
  DecideResult: { __resolveType: (model) => problemTypeOf(model) ?? 'DecisionAnswer' },
  WhyNotResult: { __resolveType: (model) => problemTypeOf(model) ?? 'WhyNot' },
  DecisionAnswer: {
    identity: ({ identity, asOf }) => ({ ...identity, pair: pairOf(asOf) }),
    unknownReason: ({ unknownReason }) => unknownReason ?? null,
  },
  NearMiss: {
    blockers: ({ blockers, path }) => blockers.map((blocker) => ({ blocker, path })),
  },
  BlockedEdge: {
    blocker: ({ blocker }) => blocker.kind,
    edge: ({ blocker, path }) => {
      const hop = path.hops[blocker.hop];
      if (hop === undefined) throw new Error('a blocker stands at no hop of its path');
      return toHop(hop);
    },
    detail: (blocked, _args, context) => blockerText(blocked, context),
    node: ({ blocker }, _args, context) => (blocker.node === undefined ? null : readNode(context, blocker.node)),
  },
  WhoCan: {
    items: ({ items, asOf }) => items.map((row) => ({ ...row, pair: pairOf(asOf) })),
    pageInfo: toPageInfo,
    totalCount: ({ totalCount }) => totalCount ?? null,
  },
  WhoCanRow: {
    identity: async ({ identity, pair }, _args, context) => ({
      ...(await getNode(context, identity, 'Identity')),
      pair,
    }),
    grantedAt: ({ scopes }, _args, context) => Promise.all(scopes.map((scope) => readNode(context, scope))),
  },
};
