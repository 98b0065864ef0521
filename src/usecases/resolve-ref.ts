import { asNodeId, isIdSyntax, type NodeId } from '../graph/ids.js';
import { fieldKey } from '../graph/indexed-fields.js';
import type { IdentityNode, NodeKind, NodeOf, NodeVersion } from '../graph/node.js';
import { parseRef, type Ref } from '../graph/ref.js';
import { GraphError } from '../kernel/errors.js';
import type { GraphStore, ReadScope } from '../store/graph-store.js';

export type RefStore = Pick<GraphStore, 'nodesByIds' | 'find' | 'edgesOf'>;

export interface RefQuestion<Kind extends NodeKind> {
  /** An id or a printed name. */
  readonly ref: string;
  /** Which argument it was given as, for errors. */
  readonly argument: string;
  /** What may be meant. `Identity` also by the name of one of its accounts. */
  readonly kinds: readonly Kind[];
}

/**
 * The one node that is meant. A name that differs in letter case only gives way to one that does not. A joined identity
 * leads to the one it joined.
 * @throws GraphError NOT_FOUND, alike for what is absent, malformed or outside the scope; AMBIGUOUS with ids as candidates
 */
export async function resolveRef<Kind extends NodeKind>(
  store: RefStore,
  scope: ReadScope,
  { ref, argument, kinds }: RefQuestion<Kind>,
): Promise<NodeVersion<NodeOf<Kind>>> {
  const wanted = (version: NodeVersion): version is NodeVersion<NodeOf<Kind>> =>
    (kinds as readonly NodeKind[]).includes(version.node.kind);
  const byId = isIdSyntax(ref)
    ? await followJoin(store, scope, await findById(store, scope, asNodeId(ref)))
    : undefined;
  if (byId !== undefined && wanted(byId)) return byId;
  const named = (await findNamed(store, scope, parse({ ref, argument, kinds }), kinds)).filter(wanted);
  const [only, ...others] = preferExact(named, ref);
  if (only === undefined) throw notFound({ ref, argument, kinds });
  if (others.length === 0) return only;
  const candidates = [only, ...others].map((each) => each.node.id).sort();
  throw new GraphError('AMBIGUOUS', `\`${ref}\` names ${candidates.length} things; give the id of one of them`, {
    argument,
    candidates,
  });
}

/** What a caller is told of a node that is absent, hidden or of another kind: nothing tells the three apart. */
export function notFound({ ref, argument, kinds }: RefQuestion<NodeKind>): GraphError {
  const [last = '', ...others] = kinds.map((kind) => kind.toLowerCase()).reverse();
  const wanted = others.length === 0 ? last : `${others.reverse().join(', ')} or ${last}`;
  return new GraphError('NOT_FOUND', `\`${ref}\` names no ${wanted} that you may see; check its spelling`, {
    argument,
  });
}

function parse(question: RefQuestion<NodeKind>): Ref {
  try {
    return parseRef(question.ref);
  } catch (error) {
    if (error instanceof GraphError) throw notFound(question);
    throw error;
  }
}

async function findById(store: RefStore, scope: ReadScope, id: NodeId): Promise<NodeVersion | undefined> {
  return (await store.nodesByIds(scope, [id]))[0];
}

async function followJoin(store: RefStore, scope: ReadScope, version: NodeVersion | undefined) {
  const joinedTo = version?.node.kind === 'Identity' ? version.node.joinedTo : undefined;
  return joinedTo === undefined ? version : findById(store, scope, joinedTo);
}

async function findNamed(
  store: RefStore,
  scope: ReadScope,
  ref: Ref,
  kinds: readonly NodeKind[],
): Promise<readonly NodeVersion[]> {
  const find = (kind: NodeKind, field: string, within: string, value: string) =>
    kinds.includes(kind) ? store.find(scope, fieldKey(kind, field, within, value)) : Promise.resolve([]);
  switch (ref.kind) {
    case 'named':
      return [...(await find('Tenant', 'slug', '', ref.slug)), ...(await find('Application', 'slug', '', ref.slug))];
    case 'source':
      return kinds.includes('Source') ? toList(await findSource(store, scope, ref.tenant, ref.source)) : [];
    case 'identity': {
      const tenant = await findSlug(store, scope, 'Tenant', '', ref.tenant);
      const found = tenant === undefined ? [] : await find('Identity', 'name', tenant, ref.name);
      return found.filter((version) => (version.node as IdentityNode).joinedTo === undefined);
    }
    case 'principal':
      return findPrincipals(store, scope, ref, kinds);
    case 'catalogued': {
      const application = await findSlug(store, scope, 'Application', '', ref.application);
      const tenant = ref.tenant === undefined ? '' : await findSlug(store, scope, 'Tenant', '', ref.tenant);
      if (application === undefined || tenant === undefined) return [];
      const roles = await find('Role', 'name', `${application}/${tenant}`, ref.name);
      return tenant === '' ? [...roles, ...(await find('Permission', 'action', application, ref.name))] : roles;
    }
    case 'resource': {
      const application = await findSlug(store, scope, 'Application', '', ref.application);
      const tenant = await findSlug(store, scope, 'Tenant', '', ref.tenant);
      if (application === undefined || tenant === undefined) return [];
      return find('Resource', 'path', `${application}/${tenant}`, ref.path);
    }
  }
}

async function findPrincipals(
  store: RefStore,
  scope: ReadScope,
  ref: Extract<Ref, { kind: 'principal' }>,
  kinds: readonly NodeKind[],
): Promise<readonly NodeVersion[]> {
  const source = await findSource(store, scope, ref.tenant, ref.source);
  if (source === undefined) return [];
  const found: NodeVersion[] = [];
  if (kinds.includes('Group'))
    found.push(...(await store.find(scope, fieldKey('Group', 'displayName', source.node.id, ref.name))));
  if (!kinds.includes('Account') && !kinds.includes('Identity')) return found;
  for (const account of await store.find(scope, fieldKey('Account', 'userName', source.node.id, ref.name))) {
    const identity = kinds.includes('Account') ? undefined : await findIdentityOf(store, scope, account.node.id);
    found.push(identity ?? account);
  }
  return found;
}

async function findIdentityOf(store: RefStore, scope: ReadScope, account: NodeId): Promise<NodeVersion | undefined> {
  const { items } = await store.edgesOf(scope, { node: account, end: 'to', kind: 'HAS_ACCOUNT', limit: 1 });
  return items[0] && findById(store, scope, items[0].edge.from);
}

async function findSource(store: RefStore, scope: ReadScope, tenant: string, source: string) {
  const id = await findSlug(store, scope, 'Tenant', '', tenant);
  return id === undefined ? undefined : (await store.find(scope, fieldKey('Source', 'slug', id, source)))[0];
}

async function findSlug(store: RefStore, scope: ReadScope, kind: NodeKind, within: string, slug: string) {
  return (await store.find(scope, fieldKey(kind, 'slug', within, slug)))[0]?.node.id;
}

/** Of names that fold alike, those spelled as asked, where there are any. */
function preferExact<Version extends NodeVersion>(found: readonly Version[], ref: string): readonly Version[] {
  const exact = found.filter((version) => ref.endsWith(nameOf(version)));
  return exact.length > 0 ? exact : found;
}

function nameOf({ node }: NodeVersion): string {
  switch (node.kind) {
    case 'Identity':
    case 'Role':
      return node.name;
    case 'Group':
      return node.displayName;
    case 'Permission':
      return node.action;
    default:
      return '';
  }
}

const toList = <Item>(item: Item | undefined): readonly Item[] => (item === undefined ? [] : [item]);
