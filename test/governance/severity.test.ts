import { describe, expect, it } from '@jest/globals';
import type { Hit, PrivilegedRow } from '../../src/governance/rule.js';
import { scoreOf, severityOf } from '../../src/governance/severity.js';
import { asNodeId } from '../../src/graph/ids.js';

const acme = asNodeId('tenant:acme');

describe('severity', () => {
  it('is the product of impact, likelihood and confidence, with a reason for each', () => {
    expect(scoreOf(hit({ tier: 0, grade: 'PROVED' }), 0)).toEqual({
      score: 70,
      floor: 0,
      severity: 'HIGH',
      factors: [
        { name: 'impact', value: 1, reason: 'tier 0 is 1' },
        { name: 'likelihood', value: 0.7, reason: 'base is 0.6, no active owner adds 0.1' },
        { name: 'confidence', value: 1, reason: 'proved on the graph' },
      ],
    });
  });

  it('grows with tenants beyond the home one, production and the lack of an owner, and is capped', () => {
    const rows = ['a', 'b', 'c', 'd', 'e', 'acme'].map((tenant) => row(`tenant:${tenant}`, 'PROD'));
    const { factors } = scoreOf(hit({ tier: 1, rows, owned: true }), 0);
    expect(factors.map(({ name, value, reason }) => [name, value, reason])).toEqual([
      ['impact', 0.9, 'tier 1 is 0.7, 5 other tenant(s) add 0.2'],
      ['likelihood', 0.65, 'base is 0.6, production adds 0.05'],
      ['confidence', 1, 'proved on the graph'],
    ]);
    expect(scoreOf(hit({ tier: 0, rows }), 0).factors[0]?.value).toBe(1);
  });

  it('halves where what is needed is not known, and never falls below the floor of the rule', () => {
    expect(scoreOf(hit({ tier: 3, grade: 'INFERRED' }), 0)).toMatchObject({ score: 5, floor: 0, severity: 'LOW' });
    expect(scoreOf(hit({ tier: 3, grade: 'INFERRED' }), 50)).toMatchObject({ score: 50, floor: 50, severity: 'HIGH' });
  });

  it('changes its name at 25, 50 and 75', () => {
    expect([0, 24, 25, 49, 50, 74, 75, 100].map(severityOf)).toEqual([
      'LOW',
      'LOW',
      'MEDIUM',
      'MEDIUM',
      'HIGH',
      'HIGH',
      'CRITICAL',
      'CRITICAL',
    ]);
  });
});

function hit(about: {
  readonly tier: number;
  readonly grade?: Hit['grade'];
  readonly rows?: readonly PrivilegedRow[];
  readonly owned?: boolean;
}): Hit {
  const { tier, grade = 'PROVED', rows = [], owned = false } = about;
  return {
    facts: {
      identity: {
        kind: 'Identity',
        id: asNodeId('svc:a'),
        tenant: acme,
        name: 'svc:a',
        type: 'SERVICE_ACCOUNT',
        state: 'ACTIVE',
        hadAuthoritative: true,
      },
      owners: owned ? [{ id: asNodeId('usr:kim'), accountable: true }] : [],
      privileged: rows,
    },
    rows,
    verdict: 'EXCESSIVE',
    grade,
    message: 'is too much',
    tier,
  };
}

function row(tenant: string, environment: 'PROD'): PrivilegedRow {
  const permission = asNodeId('perm:p');
  return {
    tenant: asNodeId(tenant),
    environment,
    permission: {
      kind: 'Permission',
      id: permission,
      application: asNodeId('app:main'),
      plane: 'CONTROL',
      action: 'p',
      class: 'ADMIN',
      tier: 1,
    },
    row: {
      permission,
      scope: asNodeId('.'),
      decision: 'ALLOWED',
      except: [],
      standing: 'EFFECTIVE',
      origins: ['INHERITED'],
      leastDepth: 4,
      roles: [],
    },
  };
}
