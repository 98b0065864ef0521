import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createSystemClock } from '../src/kernel/clock.js';
import { type Neo4jStore, openNeo4jStore } from '../src/store/neo4j/neo4j-store.js';

/** A Neo4j of its own, as scripts/neo4j.mjs starts it; `stop` throws its data away. */
export interface BenchServer {
  readonly uri: string;
  readonly username: string;
  readonly password: string;
  readonly version: string;
  /** Of the server; absent where it runs in a container. */
  readonly pid?: number;
  stop(): Promise<void>;
}
interface Sizes {
  readonly heapMegabytes: number;
  readonly pageCacheMegabytes: number;
}

/** @throws with the line that says how to get one, where there is none to be had */
export async function startBenchServer(sizes: Sizes): Promise<BenchServer> {
  const { startNeo4j } = (await import(pathToFileURL(resolve('scripts/neo4j.mjs')).href)) as {
    readonly startNeo4j: (sizes: Sizes) => Promise<BenchServer>;
  };
  return startNeo4j(sizes);
}

/** Runs the work on an empty store in a server of its own, which is stopped afterwards. */
export async function* onOwnNeo4j<Result>(
  sizes: Sizes,
  work: (store: Neo4jStore, version: string) => AsyncIterable<Result>,
): AsyncGenerator<Result> {
  const server = await startBenchServer(sizes);
  try {
    const store = await openNeo4jStore({ ...server, clock: createSystemClock() });
    yield* work(store, server.version);
    await store.graph.close();
  } finally {
    await server.stop();
  }
}

const microsPerTick = 10_000;

/** Processor time of the server so far, in microseconds, to a hundredth of a second; absent where this system does not tell. */
export function processorOf({ pid }: BenchServer): (() => number) | undefined {
  const path = `/proc/${pid}/stat`;
  if (pid === undefined || !existsSync(path)) return undefined;
  return () => {
    // The second field is the command in parentheses; user and system time are the 14th and 15th (proc(5)).
    const fields = readFileSync(path, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) * microsPerTick;
  };
}
