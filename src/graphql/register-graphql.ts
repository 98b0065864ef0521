import { printSubgraphSchema } from '@apollo/subgraph';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Authenticate, createApiAuthenticator, getCaller, requireToken } from '../http/bearer-auth.js';
import { discardRest, toTold } from '../http/http-errors.js';
import { refusedMethod } from '../http/server.js';
import { requireScope } from '../usecases/caller.js';
import type { Services } from '../usecases/services.js';
import { createContext } from './context.js';
import { GRAPHQL_CODES } from './errors.js';
import type { Resolvers } from './generated/resolver-types.js';
import { addGraphiql } from './graphiql.js';
import { createSchema, createSubgraph } from './subgraph.js';

export interface GraphqlOptions {
  readonly services: Services;
  readonly authenticate: Authenticate;
  readonly resolvers: Resolvers;
  /** What callers see, without a trailing slash; absent: what each request was sent to. */
  readonly publicUrl?: string;
}

/** Adds `/graphql`, `/schema.graphql`, and GraphiQL at `/` and `/graphiql`. Resolves when it can answer. */
export async function registerGraphql(server: FastifyInstance, options: GraphqlOptions): Promise<void> {
  const { services, authenticate, resolvers, publicUrl } = options;
  const schema = createSchema(resolvers);
  const { apollo, run } = createSubgraph({ schema, limits: services.limits });
  await apollo.start();
  server.addHook('onClose', () => apollo.stop());
  const answer = fastifyApolloHandler(apollo, {
    context: async (request: FastifyRequest) =>
      createContext({
        services,
        caller: getCaller(request),
        requestId: request.id,
        signal: request.deadline,
        baseUrl: publicUrl ?? `${request.protocol}://${request.host}`,
        headers: request.headers,
      }),
  });
  const onRequest = requireToken(createApiAuthenticator(authenticate));
  server.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    onRequest,
    errorHandler: sendGraphqlError,
    async handler(request, reply) {
      const onDefect = (defect: unknown) => request.log.error({ err: defect }, 'a resolver failed');
      const onRetryAfter = (seconds: number) => void reply.header('retry-after', String(seconds));
      const running = { requestId: request.id, onDefect, onRetryAfter };
      return run(running, () => answer.call(server, request, reply) as Promise<unknown>);
    },
  });
  server.route({
    method: ['PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    url: '/graphql',
    errorHandler: sendGraphqlError,
    handler: async ({ method }) => Promise.reject(refusedMethod(method, ['GET', 'POST'])),
  });
  const sdl = printSubgraphSchema(schema);
  server.get('/schema.graphql', { onRequest }, async (request, reply) => {
    requireScope(getCaller(request), 'graph:read');
    return reply.type('application/graphql; charset=utf-8').send(sdl);
  });
  addGraphiql(server);
}

/** What fails before the document is looked at, in the shape of a GraphQL answer. */
function sendGraphqlError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { status, code, message, headers } = toTold(error, request.log);
  if (status === 413) discardRest(request, reply);
  const extensions = { code: GRAPHQL_CODES[code], requestId: request.id };
  return reply
    .code(status)
    .headers(headers)
    .send({ errors: [{ message, extensions }] });
}
