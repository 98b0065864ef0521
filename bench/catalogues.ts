import { createReadStream, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createIndexEngine } from '../src/access/index/index-engine.js';
import type { PlatformFormat } from '../src/catalog/importers/classification.js';
import type { PlatformFile } from '../src/catalog/importers/platform-import.js';
import { asCommitId, asNodeId, asStatementSource, identityIdOf, resourceIdOf, roleIdOf } from '../src/graph/ids.js';
import type { GraphNode } from '../src/graph/node.js';
import { createSystemClock } from '../src/kernel/clock.js';
import type { GraphStore } from '../src/store/graph-store.js';
import { openSqliteStore } from '../src/store/sqlite/sqlite-store.js';
import { importPlatform } from '../src/usecases/import-platform.js';
import { micros, type Row, time } from './harness.js';

/** Third parties' role catalogues, which are no part of the project. */
const shared = join(process.env.IDENTITY_GRAPH_SHARED ?? '../shared', 'data/roles');
const platforms: readonly {
  readonly format: PlatformFormat;
  readonly files: readonly string[];
  readonly strongest: string;
}[] = [
  { format: 'gcp', files: ['gcp/gcp-predefined-roles.ndjson'], strongest: 'roles/owner' },
  { format: 'azure', files: ['azure/azure-built-in-roles-raw.json'], strongest: 'Owner' },
  {
    format: 'aws',
    files: ['aws/aws-actions.tsv', 'aws/aws-managed-policies.ndjson'],
    strongest: 'AdministratorAccess',
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
  const first = await timedImport(graph, platform);
  const again = await timedImport(graph, platform);
  const engine = createIndexEngine({ log: graph, clock: createSystemClock() });
  const identity = await holderOf(graph, first.application, platform.strongest);
  const head = await graph.head();
  const buildStart = performance.now();
  await engine.catchUp(head.revision);
  const buildMs = performance.now() - buildStart;
  const memory = await engine.memory();
  const { permissionCount } = await engine.effectivePermissions({ identity, first: 50 });
  const effective = await time(() => engine.effectivePermissions({ identity, first: 50 }), { calls: 500 });
  await engine.close();
  await graph.close();
  return {
    title: `${platform.format}: ${head.openNodes} nodes, ${head.openEdges} edges`,
    rows: [
      {
        what: 'first import',
        figure: `${first.seconds.toFixed(1)} s, ${(head.openEdges / first.seconds).toFixed(0)} edges a second`,
      },
      {
        what: 'the same again, without effect',
        figure: `${again.seconds.toFixed(1)} s`,
        must: { text: 'no commit', met: again.revision === first.revision },
      },
      { what: 'index from rows', figure: `${(buildMs / 1000).toFixed(1)} s` },
      { what: 'hot arenas', figure: `${(memory.hotBytes / memory.hotEdges).toFixed(1)} bytes an edge` },
      {
        what: `effective permissions of a holder of ${platform.strongest} (${permissionCount})`,
        figure: `${micros(effective.median)} p50, ${micros(effective.p99)} p99`,
      },
    ],
  };
}

let ids = 0;
const nextId = () => `bench-${++ids}`;

async function timedImport(store: GraphStore, { format, files }: (typeof platforms)[number]) {
  const start = performance.now();
  const { catalogue } = await importPlatform(
    {
      store,
      createId: nextId,
      commit: (part) => store.commit({ id: asCommitId(nextId()), ...part }),
      findPrincipal: async () => undefined,
    },
    { format, application: format, now: Date.parse('2026-11-24T00:00:00Z'), files: readAll(files), actor: 'bench' },
  );
  const { application, revision } = catalogue;
  return { application, revision, seconds: (performance.now() - start) / 1000 };
}

async function* readAll(files: readonly string[]): AsyncGenerator<PlatformFile> {
  for (const name of files) yield { name, pieces: createReadStream(join(shared, name), 'utf8') };
}

/** One service account that holds the role at the root. */
async function holderOf(store: GraphStore, application: ReturnType<typeof asNodeId>, role: string) {
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
  await store.commit({
    id: asCommitId(nextId()),
    meta: { actor: 'bench' },
    changes: [
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
    ],
  });
  return identityIdOf(account);
}
