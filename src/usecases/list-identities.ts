import type { AccessEngine } from '../access/access-engine.js';
import type { NodeId } from '../graph/ids.js';
import type { Environment, IdentityNode, IdentityState, IdentityType, NodeVersion } from '../graph/node.js';
import type { Instant } from '../kernel/clock.js';
import { GraphError } from '../kernel/errors.js';
import { type GraphStore, maxPageSize, type ReadScope, type Where } from '../store/graph-store.js';
import type { SideStore } from '../store/side-store.js';
import type { Asking, PageRequest } from './answer-access.js';
import { readScopeOf } from './caller.js';
import {
  type Accepted,
  fieldIs,
  fieldIsAny,
  type ListDependencies,
  listNodes,
  type NodePage,
  untilOf,
} from './list-nodes.js';
import { requireWithin } from './require-within.js';
import { resolveRef } from './resolve-ref.js';
import { allEdges, openNodes } from './store-pages.js';
import { summarizeAccess } from './summarize-access.js';

/** What is absent does not narrow; `tenant`, `owner`, `inGroup`, `hasRole` are refs. */
export interface IdentityFilter {
  readonly tenant?: string;
  readonly type?: readonly IdentityType[];
  readonly state?: readonly IdentityState[];
  readonly environment?: readonly Environment[];
  readonly owner?: string;
  readonly ownerless?: boolean;
  readonly inGroup?: string;
  readonly direct?: boolean;
  readonly hasRole?: string;
  readonly privilegedInheritedAtLeast?: number;
  readonly inactiveSince?: Instant;
  readonly text?: string;
}
export interface IdentityDependencies extends ListDependencies {
  readonly store: Pick<GraphStore, 'list' | 'count' | 'nodesByIds' | 'find' | 'edgesOf' | 'countEdges'>;
  readonly engine: Pick<AccessEngine, 'revision' | 'summary'>;
  readonly side: Pick<SideStore, 'lastAuthentication'>;
}
type Identity = NodeVersion<IdentityNode>;
type Test = (identities: readonly Identity[], asking: Asking) => Promise<Accepted>;

/** Identities that take part in answers; those joined to another are left out. Rejects as `resolveRef`; TOO_MANY for huge groups. */
export async function listIdentities(
  dependencies: IdentityDependencies,
  asking: Asking,
  {
    filter,
    orderBy,
    page,
  }: { readonly filter: IdentityFilter; readonly orderBy: 'name' | 'createdAt'; readonly page: PageRequest },
): Promise<NodePage<'Identity'>> {
  const scope = readScopeOf(asking.caller);
  const { store } = dependencies;
  requireWithin(filter.privilegedInheritedAtLeast, { argument: 'privilegedInheritedAtLeast', least: 0 });
  const find = <Kind extends 'Tenant' | 'Identity' | 'Group' | 'Role'>(
    ref: string,
    argument: string,
    kinds: readonly Kind[],
  ) => resolveRef(store, scope, { ref, argument, kinds });
  const tenant = filter.tenant === undefined ? undefined : (await find(filter.tenant, 'tenant', ['Tenant'])).node.id;
  const owner =
    filter.owner === undefined ? undefined : (await find(filter.owner, 'owner', ['Identity', 'Group'])).node;
  const tests = testsOf(dependencies, filter);
  if (filter.inGroup !== undefined) {
    const group = (await find(filter.inGroup, 'inGroup', ['Group'])).node;
    const held = { groups: [group.id], everyone: group.everyone ? group.tenant : undefined };
    tests.push(await membershipTest(dependencies, scope, held, filter.direct === true));
  }
  if (filter.hasRole !== undefined) {
    const role = (await find(filter.hasRole, 'hasRole', ['Role'])).node.id;
    tests.push(await assignmentTest(dependencies, scope, role));
  }
  const where = [...conditionsOf(filter)];
  if (owner !== undefined) where.push({ kind: 'edge', edge: 'OWNS', end: 'to', other: owner.id });
  return listNodes(dependencies, asking, {
    name: 'identities',
    about: [filter, orderBy],
    query: { kind: 'Identity', ...(tenant && { tenant }), where, ...(orderBy === 'name' && { order: { by: 'name' } }) },
    ...(tests.length > 0 && {
      accepts: (identities: readonly Identity[], judged: Asking) => passAll(tests, identities, judged),
    }),
    page,
  });
}

function conditionsOf({ type, state, environment, text }: IdentityFilter): readonly Where[] {
  const contains = (field: string, part: string) => fieldIs('Identity', field, part, { operator: 'CONTAINS' });
  return [
    fieldIs('Identity', 'joinedTo', '-'),
    ...fieldIsAny('Identity', 'type', type),
    ...fieldIsAny('Identity', 'state', state),
    ...fieldIsAny('Identity', 'environment', environment),
    ...(text === undefined
      ? []
      : [{ kind: 'or', of: [contains('name', text), contains('displayName', text)] } as const]),
  ];
}

