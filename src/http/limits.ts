import type { FastifyInstance } from 'fastify';
import type { Limits } from '../kernel/config.js';
import { GraphError } from '../kernel/errors.js';
import type { Readiness } from './health.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Aborts when the request has taken too long, with DEADLINE, or UNAVAILABLE where the service is not ready; or when its caller has gone. */
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
      const message = `the request took longer than ${deadlineMs} ms`;
      // Why it is not ready is for whoever runs it.
      const unready = `${message} and the service is not ready; retry later`;
      controller.abort(readiness().ready ? late(`${message}; ask for less`) : new GraphError('UNAVAILABLE', unready));
    }, deadlineMs);
    reply.raw.once('close', () => {
      clearTimeout(timer);
      controller.abort(late('the caller has gone'));
    });
    request.deadline = controller.signal;
  });
}
