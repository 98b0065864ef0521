import type { NodeId } from '../graph/ids.js';
import { fieldKey } from '../graph/indexed-fields.js';
import type { GraphNode, NodeKind, NodeVersion } from '../graph/node.js';
import { printRef, type Ref } from '../graph/ref.js';
import { type GraphStore, maxPageSize, systemScope, type Where } from '../store/graph-store.js';
import { openNodes } from './store-pages.js';

/** Prints the names of nodes, many at once; one slot a node. */
export type PrintRefs = (nodes: readonly NodeVersion[]) => Promise<readonly string[]>;

/**
 * A printed name leads back to its node alone: where another node answers to the same name, the id is printed. Takes at
 * most one store call for the slugs not met before, and one for each of identities, groups and permissions.
 * INVARIANT: tenants, sources and applications never change their slug, so a slug once read stays right.
 */
export function createRefPrinter(store: Pick<GraphStore, 'nodesByIds' | 'list'>): PrintRefs {
  const slugs: Slugs = new Map();
  return async (nodes) => {
    const tenantsOfSources = await readSlugs(
      store,
      slugs,
      nodes.flatMap(({ node }) => holdersOf(node)),
    );
    await readSlugs(store, slugs, tenantsOfSources);
    const shared = await findShared(store, nodes);
    return nodes.map(({ node }) => (shared.has(node.id) ? node.id : (nameOf(node, slugs) ?? node.id)));
  };
}

type Slugs = Map<NodeId, Slug>;
interface Slug {
  readonly slug: string;
  /** Of a source. */
  readonly tenant?: NodeId;
}

/** Adds those that are missing; gives back the tenants that sources just read belong to. */
async function readSlugs(
  store: Pick<GraphStore, 'nodesByIds'>,
  slugs: Slugs,
  ids: readonly NodeId[],
): Promise<readonly NodeId[]> {
  const missing = [...new Set(ids)].filter((id) => !slugs.has(id));
  const tenants: NodeId[] = [];
  for (const { node } of (await openNodes(store, systemScope, missing)).values()) {
    if (node.kind === 'Tenant' || node.kind === 'Application') slugs.set(node.id, { slug: node.slug });
    if (node.kind !== 'Source') continue;
    slugs.set(node.id, { slug: node.slug, tenant: node.tenant });
    tenants.push(node.tenant);
  }
  return tenants;
}

/** Absent: the node has no name of its own, or what it belongs to is gone. */
function nameOf(node: GraphNode, slugs: Slugs): string | undefined {
  switch (node.kind) {
    case 'Tenant':
    case 'Application':
      return printRef({ kind: 'named', slug: node.slug });
    case 'Source':
      return printIn(slugs, [node.tenant], (tenant) => ({ kind: 'source', tenant, source: node.slug }));
    case 'Identity':
      return printIn(slugs, [node.tenant], (tenant) => ({ kind: 'identity', tenant, name: node.name }));
    case 'Account':
      return principalName(slugs, node.source, node.userName);
    case 'Group':
      return node.source && principalName(slugs, node.source, node.displayName);
    case 'Role':
      return printIn(slugs, [node.application, ...(node.tenant ? [node.tenant] : [])], (application, tenant) => {
        const owner = node.tenant ? { tenant } : {};
        return { kind: 'catalogued', application, ...owner, name: node.name };
      });
    case 'Permission':
      return printIn(slugs, [node.application], (application) => ({
        kind: 'catalogued',
        application,
        name: node.action,
      }));
    case 'Resource':
      return printIn(slugs, [node.application, node.tenant], (application, tenant) => ({
        kind: 'resource',
        application,
        tenant,
        path: node.path,
      }));
    default:
      return undefined;
  }
}

function principalName(slugs: Slugs, source: NodeId, name: string): string | undefined {
  const tenant = slugs.get(source)?.tenant;
  if (tenant === undefined) return undefined;
  return printIn(slugs, [tenant, source], (of, at) => ({ kind: 'principal', tenant: of, source: at, name }));
}

/** Prints what is named within the holders; absent where one of them is gone. */
function printIn(
  slugs: Slugs,
  holders: readonly NodeId[],
  toRef: (first: string, second: string) => Ref,
): string | undefined {
  const found = holders.flatMap((id) => slugs.get(id)?.slug ?? []);
  return found.length < holders.length ? undefined : printRef(toRef(found[0] ?? '', found[1] ?? ''));
}

function holdersOf(node: GraphNode): readonly NodeId[] {
  switch (node.kind) {
    case 'Source':
    case 'Identity':
      return [node.tenant];
    case 'Account':
      return [node.tenant, node.source];
    case 'Group':
      return node.source ? [node.tenant, node.source] : [];
    case 'Role':
      return node.tenant ? [node.application, node.tenant] : [node.application];
    case 'Permission':
      return [node.application];
    case 'Resource':
      return [node.application, node.tenant];
    default:
      return [];
  }
}

/** Kinds whose names are no claim: the field that holds the name, and the scope within which it should be alone. */
const sharedNames = {
  Identity: { field: 'name', of: (node) => (node.kind === 'Identity' ? [node.tenant, node.name] : undefined) },
  Group: {
    field: 'displayName',
    of: (node) =>
      node.kind === 'Group' && node.source && !node.claimsDisplayName ? [node.source, node.displayName] : undefined,
  },
  Permission: {
    field: 'action',
    of: (node) => (node.kind === 'Permission' ? [node.application, node.action] : undefined),
  },
} as const satisfies Partial<Record<NodeKind, SharedName>>;
interface SharedName {
  readonly field: string;
  /** [scope, name]; absent: the node's name is not shared. */
  readonly of: (node: GraphNode) => readonly [string, string] | undefined;
}

/** Those of the nodes whose name another open node holds too, spelled alike. */
async function findShared(
  store: Pick<GraphStore, 'list'>,
  nodes: readonly NodeVersion[],
): Promise<ReadonlySet<NodeId>> {
  const shared = new Set<NodeId>();
  await Promise.all(
    Object.entries(sharedNames).map(async ([kind, row]: [string, SharedName]) => {
      const names = new Map<string, readonly [string, string]>();
      for (const { node } of nodes) {
        const name = row.of(node);
        if (name !== undefined) names.set(name.join('\0'), name);
      }
      if (names.size === 0) return;
      const holders = await countHolders(store, kind as NodeKind, row, [...names.values()]);
      for (const { node } of nodes) {
        const name = row.of(node)?.join('\0');
        if (name !== undefined && (holders.get(name) ?? 0) > 1) shared.add(node.id);
      }
    }),
  );
  return shared;
}

/** Names asked for at once: within what a store takes as one filter. */
const namesPerCall = 150;

/** How many open nodes hold each name. Where more than a page hold one of those asked for at once, all of these count as shared. */
async function countHolders(
  store: Pick<GraphStore, 'list'>,
  kind: NodeKind,
  row: SharedName,
  names: readonly (readonly [string, string])[],
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (let at = 0; at < names.length; at += namesPerCall) {
    const asked = names.slice(at, at + namesPerCall);
    const of = asked.map(([scope, name]): Where => {
      const { value } = fieldKey(kind, row.field, scope, name);
      return { kind: 'field', field: row.field, operator: 'EQUALS', value, scope };
    });
    const page = await store.list(systemScope, { kind, where: { kind: 'or', of }, limit: maxPageSize });
    if (page.next !== undefined) for (const name of asked) counts.set(name.join('\0'), 2);
    for (const { node } of page.items) {
      if (node.kind === 'Identity' && node.joinedTo !== undefined) continue;
      const name = row.of(node)?.join('\0') ?? '';
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  return counts;
}
