import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { asCommitId, asNodeId, resourceIdOf } from '../../src/graph/ids.js';
import type { GraphNode } from '../../src/graph/node.js';
import { createSampleCatalogues } from '../../src/sample/catalogues.js';
import { systemScope } from '../../src/store/graph-store.js';
import { importCatalogue } from '../../src/usecases/import-catalogue.js';
import { importSnapshot } from '../../src/usecases/import-snapshot.js';
import { allNodes } from '../../src/usecases/store-pages.js';
import { openTemporarySqlite } from '../store/sqlite-fixture.js';
import type { StoreFixture } from '../store/store-fixture.js';

describe('imports into the embedded store', () => {
  let fixture: StoreFixture;
  let ids = 0;
  beforeEach(async () => {
    fixture = await openTemporarySqlite();
  });
  afterEach(() => fixture.remove());

  const commit: Parameters<typeof importCatalogue>[0]['commit'] = (part) =>
    fixture.graph.commit({ id: asCommitId(`commit-${++ids}`), ...part });
  const put = (...nodes: readonly GraphNode[]) =>
    commit({ meta: { actor: 'test' }, changes: nodes.map((node) => ({ kind: 'putNode', node })) });
  const createId = () => String(++ids);
  const importText = (text: string) =>
    importCatalogue({ store: fixture.graph, commit, createId }, { text, actor: 'test' });

  async function countOpen(kind: GraphNode['kind']): Promise<number> {
    let count = 0;
    for await (const _ of allNodes(fixture.graph, systemScope, { kind })) count++;
    return count;
  }

  /** Tenants first, then each application without its resources, then its roots, then all of it. */
  async function importSamples() {
    const slugs = ['nordwind', 'labs'];
    await put(...slugs.map((slug) => ({ kind: 'Tenant', id: asNodeId(`tnt.${slug}`), slug, name: slug }) as const));
    for (const catalogue of createSampleCatalogues()) {
      const { application } = await importText(JSON.stringify({ ...catalogue, resources: [] }));
      const roots = slugs
        .map((slug) => asNodeId(`tnt.${slug}`))
        .map((tenant) => {
          const id = resourceIdOf(application, tenant, '/');
          return { kind: 'Resource', id, application, tenant, path: '/' } as const;
        });
      await put(...roots);
      await importText(JSON.stringify(catalogue));
    }
  }

  it('take the sample catalogues, and the second time have no effect', async () => {
    await importSamples();
    const head = await fixture.graph.head();
    const catalogues = createSampleCatalogues();
    expect(await countOpen('Role')).toBe(catalogues.reduce((sum, { roles }) => sum + roles.length, 0));
    expect(await countOpen('Permission')).toBe(
      catalogues.reduce((sum, { permissions }) => sum + permissions.length, 0),
    );
    for (const catalogue of catalogues) expect((await importText(JSON.stringify(catalogue))).warnings).toEqual([]);
    expect(await fixture.graph.head()).toEqual(head);
  });

  it('take a catalogue back', async () => {
    await importSamples();
    for (const catalogue of createSampleCatalogues())
      await importText(JSON.stringify({ ...catalogue, roles: [], permissions: [], resources: [] }));
    expect([await countOpen('Role'), await countOpen('Permission'), await countOpen('Resource')]).toEqual([0, 0, 6]);
    const { openEdges } = await fixture.graph.head();
    expect(openEdges).toBe(0);
  });

  it('take a snapshot of more rows than a page, the second time without effect, and take it back', async () => {
    await importSamples();
    const [crm] = await fixture.graph.find(systemScope, {
      kind: 'Application',
      field: 'slug',
      scope: '',
      value: 'crm',
    });
    await put({
      kind: 'Source',
      id: asNodeId('src.crm'),
      tenant: asNodeId('tnt.nordwind'),
      slug: 'crm',
      sourceKind: 'APPLICATION',
      application: crm!.node.id,
      authoritative: false,
      emailsVerified: false,
      absentMeansUnknown: false,
      nesting: 'TRANSITIVE',
      externalIdsUnique: true,
      groupNamesUnique: false,
      preset: 'none',
      settings: {},
    });
    const before = await fixture.graph.head();
    const full = snapshotOf(1200);
    const report = await importFrom(full);
    expect([report.counts.accounts.added, report.dangling]).toEqual([1200, 1]);
    const { revision } = await fixture.graph.head();
    await importFrom(full);
    expect((await fixture.graph.head()).revision).toBe(revision);
    const gone = await importFrom(snapshotOf(0));
    expect(gone).toMatchObject({ counts: { accounts: { removed: 1200 }, groups: { removed: 1 } }, dangling: 0 });
    expect((await fixture.graph.head()).openEdges).toBe(before.openEdges);
  });

  function importFrom(lines: readonly object[]) {
    const dependencies = { store: fixture.graph, commit, createId, findPrincipal: async () => undefined };
    return importSnapshot(dependencies, { source: asNodeId('src.crm'), lines: () => textOf(lines), actor: 'test' });
  }
});

async function* textOf(lines: readonly object[]): AsyncIterable<string> {
  for (const line of lines) yield JSON.stringify(line);
}

/** That many service accounts, all in one group that administers the CRM, and one assignment of somebody unknown. */
function snapshotOf(accounts: number): readonly object[] {
  const header = { kind: 'header', format: 'idgraph/snapshot/v1', id: `s${accounts}`, takenAt: '2026-11-24T02:00:00Z' };
  const names = Array.from({ length: accounts }, (_, i) => `svc-${i}`);
  const rows = [
    ...names.map((name) => ({ kind: 'account', externalId: name, userName: name, type: 'SERVICE_ACCOUNT' })),
    { kind: 'group', externalId: 'admins', displayName: 'Admins' },
    ...names.map((externalId) => ({ kind: 'membership', group: 'admins', member: { externalId } })),
    { kind: 'assignment', principal: { externalId: 'admins' }, role: 'admin', scope: '/eu' },
    { kind: 'assignment', principal: { externalId: 'nobody' }, role: 'admin' },
  ];
  const kept = accounts === 0 ? [] : rows;
  const counts = accounts === 0 ? {} : { account: accounts, group: 1, membership: accounts, assignment: 2 };
  return [header, ...kept, { kind: 'trailer', counts }];
}
