import type { AsOf, Completeness } from '../access/access-engine.js';
import type { Finding } from '../governance/finding.js';
import { findRule, RULES } from '../governance/rule-catalogue.js';
import { leastScore, SEVERITIES, type Severity } from '../governance/severity.js';
import type { EdgeId, NodeId } from '../graph/ids.js';
import type { IdentityType } from '../graph/node.js';
import type { Instant } from '../kernel/clock.js';
import { GraphError } from '../kernel/errors.js';
import { groupedBy } from '../kernel/grouped-by.js';
import type { Asking, PageRequest } from './answer-access.js';
import { type Caller, maySee, readScopeOf } from './caller.js';
import type { PageCursors } from './page-cursor.js';
import { type RefStore, resolveRef } from './resolve-ref.js';
import type { ScanEstate } from './scan-estate.js';

export type FindingState = 'OPEN' | 'RESOLVED';
/** What is absent does not narrow; `tenant`, `identity`, `application` are refs. */
export interface FindingFilter {
  readonly tenant?: string;
  readonly rule?: readonly string[];
  readonly state?: readonly FindingState[];
  readonly verdict?: readonly Finding['verdict'][];
  readonly severityAtLeast?: Severity;
  readonly identity?: string;
  readonly identityType?: readonly IdentityType[];
  readonly application?: string;
  readonly bringingEdge?: string;
  readonly openedAfter?: Instant;
}
export interface FindingDependencies {
  readonly store: RefStore;
  readonly scanEstate: ScanEstate;
  readonly cursors: PageCursors;
}
export interface FindingPage {
  readonly items: readonly Finding[];
  /** Of all pages. */
  readonly all: readonly Finding[];
  readonly endCursor?: string;
  readonly hasPreviousPage: boolean;
  readonly asOf: AsOf;
  readonly completeness: Completeness;
}
/** What one edge brings. */
export interface BroughtBy {
  readonly edge: EdgeId;
  readonly findings: number;
  readonly identities: number;
  readonly worst: Severity;
}

export const stateOf = ({ resolvedAt }: Finding): FindingState => (resolvedAt === undefined ? 'OPEN' : 'RESOLVED');

/** Findings of tenants that the caller may see. A later page goes on behind the last finding, in the scan of then. */
export async function listFindings(
  { store, scanEstate, cursors }: FindingDependencies,
  { caller, signal, atLeast }: Pick<Asking, 'caller' | 'signal' | 'atLeast'>,
  {
    filter,
    orderBy,
    page,
  }: { readonly filter: FindingFilter; readonly orderBy: 'SEVERITY' | 'OPENED_AT'; readonly page: PageRequest },
): Promise<FindingPage> {
  const question = ['findings', [filter, orderBy], caller.tenants];
  const first = cursors.parseFirst(page.first);
  const from = page.after === undefined ? undefined : cursors.parse(question, page.after);
  const fits = await createTest(store, caller, filter);
  const { asOf, completeness, findings } = await scanEstate({ signal, ...(atLeast !== undefined && { atLeast }) });
  const order = ORDERS[orderBy];
  const all = sorted(findings, order).filter((finding) => maySee(caller, finding.tenant) && fits(finding));
  const start = from === undefined ? 0 : firstAfter(all, order, from.next);
  const items = all.slice(start, start + first);
  const last = items.at(-1);
  const isMore = start + items.length < all.length;
  return {
    items,
    all,
    ...(isMore && last && { endCursor: cursors.print(question, { next: order.key(last), at: asOf.at }) }),
    hasPreviousPage: from !== undefined,
    asOf,
    completeness,
  };
}

interface Order {
  /** Orders as text what `value`, then the fingerprint, order. */
  key(finding: Finding): string;
  value(finding: Finding): number;
}
/** Gravest first; oldest first. */
const ORDERS: Readonly<Record<'SEVERITY' | 'OPENED_AT', Order>> = {
  SEVERITY: {
    key: ({ score, fingerprint }) => `${String(100 - score).padStart(3, '0')} ${fingerprint}`,
    value: ({ score }) => -score,
  },
  OPENED_AT: {
    key: ({ openedAt, fingerprint }) => `${String(openedAt).padStart(16, '0')} ${fingerprint}`,
    value: ({ openedAt }) => openedAt,
  },
};

type Findings = ReadonlyMap<string, Finding>;
/** The findings of a scan in each order that was asked for: there can be very many, and a scan is asked often. */
const orders = new WeakMap<Findings, Map<Order, readonly Finding[]>>();

