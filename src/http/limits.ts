import type { FastifyInstance } from 'fastify';
import type { Limits } from '../kernel/config.js';
import { GraphError } from '../kernel/errors.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Aborts with DEADLINE when the request has taken too long, or its caller has gone. */
    deadline: AbortSignal;
  }
}

/** Gives every request its deadline. */
export function addDeadline(server: FastifyInstance, { REQUEST_DEADLINE_MS: deadlineMs }: Limits): void {
  server.decorateRequest('deadline');
  server.addHook('onRequest', async (request, reply) => {
    const controller = new AbortController();
    const abort = (message: string) => () =>
      controller.abort(new GraphError('DEADLINE', message, { limit: 'REQUEST_DEADLINE_MS' }));
    const timer = setTimeout(abort(`the request took longer than ${deadlineMs} ms; ask for less`), deadlineMs);
    reply.raw.once('close', () => {
      clearTimeout(timer);
      abort('the caller has gone')();
    });
    request.deadline = controller.signal;
  });
}
