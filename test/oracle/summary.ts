import type { PermissionRow, SummaryAnswer, TierCount } from '../../src/access/access-engine.js';
import type { NodeId } from '../../src/graph/ids.js';
import { crossingKeys } from './crossings.js';
import { isCovering } from './decision-table.js';
import type { Moment } from './moment.js';
import { isVisible, type Visible } from './path-answers.js';
import { rowsOf } from './rows.js';

export type Summary = Omit<SummaryAnswer, 'asOf' | 'completeness'>;
type Counts = Required<Omit<Summary, 'tiers' | 'leastDepthToPrivileged'>> &
  Pick<Summary, 'leastDepthToPrivileged'> & { readonly tiers: readonly Required<TierCount>[] };

/** Counts of distinct permissions with a covering row; none of a standing where one of its rows covers at a scope that is not seen. */
export function summaryOf(moment: Moment, identity: NodeId, visible: Visible): Summary {
  const asked = { moment, context: {}, identity, includeAssume: true };
  const covering = rowsOf(asked, 'EFFECTIVE').filter((row) => isCovering(row.decision));
  const isHidden = covering.some((row) => !isVisible(moment, row.scope, visible));
  if (isHidden) return { tiers: [0, 1, 2, 3].map((tier) => ({ tier })) };
  const { latent, eligible, ...counts } = countsOf(moment, identity);
  const sees = (standing: 'LATENT' | 'ELIGIBLE') =>
    rowsOf({ moment, context: {}, identity }, standing).every(
      (row) => !isCovering(row.decision) || isVisible(moment, row.scope, visible),
    );
  return { ...counts, ...(sees('LATENT') && { latent }), ...(sees('ELIGIBLE') && { eligible }) };
}

function countsOf(moment: Moment, identity: NodeId): Counts {
  const asked = { moment, context: {}, identity };
  const covering = (rows: readonly PermissionRow[]) => rows.filter((row) => isCovering(row.decision));
  const own = covering(rowsOf(asked, 'EFFECTIVE'));
  const viaAssume = covering(rowsOf({ ...asked, includeAssume: true }, 'EFFECTIVE')).filter((row) =>
    row.origins.includes('VIA_ASSUME'),
  );
  const tierOf = (row: PermissionRow) => moment.find('Permission', row.permission)?.tier ?? 3;
  const inherited = own.filter((row) => row.origins.includes('INHERITED'));
  const direct = own.filter((row) => row.origins.includes('DIRECT'));
  const privileged = own.filter((row) => tierOf(row) <= 1);
  const crossing = crossingKeys(moment, identity);
  return {
    total: distinct(own),
    tiers: [0, 1, 2, 3].map((tier) => {
      const inTier = (rows: readonly PermissionRow[]) => rows.filter((row) => tierOf(row) === tier);
      return {
        tier,
        direct: distinct(inTier(direct)),
        inherited: distinct(inTier(inherited)),
        inheritedOnly: distinct(inTier(own)) - distinct(inTier(direct)),
        viaAssume: distinct(inTier(viaAssume)),
      };
    }),
    privilegedInherited: distinct(inherited.filter((row) => tierOf(row) <= 1)),
    crossTenant: distinct(own.filter((row) => crossing.has(`${row.permission} ${row.scope}`))),
    ...(privileged.length > 0 ? { leastDepthToPrivileged: Math.min(...privileged.map((row) => row.leastDepth)) } : {}),
    latent: distinct(covering(rowsOf(asked, 'LATENT'))),
    eligible: distinct(covering(rowsOf(asked, 'ELIGIBLE'))),
  };
}

const distinct = (rows: readonly PermissionRow[]) => new Set(rows.map((row) => row.permission)).size;
