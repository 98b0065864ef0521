import type { FastifyReply, FastifyRequest } from 'fastify';
import { type ErrorCode, GraphError } from '../kernel/errors.js';

/** The status of each error over plain HTTP. */
export const HTTP_STATUS = {
  INVALID: 400,
  NOT_FOUND: 404,
  AMBIGUOUS: 409,
  UNIQUENESS: 409,
  VERSION_MISMATCH: 412,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  TOO_LARGE: 413,
  TOO_MANY: 422,
  COST_EXCEEDED: 429,
  DEADLINE: 504,
  CURSOR_EXPIRED: 410,
  GONE: 410,
  UNAVAILABLE: 503,
} as const satisfies Record<ErrorCode, number>;

/** What a caller is told of a defect. */
export const maskedMessage = 'the service failed; report the request id';

/**
 * The error as one that may be told: a `GraphError` as it is, what the framework refuses (bad JSON, a body that is too
 * large) as INVALID or TOO_LARGE. Absent: a defect, of which nothing is told.
 */
export function toTold(error: unknown): GraphError | undefined {
  if (error instanceof GraphError) return error;
  const status = (error as { readonly statusCode?: unknown } | null)?.statusCode;
  if (status === 413) return new GraphError('TOO_LARGE', 'the request body is too large; send less at once');
  if (typeof status === 'number' && status >= 400 && status < 500)
    return new GraphError('INVALID', 'the request cannot be read; check its body and content type');
  return undefined;
}

/** Answers as `{ code, message, issues?, requestId }`; defects are logged and masked. */
export function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const told = toTold(error);
  if (told === undefined) request.log.error({ err: error }, 'the request failed');
  const code = told?.code ?? 'UNAVAILABLE';
  const status = told === undefined ? 500 : HTTP_STATUS[code];
  const retry = told?.details.retryAfterSeconds;
  if (retry !== undefined) void reply.header('retry-after', String(retry));
  return reply.code(status).send({
    code,
    message: told?.message ?? maskedMessage,
    ...(told?.details.issues && { issues: told.details.issues }),
    requestId: request.id,
  });
}
