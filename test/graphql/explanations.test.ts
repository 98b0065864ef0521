import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type SmallService, startSmallService } from './small-service.js';

const estate = `
  svc:ended has role:r@/ until 1000 grants perm:p
  svc:early has role:r@/ from 9000000000000
  svc:later has role:r@/ eligible
  svc:stopped is SUSPENDED
  svc:stopped has role:r@/
  svc:expired expires 1000
  svc:expired has role:r@/
  svc:member in group:off disabled has role:r@/
  svc:elsewhere has role:r@/prod
  svc:careful has role:r@/ if mfa=true
  svc:partly has role:r@/ if mfa=true
  svc:partly in group:off
`;

let service: SmallService;
beforeAll(async () => {
  service = await startSmallService(estate);
});
afterAll(() => service.stop());

describe('what is in the way', () => {
  it.each([
    ['ended', 'EXPIRED', 'it ended at 1970-01-01T00:00:01.000Z'],
    ['early', 'NOT_YET_VALID', 'it begins at 2255-03-14T16:00:00.000Z'],
    ['later', 'ELIGIBLE', 'it has to be activated first'],
    ['stopped', 'NODE_STATE', 'svc:stopped is suspended'],
    ['expired', 'EXPIRED', 'svc:expired expired at 1970-01-01T00:00:01.000Z'],
    ['member', 'NODE_STATE', 'off is not active'],
    ['elsewhere', 'OUT_OF_SCOPE', 'it holds at main:/acme/prod, which does not contain the resource asked about'],
  ])('is said in words: %s', async (name, blocker, detail) => {
    const { data, errors } = await service.ask(`{
      whyNot(identity: "svc:${name}", permission: "perm:p", resource: "main:/acme") {
        ... on WhyNot { nearMisses { blockers { blocker detail } } } } }`);
    expect(errors).toBeUndefined();
    expect(data.whyNot.nearMisses[0].blockers[0]).toEqual({ blocker, detail });
  });
});

describe('a conditional permission', () => {
  const conditionsWith = async (filter: string) => {
    const { data } = await service.ask(`{ identity(ref: "svc:careful") { ... on Identity { access {
      effectivePermissions(filter: { ${filter} }) { items { decision conditions } } } } } }`);
    return data.identity.access.effectivePermissions.items;
  };

  it('says on which conditions', async () => {
    expect(await conditionsWith('')).toEqual([{ decision: 'CONDITIONAL', conditions: ['mfa equals true'] }]);
    expect(await conditionsWith('scope: "main:/acme/prod"')).toEqual([
      { decision: 'CONDITIONAL', conditions: ['mfa equals true'] },
    ]);
    expect(await conditionsWith('context: { mfa: true }')).toEqual([{ decision: 'ALLOWED', conditions: [] }]);
  });
});

describe('a row that is not effective', () => {
  const pathsOf = async (name: string, standing: string) => {
    const { data, errors } = await service.ask(`{ identity(ref: "svc:${name}") { ... on Identity { access {
      effectivePermissions(standing: ${standing}) { items { leastDepth pathCount { atLeast exact }
        paths { items { text } totalCount completeness { complete reasons limit } } } } } } } }`);
    expect(errors).toBeUndefined();
    return data.identity.access.effectivePermissions.items;
  };
  const unlisted = { complete: false, reasons: ['LIMIT'], limit: 'standing EFFECTIVE' };

  it.each([
    ['stopped', 'LATENT', 2],
    ['member', 'LATENT', 4],
    ['later', 'ELIGIBLE', 2],
  ])(
    'does not say how many paths lead to it, since only live ones are listed: %s',
    async (name, standing, leastDepth) => {
      const paths = { items: [], totalCount: null, completeness: unlisted };
      expect(await pathsOf(name, standing)).toEqual([{ leastDepth, pathCount: { atLeast: '0', exact: false }, paths }]);
    },
  );

  it('shows the paths that give a part of it now', async () => {
    const text = 'acme/svc:partly -ASSIGNED-> main:r -GRANTS-> main:p @ main:/acme';
    const whole = { complete: true, reasons: [], limit: null };
    expect(await pathsOf('partly', 'EFFECTIVE')).toEqual([
      {
        leastDepth: 2,
        pathCount: { atLeast: '1', exact: true },
        paths: { items: [{ text }], totalCount: 1, completeness: whole },
      },
    ]);
    expect(await pathsOf('partly', 'LATENT')).toEqual([
      {
        leastDepth: 2,
        pathCount: { atLeast: '1', exact: false },
        paths: { items: [{ text }], totalCount: null, completeness: unlisted },
      },
    ]);
  });
});
