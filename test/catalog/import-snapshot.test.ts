import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { snapshotAccountIdOf, snapshotGroupIdOf } from '../../src/catalog/snapshot-nodes.js';
import type { GraphChange } from '../../src/graph/change.js';
import { asNodeId, identityIdOf, type NodeId, resourceIdOf, roleIdOf } from '../../src/graph/ids.js';
import type { AccountNode, ApplicationNode, SourceNode } from '../../src/graph/node.js';
import { importSnapshot } from '../../src/usecases/import-snapshot.js';
import { createViewStore, type ViewStore } from './view-store.js';

const acme = asNodeId('tnt.acme');
const app = asNodeId('app.crm');
const crm = asNodeId('src.crm');
const entra = asNodeId('src.entra');
const own = (externalId: string) => snapshotAccountIdOf(crm, externalId);

const sourceOf = (id: NodeId, slug: string): SourceNode => ({
  kind: 'Source',
  id,
  tenant: acme,
  slug,
  sourceKind: slug === 'crm' ? 'APPLICATION' : 'IDP',
  ...(slug === 'crm' && { application: app }),
  authoritative: slug === 'entra',
  emailsVerified: false,
  absentMeansUnknown: false,
  nesting: 'TRANSITIVE',
  externalIdsUnique: true,
  groupNamesUnique: false,
  preset: 'none',
  settings: {},
});

const estate: readonly GraphChange[] = [
  { kind: 'Tenant', id: acme, slug: 'acme', name: 'Acme' } as const,
  sourceOf(entra, 'entra'),
  sourceOf(crm, 'crm'),
  {
    kind: 'Application',
    id: app,
    slug: 'crm',
    name: 'CRM',
    caseSensitiveActions: true,
    directMembersOnly: false,
  } as const,
  { kind: 'Resource', id: resourceIdOf(app, acme, '/'), application: app, tenant: acme, path: '/' } as const,
  role('admin'),
  role('deployer'),
].map((node) => ({ kind: 'putNode', node }));

function role(name: string) {
  const id = roleIdOf(app, undefined, name);
  return { kind: 'Role', id, application: app, name, assignable: true, deprecated: false } as const;
}

const meta = { actor: 'test' };

async function createWorld() {
  const store = createViewStore();
  await store.commit({ meta, changes: estate });
  let ids = 0;
  const commit = store.commit;
  const dependencies = { store, commit, findPrincipal: async () => undefined, createId: () => String(++ids) };
  const importLines = (...lines: readonly (object | string)[]) =>
    importSnapshot(dependencies, { source: crm, lines: () => linesOf(lines), actor: 'test' });
  return { store, dependencies, importLines, importRows: (...rows: readonly Row[]) => importLines(...whole(rows)) };
}

async function* linesOf(lines: readonly (object | string)[]): AsyncIterable<string> {
  for (const line of lines) yield typeof line === 'string' ? line : JSON.stringify(line);
}

interface Row {
  readonly kind: string;
  readonly [field: string]: unknown;
}
const header = { kind: 'header', format: 'idgraph/snapshot/v1', id: 's1', takenAt: '2026-11-24T02:00:00Z' };
function trailer(rows: readonly Row[]) {
  const counts: Record<string, number> = {};
  for (const { kind } of rows) counts[kind] = (counts[kind] ?? 0) + 1;
  return { kind: 'trailer', counts };
}
const whole = (rows: readonly Row[]) => [header, ...rows, trailer(rows)];
const account = (externalId: string, more: object = {}) => ({
  kind: 'account',
  externalId,
  userName: `svc-${externalId}`,
  type: 'SERVICE_ACCOUNT',
  ...more,
});
const group = (externalId: string) => ({ kind: 'group', externalId, displayName: externalId });
const membership = (of: string, member: string, more: object = {}) => ({
  kind: 'membership',
  group: of,
  member: { externalId: member },
  ...more,
});
const assignment = (principal: object, name: string, more: object = {}) => ({
  kind: 'assignment',
  principal,
  role: name,
  ...more,
});

