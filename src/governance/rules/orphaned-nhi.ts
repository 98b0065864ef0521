import { type Hit, hasAccountableOwner, type IdentityFacts, isNonHuman, type Rule } from '../rule.js';
import { leastScore } from '../severity.js';

const thresholds = { tierAtMost: 1 } as const;

/** An active non-human identity for which no active person answers, directly or through a group with one in it. */
export const orphanedNhi: Rule = {
  id: 'orphaned-nhi',
  title: 'No accountable owner',
  version: 1,
  controls: ['OWASP NHI1', 'CSF PR.AA-01', '800-53 AC-2', 'ISO 5.16'],
  thresholds,
  byBringingEdge: false,
  floor: (tier) => (tier <= thresholds.tierAtMost ? leastScore.HIGH : leastScore.MEDIUM),
  evaluate: (facts) => (isOrphaned(facts) ? [toHit(facts)] : []),
};

function toHit(facts: IdentityFacts): Hit {
  return {
    facts,
    rows: facts.privileged,
    verdict: 'EXCESSIVE',
    grade: 'PROVED',
    message:
      facts.owners.length === 0
        ? 'has no owner; name one, or suspend it'
        : 'has owners, and none of them is an active person; name one, or suspend it',
    tier: facts.leastTier ?? 3,
  };
}

function isOrphaned(facts: IdentityFacts): boolean {
  return isNonHuman(facts) && facts.identity.state === 'ACTIVE' && !hasAccountableOwner(facts);
}
