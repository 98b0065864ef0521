import { AsyncLocalStorage } from 'node:async_hooks';
import { ApolloServer, type GraphQLResponse } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLSchema } from 'graphql';
import { deadlineLimit } from '../http/limits.js';
import type { Limits } from '../kernel/config.js';
import type { GraphContext } from './context.js';
import { createDocumentLimits } from './document-limits.js';
import { GRAPHQL_CODES, type RunningRequest, toFormattedError } from './errors.js';
import type { Resolvers } from './generated/resolver-types.js';
import { guardSchema } from './guarded-schema.js';
import { readSchemaDocuments } from './schema-documents.js';

/** The schema with its resolvers and guards; a Federation 2 subgraph. */
export function createSchema(resolvers: Resolvers): GraphQLSchema {
  const module = { typeDefs: readSchemaDocuments(), resolvers: resolvers as never };
  return guardSchema(buildSubgraphSchema([module]));
}

export interface Subgraph {
  readonly apollo: ApolloServer<GraphContext>;
  /** Runs what answers a request, so that errors can name it. */
  run<Result>(request: RunningRequest, answer: () => Promise<Result>): Promise<Result>;
}
/** Apollo Server over the schema, with nothing that calls home, and every error masked. */
export function createSubgraph({
  schema,
  limits,
}: {
  readonly schema: GraphQLSchema;
  readonly limits: Limits;
}): Subgraph {
  const running = new AsyncLocalStorage<RunningRequest>();
  const apollo = new ApolloServer<GraphContext>({
    schema,
    introspection: true,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    persistedQueries: false,
    nodeEnv: 'production',
    parseOptions: { maxTokens: limits.GRAPHQL_MAX_TOKENS },
    validationRules: [...createDocumentLimits(limits)],
    formatError: (formatted, error) => toFormattedError(formatted, error, running.getStore() ?? atStart),
    plugins: [
      { requestDidStart: async () => ({ willSendResponse: async ({ response }) => tellDeadlineOnce(response.body) }) },
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
  return { apollo, run: (request, answer) => running.run(request, answer) };
}

/** A deadline that has passed stops every question that still waits: what is null because of it is told by one error. */
function tellDeadlineOnce(body: GraphQLResponse['body']): void {
  if (body.kind !== 'single' || body.singleResult.errors === undefined) return;
  let told = false;
  body.singleResult.errors = body.singleResult.errors.filter(({ extensions: { code, limit } = {} }) => {
    if (code !== GRAPHQL_CODES.DEADLINE && limit !== deadlineLimit) return true;
    const isFirst = !told;
    told = true;
    return isFirst;
  });
}

/** Outside any request there is nobody to tell. */
const atStart: RunningRequest = { requestId: '-', onDefect: () => {}, onRetryAfter: () => {} };
