import type { FastifyInstance } from 'fastify';
import type { Limits } from '../kernel/config.js';
import { GraphError } from '../kernel/errors.js';
import type { Readiness } from './health.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Aborts with DEADLINE when the request has taken too long, or its caller has gone. */
    deadline: AbortSignal;
  }
}

/** Gives every request its deadline. What is late since the service is not ready is so through no fault of its caller's. */
export function addDeadline(
  server: FastifyInstance,
  { REQUEST_DEADLINE_MS: deadlineMs }: Limits,
  readiness: () => Readiness,
): void {
  server.decorateRequest('deadline');
  server.addHook('onRequest', async (request, reply) => {
    const controller = new AbortController();
    const late = (message: string) => new GraphError('DEADLINE', message, { limit: 'REQUEST_DEADLINE_MS' });
    const timer = setTimeout(() => {
      const { ready, reason } = readiness();
      const message = `the request took longer than ${deadlineMs} ms`;
      controller.abort(
        ready ? late(`${message}; ask for less`) : new GraphError('UNAVAILABLE', `${message}: ${reason}; retry later`),
      );
    }, deadlineMs);
    reply.raw.once('close', () => {
      clearTimeout(timer);
      controller.abort(late('the caller has gone'));
    });
    request.deadline = controller.signal;
  });
}
