import { parseClassification } from '../src/graphql/classification-input.js';
import type { Resolvers } from '../src/graphql/generated/resolver-types.js';
import { toPageInfo, toPageRequest } from '../src/graphql/page.js';
import { previewClassification } from '../src/usecases/classify-source.js';
import { listSourceTokens } from '../src/usecases/list-source-tokens.js';

/** What administrators ask before they write. */
export const administrationResolvers: Resolvers = {
  Query: {
    sourceTokens: (_query, { source }, { services, caller }) => listSourceTokens(services, caller, source),
    previewClassification: async (_query, { source, rules, ...args }, { services, caller }) => {
      const { cursors, clock } = services;
      const page = toPageRequest(args);
      const parsed = parseClassification(rules);
      const question = ['previewClassification', [source, parsed], caller.tenants];
      const first = cursors.parseFirst(page.first);
      const from = page.after === undefined ? 0 : Number(cursors.parse(question, page.after).next);
      const { examined, changes } = await previewClassification(services, caller, { source, rules: parsed });
      const next =
        from + first < changes.length ? { next: String(from + first), pair: { at: clock.now() } } : undefined;
      return {
        changes: changes.slice(from, from + first),
        totalCount: changes.length,
        examined,
        pageInfo: toPageInfo({
          hasPreviousPage: from > 0,
          ...(next && { endCursor: cursors.print(question, next) }),
        }),
      };
    },
  },
};
