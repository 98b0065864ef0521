import type { IncompleteReason } from '../../graph/decision.js';
import type { SummaryAnswer, SummaryQuestion, TierCount } from '../access-engine.js';
import type { AccessGraph } from './access-graph.js';
import { getIdentity, isSeen } from './asked-nodes.js';
import { listAssumed } from './assumed-listing.js';
import { touchesImport } from './importing.js';
import { type Listing, type ListingQuestion, listEffective } from './permission-listing.js';
import { decisionNumber, isCovering } from './permission-rows.js';
import { ORIGIN } from './row-details.js';
import type { Scratch } from './scratch.js';
import { listStanding, rowKey } from './standing-rows.js';
import { crossingRows } from './tenant-crossing.js';

/** Tiers up to this one are privileged. */
const privilegedTier = 1;

/** One row that covers. */
interface Covering {
  readonly permission: number;
  readonly scope: number;
  readonly tier: number;
  readonly depth: number;
  readonly origins: number;
}

/** @throws GraphError NOT_FOUND */
export function summarizeAccess(
  graph: AccessGraph,
  scratch: Scratch,
  { identity: id, visible }: SummaryQuestion,
): Omit<SummaryAnswer, 'asOf'> {
  const asked = { graph, scratch, context: undefined, identity: getIdentity(graph, id, visible) };
  const effective = listEffective(asked);
  const unknown = effective.rows.decisions.includes(decisionNumber.UNKNOWN);
  const own = coveringRows(asked, effective);
  const viaAssume = assumedRows(asked);
  const seen = (row: Covering) => isSeen(graph, graph.resources.tenants[row.scope]!, visible);
  const shown = visible ? { own: own.filter(seen), viaAssume: viaAssume.filter(seen) } : { own, viaAssume };
  const isHidden = shown.own.length < own.length || shown.viaAssume.length < viaAssume.length;
  const importing = effective.reached.some((reached) => touchesImport(graph, reached));
  const reasons: IncompleteReason[] = [
    ...(isHidden ? ['REDACTED' as const] : []),
    ...(unknown ? ['UNKNOWN_STATE' as const] : []),
    ...(importing ? ['IMPORTING' as const] : []),
  ];
  return {
    tiers: [0, 1, 2, 3].map((tier) => tierCount(tier, shown.own, shown.viaAssume)),
    ...(!isHidden && countsOf(asked, effective, own)),
    completeness: { complete: reasons.length === 0, reasons },
  };
}

function assumedRows(asked: ListingQuestion): readonly Covering[] {
  const assumed = listAssumed(asked);
  if (assumed === undefined) return [];
  return coveringRows(asked, assumed).filter((row) => row.origins & ORIGIN.VIA_ASSUME);
}

function countsOf(asked: ListingQuestion, effective: Listing, own: readonly Covering[]) {
  const { graph } = asked;
  const privileged = own.filter((row) => row.tier <= privilegedTier);
  const [reached] = effective.reached;
  const crossing = crossingRows(graph, reached!.reach);
  return {
    total: distinct(own),
    privilegedInherited: distinct(privileged.filter((row) => row.origins & ORIGIN.INHERITED)),
    crossTenant: distinct(own.filter((row) => crossing.has(rowKey(row.permission, row.scope)))),
    ...(privileged.length > 0 && { leastDepthToPrivileged: leastDepth(privileged) }),
    latent: distinct(coveringRows(asked, listStanding(asked, 'LATENT'))),
    eligible: distinct(coveringRows(asked, listStanding(asked, 'ELIGIBLE'))),
  };
}

function tierCount(tier: number, own: readonly Covering[], viaAssume: readonly Covering[]): TierCount {
  const rows = own.filter((row) => row.tier === tier);
  const direct = distinct(rows.filter((row) => row.origins & ORIGIN.DIRECT));
  return {
    tier,
    direct,
    inherited: distinct(rows.filter((row) => row.origins & ORIGIN.INHERITED)),
    inheritedOnly: distinct(rows) - direct,
    viaAssume: distinct(viaAssume.filter((row) => row.tier === tier)),
  };
}

function coveringRows({ graph }: ListingQuestion, { rows, details }: Listing): readonly Covering[] {
  const covering: number[] = [];
  for (let row = 0; row < rows.count; row++) if (isCovering(rows.decisions[row]!)) covering.push(row);
  const found = covering.map((row) => ({
    permission: rows.permissions[row]!,
    scope: rows.scopes[row]!,
    tier: graph.permissions.tiers[rows.permissions[row]!]!,
    depth: rows.depths[row]!,
  }));
  return details(covering).map((detail, place) => ({ ...found[place]!, origins: detail.origins }));
}

/** There can be more rows than a call can have arguments. */
const leastDepth = (rows: readonly Covering[]) =>
  rows.reduce((least, row) => Math.min(least, row.depth), Number.POSITIVE_INFINITY);
const distinct = (rows: readonly Covering[]) => new Set(rows.map((row) => row.permission)).size;
