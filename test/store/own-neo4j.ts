import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { endsOnce } from '../ends-once.js';
import type { TestServer } from './neo4j-fixture.js';

/** A server that is one test file's own, which may kill it. */
export interface OwnServer extends TestServer {
  /** Ends it at once. */
  kill(): Promise<void>;
  /** Brings it back with the same address and data. */
  start(): Promise<void>;
  /** Ends it and throws its data away. */
  stop: () => Promise<void>;
}
export interface OwnServerOptions {
  readonly version?: string;
  readonly heapMegabytes?: number;
  readonly pageCacheMegabytes?: number;
  /** Holds `private.key` and `public.crt`, in PEM: connections are encrypted with these then, and none is taken without. */
  readonly certificateFolder?: string;
}

/** A started server. @throws with the line that says how to get one where there is none: a fault that is not tried has not passed */
export async function startOwnServer(options: OwnServerOptions = {}): Promise<OwnServer> {
  const { startNeo4j } = (await import(pathToFileURL(resolve('scripts/neo4j.mjs')).href)) as {
    readonly startNeo4j: (options: OwnServerOptions) => Promise<OwnServer>;
  };
  const server = await startNeo4j({ heapMegabytes: 512, pageCacheMegabytes: 64, ...options });
  server.stop = endsOnce(server.stop);
  return server;
}
