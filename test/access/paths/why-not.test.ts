import { describe, expect, it } from '@jest/globals';
import { type PathEstate, pathEstate, wordsOf } from './path-estate.js';

/** Each near miss as words: its path, its blockers as `KIND hop node`, what would be decided. */
function missesOf(estate: PathEstate, resource = '/'): readonly (readonly string[])[] {
  return estate
    .whyNot('svc:a', 'perm:p', resource)
    .nearMisses.map(({ path, blockers, wouldBe }) => [
      wordsOf(path),
      blockers.map(({ kind, hop, node }) => [kind, hop, ...(node ? [node] : [])].join(' ')).join(', '),
      wouldBe,
    ]);
}

describe('why not', () => {
  it('names each kind of thing that is in the way, at the hop where it stands', async () => {
    const estate = await pathEstate(`
      svc:a is SUSPENDED in group:a disabled in group:b eligible from 2000 has role:r@/p until 900 grants perm:p on /q`);
    expect(missesOf(estate)).toEqual([
      [
        'svc:a svc:a.idp group:a group:b role:r perm:p @ /p',
        'NODE_STATE 0 svc:a, NODE_STATE 2 group:a, ELIGIBLE 2, NOT_YET_VALID 2, EXPIRED 3, OUT_OF_SCOPE 3',
        'CONDITIONAL',
      ],
    ]);
    const blockers = 'NODE_STATE 0 svc:a, NODE_STATE 2 group:a, ELIGIBLE 2, NOT_YET_VALID 2, EXPIRED 3, CONDITION 4';
    expect(missesOf(estate, '/p').map((miss) => miss.slice(1))).toEqual([[blockers, 'ALLOWED']]);
  });

  it('says nesting under an application that honours direct members only, and under a source that does not nest', async () => {
    const direct = await pathEstate(`
      app:main direct-members-only
      svc:a in group:inner in group:g has role:r@/ grants perm:p`);
    const path = 'svc:a svc:a.idp group:inner group:g role:r perm:p @ /';
    expect(missesOf(direct)).toEqual([[path, 'NESTING 3', 'ALLOWED']]);
    const flat = await pathEstate(`
      source:idp flat
      svc:a in group:inner in group:g has role:r@/ grants perm:p`);
    expect(missesOf(flat)).toEqual([[path, 'NESTING 2', 'ALLOWED']]);
  });

  it('puts fewer blockers first, then shorter paths, at most ten, and says when there are more', async () => {
    const lines = Array.from({ length: 12 }, (_, at) => `svc:a has role:r${at}@/p grants perm:p`);
    const estate = await pathEstate(
      [
        ...lines,
        'svc:a in group:g has role:s@/ eligible grants perm:p',
        'svc:a has role:t@/p eligible grants perm:p',
      ].join('\n'),
    );
    const answer = estate.whyNot('svc:a', 'perm:p', '/');
    expect(answer.nearMisses.map(({ blockers, path }) => [blockers.length, path.length])).toEqual(
      Array.from({ length: 10 }, () => [1, 2]),
    );
    expect(answer.completeness).toEqual({ complete: false, reasons: ['LIMIT'], limit: 'nearMisses 10' });
  });

  it('tells what would be decided with exactly those blockers lifted, for denies too', async () => {
    const estate = await pathEstate(`
      svc:a in group:g disabled has role:r@/ grants perm:p
      group:g has role:d@/ denies perm:p
      svc:a in group:h has role:r@/ eligible
      group:h has role:d@/p`);
    const [first, second] = missesOf(estate);
    expect(first!.slice(1)).toEqual(['NODE_STATE 2 group:g', 'DENIED']);
    expect(second!.slice(1)).toEqual(['ELIGIBLE 2', 'ALLOWED']);
    expect(missesOf(estate, '/p').map(([, , wouldBe]) => wouldBe)).toEqual(['DENIED', 'DENIED']);
  });

  it('gives a denied question its denying paths, and the overridden ones without blockers', async () => {
    const estate = await pathEstate(`
      svc:a has role:r@/ grants perm:p
      svc:a in group:g has role:d@/ denies perm:p
      svc:a has role:e@/ if ?sure denies perm:p`);
    const answer = estate.whyNot('svc:a', 'perm:p', '/');
    expect(answer.decision).toBe('DENIED');
    expect(answer.denyingPaths.map((path) => [wordsOf(path), path.status])).toEqual([
      ['svc:a role:e perm:p @ /', 'CONDITIONAL'],
      ['svc:a svc:a.idp group:g role:d perm:p @ /', 'LIVE'],
    ]);
    expect(answer.nearMisses).toMatchObject([{ blockers: [], wouldBe: 'DENIED', path: { status: 'OVERRIDDEN' } }]);
  });

  it('does not go over the right to act as somebody', async () => {
    const estate = await pathEstate('svc:a can-act-as svc:j has role:r@/ grants perm:p');
    expect(estate.whyNot('svc:a', 'perm:p', '/')).toEqual({
      decision: 'NOT_GRANTED',
      denyingPaths: [],
      nearMisses: [],
      completeness: { complete: true, reasons: [] },
    });
  });

  it('refuses a resource of another application', async () => {
    const estate = await pathEstate('svc:a has role:r@/ grants perm:p\ncrm:/');
    expect(() => estate.whyNot('svc:a', 'perm:p', 'crm:/')).toThrow(expect.objectContaining({ code: 'INVALID' }));
  });
});
