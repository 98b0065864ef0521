import type { NodeId } from '../graph/ids.js';
import type { Environment, NodeKind, NodeOf, PermissionClass } from '../graph/node.js';
import type { Where } from '../store/graph-store.js';
import type { Asking, PageRequest } from './answer-access.js';
import { readScopeOf } from './caller.js';
import { fieldIs, fieldIsAny, type ListDependencies, listNodes, type NodePage } from './list-nodes.js';
import { requireTier } from './require-within.js';
import { type RefStore, resolveRef } from './resolve-ref.js';

/** What is absent does not narrow; `tenant`, `source`, `application` are refs; `text` is part of a name. */
export interface BrowseFilter {
  readonly tenant?: string;
  readonly source?: string;
  readonly application?: string;
  readonly text?: string;
  readonly displayName?: string;
  readonly externalId?: string;
  readonly class?: readonly PermissionClass[];
  readonly tierAtMost?: number;
  readonly environment?: readonly Environment[];
}
export interface BrowseRequest<Kind extends BrowsedKind> {
  readonly kind: Kind;
  readonly filter: BrowseFilter;
  readonly page: PageRequest;
}
type BrowseDependencies = ListDependencies & { readonly store: ListDependencies['store'] & RefStore };

/** Kinds that are listed by a name of theirs, and that name's field. */
const names = {
  Tenant: 'slug',
  Source: 'slug',
  Group: 'displayName',
  Application: 'slug',
  Role: 'name',
  Permission: 'action',
  Resource: 'path',
} as const satisfies Partial<Record<NodeKind, string>>;
export type BrowsedKind = keyof typeof names;

/** Nodes of one kind by name, that the caller may see. Rejects as `resolveRef`. */
export async function browseNodes<Kind extends BrowsedKind>(
  dependencies: BrowseDependencies,
  asking: Asking,
  { kind, filter, page }: BrowseRequest<Kind>,
): Promise<NodePage<Kind>> {
  const by = names[kind];
  requireTier(filter.tierAtMost);
  const tenant = (await find(filter.tenant, 'tenant', 'Tenant'))?.id;
  const source = await find(filter.source, 'source', 'Source');
  const application = (await find(filter.application, 'application', 'Application'))?.id;
  // A source is of one tenant: of another it lists nothing.
  const contradicts = source !== undefined && tenant !== undefined && source.tenant !== tenant;
  return listNodes<Kind>(dependencies, asking, {
    name: `browse${kind}`,
    about: [filter],
    query: {
      kind,
      ...(tenant && { tenant }),
      ...(source && { source: source.id }),
      where: [...conditionsOf(kind, filter, application), ...(contradicts ? [nothing] : [])],
      order: { by },
    },
    page,
  });

  async function find<Wanted extends 'Tenant' | 'Source' | 'Application'>(
    ref: string | undefined,
    argument: string,
    wanted: Wanted,
  ): Promise<NodeOf<Wanted> | undefined> {
    if (ref === undefined) return undefined;
    const scope = readScopeOf(asking.caller);
    return (await resolveRef(dependencies.store, scope, { ref, argument, kinds: [wanted] })).node;
  }
}

function conditionsOf(kind: BrowsedKind, filter: BrowseFilter, application: NodeId | undefined): readonly Where[] {
  const { text, displayName, externalId, tierAtMost } = filter;
  const tiers =
    tierAtMost === undefined ? undefined : ['0', '1', '2', '3'].filter((tier) => Number(tier) <= tierAtMost);
  return [
    ...(application === undefined ? [] : [ofApplication(kind, application)]),
    ...(text === undefined ? [] : [fieldIs(kind, names[kind], text, { operator: 'CONTAINS' })]),
    ...(displayName === undefined ? [] : [fieldIs(kind, 'displayName', displayName)]),
    ...(externalId === undefined ? [] : [fieldIs(kind, 'externalId', externalId)]),
    ...(tiers === undefined ? [] : [anyOf(tiers.map((tier) => fieldIs(kind, 'tier', tier)))]),
    ...fieldIsAny(kind, 'class', filter.class),
    ...fieldIsAny(kind, 'environment', filter.environment),
  ];
}

const anyOf = (of: readonly Where[]): Where => ({ kind: 'or', of });
const nothing = anyOf([]);

/** Permissions are found by application through the scope of their names. */
function ofApplication(kind: BrowsedKind, application: NodeId): Where {
  if (kind === 'Permission') return { kind: 'present', field: 'action', scope: application };
  return fieldIs(kind, 'application', application);
}
