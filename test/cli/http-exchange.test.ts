import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createApiClient } from '../../src/cli/api-client.js';
import { exchange } from '../../src/cli/http-exchange.js';
import { GraphError } from '../../src/kernel/errors.js';

describe('an exchange over HTTP', () => {
  let server: Server;
  let url: string;
  beforeEach(async () => {
    server = createServer((request, response) => {
      if (request.url === '/refusing') {
        response.writeHead(413).end('{"message":"too much"}');
        return;
      }
      let bytes = 0;
      request.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      request.on('end', () => response.end(String(bytes)));
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  async function* chunks(count: number, fault?: Error): AsyncGenerator<Uint8Array> {
    for (let i = 0; i < count; i++) yield Buffer.alloc(100_000);
    if (fault) throw fault;
  }
  const put = (path: string, body: string | AsyncIterable<Uint8Array>) =>
    exchange(`${url}${path}`, { method: 'PUT', headers: {}, body });

  it('sends a text, and a stream', async () => {
    expect(await put('/', 'abc')).toEqual({ status: 200, text: '3' });
    expect(await put('/', chunks(50))).toEqual({ status: 200, text: '5000000' });
  });

  it('takes an answer that comes before all is sent', async () => {
    expect(await put('/refusing', chunks(200))).toEqual({ status: 413, text: '{"message":"too much"}' });
  });

  it('rejects with what broke the body off, not with what that did to the connection', async () => {
    const fault = new GraphError('INVALID', 'the file is no UTF-8');
    await expect(put('/', chunks(3, fault))).rejects.toBe(fault);
    await expect(
      createApiClient({ url, token: undefined }).send('PUT', '/', 'text/plain', chunks(0, fault)),
    ).rejects.toBe(fault);
  });

  it('says that nobody answers where nobody does', async () => {
    server.close();
    const client = createApiClient({ url: 'http://127.0.0.1:1', token: undefined });
    await expect(client.send('PUT', '/', 'text/plain', 'x')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});