/** `ASSIGNED 1 → admin @/prod`, sorted; correlation's edges left out. */
function factsIn(store: ViewStore): readonly string[] {
  const names = new Map(store.nodes().map((node) => [node.id as string, nameOf(node)]));
  const shown = (id: string | undefined) => (id === undefined ? '' : (names.get(id) ?? id));
  return store
    .edges()
    .flatMap(({ edge }) => (edge.kind === 'HAS_ACCOUNT' || edge.kind === 'CONTAINS' ? [] : [edge]))
    .map(
      (edge) =>
        `${edge.kind} ${shown(edge.from)} → ${shown(edge.to)}${edge.kind === 'ASSIGNED' ? ` @${shown(edge.scope)}` : ''}`,
    )
    .sort();
}
function nameOf(node: ReturnType<ViewStore['nodes']>[number]): string {
  if (node.kind === 'Account' || node.kind === 'Group') return node.externalId ?? node.id;
  if (node.kind === 'Resource') return node.path;
  return 'name' in node ? node.name : node.id;
}
const accountsIn = (store: ViewStore) =>
  store
    .nodes()
    .filter((node): node is AccountNode => node.kind === 'Account')
    .sort((a, b) => (a.id < b.id ? -1 : 1));
const effectsSince = (store: ViewStore, commits: number) =>
  store
    .commits()
    .slice(commits)
    .flatMap(({ effects }) => effects);

const rows: readonly Row[] = [
  { kind: 'resource', path: '/prod', environment: 'PROD' },
  account('1', { owners: [{ principal: { externalId: '2' } }] }),
  account('2', { type: 'HUMAN' }),
  group('builders'),
  membership('builders', '1'),
  assignment({ externalId: 'builders' }, 'deployer', { scope: '/prod/db' }),
  assignment({ externalId: '1' }, 'admin', { eligible: true, validUntil: '2027-01-01T00:00:00Z', id: 'a-17' }),
  { kind: 'actAs', from: { externalId: '2' }, to: '1' },
];
const facts = [
  'ASSIGNED 1 → admin @/',
  'ASSIGNED builders → deployer @/prod/db',
  'CAN_ACT_AS svc-2 → svc-1',
  'MEMBER_OF 1 → builders',
  'OWNS svc-2 → svc-1',
];

