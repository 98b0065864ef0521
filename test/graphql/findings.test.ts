import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { edgeIdOf } from '../../src/graph/edge.js';
import { asNodeId, asStatementSource } from '../../src/graph/ids.js';
import { type SmallService, startSmallService } from './small-service.js';

/** Three services inherit a privileged role over one group; kim owns one of them, a group with kim in it another. */
const estate = `
  perm:root tier 0
  perm:write tier 1
  svc:a in group:inner in group:admins has role:admin@/prod grants perm:root
  svc:b in group:inner
  svc:c in group:admins
  role:admin grants perm:write
  usr:kim owns svc:a
  usr:kim in group:crew
  group:crew owns svc:b
  usr:gone is SUSPENDED
  usr:gone owns svc:c
  svc:plain has role:admin@/prod
  usr:kim owns svc:plain
`;

interface Scored {
  readonly score: number;
  readonly floor: number;
  readonly factors: readonly { readonly value: number }[];
}

let service: SmallService;
beforeAll(async () => {
  service = await startSmallService(estate);
});
afterAll(() => service.stop());

// biome-ignore lint/suspicious/noExplicitAny: each test selects what it asserts
async function findings(filter: string, selection: string): Promise<any> {
  const { data, errors } = await service.ask(`{ findings(filter: { ${filter} }) { ${selection} } }`);
  expect(errors).toBeUndefined();
  return data.findings;
}

