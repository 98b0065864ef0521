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
import { pairOf } from './pair.js';
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
  /** Of all pages, in no order. */
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
  const all = [...findings.values()].filter((finding) => maySee(caller, finding.tenant) && fits(finding));
  const rank = RANKS[orderBy];
  const last = from && parsePlace(from.next);
  const left = last === undefined ? all : all.filter((finding) => compare(placeOf(finding, rank), last) > 0);
  const items = least(left, first + 1, rank);
  const isMore = items.length > first;
  if (isMore) items.pop();
  const end = items.at(-1);
  return {
    items,
    all,
    ...(isMore &&
      end && { endCursor: cursors.print(question, { next: printPlace(placeOf(end, rank)), pair: pairOf(asOf) }) }),
    hasPreviousPage: from !== undefined,
    asOf,
    completeness,
  };
}

/** Gravest first; oldest first. */
const RANKS: Readonly<Record<'SEVERITY' | 'OPENED_AT', (finding: Finding) => number>> = {
  SEVERITY: ({ score }) => -score,
  OPENED_AT: ({ openedAt }) => openedAt,
};

/** By rank, then by fingerprint. */
interface Place {
  readonly rank: number;
  readonly fingerprint: string;
}

const placeOf = (finding: Finding, rank: (finding: Finding) => number): Place => ({
  rank: rank(finding),
  fingerprint: finding.fingerprint,
});
const printPlace = ({ rank, fingerprint }: Place): string => `${rank} ${fingerprint}`;

function parsePlace(text: string): Place {
  const [rank, fingerprint = ''] = text.split(' ');
  return { rank: Number(rank), fingerprint };
}

function compare(a: Place, b: Place): number {
  if (a.rank !== b.rank) return a.rank - b.rank;
  return a.fingerprint < b.fingerprint ? -1 : Number(a.fingerprint > b.fingerprint);
}

/** The first so many in order, without ordering the others: there can be very many. */
function least(findings: readonly Finding[], count: number, rank: (finding: Finding) => number): Finding[] {
  const chosen: { readonly place: Place; readonly finding: Finding }[] = [];
  for (const finding of findings) {
    // Nearly all go no further than this.
    if (chosen.length === count && rank(finding) > chosen[count - 1]!.place.rank) continue;
    const place = placeOf(finding, rank);
    if (chosen.length === count && compare(place, chosen[count - 1]!.place) > 0) continue;
    let [low, high] = [0, chosen.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(chosen[middle]!.place, place) <= 0) low = middle + 1;
      else high = middle;
    }
    chosen.splice(low, 0, { place, finding });
    if (chosen.length > count) chosen.pop();
  }
  return chosen.map(({ finding }) => finding);
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
