import type { Hit } from './rule.js';
import { hasAccountableOwner } from './rule.js';

export type Severity = 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL';
export interface Factor {
  readonly name: 'impact' | 'likelihood' | 'confidence';
  /** 0 to 1. */
  readonly value: number;
  readonly reason: string;
}
export interface Scored {
  /** 0 to 100. */
  readonly score: number;
  /** The least score that was possible. */
  readonly floor: number;
  readonly severity: Severity;
  /** Impact, likelihood, confidence. */
  readonly factors: readonly Factor[];
}

/** From the gravest to the least. */
export const SEVERITIES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'] as const satisfies readonly Severity[];
/** The least score of each. */
export const leastScore: Readonly<Record<Severity, number>> = { LOW: 0, MEDIUM: 25, HIGH: 50, CRITICAL: 75 };

/** One formula for all rules: round(100 × impact × likelihood × confidence), but not below the floor. */
export function scoreOf(hit: Hit, floor: number): Scored {
  const factors = [impactOf(hit), likelihoodOf(hit), confidenceOf(hit)];
  const product = factors.reduce((value, factor) => value * factor.value, 100);
  const score = Math.max(Math.round(product), floor);
  return { score, floor, severity: severityOf(score), factors };
}

export function severityOf(score: number): Severity {
  return SEVERITIES.find((severity) => score >= leastScore[severity]) ?? 'LOW';
}

const tierWeights = [1, 0.7, 0.4, 0.15];

function impactOf({ tier, rows, facts }: Hit): Factor {
  const base = tierWeights[tier] ?? 0.15;
  const elsewhere = new Set(rows.map((row) => row.tenant).filter((tenant) => tenant !== facts.identity.tenant)).size;
  const extra = Math.min(0.05 * elsewhere, 0.2);
  const reasons = [
    `tier ${tier} is ${base}`,
    ...(elsewhere > 0 ? [`${elsewhere} other tenant(s) add ${round(extra)}`] : []),
  ];
  return { name: 'impact', value: round(Math.min(base + extra, 1)), reason: reasons.join(', ') };
}

function likelihoodOf({ facts, rows }: Hit): Factor {
  const reasons = ['base is 0.6'];
  let value = 0.6;
  if (!hasAccountableOwner(facts)) {
    value += 0.1;
    reasons.push('no active owner adds 0.1');
  }
  const inProduction =
    facts.identity.environments?.includes('PROD') === true || rows.some(({ environment }) => environment === 'PROD');
  if (inProduction) {
    value += 0.05;
    reasons.push('production adds 0.05');
  }
  return { name: 'likelihood', value: round(Math.min(value, 1)), reason: reasons.join(', ') };
}

const confidences = {
  PROVED: [1, 'proved on the graph'],
  OBSERVED: [0.9, 'observed in use'],
  INFERRED: [0.5, 'what the identity needs is not known'],
} as const satisfies Record<Hit['grade'], readonly [number, string]>;

function confidenceOf({ grade }: Hit): Factor {
  const [value, reason] = confidences[grade];
  return { name: 'confidence', value, reason };
}

const round = (value: number): number => Math.round(value * 100) / 100;