describe('findings', () => {
  it('of privilege inherited through groups are undecided without a baseline, and say what brings it', async () => {
    const found = await findings(
      'rule: ["nhi-inherits-privileged-role"]',
      `totalCount nodes { identity { ref } verdict undecidedReason grade severity score permissions { ref }
       bringingEdge { kind from { ref } to { ref } } thresholds paths { items { text } } factors { name value } }`,
    );
    const about = (identity: string, from: string, to: string) => ({
      identity: { ref: identity },
      verdict: 'UNDECIDED',
      undecidedReason: 'no baseline says what the identity needs',
      grade: 'INFERRED',
      severity: 'HIGH',
      score: 50,
      permissions: [{ ref: 'main:root' }, { ref: 'main:write' }],
      bringingEdge: { kind: 'MEMBER_OF', from: { ref: from }, to: { ref: to } },
      thresholds: { tierAtMost: 1 },
    });
    const byIdentity = [...found.nodes].sort((a, b) => (a.identity.ref < b.identity.ref ? -1 : 1));
    expect(found.totalCount).toBe(3);
    expect(byIdentity.map(({ paths: _, factors: __, ...rest }: Record<string, unknown>) => rest)).toEqual([
      about('acme/svc:a', 'acme.idp/svc:a', 'acme.idp/inner'),
      about('acme/svc:b', 'acme.idp/svc:b', 'acme.idp/inner'),
      about('acme/svc:c', 'acme.idp/svc:c', 'acme.idp/admins'),
    ]);
    expect(byIdentity[2].factors).toEqual([
      { name: 'impact', value: 1 },
      { name: 'likelihood', value: 0.7 },
      { name: 'confidence', value: 0.5 },
    ]);
    expect(byIdentity[2].paths.items[0].text).toBe(
      'acme/svc:c -HAS_ACCOUNT-> acme.idp/svc:c -MEMBER_OF-> acme.idp/admins -ASSIGNED-> main:admin -GRANTS-> main:root @ main:/acme/prod',
    );
  });

  it('say how their factors and the floor of their rule make the score', async () => {
    const { nodes } = await findings('', 'nodes { score floor factors { value } }');
    const floors = nodes.map(({ score, floor, factors }: Scored) => {
      const product = factors.reduce((so, { value }) => so * value, 100);
      expect(score).toBe(Math.max(floor, Math.round(product)));
      return [floor, Math.round(product) < floor];
    });
    expect(floors).toContainEqual([50, true]);
  });

  it('of privilege that is assigned directly are none of that rule', async () => {
    const { totalCount } = await findings('identity: "acme/svc:plain"', 'totalCount');
    expect(totalCount).toBe(0);
  });

  it('of what nobody active answers for tell whose owners have gone from what never had any', async () => {
    const { nodes } = await findings(
      'rule: ["orphaned-nhi"]',
      'nodes { identity { ref } verdict severity message rule { controls } }',
    );
    expect(nodes).toEqual([
      {
        identity: { ref: 'acme/svc:c' },
        verdict: 'EXCESSIVE',
        severity: 'HIGH',
        message: 'has owners, and none of them is an active person; name one, or suspend it',
        rule: { controls: ['OWASP NHI1', 'CSF PR.AA-01', '800-53 AC-2', 'ISO 5.16'] },
      },
    ]);
  });

  it('are counted by the edge that brings them, and found by it', async () => {
    const { byBringingEdge } = await findings(
      '',
      'byBringingEdge { findings identities worst edge { id to { ref } } }',
    );
    expect(byBringingEdge.map(({ edge: { to }, ...rest }: { edge: { to: unknown } }) => ({ ...rest, to }))).toEqual(
      Array.from({ length: 3 }, () => ({ findings: 1, identities: 1, worst: 'HIGH', to: expect.anything() })),
    );
    const [{ edge }] = byBringingEdge;
    expect((await findings(`bringingEdge: "${edge.id}"`, 'totalCount')).totalCount).toBe(1);
  });

  it('narrow by severity, type, verdict and application', async () => {
    const count = async (filter: string) => (await findings(filter, 'totalCount')).totalCount;
    expect(await count('severityAtLeast: HIGH')).toBe(4);
    expect(await count('severityAtLeast: CRITICAL')).toBe(0);
    expect(await count('verdict: [EXCESSIVE]')).toBe(1);
    expect(await count('identityType: [WORKLOAD]')).toBe(0);
    expect(await count('application: "main"')).toBe(3);
    expect(await count('tenant: "acme", state: [RESOLVED]')).toBe(0);
  });

  it('keep their fingerprint and beginning from scan to scan, end when they no longer hold, and begin anew', async () => {
    const ofC = async (state: string) =>
      (
        await findings(
          `identity: "acme/svc:c", rule: ["orphaned-nhi"], state: [${state}]`,
          'nodes { id openedAt resolvedAt state }',
        )
      ).nodes;
    const [before] = await ofC('OPEN');
    const began = service.clock.now();
    service.clock.advance(5000);
    await service.commit([ownership('usr:kim')]);
    expect(await ofC('OPEN')).toEqual([]);
    expect(await ofC('RESOLVED')).toEqual([
      { ...before, state: 'RESOLVED', resolvedAt: new Date(began + 5000).toISOString() },
    ]);
    const about = 'identity: "acme/svc:c", rule: ["orphaned-nhi"]';
    expect((await findings(about, 'totalCount')).totalCount).toBe(0);
    expect((await findings(`${about}, state: null`, 'totalCount')).totalCount).toBe(1);
    service.clock.advance(5000);
    await service.commit([{ kind: 'closeEdge', id: edgeIdOf(ownership('usr:kim').edge) }]);
    expect(await ofC('OPEN')).toEqual([
      { id: before.id, openedAt: new Date(began + 10_000).toISOString(), resolvedAt: null, state: 'OPEN' },
    ]);
  });

  it('go on page by page', async () => {
    const page = async (after: string) => {
      const { data } = await service.ask(
        `{ findings(first: 3${after}) { nodes { id } pageInfo { hasNextPage endCursor } } }`,
      );
      return data.findings;
    };
    const one = await page('');
    const two = await page(`, after: "${one.pageInfo.endCursor}"`);
    expect([one.nodes.length, one.pageInfo.hasNextPage, two.nodes.length, two.pageInfo.hasNextPage]).toEqual([
      3,
      true,
      1,
      false,
    ]);
    expect(new Set([...one.nodes, ...two.nodes].map(({ id }: { id: string }) => id)).size).toBe(4);
  });
});

function ownership(owner: string) {
  const edge = {
    kind: 'OWNS',
    from: asNodeId(owner),
    to: asNodeId('svc:c'),
    source: asStatementSource('governance'),
    statedBy: 'GOVERNANCE',
    statement: 'owner',
    ownership: 'PRIMARY',
  } as const;
  return { kind: 'putEdge', edge } as const;
}
