import type { AccessEngine, AsOf, Completeness } from '../access/access-engine.js';
import { fieldKey } from '../graph/indexed-fields.js';
import type { NodeKind, NodeOf, NodeVersion } from '../graph/node.js';
import type { Instant } from '../kernel/clock.js';
import type { Config } from '../kernel/config.js';
import {
  type FieldOperator,
  type GraphStore,
  maxPageSize,
  type NodeQuery,
  type ReadScope,
  type Where,
} from '../store/graph-store.js';
import type { Asking, PageRequest } from './answer-access.js';
import { readScopeOf } from './caller.js';
import type { PageCursors } from './page-cursor.js';

export interface ListDependencies {
  readonly store: Pick<GraphStore, 'list' | 'count'>;
  readonly engine: Pick<AccessEngine, 'revision'>;
  readonly cursors: PageCursors;
  readonly limits: Pick<Config, 'SCAN_BUDGET_NODES'>;
}

/**
 * A page of nodes as they are now. A later page goes on behind the last node, at the revision it is asked at and the
 * first page's instant.
 */
export interface NodePage<Kind extends NodeKind = NodeKind> {
  readonly items: readonly NodeVersion<NodeOf<Kind>>[];
  readonly endCursor?: string;
  readonly hasPreviousPage: boolean;
  /** Of all pages; `undefined`: unknown, since a condition without an index is not counted. */
  count(): Promise<number | undefined>;
  readonly asOf: AsOf;
  readonly completeness: Completeness;
}

export interface ListRequest<Kind extends NodeKind> {
  /** Names the question, with its arguments, so that a cursor serves no other. */
  readonly name: string;
  readonly about: readonly unknown[];
  readonly query: Pick<NodeQuery<Kind>, 'kind' | 'tenant' | 'source' | 'order'> & { readonly where?: readonly Where[] };
  /** Says of each node whether it belongs, asked as the page is; absent: all do. */
  readonly accepts?: (nodes: readonly NodeVersion<NodeOf<Kind>>[], asking: Asking) => Promise<Accepted>;
  readonly page: PageRequest;
}
/** What was said of some nodes. */
export interface Accepted {
  /** Of each, in their order. */
  readonly fits: readonly boolean[];
  /** The next instant at which that can change without a commit; absent: never. */
  readonly until?: Instant;
}

/**
 * Nodes that the caller may see. Where `accepts` refuses many, a page ends after `SCAN_BUDGET_NODES` nodes were read: it
 * is shorter than asked for, and has a next one.
 */
export async function listNodes<Kind extends NodeKind>(
  { store, engine, cursors, limits }: ListDependencies,
  asking: Asking,
  { name, about, query, accepts, page }: ListRequest<Kind>,
): Promise<NodePage<Kind>> {
  const { caller } = asking;
  const question = [name, about, caller.tenants];
  const first = cursors.parseFirst(page.first);
  const from = page.after === undefined ? undefined : cursors.parse(question, page.after);
  const pair = from?.pair ?? asking.pair;
  const scope = readScopeOf(caller);
  const { where: parts = [], ...rest } = query;
  const where: Where = { kind: 'and', of: parts };
  const items: NodeVersion<NodeOf<Kind>>[] = [];
  let after = from?.next;
  let read = 0;
  const judged: Accepted[] = [];
  const readPage = (limit: number) =>
    store.list(scope, { ...rest, where, limit, ...(after !== undefined && { after }) });
  const readFitting = async (limit: number) => {
    const found = await readPage(limit);
    const accepted = await accepts?.(found.items, { ...asking, pair });
    if (accepted) judged.push(accepted);
    return { found, fitting: found.items.filter((_, at) => accepted?.fits[at] ?? true) };
  };
  /** Ends in the midst of what was read: where the next page begins, the store says of one that ends there, if it still does. */
  const cutTo = async (missing: number, { found: whole, fitting }: Awaited<ReturnType<typeof readFitting>>) => {
    const last = fitting[missing - 1]!;
    const found = await readPage(whole.items.indexOf(last) + 1);
    const endsThere = found.items.at(-1)?.node.id === last.node.id;
    return endsThere ? { found, fitting: fitting.slice(0, missing) } : readFitting(missing);
  };
  do {
    const missing = first - items.length;
    // Where few fit, many are read at once; where most do, none is tested in vain.
    const left = Math.max(limits.SCAN_BUDGET_NODES - read, missing);
    const batch = await readFitting(Math.min(Math.max(missing, 3 * read), left, maxPageSize));
    const { found, fitting } = batch.fitting.length > missing ? await cutTo(missing, batch) : batch;
    items.push(...fitting);
    read += found.items.length;
    after = found.next;
  } while (after !== undefined && items.length < first && read < limits.SCAN_BUDGET_NODES);
  return {
    items,
    ...(after !== undefined && { endCursor: cursors.print(question, { next: after, pair }) }),
    hasPreviousPage: from !== undefined,
    count: async () => (accepts ? undefined : store.count(narrow(scope, query), { kind: query.kind, where })),
    asOf: { revision: engine.revision(), at: pair.at, ...untilOf(judged) },
    completeness: { complete: true, reasons: [] },
  };
}

/** The earliest of when parts can change; absent: never. */
export function untilOf(parts: readonly Pick<Accepted, 'until'>[]): Pick<Accepted, 'until'> {
  const instants = parts.flatMap(({ until }) => (until === undefined ? [] : [until]));
  return instants.length === 0 ? {} : { until: Math.min(...instants) };
}

/** A count takes no tenant and no source beside its scope, so the scope says it. What was asked about lies within the scope, a source within the tenant. */
function narrow(scope: ReadScope, { tenant, source }: Pick<NodeQuery, 'tenant' | 'source'>): ReadScope {
  if (source !== undefined) return { kind: 'source', source };
  return tenant === undefined ? scope : { kind: 'tenants', tenants: [tenant] };
}

/** A condition on one field of the table; the value is folded as the table says. */
export function fieldIs(
  kind: NodeKind,
  field: string,
  value: string,
  { operator = 'EQUALS', scope }: { readonly operator?: FieldOperator; readonly scope?: string } = {},
): Where {
  const key = fieldKey(kind, field, scope ?? '', value);
  return { kind: 'field', field, operator, value: key.value, ...(scope !== undefined && { scope }) };
}

/** Any one of the values, so that none of no values fits; absent: no condition. */
export function fieldIsAny(kind: NodeKind, field: string, values: readonly string[] | undefined): readonly Where[] {
  if (values === undefined) return [];
  return [{ kind: 'or', of: values.map((value) => fieldIs(kind, field, value)) }];
}
