import { afterEach, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { createHttpServer } from '../../src/http/server.js';
import { readConfig } from '../../src/kernel/config.js';
import { beforeDeadline } from '../../src/kernel/deadline.js';
import { GraphError } from '../../src/kernel/errors.js';

let server: FastifyInstance | undefined;
afterEach(() => server?.close());

const serve = (readiness: () => { ready: boolean; reason?: string }, environment = {}) =>
  createHttpServer({
    limits: readConfig(environment),
    trustProxy: false,
    logLevel: 'silent',
    readiness,
    printRevision: () => 'revision',
  });
const ready = () => ({ ready: true });

describe('the server, closing', () => {
  it('lets a request that runs finish, and refuses those that come after', async () => {
    server = serve(ready);
    const begun = deferred<void>();
    const finish = deferred<string>();
    server.get('/slow', () => {
      begun.resolve();
      return finish.promise;
    });
    const url = await listen();
    const slow = fetch(`${url}/slow`);
    await begun.promise;
    const closed = server.close();
    finish.resolve('done');
    expect(await (await slow).text()).toBe('done');
    await closed;
    await expect(fetch(`${url}/healthz`)).rejects.toThrow('fetch failed');
  });
});

describe('the server, failing', () => {
  it('says why it is not ready', async () => {
    const state = { ready: false, reason: 'the store does not answer' };
    server = serve(() => state);
    const response = await fetch(`${await listen()}/readyz`);
    expect([response.status, await response.json()]).toEqual([503, state]);
  });

  it('tells each error in its own status, and defects not at all', async () => {
    server = serve(ready);
    const errors = [
      new GraphError('NOT_FOUND', 'gone'),
      new GraphError('COST_EXCEEDED', 'slow down', { retryAfterSeconds: 7 }),
      new GraphError('UNAVAILABLE', 'later'),
      new GraphError('INVALID', 'wrong', { issues: [{ pointer: '/a', code: 'c', message: 'm' }] }),
      new TypeError('cannot read properties of undefined'),
    ];
    for (const [at, error] of errors.entries()) server.get(`/${at}`, () => Promise.reject(error));
    const url = await listen();
    const told = [];
    for (const at of errors.keys()) {
      const response = await fetch(`${url}/${at}`);
      const { requestId, ...rest } = (await response.json()) as Record<string, unknown>;
      const named = requestId === response.headers.get('x-request-id');
      told.push([response.status, response.headers.get('retry-after'), named, rest]);
    }
    expect(told).toEqual([
      [404, null, true, { code: 'NOT_FOUND', message: 'gone' }],
      [429, '7', true, { code: 'COST_EXCEEDED', message: 'slow down' }],
      [503, '1', true, { code: 'UNAVAILABLE', message: 'later' }],
      [400, null, true, { code: 'INVALID', message: 'wrong', issues: [{ pointer: '/a', code: 'c', message: 'm' }] }],
      [500, null, true, { code: 'UNAVAILABLE', message: 'the service failed; report the request id' }],
    ]);
  });

  const lateAnswer = async (readiness: Parameters<typeof serve>[0]) => {
    server = serve(readiness, { REQUEST_DEADLINE_MS: '20' });
    // What waits knows nothing of the deadline itself.
    server.get('/wait', ({ deadline }) => beforeDeadline(new Promise(() => {}), deadline, 'DEADLINE'));
    const response = await fetch(`${await listen()}/wait`);
    const { code, message } = (await response.json()) as Record<string, string>;
    return [response.status, response.headers.get('retry-after'), code, message];
  };

  it('aborts what a request started when its deadline passes', async () => {
    const message = 'the request took longer than 20 ms; ask for less';
    expect(await lateAnswer(ready)).toEqual([504, null, 'DEADLINE', message]);
  });

  it('asks no less of a caller who waited since it is not ready, but to come again', async () => {
    const message = 'the request took longer than 20 ms and the service is not ready; retry later';
    const state = { ready: false, reason: 'the access index is not yet at revision 9' };
    expect(await lateAnswer(() => state)).toEqual([503, '1', 'UNAVAILABLE', message]);
  });
});

const listen = () => server!.listen({ port: 0, host: '127.0.0.1' });

function deferred<Value>() {
  let resolve: (value: Value) => void = () => {};
  let reject: (reason: unknown) => void = () => {};
  const promise = new Promise<Value>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
