import type { FastifyInstance, FastifyRequest } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { type Caller, requireScope } from '../usecases/caller.js';
import type { Gauge as EstateGauge } from '../usecases/measure-estate.js';
import { type Authenticate, createApiAuthenticator, requireToken } from './bearer-auth.js';

export interface MetricsOptions {
  readonly authenticate: Authenticate;
  /** The estate as far as the caller may see it. */
  readonly measure: (caller: Pick<Caller, 'tenants'>) => Promise<readonly EstateGauge[]>;
}

/**
 * `/metrics`, in Prometheus' text format: to whoever asks on this machine itself, else with a token that reads the graph, of
 * its tenants. The process and its requests are shown to those who see every tenant.
 */
export function addMetrics(server: FastifyInstance, { authenticate, measure }: MetricsOptions): void {
  const own = new Registry();
  const authorize = requireToken(createApiAuthenticator(authenticate));
  collectDefaultMetrics({ register: own });
  observeRequests(server, own);
  server.get(
    '/metrics',
    {
      onRequest: async (request, reply) => {
        if (!isLocal(request)) await authorize(request, reply);
      },
    },
    async ({ caller }, reply) => {
      if (caller !== null) requireScope(caller, 'graph:read');
      const tenants = caller?.tenants ?? 'all';
      const estate = render(await measure({ tenants }));
      const text = [await estate.metrics(), ...(tenants === 'all' ? [await own.metrics()] : [])].join('\n');
      return reply.type(estate.contentType).send(text);
    },
  );
}

/** How long requests take, by route, which names no tenant. */
function observeRequests(server: FastifyInstance, register: Registry): void {
  const seconds = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the request to the end of its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [register],
  });
  server.addHook('onResponse', async ({ method, routeOptions }, reply) => {
    const labels = { method, route: routeOptions.url ?? 'none', status: reply.statusCode };
    seconds.observe(labels, reply.elapsedTime / 1000);
  });
}

function render(gauges: readonly EstateGauge[]): Registry {
  const register = new Registry();
  for (const { name, help, rows } of gauges) {
    // A gauge without rows would be shown as 0, which says something else.
    if (rows.length === 0) continue;
    const gauge = new Gauge({ name, help, labelNames: Object.keys(rows[0]?.labels ?? {}), registers: [register] });
    for (const { labels, value } of rows) gauge.set(labels, value);
  }
  return register;
}

/** Sent from this machine, to it, and by no proxy: a page in a browser here names another host. */
function isLocal({ raw, hostname, headers }: FastifyRequest): boolean {
  const forwarded = ['x-forwarded-for', 'x-forwarded-host', 'forwarded', 'via'].some(
    (name) => headers[name] !== undefined,
  );
  return !forwarded && loopback.has(raw.socket.remoteAddress ?? '') && loopback.has(hostname);
}

const loopback: ReadonlySet<string> = new Set(['127.0.0.1', '::1', '[::1]', '::ffff:127.0.0.1', 'localhost']);
