import type { FastifyReply, FastifyRequest } from 'fastify';
import { toTold } from '../../http/http-errors.js';
import { ERROR_URN, toScimError } from '../scim-error.js';
import { HttpStatusError } from './http-status-error.js';

/** RFC 7644 §3.1; what every body is sent as. */
export const scimMediaType = 'application/scim+json; charset=utf-8';

export function sendScim(reply: FastifyReply, status: number, body: unknown): FastifyReply {
  return reply.code(status).type(scimMediaType).send(JSON.stringify(body));
}

/** Any thrown value as an error of SCIM (RFC 7644 §3.12); of a defect nothing is told. */
export function sendScimError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof HttpStatusError) {
    void reply.headers(error.headers);
    return sendScim(reply, error.status, {
      schemas: [ERROR_URN],
      status: String(error.status),
      detail: error.message,
    });
  }
  const told = toTold(error);
  if (told === undefined) request.log.error({ err: error }, 'the request failed');
  const { status, body } = toScimError(told ?? error);
  if (status === 401) void reply.header('www-authenticate', 'Bearer');
  const retry = told?.details.retryAfterSeconds;
  if (retry !== undefined) void reply.header('retry-after', String(retry));
  return sendScim(reply, status, body);
}
