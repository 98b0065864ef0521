import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createSystemClock } from '../src/kernel/clock.js';
import { type Neo4jStore, openNeo4jStore } from '../src/store/neo4j/neo4j-store.js';

interface Server {
  readonly uri: string;
  readonly username: string;
  readonly password: string;
  readonly version: string;
  stop(): Promise<void>;
}
interface Sizes {
  readonly heapMegabytes: number;
  readonly pageCacheMegabytes: number;
}

/** Runs the work on an empty store in a server of its own, which is stopped afterwards. */
export async function* onOwnNeo4j<Result>(
  sizes: Sizes,
  work: (store: Neo4jStore, version: string) => AsyncIterable<Result>,
): AsyncGenerator<Result> {
  const { startNeo4j } = (await import(pathToFileURL(resolve('scripts/neo4j.mjs')).href)) as {
    readonly startNeo4j: (sizes: Sizes) => Promise<Server>;
  };
  const server = await startNeo4j(sizes);
  try {
    const store = await openNeo4jStore({ ...server, clock: createSystemClock() });
    yield* work(store, server.version);
    await store.graph.close();
  } finally {
    await server.stop();
  }
}
