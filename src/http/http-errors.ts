import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify';
import { type ErrorCode, GraphError, type Issue } from '../kernel/errors.js';
import { HttpStatusError } from './http-status-error.js';

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

/** After how many seconds what cannot be answered now is worth another try, where nothing better is known. */
export const usualRetryAfterSeconds = 1;

/** What `Retry-After` says of the error (RFC 9110 §10.2.3); absent: trying the same again is no help. */
export function retryAfterSecondsOf({ code, details }: GraphError): number | undefined {
  return details.retryAfterSeconds ?? (code === 'UNAVAILABLE' ? usualRetryAfterSeconds : undefined);
}

/** What a caller is told of a defect. */
export const maskedMessage = 'the service failed; report the request id';

/** What a caller may be told of an error. */
export interface Told {
  readonly status: number;
  readonly code: ErrorCode;
  readonly message: string;
  readonly issues?: readonly Issue[];
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * What is told: a `GraphError` as it is, what the framework refuses as INVALID or TOO_LARGE. Of a defect nothing but
 * that there is one; it is logged.
 */
export function toTold(error: unknown, log: FastifyBaseLogger): Told {
  if (error instanceof HttpStatusError)
    return { status: error.status, code: 'INVALID', message: error.message, headers: error.headers };
  const known = toGraphError(error);
  if (known === undefined) {
    log.error({ err: error }, 'the request failed');
    return { status: 500, code: 'UNAVAILABLE', message: maskedMessage, headers: {} };
  }
  const { code, message, details } = known;
  const retry = retryAfterSecondsOf(known);
  return {
    status: statusCodeOf(error) === 415 ? 415 : HTTP_STATUS[code],
    code,
    message,
    ...(details.issues && { issues: details.issues }),
    headers: retry === undefined ? {} : { 'retry-after': String(retry) },
  };
}

/**
 * The error as one that may be told: a `GraphError` as it is, what the framework refuses (bad JSON, a body that is too
 * large) as INVALID or TOO_LARGE. Absent: a defect, of which nothing is told.
 */
export function toGraphError(error: unknown): GraphError | undefined {
  if (error instanceof GraphError) return error;
  const status = statusCodeOf(error);
  if (status === 413) return new GraphError('TOO_LARGE', 'the request body is too large; send less at once');
  if (status === 415) return new GraphError('INVALID', 'the content type is not taken here; send `application/json`');
  if (status !== undefined && status >= 400 && status < 500)
    return new GraphError('INVALID', 'the request cannot be read; check its body and content type');
  return undefined;
}

/** What the framework says of its own errors. */
function statusCodeOf(error: unknown): number | undefined {
  const status = (error as { readonly statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' ? status : undefined;
}

/**
 * Reads on what is left of a body that is too large. The framework would close the connection, and a client that is
 * still sending then sees it broken and no answer; how long it may send, the server limits.
 */
export function discardRest({ raw }: FastifyRequest, reply: FastifyReply): void {
  void reply.removeHeader('connection');
  raw.resume();
}

/** Answers as `{ code, message, issues?, requestId }`; defects are logged and masked. */
export function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { status, code, message, issues, headers } = toTold(error, request.log);
  if (status === 413) discardRest(request, reply);
  return reply
    .code(status)
    .headers(headers)
    .send({ code, message, ...(issues && { issues }), requestId: request.id });
}
