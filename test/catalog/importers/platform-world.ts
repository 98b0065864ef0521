import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createIndexEngine } from '../../../src/access/index/index-engine.js';
import type { PlatformFormat } from '../../../src/catalog/importers/classification.js';
import { readPlatformFiles } from '../../../src/catalog/importers/importers.js';
import type { PlatformFile } from '../../../src/catalog/importers/platform-import.js';
import { snapshotAccountIdOf } from '../../../src/catalog/snapshot-nodes.js';
import { asCommitId, asNodeId, identityIdOf, permissionIdOf, resourceIdOf } from '../../../src/graph/ids.js';
import type { GraphNode, JsonObject, Plane, SourceNode } from '../../../src/graph/node.js';
import { fold } from '../../../src/graph/text.js';
import { systemScope } from '../../../src/store/graph-store.js';
import { importPlatform } from '../../../src/usecases/import-platform.js';
import { openTemporarySqlite } from '../../store/sqlite-fixture.js';

const acme = asNodeId('tnt.acme');
const source = asNodeId('src.cloud');
export const takenAt = '2026-11-24T02:00:00Z';

/** Third parties' role catalogues, which are no part of the project. */
export const sharedRoles = join(process.env.IDENTITY_GRAPH_SHARED ?? '../shared', 'data/roles');
export const hasShared = existsSync(sharedRoles);
/** For titles: why a test of them is skipped. */
export const withoutShared = hasShared ? '' : ` (skipped: no data at ${sharedRoles})`;
export const sharedFile = (name: string): TestFile => fileOf(name, readFileSync(join(sharedRoles, name), 'utf8'));

/** A file that can be read again and again. */
export interface TestFile extends PlatformFile {
  readonly text: string;
}

export function fileOf(name: string, content: object | string): TestFile {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  return { name, text, pieces: { [Symbol.asyncIterator]: () => piecesOf(text) } };
}

const pieceLength = 10_000;

async function* piecesOf(text: string): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += pieceLength) yield text.slice(at, at + pieceLength);
}

export const readFiles = (format: PlatformFormat, ...files: readonly PlatformFile[]) =>
  readPlatformFiles(format, 'cloud', streamOf(files));

async function* streamOf(files: readonly PlatformFile[]): AsyncIterable<PlatformFile> {
  yield* files;
}

/** The embedded store with tenant acme, where files of one platform are imported into application and source `cloud`. */
export async function openPlatformWorld(format: PlatformFormat) {
  const fixture = await openTemporarySqlite();
  const store = fixture.graph;
  let ids = 0;
  const createId = () => `i${++ids}`;
  const commit: Parameters<typeof importPlatform>[0]['commit'] = (part) =>
    store.commit({ id: asCommitId(`commit-${++ids}`), ...part });
  const put = (...nodes: readonly GraphNode[]) =>
    commit({ meta: { actor: 'test' }, changes: nodes.map((node) => ({ kind: 'putNode', node })) });
  const importFiles = (
    files: readonly PlatformFile[],
    more: { readonly source?: typeof source; readonly takenAt?: string; readonly now?: number } = {},
  ) =>
    importPlatform(
      { store, commit, createId, findPrincipal: async () => undefined },
      { format, application: 'cloud', now: Date.parse(takenAt), files: streamOf(files), actor: 'test', ...more },
    );
  await put({ kind: 'Tenant', id: acme, slug: 'acme', name: 'Acme' });

  /** Roles first, which makes the application; then its root and its source; then all. */
  async function importAll(...files: readonly PlatformFile[]) {
    const { catalogue } = await importFiles(files);
    const { application } = catalogue;
    await put(
      { kind: 'Resource', id: resourceIdOf(application, acme, '/'), application, tenant: acme, path: '/' },
      sourceOf(application),
    );
    return { application, report: await importFiles(files, { source }) };
  }

  async function createAsker(application: ReturnType<typeof asNodeId>, caseSensitive: boolean) {
    const { revision } = await store.head();
    const engine = createIndexEngine({ log: store, clock: { now: () => Date.parse('2027-01-01T00:00:00Z') } });
    await engine.catchUp(revision);
    const identityOf = (externalId: string) => identityIdOf(snapshotAccountIdOf(source, externalId));
    const spell = (action: string) => (caseSensitive ? action : fold(action));
    return {
      async decide(
        externalId: string,
        action: string,
        path: string,
        more: { plane?: Plane; context?: JsonObject } = {},
      ) {
        const { plane = 'CONTROL', context } = more;
        const answer = await engine.decide({
          identity: identityOf(externalId),
          permission: permissionIdOf(application, plane, spell(action)),
          resource: resourceIdOf(application, acme, path),
          ...(context && { context }),
        });
        return answer.decision;
      },
      /** The covering rows, such as `s3:GetObject ALLOWED DIRECT`, sorted; acting as others counted. */
      async reached(externalId: string) {
        const { items } = await engine.effectivePermissions({
          identity: identityOf(externalId),
          first: 1000,
          includeAssume: true,
          decisions: ['ALLOWED', 'CONDITIONAL'],
        });
        const nodes = await store.nodesByIds(
          systemScope,
          items.map(({ permission }) => permission),
        );
        return items
          .map(({ decision, origins }, at) => `${actionOf(nodes[at]?.node)} ${decision} ${origins.join('+')}`)
          .sort();
      },
      close: () => engine.close(),
    };
  }
  const stopNesting = (application: ReturnType<typeof asNodeId>) =>
    put({ ...sourceOf(application), nesting: 'DIRECT' });
  return { store, importFiles, importAll, stopNesting, createAsker, source, remove: () => fixture.remove() };
}

function actionOf(node: GraphNode | undefined): string {
  return node?.kind === 'Permission' ? node.action : 'nothing';
}

function sourceOf(application: ReturnType<typeof asNodeId>): SourceNode {
  return {
    kind: 'Source',
    id: source,
    tenant: acme,
    slug: 'cloud',
    sourceKind: 'APPLICATION',
    application,
    authoritative: false,
    emailsVerified: false,
    absentMeansUnknown: false,
    nesting: 'TRANSITIVE',
    externalIdsUnique: true,
    groupNamesUnique: false,
    preset: 'none',
    settings: {},
  };
}
