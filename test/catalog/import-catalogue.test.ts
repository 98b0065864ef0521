import { describe, expect, it } from '@jest/globals';
import { catalogueSourceOf } from '../../src/catalog/catalogue-to-graph.js';
import type { GrantsEdge } from '../../src/graph/edge.js';
import { asNodeId, asStatementSource, permissionIdOf, resourceIdOf, roleIdOf } from '../../src/graph/ids.js';
import type { ApplicationNode } from '../../src/graph/node.js';
import { importCatalogue } from '../../src/usecases/import-catalogue.js';
import { createViewStore, type ViewStore } from './view-store.js';

const acme = asNodeId('tnt.acme');
const app = asNodeId('app.1');

/** A store with tenant acme, and imports that count their ids. */
async function createWorld() {
  const store = createViewStore();
  const node = { kind: 'Tenant', id: acme, slug: 'acme', name: 'Acme' } as const;
  await store.commit({ meta: { actor: 'test' }, changes: [{ kind: 'putNode', node }] });
  let ids = 0;
  const dependencies = { store, commit: store.commit, createId: () => String(++ids) };
  const importText = (text: string) => importCatalogue(dependencies, { text, actor: 'test' });
  return { store, importText, importDocument: (document: object) => importText(JSON.stringify(document)) };
}

const least = { apiVersion: 'idgraph/v1', kind: 'Catalogue', application: 'crm', name: 'CRM', version: '1' };
const permission = (action: string, plane = 'CONTROL') => ({ action, plane, class: 'READ', tier: 3 });
const actions = (...names: string[]) => names.map((name) => permission(name));

/** `viewer ALLOW contact.read by contact.*`, sorted. */
function grantsIn(store: ViewStore): readonly string[] {
  const names = new Map(
    store.nodes().map((node) => [node.id, 'action' in node ? node.action : 'name' in node ? node.name : node.id]),
  );
  const grants = store.edges().flatMap(({ edge }) => (edge.kind === 'GRANTS' ? [edge] : []));
  return grants
    .map((edge) => `${names.get(edge.from)} ${edge.effect} ${names.get(edge.to)} by ${edge.actionPattern}`)
    .sort();
}

const effectsSince = (store: ViewStore, commits: number) =>
  store
    .commits()
    .slice(commits)
    .flatMap(({ effects }) => effects);

