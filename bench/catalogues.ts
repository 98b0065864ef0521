import { createReadStream, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createIndexEngine } from '../src/access/index/index-engine.js';
import type { PlatformFormat } from '../src/catalog/importers/classification.js';
import { readPlatformFiles } from '../src/catalog/importers/importers.js';
import type { PlatformFile } from '../src/catalog/importers/platform-import.js';
import type { GraphChange } from '../src/graph/change.js';
import {
  asCommitId,
  asNodeId,
  asStatementSource,
  identityIdOf,
  type NodeId,
  type Revision,
  resourceIdOf,
  roleIdOf,
} from '../src/graph/ids.js';
import type { GraphNode } from '../src/graph/node.js';
import { createSystemClock } from '../src/kernel/clock.js';
import type { GraphStore } from '../src/store/graph-store.js';
import { databaseFileName } from '../src/store/sqlite/lock.js';
import { openSqliteStore } from '../src/store/sqlite/sqlite-store.js';
import { importPlatform } from '../src/usecases/import-platform.js';
import { compare, fasterRow, type Row } from './harness.js';
import { createRecursiveSql } from './recursive-sql.js';

/** Third parties' role catalogues, which are no part of the project. */
const shared = join(process.env.IDENTITY_GRAPH_SHARED ?? '../shared', 'data/roles');
const platforms: readonly {
  readonly format: PlatformFormat;
  readonly files: readonly string[];
  /** A role of very many permissions. */
  readonly strongest: string;
}[] = [
  { format: 'gcp', files: ['gcp/gcp-predefined-roles.ndjson'], strongest: 'roles/owner' },
  { format: 'azure', files: ['azure/azure-built-in-roles-raw.json'], strongest: 'Owner' },
  {
    format: 'aws',
    files: ['aws/aws-actions.tsv', 'aws/aws-managed-policies.ndjson'],
    strongest: 'ReadOnlyAccess',
  },
];

/** Real catalogues: how fast they are imported and diffed, how large they are in the index, how fast their largest role is answered. */
export async function* runCatalogues(folder: string): AsyncGenerator<{ title: string; rows: Row[] }> {
  if (!existsSync(shared)) {
    yield { title: 'real catalogues', rows: [{ what: 'skipped', figure: `no data at ${shared}` }] };
    return;
  }
  for (const platform of platforms) yield await runPlatform(platform, folder);
}

async function runPlatform(
  platform: (typeof platforms)[number],
  folder: string,
): Promise<{ title: string; rows: Row[] }> {
  const path = join(folder, platform.format);
  mkdirSync(path);
  const { graph } = await openSqliteStore({ folder: path, clock: createSystemClock() });
  const reading = await readRow(platform);
  const first = await timedImport(graph, platform);
  const again = await timedImport(graph, platform);
  const holder = holderOf(first.application, platform.strongest);
  await graph.commit({ id: asCommitId(nextId()), meta: { actor: 'bench' }, changes: holder.changes });
  const engine = createIndexEngine({ log: graph, clock: createSystemClock() });
  const { revision, openNodes, openEdges } = await graph.head();
  const sql = createRecursiveSql(join(path, databaseFileName), () => [...first.changes, ...holder.changes]);
  try {
    return {
      title: `${platform.format}: ${openNodes} nodes, ${openEdges} edges`,
      rows: [
        reading,
        ...importRows(first, again, openEdges),
        ...(await indexRows(engine, revision)),
        await answerRow(engine, sql, { account: holder.account, role: platform.strongest }),
      ],
    };
  } finally {
    sql.close();
    await engine.close();
    await graph.close();
  }
}

/** Reading files to drafts against parsing the same text as JSON, where it is JSON: by the processor's time, as ratios are. */
async function readRow({ format, files }: (typeof platforms)[number]): Promise<Row> {
  const texts = files.map((name) => readFileSync(join(shared, name), 'utf8'));
  const parsed = await leastSeconds(() => {
    for (const text of texts)
      if (text.startsWith('[')) JSON.parse(text);
      else if (text.startsWith('{')) for (const line of text.split('\n')) if (line !== '') JSON.parse(line);
  });
  const read = await leastSeconds(() => readPlatformFiles(format, format, readAll(files)));
  const mib = texts.reduce((sum, text) => sum + text.length, 0) / 1024 / 1024;
  return {
    what: 'files to drafts, against JSON.parse of their text',
    figure: `${(mib / read).toFixed(0)} MiB a second, ${(read / parsed).toFixed(0)}×`,
    must: { text: '≤ 80×', met: read / parsed <= 80 },
  };
}

/** Of the processor; the least of five: what is compiled meanwhile is not asked about. */
async function leastSeconds(run: () => unknown): Promise<number> {
  const all: number[] = [];
  for (let i = 0; i < 5; i++) {
    const before = process.cpuUsage();
    await run();
    const { user, system } = process.cpuUsage(before);
    all.push((user + system) / 1e6);
  }
  return Math.min(...all);
}