function sorted(findings: Findings, order: Order): readonly Finding[] {
  const known = orders.get(findings) ?? new Map<Order, readonly Finding[]>();
  orders.set(findings, known);
  const inOrder = known.get(order) ?? [...findings.values()].sort(compareBy(order));
  known.set(order, inOrder);
  return inOrder;
}

const compareBy =
  ({ value }: Order) =>
  (a: Finding, b: Finding): number =>
    value(a) - value(b) || (a.fingerprint < b.fingerprint ? -1 : 1);

/** The place of the first whose key is greater; they are in order of their keys. */
function firstAfter(findings: readonly Finding[], { key }: Order, text: string): number {
  let low = 0;
  let high = findings.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (key(findings[middle]!) <= text) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Rejects as `resolveRef`. */
async function createTest(
  store: RefStore,
  caller: Caller,
  filter: FindingFilter,
): Promise<(finding: Finding) => boolean> {
  const { rule, state, verdict, severityAtLeast, identityType, bringingEdge, openedAfter } = filter;
  for (const id of rule ?? []) requireRule(id);
  const tenant = await find(filter.tenant, 'tenant', 'Tenant');
  const identity = await find(filter.identity, 'identity', 'Identity');
  const application = await find(filter.application, 'application', 'Application');
  return (each) =>
    (tenant === undefined || each.tenant === tenant) &&
    (identity === undefined || each.identity === identity) &&
    (application === undefined || each.application === application) &&
    (rule?.includes(each.rule) ?? true) &&
    (state?.includes(stateOf(each)) ?? true) &&
    (verdict?.includes(each.verdict) ?? true) &&
    (severityAtLeast === undefined || each.score >= leastScore[severityAtLeast]) &&
    (identityType?.includes(each.identityType) ?? true) &&
    (bringingEdge === undefined || each.bringingEdge === bringingEdge) &&
    (openedAfter === undefined || each.openedAt >= openedAfter);

  async function find(
    ref: string | undefined,
    argument: string,
    kind: 'Tenant' | 'Identity' | 'Application',
  ): Promise<NodeId | undefined> {
    if (ref === undefined) return undefined;
    return (await resolveRef(store, readScopeOf(caller), { ref, argument, kinds: [kind] })).node.id;
  }
}

/** @throws GraphError INVALID: a rule that is misspelt finds nothing, which would look safe */
function requireRule(id: string): void {
  if (findRule(id) !== undefined) return;
  const known = RULES.map((rule) => rule.id).join(', ');
  throw new GraphError('INVALID', `\`${id}\` is no rule; take some of ${known}`, { argument: 'rule' });
}

/** By its fingerprint; absent also where its tenant is not the caller's to see. */
export async function findFinding(
  { scanEstate }: Pick<FindingDependencies, 'scanEstate'>,
  caller: Caller,
  fingerprint: string,
): Promise<Finding | undefined> {
  const finding = (await scanEstate()).findings.get(fingerprint);
  return finding && maySee(caller, finding.tenant) ? finding : undefined;
}

/** The edges that bring most of the findings: most findings first, then by edge. */
export function countByBringingEdge(findings: readonly Finding[], first: number): readonly BroughtBy[] {
  const counts = new Map<EdgeId, number>();
  for (const { bringingEdge } of findings)
    if (bringingEdge !== undefined) counts.set(bringingEdge, (counts.get(bringingEdge) ?? 0) + 1);
  // There can be very many edges: only those are put in order that bring as many as the last that is told.
  const least = Uint32Array.from(counts.values()).sort().at(-first) ?? 0;
  const most = [...counts]
    .filter(([, count]) => count >= least)
    .sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1))
    .slice(0, first)
    .map(([edge]) => edge);
  const told = new Set(most);
  const brought = groupedBy(
    findings.filter(({ bringingEdge }) => bringingEdge !== undefined && told.has(bringingEdge)),
    ({ bringingEdge }) => bringingEdge!,
  );
  return most.map((edge) => toBroughtBy(edge, brought.get(edge)!));
}

function toBroughtBy(edge: EdgeId, brought: readonly Finding[]): BroughtBy {
  return {
    edge,
    findings: brought.length,
    identities: new Set(brought.map(({ identity }) => identity)).size,
    worst: SEVERITIES.find((severity) => brought.some((each) => each.severity === severity)) ?? 'LOW',
  };
}