/** Conditions that no index holds and that look at one identity alone. */
function testsOf({ store, engine, side }: IdentityDependencies, filter: IdentityFilter): Test[] {
  const tests: Test[] = [];
  const { ownerless, privilegedInheritedAtLeast: least, inactiveSince } = filter;
  if (ownerless !== undefined)
    tests.push((identities) =>
      testEach(identities, async ({ node }) => {
        // Owners in hidden tenants are owners all the same; that there are any is no secret of theirs.
        const owners = await store.countEdges({ kind: 'system' }, { node: node.id, end: 'to', kind: 'OWNS' });
        return (owners === 0) === ownerless;
      }),
    );
  if (least !== undefined)
    tests.push(async (identities, asking) => {
      const summaries = await Promise.all(identities.map(({ node }) => summarizeAccess({ engine }, asking, node.id)));
      return {
        fits: summaries.map(({ privilegedInherited: count }) => count !== undefined && count >= least),
        ...untilOf(summaries.map(({ asOf }) => asOf)),
      };
    });
  if (inactiveSince !== undefined)
    tests.push(async (identities) => {
      const last = await side.lastAuthentication(identities.map(({ node }) => node.id));
      return { fits: last.map((at) => at !== undefined && at < inactiveSince) };
    });
  return tests;
}

async function testEach(
  identities: readonly Identity[],
  fits: (identity: Identity) => Promise<boolean>,
): Promise<Accepted> {
  return { fits: await Promise.all(identities.map(fits)) };
}

async function passAll(tests: readonly Test[], identities: readonly Identity[], asking: Asking): Promise<Accepted> {
  const results = await Promise.all(tests.map((test) => test(identities, asking)));
  return { fits: identities.map((_, at) => results.every(({ fits }) => fits[at])), ...untilOf(results) };
}

/** Groups whose members are meant, and the tenant all of whose identities are. */
interface HeldBy {
  readonly groups: readonly NodeId[];
  readonly everyone: NodeId | undefined;
}

async function membershipTest(
  dependencies: IdentityDependencies,
  scope: ReadScope,
  { groups, everyone }: HeldBy,
  direct: boolean,
): Promise<Test> {
  const accounts = await collectAccounts(dependencies, scope, groups, direct);
  return (identities) =>
    testEach(identities, async ({ node }) => {
      if (node.tenant === everyone) return true;
      const query = { node: node.id, end: 'from', kind: 'HAS_ACCOUNT', limit: maxPageSize } as const;
      const { items } = await dependencies.store.edgesOf(scope, query);
      return items.some(({ edge }) => accounts.has(edge.to));
    });
}

async function assignmentTest(dependencies: IdentityDependencies, scope: ReadScope, role: NodeId): Promise<Test> {
  const holders = await collectEnds(dependencies, scope, role, 'ASSIGNED');
  const open = [...(await openNodes(dependencies.store, scope, holders)).values()];
  const groups = open.flatMap(({ node }) => (node.kind === 'Group' ? [node] : []));
  const everyone = groups.flatMap((group) => (group.everyone ? [group.tenant] : []));
  const throughGroups = await collectAccounts(
    dependencies,
    scope,
    groups.map(({ id }) => id),
    false,
  );
  const direct = new Set(holders);
  return (identities) =>
    testEach(identities, async ({ node }) => {
      if (direct.has(node.id) || everyone.includes(node.tenant)) return true;
      const query = { node: node.id, end: 'from', kind: 'HAS_ACCOUNT', limit: maxPageSize } as const;
      const { items } = await dependencies.store.edgesOf(scope, query);
      return items.some(({ edge }) => direct.has(edge.to) || throughGroups.has(edge.to));
    });
}

/** Everything that the groups list, themselves or through groups within them; group ids are among them. */
async function collectAccounts(
  dependencies: IdentityDependencies,
  scope: ReadScope,
  groups: readonly NodeId[],
  direct: boolean,
): Promise<ReadonlySet<NodeId>> {
  const members = new Set<NodeId>();
  const waiting = [...groups];
  for (let group = waiting.pop(); group !== undefined; group = waiting.pop()) {
    const added = (await collectEnds(dependencies, scope, group, 'MEMBER_OF')).filter((member) => !members.has(member));
    for (const member of added) members.add(member);
    requireBudget(members.size, dependencies);
    if (direct) continue;
    for (const { node } of (await openNodes(dependencies.store, scope, added)).values())
      if (node.kind === 'Group') waiting.push(node.id);
  }
  return members;
}

/** The nodes from which edges of the kind lead to the node. */
async function collectEnds(
  dependencies: IdentityDependencies,
  scope: ReadScope,
  node: NodeId,
  kind: 'MEMBER_OF' | 'ASSIGNED',
): Promise<readonly NodeId[]> {
  const ends: NodeId[] = [];
  for await (const { edge } of allEdges(dependencies.store, scope, { node, end: 'to', kind })) {
    ends.push(edge.from);
    requireBudget(ends.length, dependencies);
  }
  return ends;
}

function requireBudget(read: number, { limits }: Pick<ListDependencies, 'limits'>): void {
  if (read > limits.SCAN_BUDGET_NODES)
    throw new GraphError(
      'TOO_MANY',
      `the filter reads more than ${limits.SCAN_BUDGET_NODES} members; name a smaller one`,
      {
        limit: 'SCAN_BUDGET_NODES',
      },
    );
}
