import type { FastifyInstance } from 'fastify';

/** Whether questions can be answered from a head read lately; `reason`: what is missing, for whoever runs the service. */
export interface Readiness {
  readonly ready: boolean;
  readonly reason?: string;
}

/** `/healthz`: the process answers. `/readyz`: the service can; 503 while it cannot. Both are open. */
export function addHealth(server: FastifyInstance, readiness: () => Readiness): void {
  server.get('/healthz', async () => ({ status: 'ok' }));
  server.get('/readyz', async (_request, reply) => {
    const state = readiness();
    return reply.code(state.ready ? 200 : 503).send(state);
  });
}
