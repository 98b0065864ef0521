import { faultsIn } from '../catalog/document-issues.js';
import type { StatedResource } from '../catalog/resource-tree.js';
import { factsOf, pathsOf, REF_KINDS, refKeyOf, refsOf } from '../catalog/snapshot-facts.js';
import { type SnapshotSetting, snapshotAccountIdOf, snapshotGroupIdOf } from '../catalog/snapshot-nodes.js';
import { createSnapshotReader, type SnapshotSummary } from '../catalog/snapshot-reader.js';
import type { SnapshotRow } from '../catalog/snapshot-schema.js';
import type { NodeId } from '../graph/ids.js';
import { fieldKey } from '../graph/indexed-fields.js';
import type { RoleNode, SourceNode } from '../graph/node.js';
import type { NodeKind } from '../graph/node-kind.js';
import { GraphError, type Issue } from '../kernel/errors.js';
import { type GraphStore, systemScope } from '../store/graph-store.js';
import { allNodes } from './store-pages.js';

/** What a printed name means, among nodes of these kinds; absent: nothing, or several things. */
export type FindPrincipal = (ref: string, kinds: readonly NodeKind[]) => Promise<NodeId | undefined>;

/** A snapshot's names, of which memory holds as much as there are; its rows are read again to be written. */
export interface SnapshotSurvey {
  readonly summary: SnapshotSummary & { readonly header: NonNullable<SnapshotSummary['header']> };
  readonly setting: SnapshotSetting;
  readonly resources: readonly StatedResource[];
  /** Paths of all resources that some row speaks of. */
  readonly paths: ReadonlySet<string>;
  readonly statements: ReadonlySet<string>;
  /** Facts that cannot be written now. Pointers begin with the number of the line. */
  readonly warnings: readonly Issue[];
}

/**
 * Reads it once, to its end, before anything is written.
 * @throws GraphError INVALID, with every fault of every line
 */
export async function surveySnapshot(
  store: Pick<GraphStore, 'find' | 'list'>,
  findPrincipal: FindPrincipal,
  source: SourceNode & { readonly application: NodeId },
  lines: AsyncIterable<string>,
): Promise<SnapshotSurvey> {
  const reader = createSnapshotReader();
  const known = await knownIds(store, source);
  const own = new Map<string, NodeId>();
  const names = createNameFinder(store, findPrincipal, source);
  const setting: SnapshotSetting = { source, application: source.application, own, ...names.found };
  const resources: StatedResource[] = [];
  const paths = new Set<string>();
  const statements = new Set<string>();
  const warnings: Issue[] = [];
  let number = 0;
  for await (const line of lines) {
    number++;
    const row = reader.read(line);
    if (row === undefined) continue;
    if (row.kind === 'account' || row.kind === 'group') own.set(row.externalId, known(row));
    if (row.kind === 'resource') resources.push(row);
    for (const path of pathsOf(row)) paths.add(path);
    await names.find(row);
    for (const { statement, unknown } of factsOf(row, setting)) {
      statements.add(statement);
      if (unknown !== undefined) warnings.push(unplaced(`/${number}${unknown}`));
    }
  }
  const summary = reader.end();
  const { header, issues } = summary;
  if (issues.length > 0 || header === undefined)
    throw new GraphError('INVALID', `the snapshot has ${faultsIn(issues)}; see each one's line`, { issues });
  return { summary: { ...summary, header }, setting, resources, paths, statements, warnings };
}

function unplaced(pointer: string): Issue {
  return {
    pointer,
    code: 'UNKNOWN',
    message: 'names nobody that is known here, and is left out',
    hint: 'name the principal by `source` and `externalId`: then it is kept until it arrives',
  };
}

/** The id of the account or group of that externalId: that of one which did not come by snapshot, else derived. */
async function knownIds(store: Pick<GraphStore, 'list'>, source: SourceNode) {
  const others = new Map<string, NodeId>();
  for (const kind of ['Account', 'Group'] as const) {
    const derived = kind === 'Account' ? snapshotAccountIdOf : snapshotGroupIdOf;
    for await (const { node } of allNodes(store, systemScope, { kind, source: source.id })) {
      const { externalId } = node;
      if (externalId !== undefined && node.id !== derived(source.id, externalId))
        others.set(`${kind} ${externalId}`, node.id);
    }
  }
  return ({ kind, externalId }: Extract<SnapshotRow, { readonly kind: 'account' | 'group' }>): NodeId =>
    kind === 'account'
      ? (others.get(`Account ${externalId}`) ?? snapshotAccountIdOf(source.id, externalId))
      : (others.get(`Group ${externalId}`) ?? snapshotGroupIdOf(source.id, externalId));
}

/** Looks every name up once. */
function createNameFinder(
  store: Pick<GraphStore, 'find'>,
  findPrincipal: FindPrincipal,
  source: SourceNode & { readonly application: NodeId },
) {
  const sources = new Map<string, NodeId>();
  const refs = new Map<string, NodeId>();
  const roles = new Map<string, NodeId>();
  const asked = new Set<string>();

  async function once(key: string, find: () => Promise<void>): Promise<void> {
    if (asked.has(key)) return;
    asked.add(key);
    await find();
  }
  async function findRole(name: string): Promise<void> {
    for (const tenant of [source.tenant, '']) {
      const key = fieldKey('Role', 'name', `${source.application}/${tenant}`, name);
      const found = (await store.find(systemScope, key)).map((version) => version.node as RoleNode);
      const role = found.find((each) => each.name === name) ?? (found.length === 1 ? found[0] : undefined);
      if (role && !roles.has(name)) roles.set(name, role.id);
    }
  }
  async function findSource(slug: string): Promise<void> {
    const [found] = await store.find(systemScope, fieldKey('Source', 'slug', source.tenant, slug));
    if (found) sources.set(slug, found.node.id);
  }

  return {
    found: { sources, refs, roles },
    async find(row: SnapshotRow): Promise<void> {
      for (const { use, ref } of refsOf(row))
        await once(`ref ${refKeyOf(use, ref)}`, async () => {
          const id = await findPrincipal(ref, REF_KINDS[use]);
          if (id !== undefined) refs.set(refKeyOf(use, ref), id);
        });
      for (const slug of sourcesOf(row)) await once(`source ${slug}`, () => findSource(slug));
      const role = row.kind === 'assignment' || row.kind === 'actAs' ? row.role : undefined;
      if (role !== undefined) await once(`role ${role}`, () => findRole(role));
    },
  };
}

function sourcesOf(row: SnapshotRow): readonly string[] {
  switch (row.kind) {
    case 'account':
      return row.owners.flatMap(({ principal }) => principal.source ?? []);
    case 'membership':
      return row.member.source === undefined ? [] : [row.member.source];
    case 'assignment':
      return row.principal.source === undefined ? [] : [row.principal.source];
    case 'actAs':
      return row.from?.source === undefined ? [] : [row.from.source];
    default:
      return [];
  }
}