describe('importCatalogue', () => {
  it('grants what a later statement names though an earlier one excludes it: a role is the union of its statements', async () => {
    const { store, importDocument } = await createWorld();
    await importDocument({
      ...least,
      permissions: actions('iam:ListUsers', 'iam:CreateUser', 's3:GetObject'),
      roles: [{ name: 'r', statements: [{ actions: ['*'], notActions: ['iam:*'] }, { actions: ['iam:List*'] }] }],
    });
    expect(grantsIn(store)).toEqual(['r ALLOW iam:ListUsers by iam:List*', 'r ALLOW s3:GetObject by *']);
  });

  it('grants no data action by a star of the control plane', async () => {
    const { store, importDocument } = await createWorld();
    await importDocument({
      ...least,
      permissions: [permission('blob/delete'), permission('blob/content/read', 'DATA')],
      roles: [{ name: 'r', statements: [{ actions: ['*'] }] }],
    });
    expect(grantsIn(store)).toEqual(['r ALLOW blob/delete by *']);
  });

  it('lets an action that is added later appear by itself', async () => {
    const { store, importDocument } = await createWorld();
    const roles = [{ name: 'r', statements: [{ actions: ['db:*'] }, { effect: 'DENY', actions: ['db:drop*'] }] }];
    await importDocument({ ...least, permissions: actions('db:read', 'db:dropTable'), roles });
    const before = ['r ALLOW db:dropTable by db:*', 'r ALLOW db:read by db:*', 'r DENY db:dropTable by db:drop*'];
    expect(grantsIn(store)).toEqual(before);
    const commits = store.commits().length;
    await importDocument({
      ...least,
      version: '2',
      permissions: actions('db:read', 'db:dropTable', 'db:vacuum'),
      roles,
    });
    expect(grantsIn(store)).toEqual([...before, 'r ALLOW db:vacuum by db:*'].sort());
    expect(
      effectsSince(store, commits)
        .map((effect) => effect.kind)
        .sort(),
    ).toEqual(['edgeOpened', 'nodeClosed', 'nodeClosed', 'nodeOpened', 'nodeOpened', 'nodeOpened']);
  });

  it('writes what a statement says on each grant', async () => {
    const { store, importDocument } = await createWorld();
    const condition = { kind: 'compare', key: 'mfa', operator: 'EQUALS', values: [true] };
    await importDocument({
      ...least,
      permissions: actions('ec2:CreateTags'),
      roles: [
        {
          name: 'r',
          statements: [
            { name: 'tags', effect: 'DENY', actions: ['ec2:Create*'], notResources: ['/volume/*'], condition },
          ],
        },
      ],
    });
    const [grant] = store.edges().map(({ edge }) => edge);
    expect(grant).toEqual({
      kind: 'GRANTS',
      from: roleIdOf(app, undefined, 'r'),
      to: permissionIdOf(app, 'CONTROL', 'ec2:CreateTags'),
      source: catalogueSourceOf(app),
      statedBy: 'CATALOGUE',
      statement: 'tags',
      effect: 'DENY',
      actionPattern: 'ec2:Create*',
      unbounded: true,
      resources: { match: 'OUTSIDE', patterns: ['/volume/*'] },
      condition: { kind: 'compare', key: 'mfa', operator: 'EQUALS', values: [true] },
    });
  });

  const company = {
    ...least,
    permissions: actions('a', 'b', 'c'),
    roles: [
      { name: 'junior', permissions: ['a'] },
      { name: 'senior', inherits: ['junior'], statements: [{ actions: ['b'] }, { actions: ['c'], resources: ['/x'] }] },
      { name: 'own', tenant: 'acme', inherits: ['senior'] },
    ],
    resources: [{ tenant: 'acme', path: '/prod/db1', displayName: 'Database' }],
  };
  async function createCompany() {
    const world = await createWorld();
    await world.importDocument({ ...least, permissions: [], roles: [] });
    const root = {
      kind: 'Resource',
      id: resourceIdOf(app, acme, '/'),
      application: app,
      tenant: acme,
      path: '/',
    } as const;
    await world.store.commit({ meta: { actor: 'install' }, changes: [{ kind: 'putNode', node: root }] });
    const report = await world.importDocument(company);
    return { ...world, report, root };
  }

  it('reports what it did', async () => {
    const { report } = await createCompany();
    expect(report).toEqual({
      application: app,
      importId: '3',
      revision: 4,
      parts: 1,
      counts: {
        permissions: { added: 3, changed: 0, removed: 0 },
        roles: { added: 3, changed: 0, removed: 0 },
        resources: { added: 2, changed: 0, removed: 0 },
        inherits: { added: 2, changed: 0, removed: 0 },
        grants: { added: 3, changed: 0, removed: 0 },
      },
      warnings: [],
    });
  });

  it('has no effect the second time', async () => {
    const { store, importDocument } = await createCompany();
    const commits = store.commits().length;
    const again = await importDocument(company);
    expect(effectsSince(store, commits)).toEqual([]);
    expect(again.counts.grants).toEqual({ added: 0, changed: 0, removed: 0 });
  });

  it('changes no other grant when statements without a name move or gain actions', async () => {
    const { store, importDocument } = await createCompany();
    const [junior, senior, own] = company.roles;
    const statements = [{ actions: ['c'], resources: ['/x'] }, { actions: ['a', 'b'] }];
    const commits = store.commits().length;
    await importDocument({ ...company, roles: [own, { ...senior, statements }, junior] });
    const edges = effectsSince(store, commits).filter(({ kind }) => kind === 'edgeOpened' || kind === 'edgeClosed');
    expect(edges).toHaveLength(1);
    expect(grantsIn(store)).toContain('senior ALLOW a by a');
  });

  it('closes what is gone, with everything that hangs on it', async () => {
    const { store, importDocument, root } = await createCompany();
    const report = await importDocument({
      ...least,
      version: '2',
      permissions: actions('a'),
      roles: [company.roles[0]],
    });
    expect(report.counts).toEqual({
      permissions: { added: 0, changed: 0, removed: 2 },
      roles: { added: 0, changed: 0, removed: 2 },
      resources: { added: 0, changed: 0, removed: 2 },
      inherits: { added: 0, changed: 0, removed: 0 },
      grants: { added: 0, changed: 0, removed: 0 },
    });
    expect(grantsIn(store)).toEqual(['junior ALLOW a by a']);
    expect(store.nodes().filter((node) => node.kind === 'Resource')).toEqual([root]);
  });

  it('leaves an equal grant of another source standing', async () => {
    const { store, importDocument } = await createCompany();
    const own = store
      .edges()
      .map(({ edge }) => edge)
      .find((edge) => edge.kind === 'GRANTS') as GrantsEdge;
    const mapped: GrantsEdge = { ...own, source: asStatementSource('mapping:crm'), statedBy: 'MAPPING' };
    await store.commit({ meta: { actor: 'mapping' }, changes: [{ kind: 'putEdge', edge: mapped }] });
    await importDocument({
      ...company,
      roles: company.roles.map((role) => ({ ...role, permissions: [], statements: [] })),
    });
    const grants = store
      .edges()
      .map(({ edge }) => edge)
      .filter((edge) => edge.kind === 'GRANTS');
    expect(grants).toEqual([mapped]);
  });

  it('lists patterns that match nothing and imports the rest', async () => {
    const { store, importDocument } = await createWorld();
    const { warnings } = await importDocument({
      ...least,
      permissions: actions('a'),
      roles: [{ name: 'r', statements: [{ actions: ['a', 'x*'], notActions: ['y'] }] }],
    });
    expect(warnings.map(({ pointer, code }) => [pointer, code])).toEqual([
      ['/roles/0/statements/0/actions/1', 'MATCHES_NOTHING'],
      ['/roles/0/statements/0/notActions/0', 'MATCHES_NOTHING'],
    ]);
    expect(grantsIn(store)).toEqual(['r ALLOW a by a']);
  });

  it('keeps the document to the letter', async () => {
    const { store, importText } = await createWorld();
    const text = `# by hand\n${JSON.stringify({ ...least, permissions: [], roles: [] })}\n`;
    await importText(text);
    expect(store.nodes().filter((node) => node.kind === 'Document')).toMatchObject([
      { documentKind: 'catalogue', subject: app, version: '1', text },
    ]);
  });

  it('refuses unknown tenants, resources where nothing is installed, and another application’s document', async () => {
    const { store, importDocument } = await createWorld();
    const commits = store.commits().length;
    await expect(importDocument({ ...company, roles: [{ name: 'r', tenant: 'nowhere' }] })).rejects.toMatchObject({
      code: 'INVALID',
      details: {
        issues: [
          { pointer: '/roles/0/tenant', code: 'UNKNOWN_TENANT' },
          { pointer: '/resources/0/tenant', code: 'NOT_INSTALLED' },
        ],
      },
    });
    const request = { text: JSON.stringify(company), application: 'erp', actor: 'test' };
    const dependencies = { store, commit: store.commit, createId: () => 'x' };
    await expect(importCatalogue(dependencies, request)).rejects.toMatchObject({
      details: { issues: [{ pointer: '/application', code: 'OTHER_APPLICATION' }] },
    });
    expect(store.commits()).toHaveLength(commits);
  });

  it('tells how far it is, every hundred roles and at the end', async () => {
    const { store } = await createWorld();
    const roles = Array.from({ length: 230 }, (_, i) => ({ name: `role${i}` }));
    const text = JSON.stringify({ ...least, permissions: [], roles });
    const seen: number[] = [];
    const onProgress = ({ rolesDone }: { readonly rolesDone: number }) => seen.push(rolesDone);
    await importCatalogue({ store, commit: store.commit, createId: () => 'x' }, { text, actor: 'test', onProgress });
    expect(seen).toEqual([100, 200, 230]);
  });

  describe('of more than one commit', () => {
    const large = {
      ...least,
      permissions: Array.from({ length: 3000 }, (_, i) => permission(`service${i % 30}:action${i}`)),
      roles: Array.from({ length: 5 }, (_, i) => ({ name: `role${i}`, statements: [{ actions: ['*'] }] })),
    };
    const applicationsOf = (store: ViewStore) =>
      store
        .commits()
        .map(({ effects }) =>
          effects.flatMap((effect) =>
            effect.kind === 'nodeOpened' && effect.version.node.kind === 'Application' ? [effect.version.node] : [],
          ),
        );

    it('marks the application from the first part to the last, all of one import', async () => {
      const { store, importDocument } = await createWorld();
      const report = await importDocument(large);
      expect(report.parts).toBeGreaterThan(1);
      const marks = applicationsOf(store).slice(1);
      const part = (number: number) => `catalogue ${report.importId} ${number}`;
      const expected = [...Array(report.parts - 1).keys()].map((at) => part(at + 1));
      expect(marks.map((nodes) => nodes.map((node) => node.changing))).toEqual(
        [...expected, undefined].map((mark) => [mark]),
      );
      expect(
        new Set(
          store
            .commits()
            .slice(1)
            .map(({ meta }) => meta.importId),
        ),
      ).toEqual(new Set([report.importId]));
      expect(grantsIn(store)).toHaveLength(15_000);
    });

    it('stops when somebody else changes the application meanwhile', async () => {
      const { store } = await createWorld();
      let left = 1;
      const commit: ViewStore['commit'] = async (part) => {
        if (left-- === 0) {
          const node = store.nodes().find(({ kind }) => kind === 'Application') as ApplicationNode;
          await store.commit({
            meta: { actor: 'other' },
            changes: [{ kind: 'putNode', node: { ...node, name: 'Other' } }],
          });
        }
        return store.commit(part);
      };
      const request = { text: JSON.stringify(large), actor: 'test' };
      const failing = importCatalogue({ store, commit, createId: () => 'x' }, request);
      await expect(failing).rejects.toMatchObject({ code: 'VERSION_MISMATCH' });
    });

    it('of a new application that another brings at the same time is to be sent again, and then has its say', async () => {
      const { store, importDocument } = await createWorld();
      let isFirst = true;
      const commit: ViewStore['commit'] = async (part) => {
        if (isFirst) {
          isFirst = false;
          await importDocument({ ...large, name: 'Other' });
        }
        return store.commit(part);
      };
      const request = { text: JSON.stringify(large), actor: 'test' };
      await expect(importCatalogue({ store, commit, createId: () => 'x' }, request)).rejects.toMatchObject({
        code: 'VERSION_MISMATCH',
        message: expect.stringContaining('send this one again'),
      });
      await importDocument(large);
      expect(applicationsOf(store).flat().at(-1)?.name).toBe(large.name);
    });

    it('is finished by the next import when it broke off', async () => {
      const { store, importDocument } = await createWorld();
      let left = 1;
      const commit: ViewStore['commit'] = async (part) => {
        if (left-- === 0) throw new Error('power cut');
        return store.commit(part);
      };
      const request = { text: JSON.stringify(large), actor: 'test' };
      await expect(importCatalogue({ store, commit, createId: () => 'x' }, request)).rejects.toThrow('power cut');
      expect(applicationsOf(store).flat().at(-1)?.changing).toBe('catalogue x 1');
      await importDocument(large);
      expect(applicationsOf(store).flat().at(-1)).not.toHaveProperty('changing');
      expect(grantsIn(store)).toHaveLength(15_000);
    });
  });
});
