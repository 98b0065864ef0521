import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface Exchange {
  readonly method: 'PUT' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | AsyncIterable<Uint8Array>;
}
export interface Exchanged {
  readonly status: number;
  readonly text: string;
}

/**
 * Sends a body of any size and waits as long as the answer takes: `fetch` gives up after five minutes. Rejects with what the
 * body throws, else with what the address or the network is at fault for.
 */
export async function exchange(address: string, { method, headers, body }: Exchange): Promise<Exchanged> {
  const url = new URL(address);
  const open = url.protocol === 'https:' ? requestHttps : requestHttp;
  const request = open(url, { method, headers });
  const answered = new Promise<Exchanged>((resolve, reject) => {
    request.once('response', (response) => {
      readAll(response).then((text) => resolve({ status: response.statusCode ?? 0, text }), reject);
    });
    request.on('error', reject);
  });
  let fault: unknown;
  async function* watched(): AsyncGenerator<Uint8Array> {
    try {
      if (typeof body === 'string') yield Buffer.from(body);
      else yield* body;
    } catch (error) {
      fault = error;
      throw error;
    }
  }
  // Its failure is the request's too; a service that refuses answers before it has read all.
  pipeline(Readable.from(watched()), request).catch(() => undefined);
  try {
    return await answered;
  } catch (error) {
    throw fault ?? error;
  }
}

async function readAll(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