describe('importSnapshot', () => {
  it('creates accounts, groups, resources and what joins them', async () => {
    const { store, importRows } = await createWorld();
    const report = await importRows(...rows);
    expect(factsIn(store)).toEqual(facts);
    expect(report).toEqual({
      source: crm,
      importId: '1',
      snapshot: 's1',
      takenAt: '2026-11-24T02:00:00Z',
      complete: true,
      revision: 2,
      parts: 1,
      lines: { resource: 1, account: 2, group: 1, membership: 1, assignment: 2, actAs: 1 },
      counts: {
        accounts: { added: 2, changed: 0, removed: 0 },
        groups: { added: 1, changed: 0, removed: 0 },
        resources: { added: 2, changed: 0, removed: 0 },
      },
      withdrawnFacts: 0,
      dangling: 0,
      warnings: [],
    });
  });

  it('writes an account as a SCIM User and a classified principal', async () => {
    const { store, importRows } = await createWorld();
    await importRows(
      account('1', {
        displayName: 'CI',
        emails: ['ci@acme.example'],
        purpose: 'builds',
        environments: ['PROD'],
        expiresAt: '2027-01-01T00:00:00Z',
      }),
    );
    expect(accountsIn(store)).toEqual([
      {
        kind: 'Account',
        id: own('1'),
        tenant: acme,
        source: crm,
        userName: 'svc-1',
        externalId: '1',
        displayName: 'CI',
        active: true,
        type: 'SERVICE_ACCOUNT',
        primaryEmail: 'ci@acme.example',
        emails: ['ci@acme.example'],
        purpose: 'builds',
        environments: ['PROD'],
        expiresAt: Date.UTC(2027, 0, 1),
        claimsExternalId: true,
        attributes: {
          schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
          externalId: '1',
          userName: 'svc-1',
          displayName: 'CI',
          active: true,
          emails: [{ value: 'ci@acme.example', primary: true }],
        },
      },
    ]);
    expect(store.nodes().find(({ id }) => id === identityIdOf(own('1')))).toMatchObject({
      type: 'SERVICE_ACCOUNT',
      purpose: 'builds',
    });
  });

  it('has no effect the second time', async () => {
    const { store, importRows } = await createWorld();
    await importRows(...rows);
    const commits = store.commits().length;
    const again = await importRows(...rows);
    expect(effectsSince(store, commits)).toEqual([]);
    expect(again).toMatchObject({
      parts: 1,
      withdrawnFacts: 0,
      counts: { accounts: { added: 0, changed: 0, removed: 0 } },
    });
  });

  it('takes back what is not listed any more, of its own alone', async () => {
    const { store, importRows } = await createWorld();
    await importRows(...rows);
    const scim = {
      kind: 'MEMBER_OF',
      from: own('2'),
      to: snapshotGroupIdOf(crm, 'builders'),
      source: crm,
      statedBy: 'SCIM',
      statement: 'members',
    };
    await store.commit({ meta, changes: [{ kind: 'putEdge', edge: scim } as never] });
    const report = await importRows(
      account('2', { type: 'HUMAN' }),
      group('builders'),
      assignment({ externalId: '2' }, 'admin'),
    );
    expect(factsIn(store)).toEqual(['ASSIGNED 2 → admin @/', 'MEMBER_OF 2 → builders']);
    expect(report.counts).toEqual({
      accounts: { added: 0, changed: 0, removed: 1 },
      groups: { added: 0, changed: 0, removed: 0 },
      resources: { added: 0, changed: 0, removed: 2 },
    });
  });

  it('says of the identity that an account joins what it said of its own', async () => {
    const { store, importRows } = await createWorld();
    await importRows(...rows);
    const tenant = { kind: 'Tenant', id: acme, slug: 'acme', name: 'Acme', anchorSource: entra } as const;
    const anchor: AccountNode = {
      kind: 'Account',
      id: asNodeId('acc.anchor'),
      tenant: acme,
      source: entra,
      userName: 'anchor',
      externalId: '1',
      active: true,
      type: 'SERVICE_ACCOUNT',
      attributes: {},
    };
    await store.commit({ meta, changes: [tenant, anchor].map((node) => ({ kind: 'putNode', node })) });
    await importRows(...rows);
    const to = store
      .edges()
      .flatMap(({ edge }) => (edge.kind === 'OWNS' || edge.kind === 'CAN_ACT_AS' ? [edge.to] : []));
    expect(to).toEqual([identityIdOf(anchor.id), identityIdOf(anchor.id)]);
  });

  it('takes an assignment whose window changed for another one', async () => {
    const { store, importRows } = await createWorld();
    const until = (year: number) => assignment({ externalId: '1' }, 'admin', { validUntil: `${year}-01-01T00:00:00Z` });
    await importRows(account('1'), until(2027));
    await importRows(account('1'), until(2028));
    const [edge, ...others] = store.edges().flatMap(({ edge }) => (edge.kind === 'ASSIGNED' ? [edge] : []));
    expect([edge?.validUntil, others]).toEqual([Date.UTC(2028, 0, 1), []]);
  });

  it('gives a user name that was another account’s to a new one', async () => {
    const { store, importRows } = await createWorld();
    await importRows(account('1', { userName: 'ci' }));
    await importRows(account('2', { userName: 'ci' }));
    expect(accountsIn(store).map(({ externalId }) => externalId)).toEqual(['2']);
  });

  it('lets a principal of another source dangle until it arrives', async () => {
    const { store, importRows } = await createWorld();
    const foreign = assignment({ source: 'entra', externalId: 'g-1' }, 'admin');
    const report = await importRows(foreign);
    expect([report.dangling, factsIn(store)]).toEqual([1, []]);
    const arriving = {
      kind: 'Group',
      id: asNodeId('grp.1'),
      tenant: acme,
      source: entra,
      displayName: 'Admins',
      externalId: 'g-1',
      active: true,
      attributes: {},
    } as const;
    await store.commit({ meta, changes: [{ kind: 'putNode', node: arriving }] });
    expect(factsIn(store)).toEqual(['ASSIGNED g-1 → admin @/']);
    const commits = store.commits().length;
    expect((await importRows(foreign)).dangling).toBe(0);
    expect(effectsSince(store, commits)).toEqual([]);
    await importRows();
    expect(factsIn(store)).toEqual([]);
  });

  it('lets a role that is not catalogued yet dangle, and withdraws what dangles', async () => {
    const { store, importRows } = await createWorld();
    expect((await importRows(account('1'), assignment({ externalId: '1' }, 'auditor'))).dangling).toBe(1);
    await store.commit({ meta, changes: [{ kind: 'putNode', node: role('auditor') }] });
    expect(factsIn(store)).toEqual(['ASSIGNED 1 → auditor @/']);
    await importRows(account('1'), assignment({ externalId: '1' }, 'ghost'));
    expect((await importRows(account('1'))).dangling).toBe(0);
    expect(factsIn(store)).toEqual([]);
  });

  it('finds a principal by its printed name, and says where one names nothing', async () => {
    const { store, dependencies } = await createWorld();
    const person = {
      kind: 'Group',
      id: asNodeId('grp.9'),
      tenant: acme,
      source: entra,
      displayName: 'Ops',
      externalId: 'ops',
      active: true,
      attributes: {},
    } as const;
    await store.commit({ meta, changes: [{ kind: 'putNode', node: person }] });
    const findPrincipal = async (ref: string) => (ref === 'acme.entra/Ops' ? person.id : undefined);
    const lines = whole([
      assignment({ ref: 'acme.entra/Ops' }, 'admin'),
      assignment({ ref: 'acme.entra/Nobody' }, 'admin'),
    ]);
    const request = { source: crm, lines: () => linesOf(lines), actor: 'test' };
    const report = await importSnapshot({ ...dependencies, findPrincipal }, request);
    expect(factsIn(store)).toEqual(['ASSIGNED ops → admin @/']);
    expect(report.warnings.map(({ pointer, code }) => [pointer, code])).toEqual([['/3/principal', 'UNKNOWN']]);
  });

  it('reads a right to act that a role conveys', async () => {
    const { store, importRows } = await createWorld();
    await importRows(account('1'), { kind: 'actAs', role: 'deployer', to: '1', at: '/prod', within: '/prod/db' });
    const edge = store
      .edges()
      .map((version) => version.edge)
      .find(({ kind }) => kind === 'CAN_ACT_AS');
    expect(edge).toMatchObject({
      from: roleIdOf(app, undefined, 'deployer'),
      to: identityIdOf(own('1')),
      at: resourceIdOf(app, acme, '/prod'),
      within: resourceIdOf(app, acme, '/prod/db'),
      mode: 'IMPERSONATE',
      effect: 'ALLOW',
    });
  });

  it('updates an account that came another way, keeps what it knows of it, and never closes it', async () => {
    const { store, importRows } = await createWorld();
    const pushed: AccountNode = {
      kind: 'Account',
      id: asNodeId('acc.scim'),
      tenant: acme,
      source: crm,
      userName: 'old',
      externalId: '1',
      active: true,
      type: 'HUMAN',
      claimsExternalId: true,
      attributes: { title: 'Engineer' },
    };
    await store.commit({ meta, changes: [{ kind: 'putNode', node: pushed }] });
    await importRows(account('1'));
    expect(accountsIn(store)).toMatchObject([
      { id: 'acc.scim', userName: 'svc-1', attributes: { title: 'Engineer', userName: 'svc-1' } },
    ]);
    await importRows();
    expect(accountsIn(store)).toHaveLength(1);
  });

  it('without its trailer says so, adds and changes, and takes nothing back', async () => {
    const { store, importRows, importLines } = await createWorld();
    await importRows(...rows);
    const report = await importLines({ ...header, id: 's2' }, account('3'));
    expect(report.complete).toBe(false);
    expect(
      accountsIn(store)
        .map(({ externalId }) => externalId)
        .sort(),
    ).toEqual(['1', '2', '3']);
    expect(factsIn(store)).toEqual(facts);
  });

  it('refuses one that was taken before the one that is held', async () => {
    const { importRows, importLines } = await createWorld();
    await importRows(...rows);
    const older = importLines({ ...header, takenAt: '2026-11-23T02:00:00Z' }, trailer([]));
    await expect(older).rejects.toMatchObject({ code: 'VERSION_MISMATCH' });
  });

  it('refuses sources that are absent, of no application, or where nothing is installed', async () => {
    const { store, dependencies } = await createWorld();
    const into = (source: NodeId) =>
      importSnapshot(dependencies, { source, lines: () => linesOf(whole([])), actor: 'test' });
    await expect(into(asNodeId('src.none'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(into(entra)).rejects.toMatchObject({ code: 'INVALID' });
    await store.commit({ meta, changes: [{ kind: 'closeNode', id: resourceIdOf(app, acme, '/') }] });
    await expect(into(crm)).rejects.toThrow('is not installed');
  });

  it('writes nothing where any line is faulty', async () => {
    const { store, importRows } = await createWorld();
    const commits = store.commits().length;
    await expect(importRows(account('1'), { kind: 'account' })).rejects.toMatchObject({
      code: 'INVALID',
      details: {
        issues: [
          { pointer: '/3/externalId' },
          { pointer: '/3/userName' },
          { pointer: '/3/type' },
          { pointer: '/4/counts/account' },
        ],
      },
    });
    expect(store.commits()).toHaveLength(commits);
  });

  it('of more than one commit marks the application from the first part to the last', async () => {
    const { store, importRows } = await createWorld();
    const many = Array.from({ length: 2100 }, (_, i) => account(`a${i}`));
    const report = await importRows(
      ...many,
      assignment({ externalId: 'a0' }, 'deployer'),
      assignment({ externalId: 'a2099' }, 'deployer'),
    );
    expect(report.parts).toBeGreaterThan(1);
    const marks = store
      .commits()
      .flatMap(({ effects }) => effects)
      .flatMap((effect) => (effect.kind === 'nodeOpened' ? [effect.version.node] : []))
      .filter((node): node is ApplicationNode => node.kind === 'Application')
      .map((node) => node.changing);
    expect(marks).toEqual([undefined, `snapshot:${crm} 1 1`, undefined]);
    expect(factsIn(store)).toEqual(['ASSIGNED a0 → deployer @/', 'ASSIGNED a2099 → deployer @/']);
  });

  it('of one commit leaves the mark of another import alone, and of more waits until that has ended', async () => {
    const { store, importRows } = await createWorld();
    const changing = 'catalogue 7 1';
    const node = { ...(store.nodes().find(({ id }) => id === app) as ApplicationNode), changing };
    await store.commit({ meta, changes: [{ kind: 'putNode', node }] });
    await importRows(...rows);
    expect(factsIn(store)).toEqual(facts);
    expect(store.nodes().find(({ id }) => id === app)).toEqual(node);
    const many = Array.from({ length: 2100 }, (_, i) => account(`a${i}`));
    await expect(importRows(...many)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('leaves the same graph whatever snapshot came before', async () => {
    const someRows = fc.subarray(rows as Row[]).map(closed);
    await fc.assert(
      fc.asyncProperty(someRows, someRows, async (before, after) => {
        const [direct, replaced] = [await createWorld(), await createWorld()];
        await direct.importRows(...after);
        await replaced.importRows(...before);
        await replaced.importRows(...after);
        const open = (store: ViewStore) => ({
          facts: factsIn(store),
          accounts: accountsIn(store),
          paths: pathsIn(store),
        });
        expect(open(replaced.store)).toEqual(open(direct.store));
      }),
      { numRuns: 60 },
    );
  });
});

const pathsIn = (store: ViewStore) =>
  store
    .nodes()
    .flatMap((node) => (node.kind === 'Resource' ? [node.path] : []))
    .sort();

/**
 * Without rows that need another that is left out. An owner, or who may act, is an identity, which outlives its account:
 * what is said of it stays said.
 */
function closed(some: readonly Row[]): readonly Row[] {
  const there = new Set(some.map((row) => row.externalId));
  const needs = (row: Row) => {
    const owners = (row.owners ?? []) as readonly { readonly principal: { readonly externalId: string } }[];
    const from = row.from as { readonly externalId: string } | undefined;
    return [row.group, row.to, from?.externalId, ...owners.map(({ principal }) => principal.externalId)];
  };
  const kept = some.filter((row) => needs(row).every((name) => name === undefined || there.has(name)));
  return kept.length === some.length ? kept : closed(kept);
}
