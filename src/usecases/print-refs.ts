import type { NodeId } from '../graph/ids.js';
import { fieldKey } from '../graph/indexed-fields.js';
import type { GraphNode, NodeKind, NodeVersion } from '../graph/node.js';
import { printRef } from '../graph/ref.js';
import { type GraphStore, maxIdsPerCall, maxPageSize, systemScope, type Where } from '../store/graph-store.js';

/** Prints the names of nodes, many at once; one slot a node. */
export type PrintRefs = (nodes: readonly NodeVersion[]) => Promise<readonly string[]>;

/**
 * A printed name leads back to its node alone: where another node answers to the same name, the id is printed. Takes at
 * most one store call for the slugs not met before, and one for each of identities, groups and permissions.
 * INVARIANT: tenants, sources and applications never change their slug, so a slug once read stays right.
 */
export function createRefPrinter(store: Pick<GraphStore, 'nodesByIds' | 'list'>): PrintRefs {
  const slugs = new Map<NodeId, Slug>();
  return async (nodes) => {
    await readSlugs(nodes);
    const taken = await findShared(store, nodes);
    return nodes.map(({ node }) => (taken.has(node.id) ? node.id : (nameOf(node) ?? node.id)));
  };

  async function readSlugs(nodes: readonly NodeVersion[]): Promise<void> {
    const wanted = nodes.flatMap(({ node }) => holdersOf(node));
    await readMissing(await readMissing(wanted));
  }

  /** Gives back the tenants that sources just read belong to and that are not known yet. */
  async function readMissing(ids: readonly NodeId[]): Promise<readonly NodeId[]> {
    const missing = [...new Set(ids)].filter((id) => !slugs.has(id));
    const found: NodeVersion[] = [];
    for (let at = 0; at < missing.length; at += maxIdsPerCall) {
      const versions = await store.nodesByIds(systemScope, missing.slice(at, at + maxIdsPerCall));
      for (const version of versions) if (version !== undefined) found.push(version);
    }
    for (const { node } of found) {
      if (node.kind === 'Tenant' || node.kind === 'Application') slugs.set(node.id, { slug: node.slug });
      if (node.kind === 'Source') slugs.set(node.id, { slug: node.slug, tenant: node.tenant });
    }
    return found.flatMap(({ node }) => (node.kind === 'Source' && !slugs.has(node.tenant) ? [node.tenant] : []));
  }

  /** Absent: the node has no name of its own, or what it belongs to is gone. */
  function nameOf(node: GraphNode): string | undefined {
    switch (node.kind) {
      case 'Tenant':
      case 'Application':
        return printRef({ kind: 'named', slug: node.slug });
      case 'Source':
        return printed(slugs.get(node.tenant), (tenant) => printRef({ kind: 'source', tenant, source: node.slug }));
      case 'Identity':
        return printed(slugs.get(node.tenant), (tenant) => printRef({ kind: 'identity', tenant, name: node.name }));
      case 'Account':
        return ofSource(node.source, node.userName);
      case 'Group':
        return node.source && ofSource(node.source, node.displayName);
      case 'Role': {
        const tenant = node.tenant && slugs.get(node.tenant)?.slug;
        if (node.tenant !== undefined && tenant === undefined) return undefined;
        return printed(slugs.get(node.application), (application) =>
          printRef({ kind: 'catalogued', application, name: node.name, ...(tenant !== undefined && { tenant }) }),
        );
      }
      case 'Permission':
        return printed(slugs.get(node.application), (application) =>
          printRef({ kind: 'catalogued', application, name: node.action }),
        );
      case 'Resource': {
        const tenant = slugs.get(node.tenant)?.slug;
        if (tenant === undefined) return undefined;
        return printed(slugs.get(node.application), (application) =>
          printRef({ kind: 'resource', application, tenant, path: node.path }),
        );
      }
      default:
        return undefined;
    }
  }

  function ofSource(source: NodeId, name: string): string | undefined {
    const of = slugs.get(source);
    return printed(of?.tenant && slugs.get(of.tenant), (tenant) =>
      printRef({ kind: 'principal', tenant, source: of?.slug ?? '', name }),
    );
  }
}

interface Slug {
  readonly slug: string;
  /** Of a source. */
  readonly tenant?: NodeId;
}

function printed(slug: Slug | undefined, print: (slug: string) => string): string | undefined {
  return slug && print(slug.slug);
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
