import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Stores } from '../compose.js';
import { readConfig } from '../kernel/config.js';
import { GraphError } from '../kernel/errors.js';
import type { Head } from '../store/graph-store.js';
import { createTokenText } from '../usecases/credential-token.js';
import { createApiClient } from './api-client.js';
import { demoAnswer, demoQuery } from './demo-query.js';
import { loadSample, type SampleSource } from './load-sample.js';
import { importService } from './serve-command.js';
import { createStopSignal, stopped } from './stop-signal.js';

/** What a demo folder keeps, so that the second start prints what the first one did. */
interface DemoRecord {
  readonly administratorToken: string;
  /** Absent: the sample was not loaded to its end. */
  readonly sources?: readonly SampleSource[];
  /** Of the store that it was loaded into. */
  readonly storeId?: string;
}

export function addDemoCommand(program: Command, print: (line: string) => void): void {
  program
    .command('demo')
    .description(
      'serve a sample company, which arrives through the API itself, in a folder of its own (data/demo), or in an empty Neo4j where NEO4J_URI names one (and data/demo-neo4j)',
    )
    .action(async () => {
      const DATA_DIR = readConfig().NEO4J_URI === undefined ? 'data/demo' : 'data/demo-neo4j';
      const config = readConfig(undefined, { DATA_DIR, LOG_LEVEL: 'warn' });
      const folder = resolve(config.DATA_DIR);
      const record = prepareFolder(folder, config.ADMIN_TOKEN);
      const stop = createStopSignal();
      const { administratorToken: token } = record;
      const { startService, openStoreForWriting } = await importService();
      const head = await headOf(await openStoreForWriting(config));
      const loaded = checkOurs(record, head);
      const service = await startService({ ...config, ADMIN_TOKEN: token }, { stop });
      if (service === undefined) return;
      const closed = stopped(stop).then(() => service.close());
      try {
        const sources = loaded ?? (await loadSample(createApiClient({ url: service.url, token }), tell));
        keep(folder, { administratorToken: token, sources, storeId: head.storeId });
        print(greeting(service.url, token, sources));
      } catch (error) {
        // What still loads when the service closes under it fails. In a folder the next start begins the sample anew.
        if (stop.aborted) return closed;
        await service.close();
        throw error;
      }
      await closed;
    });
}

/** A folder whose sample was not loaded to its end begins anew; one that holds something else is not touched. */
function prepareFolder(folder: string, givenToken: string | undefined): DemoRecord {
  const path = join(folder, recordFile);
  if (!existsSync(path)) {
    if (existsSync(folder) && readdirSync(folder).length > 0)
      throw new GraphError(
        'INVALID',
        `\`${folder}\` holds something else than the demo; set DATA_DIR to an empty folder`,
      );
    return keep(folder, { administratorToken: givenToken ?? createTokenText() });
  }
  const record = readRecord(path);
  const administratorToken = givenToken ?? record.administratorToken;
  if (record.sources !== undefined) return { ...record, administratorToken };
  for (const name of readdirSync(folder)) if (name !== recordFile) rmSync(join(folder, name), { recursive: true });
  return { administratorToken };
}

async function headOf({ graph }: Stores): Promise<Head> {
  try {
    return await graph.head();
  } finally {
    await graph.close();
  }
}

/**
 * The sources of the sample that the store holds; absent: it is empty, and takes it.
 * @throws GraphError INVALID for a store that holds anything else, or a part of the sample
 */
function checkOurs({ sources, storeId: ours }: DemoRecord, { storeId, revision }: Head): DemoRecord['sources'] {
  if (ours === storeId) return sources;
  if (revision === 0) return undefined;
  throw new GraphError(
    'INVALID',
    'the store holds something else than the demo, or a part of it; set NEO4J_URI or NEO4J_DATABASE to one that is empty, or DATA_DIR to an empty folder',
  );
}

/** @throws GraphError INVALID where it is not what `keep` wrote */
function readRecord(path: string): DemoRecord {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as DemoRecord;
  } catch (cause) {
    throw new GraphError('INVALID', `\`${path}\` cannot be read; remove its folder to begin anew`, {}, { cause });
  }
}

const recordFile = 'demo.json';

function keep(folder: string, record: DemoRecord): DemoRecord {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, recordFile), `${JSON.stringify(record, undefined, 2)}\n`, { mode: 0o600 });
  return record;
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

function greeting(url: string, token: string, sources: readonly SampleSource[]): string {
  return `
identity-graph is ready with the sample company Nordwind Logistics

  GraphiQL             ${url}/graphiql
  administrator token  ${token}

${sources.map(({ ref, scimBaseUrl, token: own }) => `  SCIM ${ref.padEnd(15)} ${scimBaseUrl}\n  ${' '.repeat(20)} token ${own}`).join('\n')}

Paste this query into GraphiQL (the token goes into the field at its top):

${demoQuery}

and it will answer:

${JSON.stringify(demoAnswer, undefined, 2)}

docs/sample.md says what else is planted. Ctrl-C stops it; the next start takes the company as it was left.`;
}