type TimedImport = Awaited<ReturnType<typeof timedImport>>;

function importRows(first: TimedImport, again: TimedImport, edges: number): readonly Row[] {
  const overCommits = first.seconds / first.commitSeconds;
  const ofFirst = again.seconds / first.seconds;
  return [
    {
      what: 'first import, against its commits alone',
      figure: `${(edges / first.seconds).toFixed(0)} edges a second, ${first.seconds.toFixed(1)} s, ${overCommits.toFixed(2)}×`,
      must: { text: '≤ 1.5×', met: overCommits <= 1.5 },
    },
    {
      what: 'the same again, against the first time',
      figure: `${again.seconds.toFixed(1)} s, ${ofFirst.toFixed(2)}×`,
      must: { text: '≤ 0.6×, and no commit', met: ofFirst <= 0.6 && again.revision === first.revision },
    },
  ];
}

async function indexRows(engine: ReturnType<typeof createIndexEngine>, revision: Revision): Promise<readonly Row[]> {
  const start = performance.now();
  await engine.catchUp(revision);
  const seconds = (performance.now() - start) / 1000;
  const { hotBytes, hotEdges } = await engine.memory();
  return [
    { what: 'index from rows', figure: `${(hotEdges / seconds).toFixed(0)} edges a second, ${seconds.toFixed(1)} s` },
    {
      what: 'hot arenas, both directions',
      figure: `${(hotBytes / 1024 / 1024).toFixed(1)} MiB, ${(hotBytes / hotEdges).toFixed(1)} bytes an edge`,
      must: { text: '≤ 13', met: hotBytes / hotEdges <= 13 },
    },
  ];
}

async function answerRow(
  engine: ReturnType<typeof createIndexEngine>,
  sql: ReturnType<typeof createRecursiveSql>,
  { account, role }: { readonly account: NodeId; readonly role: string },
): Promise<Row> {
  const identity = identityIdOf(account);
  const { permissionCount } = await engine.effectivePermissions({ identity, first: 50 });
  const compared = await compare(
    { run: () => engine.effectivePermissions({ identity, first: 50 }), calls: 500 },
    { run: () => sql.effectivePage(account), calls: 100 },
  );
  return fasterRow(`effective permissions of a holder of ${role} (${permissionCount}), against SQL`, compared, {
    atLeast: 10,
    isYardstick: true,
  });
}

let ids = 0;
const nextId = () => `bench-${++ids}`;

async function timedImport(store: GraphStore, { format, files }: (typeof platforms)[number]) {
  const changes: GraphChange[] = [];
  let commitMs = 0;
  const commit: Parameters<typeof importPlatform>[0]['commit'] = async (part) => {
    const start = performance.now();
    const receipt = await store.commit({ id: asCommitId(nextId()), ...part });
    commitMs += performance.now() - start;
    for (const change of part.changes) changes.push(change);
    return receipt;
  };
  const start = performance.now();
  const { catalogue } = await importPlatform(
    { store, createId: nextId, commit, findPrincipal: async () => undefined },
    { format, application: format, now: 0, files: readAll(files), actor: 'bench' },
  );
  const seconds = (performance.now() - start) / 1000;
  const { application, revision } = catalogue;
  return { application, revision, seconds, commitSeconds: commitMs / 1000, changes };
}

async function* readAll(files: readonly string[]): AsyncGenerator<PlatformFile> {
  for (const name of files) yield { name, pieces: createReadStream(join(shared, name), 'utf8') };
}

/** One service account that holds the role at the root. */
function holderOf(application: NodeId, role: string) {
  const [tenant, source, account] = ['tenant', 'source', 'account'].map(asNodeId) as [never, never, never];
  const scope = resourceIdOf(application, tenant, '/');
  const settings = {
    absentMeansUnknown: false,
    externalIdsUnique: false,
    groupNamesUnique: false,
    preset: 'generic',
    settings: {},
  };
  const nodes: GraphNode[] = [
    { kind: 'Tenant', id: tenant, slug: 'bench', name: 'Bench' },
    { kind: 'Resource', id: scope, application, tenant, path: '/' },
    {
      kind: 'Source',
      id: source,
      tenant,
      slug: 'idp',
      sourceKind: 'IDP',
      authoritative: true,
      emailsVerified: false,
      nesting: 'TRANSITIVE',
      ...settings,
    },
    {
      kind: 'Account',
      id: account,
      tenant,
      source,
      userName: 'svc',
      active: true,
      type: 'SERVICE_ACCOUNT',
      attributes: {},
    },
  ];
  const changes: GraphChange[] = [
    ...nodes.map((node) => ({ kind: 'putNode' as const, node })),
    {
      kind: 'putEdge',
      edge: {
        kind: 'ASSIGNED',
        from: account,
        to: roleIdOf(application, undefined, role),
        scope,
        source: asStatementSource(source),
        statedBy: 'SCIM',
        statement: '',
      },
    },
  ];
  return { account, changes };
}
