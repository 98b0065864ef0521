import { randomUUID } from 'node:crypto';
import {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
  fastify,
  LogController,
} from 'fastify';
import { stdTimeFunctions } from 'pino';
import type { Limits } from '../kernel/config.js';
import { GraphError } from '../kernel/errors.js';
import { addAuthentication } from './bearer-auth.js';
import { addHealth, type Readiness } from './health.js';
import { sendError } from './http-errors.js';
import { HttpStatusError } from './http-status-error.js';
import { addDeadline } from './limits.js';
import { noteServedMethods } from './served-methods.js';

export interface HttpServerOptions {
  readonly limits: Limits;
  /** Believe X-Forwarded-* headers. */
  readonly trustProxy: boolean;
  /** `silent` logs nothing. */
  readonly logLevel: string;
  /** Where the log goes; absent: standard output. */
  readonly logStream?: { write(line: string): void };
  readonly readiness: () => Readiness;
  /** What `Graph-Revision` says of every answer to an authenticated caller: the newest revision that answers come from. */
  readonly printRevision: () => string;
  /** How it is said that an address cannot be read, which then belongs to no route of a protocol; absent: as `sendError` does. */
  readonly refuseAddress?: (error: unknown, request: FastifyRequest, reply: FastifyReply) => void;
}

/**
 * The one server: request ids, deadlines, errors that tell nothing of the inside, health. Protocols add their routes.
 * `close()` lets requests that run finish, and refuses new ones.
 */
export function createHttpServer(options: HttpServerOptions): FastifyInstance {
  const { limits, trustProxy, readiness, printRevision, refuseAddress = sendError } = options;
  const server = fastify({
    bodyLimit: limits.BODY_LIMIT_BYTES,
    requestTimeout: receivingTimeoutMs,
    http: { maxHeaderSize: maxHeaderBytes },
    forceCloseConnections: 'idle',
    trustProxy,
    logger: loggerOf(options),
    // Each request has one line, of ours.
    logController: new LogController({ disableRequestLogging: true }),
    requestIdHeader: false,
    genReqId: (request) => takeRequestId(request.headers['x-request-id']) ?? randomUUID(),
    frameworkErrors: (_error, request, reply) => void refuseAddress(unreadableAddress(), request, reply),
    // Parameters keep their letter case.
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 512, caseSensitive: false },
  });
  const served = noteServedMethods(server);
  logRequests(server);
  addAuthentication(server);
  addDeadline(server, limits, readiness);
  server.addHook('onRequest', async (request, reply) => {
    void reply.header('x-request-id', request.id);
  });
  server.addHook('onSend', async (request, reply) => {
    if (request.caller !== null) void reply.header('graph-revision', printRevision());
    void reply.header('x-content-type-options', 'nosniff');
  });
  server.setErrorHandler((error, request, reply) => sendError(error, request, reply));
  server.setNotFoundHandler((request, reply) => {
    const allowed = served.at(request.url.split('?', 1)[0] as string);
    const error = allowed.length === 0 ? notServed() : refusedMethod(request.method, allowed);
    return sendError(error, request, reply);
  });
  addHealth(server, readiness);
  return server;
}

/** Not percent-encoded as RFC 3986 §2.1 has it, or too long. */
const unreadableAddress = () =>
  new GraphError('INVALID', 'the address cannot be read; percent-encode it, and keep ids short');

const notServed = () => new GraphError('NOT_FOUND', 'nothing is served at this path');

/** What is served at the path, but not with that method (RFC 9110 §15.5.6). */
export function refusedMethod(method: string, allowed: readonly string[]): HttpStatusError {
  const allow = allowed.join(', ');
  return new HttpStatusError(405, `\`${method}\` is not served here; use ${allow}`, { allow });
}

/** Of the request line and all headers: a SCIM filter of 8 kB triples where it is percent-encoded. */
const maxHeaderBytes = 32_768;

/** How long a body may take to arrive: imports are large, and connections slow. */
const receivingTimeoutMs = 300_000;

/** A caller's own id of the request is taken where it is short and plain, so that it cannot forge lines of the log. */
function takeRequestId(given: string | string[] | undefined): string | undefined {
  return typeof given === 'string' && /^[\w.-]{8,64}$/.test(given) ? given : undefined;
}

/** One line an answer, by route, which names no tenant and holds no query. */
function logRequests(server: FastifyInstance): void {
  server.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions, caller } = request;
    const path = routeOptions.url ?? request.url.split('?', 1)[0];
    const line = { method, path, status: reply.statusCode, ms: Math.round(reply.elapsedTime), caller: caller?.name };
    if (reply.statusCode >= 500) request.log.error(line, 'answered');
    else request.log.info(line, 'answered');
  });
  server.addHook('onRequestAbort', async ({ method, routeOptions, log }) => {
    log.info({ method, path: routeOptions.url }, 'the caller has gone');
  });
}

/** Credentials and cookies are never logged; nor are bodies, queries or addresses. */
function loggerOf({ logLevel, logStream }: HttpServerOptions): NonNullable<FastifyServerOptions['logger']> {
  if (logLevel === 'silent') return false;
  return {
    level: logLevel,
    redact: { paths: ['req.headers.authorization', 'req.headers.cookie', 'headers.authorization'], remove: true },
    serializers: {
      req: ({ method, url, routeOptions }) => ({ method, path: routeOptions?.url ?? url?.split('?')[0] }),
      res: ({ statusCode }) => ({ statusCode }),
    },
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (level) => ({ level }) },
    ...(logStream && { stream: logStream }),
  };
}
