import type { AccessEngine, Completeness, PermissionRow } from '../access/access-engine.js';
import type { IdentityFacts, OwnerFacts, PrivilegedRow } from '../governance/rule.js';
import type { Decision } from '../graph/decision.js';
import type { NodeId, Revision } from '../graph/ids.js';
import type { IdentityNode, NodeKind, NodeOf, NodeVersion } from '../graph/node.js';
import type { Instant } from '../kernel/clock.js';
import { type GraphStore, maxPageSize, systemScope } from '../store/graph-store.js';
import { gatherAnswers } from './gather-answers.js';
import { allEdges, openNodes } from './store-pages.js';

export interface FactsDependencies {
  readonly store: Pick<GraphStore, 'nodesByIds' | 'edgesOf'>;
  readonly engine: Pick<AccessEngine, 'effectivePermissions'>;
}
export interface CollectedFacts {
  readonly facts: IdentityFacts;
  /** The next instant at which they can change without a commit; absent: never. */
  readonly until?: Instant;
  readonly completeness: Completeness;
  /** The nodes that were looked at to see whether its owners are accountable. */
  readonly ownership: readonly NodeId[];
}
/** Rejects with `NOT_FOUND` where the engine does not know the identity at that revision. */
export type CollectFacts = (identity: IdentityNode) => Promise<CollectedFacts>;

/** What rules see of one identity after the other; nodes that they share are read once. Without `revision`: each at the newest. */
export function createFactsCollector(
  dependencies: FactsDependencies,
  pair: { readonly revision?: Revision; readonly at: Instant },
): CollectFacts {
  const nodes = createNodeReader(dependencies.store);
  return async (identity) => {
    const collecting = { ...dependencies, pair, nodes, whole: gatherAnswers(), ownership: new Set<NodeId>() };
    const leastTier = await findLeastTier(collecting, identity.id);
    const facts = {
      identity,
      owners: await listOwners(collecting, identity.id),
      privileged: leastTier !== undefined && leastTier <= 1 ? await listPrivileged(collecting, identity.id) : [],
      ...(leastTier !== undefined && { leastTier }),
    };
    return { facts, ...collecting.whole.result(), ownership: [...collecting.ownership] };
  };
}

interface Collecting extends FactsDependencies {
  readonly pair: { readonly revision?: Revision; readonly at: Instant };
  readonly nodes: ReturnType<typeof createNodeReader>;
  readonly whole: ReturnType<typeof gatherAnswers>;
  readonly ownership: Set<NodeId>;
}

/** With an identity of unknown state every row is unknown, and the answer is not whole. */
const coveringOrUnknown = ['ALLOWED', 'CONDITIONAL', 'UNKNOWN'] as const satisfies readonly Decision[];

/** The most powerful tier of what it may do, also as somebody else. */
async function findLeastTier(
  { engine, pair, nodes, whole }: Collecting,
  identity: NodeId,
): Promise<number | undefined> {
  const wanted = { decisions: coveringOrUnknown, includeAssume: true, orderBy: 'TIER', first: 1 } as const;
  const page = await engine.effectivePermissions({ identity, ...pair, ...wanted });
  whole.add({ ...page.asOf, ...page });
  const [row] = page.items;
  if (row === undefined || row.decision === 'UNKNOWN') return undefined;
  await nodes.readAll([row.permission]);
  return nodes.find(row.permission, 'Permission')?.tier;
}

async function listPrivileged(
  { engine, pair, nodes, whole }: Collecting,
  identity: NodeId,
): Promise<readonly PrivilegedRow[]> {
  const rows: PermissionRow[] = [];
  let after: string | undefined;
  do {
    const position = { first: maxPageSize, ...(after !== undefined && { after }) };
    const page = await engine.effectivePermissions({ identity, tierAtMost: 1, ...pair, ...position });
    rows.push(...page.items);
    whole.add({ ...page.asOf, ...page });
    after = page.next;
  } while (after !== undefined);
  await nodes.readAll(rows.flatMap((row) => [row.permission, row.scope]));
  return rows.flatMap((row) => {
    const permission = nodes.find(row.permission, 'Permission');
    const scope = nodes.find(row.scope, 'Resource');
    if (permission === undefined || scope === undefined) return [];
    const { tenant, environment } = scope;
    return [{ row, permission, tenant, ...(environment && { environment }) }];
  });
}

async function listOwners(collecting: Collecting, identity: NodeId): Promise<readonly OwnerFacts[]> {
  const ids: NodeId[] = [];
  const query = { node: identity, end: 'to', kind: 'OWNS' } as const;
  for await (const { edge } of allEdges(collecting.store, systemScope, query)) ids.push(edge.from);
  const owners = [...new Set(ids)].sort();
  return Promise.all(owners.map(async (id) => ({ id, accountable: await isAccountable(collecting, id, new Set()) })));
}

/** An active person, or an active group in which there is one, also through groups within it. */
async function isAccountable(collecting: Collecting, id: NodeId, seen: Set<NodeId>): Promise<boolean> {
  const { nodes, store, ownership } = collecting;
  ownership.add(id);
  await nodes.readAll([id]);
  const identity = nodes.find(id, 'Identity');
  if (identity !== undefined) return identity.type === 'HUMAN' && identity.state === 'ACTIVE';
  const group = nodes.find(id, 'Group');
  if (group?.active !== true || seen.has(id)) return false;
  seen.add(id);
  for await (const { edge } of allEdges(store, systemScope, { node: id, end: 'to', kind: 'MEMBER_OF' }))
    if (await isAccountable(collecting, await principalOf(store, edge.from), seen)) return true;
  return false;
}

/** The identity of an account; anything else is itself. */
async function principalOf(store: Pick<GraphStore, 'edgesOf'>, id: NodeId): Promise<NodeId> {
  const query = { node: id, end: 'to', kind: 'HAS_ACCOUNT', limit: 1 } as const;
  return (await store.edgesOf(systemScope, query)).items[0]?.edge.from ?? id;
}

/** Nodes by id, each read once. */
function createNodeReader(store: Pick<GraphStore, 'nodesByIds'>) {
  const known = new Map<NodeId, NodeVersion | undefined>();
  return {
    async readAll(ids: readonly NodeId[]): Promise<void> {
      const missing = [...new Set(ids)].filter((id) => !known.has(id));
      const open = await openNodes(store, systemScope, missing);
      for (const id of missing) known.set(id, open.get(id));
    },
    find<Kind extends NodeKind>(id: NodeId, kind: Kind): NodeOf<Kind> | undefined {
      const node = known.get(id)?.node;
      return node?.kind === kind ? (node as NodeOf<Kind>) : undefined;
    },
  };
}
