import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify';
import { discardRest, retryAfterSecondsOf, toGraphError, usualRetryAfterSeconds } from '../../http/http-errors.js';
import { HttpStatusError } from '../../http/http-status-error.js';
import { renderScimError, type ScimFailure, toScimError } from '../scim-error.js';

/** RFC 7644 §3.1; what every body is sent as. */
const scimMediaType = 'application/scim+json; charset=utf-8';

export function sendScim(reply: FastifyReply, status: number, body: unknown): FastifyReply {
  return reply.code(status).type(scimMediaType).send(JSON.stringify(body));
}

/** What is said of a failure, alone or as one operation of a bulk request. */
interface ToldFailure extends ScimFailure {
  readonly headers: Readonly<Record<string, string>>;
}

/** Any thrown value as an error of SCIM (RFC 7644 §3.12); a defect is logged, and of it nothing is told. */
export function toFailure(error: unknown, log: FastifyBaseLogger): ToldFailure {
  if (error instanceof HttpStatusError)
    return { ...renderScimError(error.status, undefined, error.message), headers: error.headers };
  const told = toGraphError(error);
  if (told === undefined) log.error({ err: error }, 'the request failed');
  const failure = toScimError(told ?? error);
  const retry = (told && retryAfterSecondsOf(told)) ?? (failure.status === 503 ? usualRetryAfterSeconds : undefined);
  return {
    ...failure,
    headers: {
      ...(failure.status === 401 && { 'www-authenticate': 'Bearer' }),
      ...(retry !== undefined && { 'retry-after': String(retry) }),
    },
  };
}

export function sendScimError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { status, headers, body } = toFailure(error, request.log);
  if (status === 413) discardRest(request, reply);
  return sendScim(reply.headers(headers), status, body);
}
