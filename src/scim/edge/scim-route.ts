import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { HttpStatusError } from '../../http/http-status-error.js';
import type { ScimContext } from './scim-context.js';

const SCIM_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
export type ScimMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Answers one request of a source. */
export type ScimHandler = (context: ScimContext, request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

/** One path below the base URL of a source, and what is served there. */
export interface ScimRoute {
  readonly path: string;
  readonly handlers: Readonly<Partial<Record<ScimMethod, ScimHandler>>>;
  /** Size of a body in bytes; absent: the source's. */
  readonly bodyLimit?: number;
  /** Its requests ask and never write, whatever their method. */
  readonly onlyAsks?: true;
  /** A source may show it without a token. */
  readonly isDiscovery?: true;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Whose SCIM request it is; `null` until its token has been checked. */
    scim: ScimContext | null;
  }
  interface FastifyContextConfig {
    scimRoute?: ScimRoute;
  }
}

/** Serves the route; methods that it lacks answer 405 with `Allow` (RFC 9110 §15.5.6), HEAD as GET does, OPTIONS what is allowed. */
export function addScimRoute(server: FastifyInstance, prefix: string, route: ScimRoute): void {
  const { handlers, bodyLimit, path } = route;
  const url = `${prefix}${path}`;
  const common = { url, config: { scimRoute: route }, ...(bodyLimit !== undefined && { bodyLimit }) };
  const served = Object.keys(handlers) as ScimMethod[];
  for (const method of served)
    server.route({
      ...common,
      method,
      handler: (request, reply) => (handlers[method] as ScimHandler)(contextOf(request), request, reply),
    });
  const allow = [...served, ...(handlers.GET ? ['HEAD'] : []), 'OPTIONS'];
  const others = SCIM_METHODS.filter((method) => !allow.includes(method));
  server.route({
    ...common,
    method: 'OPTIONS',
    handler: (_request, reply) => reply.code(204).header('allow', allow.join(', ')).send(),
  });
  server.route({
    ...common,
    method: others,
    handler: async (request) => {
      throw new HttpStatusError(405, `\`${request.method}\` is not served here; use ${allow.join(', ')}`, {
        allow: allow.join(', '),
      });
    },
  });
}

/** @throws Error where no hook has made the context: a defect of the route */
function contextOf(request: FastifyRequest): ScimContext {
  if (request.scim === null) throw new Error('the route runs before its token is checked');
  return request.scim;
}
