import type { FastifyInstance } from 'fastify';
import type { Limits } from '../kernel/config.js';
import { GraphError } from '../kernel/errors.js';
import type { Readiness } from './health.js';

declare module 'fastify' {
  interface FastifyRequest {
    /**
     * Aborts when the request has taken too long, with DEADLINE, or with UNAVAILABLE where the service is not ready; and
     * when its caller has gone.
     */
    deadline: AbortSignal;
  }
}

/** The limit that errors name which a passed deadline is the cause of. */
export const deadlineLimit = 'REQUEST_DEADLINE_MS';

/** Gives every request its deadline. What is late since the service is not ready is so through no fault of its caller's. */
export function addDeadline(
  server: FastifyInstance,
  { REQUEST_DEADLINE_MS: deadlineMs }: Limits,
  readiness: () => Readiness,
): void {
  server.decorateRequest('deadline');
  server.addHook('onRequest', async (request, reply) => {
    const controller = new AbortController();
    const late = (code: 'DEADLINE' | 'UNAVAILABLE', message: string) =>
      new GraphError(code, message, { limit: deadlineLimit });
    const timer = setTimeout(() => {
      const message = `the request took longer than ${deadlineMs} ms`;
      // Why it is not ready is for whoever runs it.
      const unready = late('UNAVAILABLE', `${message} and the service is not ready; retry later`);
      controller.abort(readiness().ready ? late('DEADLINE', `${message}; ask for less`) : unready);
    }, deadlineMs);
    reply.raw.once('close', () => {
      clearTimeout(timer);
      controller.abort(late('DEADLINE', 'the caller has gone'));
    });
    request.deadline = controller.signal;
  });
}
