import { covers } from '../../graph/decision.js';
import { groupedBy } from '../../kernel/grouped-by.js';
import { type Hit, type IdentityFacts, isNonHuman, type PrivilegedRow, type Rule } from '../rule.js';
import { leastScore } from '../severity.js';

const thresholds = { tierAtMost: 1 } as const;

/**
 * A non-human identity holds, through groups or inherited roles, a permission of tier 0 or 1 that it is not known to
 * need. Without a baseline of what it needs nobody can say so for certain: the hit is then undecided, and is shown as such.
 * One hit an application and tenant; it is divided by bringing edge when its evidence is collected.
 */
export const nhiInheritsPrivilegedRole: Rule = {
  id: 'nhi-inherits-privileged-role',
  title: 'Service account inherits privileged access through group nesting',
  version: 1,
  controls: ['OWASP NHI5', 'CSF PR.AA-05', '800-53 AC-6', '800-53 AC-6(5)', '800-53 AC-2(7)', 'ISO 5.15', 'ISO 8.2'],
  thresholds,
  byBringingEdge: true,
  floor: (tier) => (tier === 0 ? leastScore.HIGH : leastScore.LOW),
  evaluate: (facts) => (isNonHuman(facts) ? hitsOf(facts) : []),
};

function hitsOf(facts: IdentityFacts): readonly Hit[] {
  const inherited = facts.privileged.filter(isInheritedPrivilege);
  const groups = groupedBy(inherited, ({ permission, tenant }) => `${permission.application}/${tenant}`);
  return [...groups.values()].map((rows) => toHit(facts, rows));
}

function isInheritedPrivilege({ row, permission }: PrivilegedRow): boolean {
  return permission.tier <= thresholds.tierAtMost && row.origins.includes('INHERITED') && covers(row.decision);
}

function toHit(facts: IdentityFacts, rows: readonly PrivilegedRow[]): Hit {
  return {
    facts,
    rows,
    verdict: 'UNDECIDED',
    undecidedReason: 'no baseline says what the identity needs',
    grade: 'INFERRED',
    message: 'inherits privileged permissions; remove the bringing edge, or assign a narrower role directly',
    tier: thresholds.tierAtMost,
  };
}
