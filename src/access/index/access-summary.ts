import type { IncompleteReason } from '../../graph/decision.js';
import type { SummaryAnswer, SummaryQuestion, TierCount } from '../access-engine.js';
import type { AccessGraph } from './access-graph.js';
import { getIdentity, isSeen } from './asked-nodes.js';
import { listAssumed } from './assumed-listing.js';
import { type CoveredPermissions, findCovered } from './covered-permissions.js';
import { touchesImport } from './importing.js';
import { type Listing, type ListingQuestion, listEffective } from './permission-listing.js';
import { decisionNumber, isCovering, type PermissionRows } from './permission-rows.js';
import { ORIGIN } from './row-details.js';
import type { Scratch } from './scratch.js';
import { listStanding } from './standing-rows.js';
import { crossingPermissions } from './tenant-crossing.js';

/** Tiers up to this one are privileged. */
const privilegedTier = 1;

/** @throws GraphError NOT_FOUND */
export function summarizeAccess(
  graph: AccessGraph,
  scratch: Scratch,
  { identity: id, visible }: SummaryQuestion,
): Omit<SummaryAnswer, 'asOf'> {
  const asked = { graph, scratch, context: undefined, identity: getIdentity(graph, id, visible) };
  const sees = (scope: number) => isSeen(graph, graph.resources.tenants[scope]!, visible);
  const effective = listEffective(asked);
  const unknown = effective.rows.decisions.includes(decisionNumber.UNKNOWN);
  const depth = leastDepthToPrivileged(graph, effective.rows);
  const own = findCovered(asked, effective, sees);
  // INVARIANT: what else is searched takes the scratch space, so that the effective rows are read by now.
  const viaAssume = assumedPermissions(asked, sees);
  const isHidden = own.isHidden || viaAssume.isHidden;
  const importing = effective.reached.some((reached) => touchesImport(graph, reached));
  const tiers = countTiers(graph, own, viaAssume.permissions);
  const counts = {
    total: own.permissions.length,
    privilegedInherited: tiers.reduce((sum, { tier, inherited }) => sum + (tier <= privilegedTier ? inherited : 0), 0),
    crossTenant: crossingPermissions(graph, effective.reached[0]!.reach, own.covers).size,
    ...(depth !== undefined && { leastDepthToPrivileged: depth }),
  };
  const latent = isHidden ? undefined : countCovered(listStanding(asked, 'LATENT'), sees);
  const eligible = isHidden ? undefined : countCovered(listStanding(asked, 'ELIGIBLE'), sees);
  const reasons: IncompleteReason[] = [
    ...(latent === undefined || eligible === undefined ? ['REDACTED' as const] : []),
    ...(unknown ? ['UNKNOWN_STATE' as const] : []),
    ...(importing ? ['IMPORTING' as const] : []),
  ];
  return {
    tiers: isHidden ? tiers.map(({ tier }) => ({ tier })) : tiers,
    ...(!isHidden && counts),
    ...(latent !== undefined && { latent }),
    ...(eligible !== undefined && { eligible }),
    completeness: { complete: reasons.length === 0, reasons },
  };
}

function countTiers(
  { permissions: { tiers } }: AccessGraph,
  { permissions, origins }: CoveredPermissions,
  viaAssume: ReadonlySet<number>,
): readonly Required<TierCount>[] {
  const counts = [0, 1, 2, 3].map((tier) => ({ tier, direct: 0, inherited: 0, inheritedOnly: 0, viaAssume: 0 }));
  for (let place = 0; place < permissions.length; place++) {
    const count = counts[tiers[permissions[place]!]!]!;
    if (origins[place]! & ORIGIN.DIRECT) count.direct++;
    else count.inheritedOnly++;
    if (origins[place]! & ORIGIN.INHERITED) count.inherited++;
  }
  for (const permission of viaAssume) counts[tiers[permission]!]!.viaAssume++;
  return counts;
}

/** Permissions of what somebody else gives whom the identity can act as. */
function assumedPermissions(asked: ListingQuestion, sees: (scope: number) => boolean) {
  const permissions = new Set<number>();
  let isHidden = false;
  const assumed = listAssumed(asked);
  const covering = assumed ? coveringRows(assumed.rows) : [];
  const details = assumed?.details(covering) ?? [];
  for (const [place, row] of covering.entries()) {
    if (!(details[place]!.origins & ORIGIN.VIA_ASSUME)) continue;
    if (sees(assumed!.rows.scopes[row]!)) permissions.add(assumed!.rows.permissions[row]!);
    else isHidden = true;
  }
  return { permissions, isHidden };
}

/** Edges of the shortest allow path; absent: there is no privileged row that covers. */
function leastDepthToPrivileged({ permissions: { tiers } }: AccessGraph, rows: PermissionRows): number | undefined {
  let least: number | undefined;
  for (let row = 0; row < rows.count; row++) {
    if (tiers[rows.permissions[row]!]! > privilegedTier || !isCovering(rows.decisions[row]!)) continue;
    if (least === undefined || rows.depths[row]! < least) least = rows.depths[row]!;
  }
  return least;
}

/** Absent: some row covers at a scope that is not seen. */
function countCovered({ rows }: Listing, sees: (scope: number) => boolean): number | undefined {
  const covering = coveringRows(rows);
  if (!covering.every((row) => sees(rows.scopes[row]!))) return undefined;
  return new Set(covering.map((row) => rows.permissions[row]!)).size;
}

function coveringRows({ count, decisions }: PermissionRows): readonly number[] {
  const covering: number[] = [];
  for (let row = 0; row < count; row++) if (isCovering(decisions[row]!)) covering.push(row);
  return covering;
}
