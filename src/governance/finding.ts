import { type EdgeId, hashOf, type NodeId } from '../graph/ids.js';
import type { IdentityType } from '../graph/node.js';
import type { Instant } from '../kernel/clock.js';
import { groupedBy } from '../kernel/grouped-by.js';
import type { Hit, PrivilegedRow, Rule } from './rule.js';
import { type Factor, type Severity, scoreOf } from './severity.js';

/** Access that should not be, as one scan found it. */
export interface Finding {
  /** The same over all scans as long as rule, identity, application, tenant and bringing edge are. */
  readonly fingerprint: string;
  readonly rule: string;
  readonly identity: NodeId;
  readonly identityType: IdentityType;
  /** Where the identity belongs. */
  readonly tenant: NodeId;
  /** Of the permissions; absent: the finding is about the identity as a whole. */
  readonly application?: NodeId;
  readonly verdict: Hit['verdict'];
  readonly undecidedReason?: string;
  readonly grade: Hit['grade'];
  readonly score: number;
  /** What the rule gives at least for that tier; absent: it was stored before this was told. */
  readonly floor?: number;
  readonly severity: Severity;
  readonly factors: readonly Factor[];
  readonly message: string;
  readonly thresholds: Readonly<Record<string, number>>;
  /** By id. */
  readonly permissions: readonly NodeId[];
  readonly bringingEdge?: EdgeId;
  readonly openedAt: Instant;
  /** Absent: it is open. */
  readonly resolvedAt?: Instant;
}

/**
 * A hit as findings: one for each edge that brings some of its rows, where the rule asks for that.
 * @param bringing the bringing edge of a row's shortest inherited path; absent: none is known
 */
export function toFindings(
  rule: Rule,
  hit: Hit,
  bringing: (row: PrivilegedRow) => EdgeId | undefined,
  openedAt: Instant,
): readonly Finding[] {
  if (!rule.byBringingEdge) return [toFinding(rule, hit, {}, openedAt)];
  return [...groupedBy(hit.rows, bringing)].map(([edge, rows]) => {
    const [first] = rows;
    const about = { ...(first && { application: first.permission.application, reached: first.tenant }) };
    return toFinding(rule, { ...hit, rows }, { ...about, ...(edge !== undefined && { bringingEdge: edge }) }, openedAt);
  });
}

/** What a finding of a divided hit is about; `reached`: where the scope belongs. */
interface About {
  readonly application?: NodeId;
  readonly reached?: NodeId;
  readonly bringingEdge?: EdgeId;
}

function toFinding(rule: Rule, hit: Hit, { application, reached, bringingEdge }: About, openedAt: Instant): Finding {
  const { identity } = hit.facts;
  const tier = Math.min(hit.tier, ...hit.rows.map(({ permission }) => permission.tier));
  return {
    fingerprint: hashOf('finding', rule.id, identity.id, application, reached, bringingEdge),
    rule: rule.id,
    identity: identity.id,
    identityType: identity.type,
    tenant: identity.tenant,
    ...(application !== undefined && { application }),
    verdict: hit.verdict,
    ...(hit.undecidedReason !== undefined && { undecidedReason: hit.undecidedReason }),
    grade: hit.grade,
    ...scoreOf({ ...hit, tier }, rule.floor(tier)),
    message: hit.message,
    thresholds: rule.thresholds,
    permissions: [...new Set(hit.rows.map(({ permission }) => permission.id))].sort(),
    ...(bringingEdge !== undefined && { bringingEdge }),
    openedAt,
  };
}
