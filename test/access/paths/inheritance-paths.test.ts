import { describe, expect, it } from '@jest/globals';
import { listingLimits } from '../../../src/access/index/inheritance-paths.js';
import { type AskedPaths, type PathEstate, pathEstate, wordsOf } from './path-estate.js';

const aboutP = { from: 'svc:a', to: 'perm:p' } as const;

const listed = (estate: PathEstate, asked: AskedPaths) => estate.paths(asked).items.map(wordsOf);

/** `depth` steps, each over one of two groups: 2^depth paths. */
function diamonds(depth: number): string {
  const lines = ['svc:a in group:s0'];
  for (let step = 0; step < depth; step++)
    for (const way of ['x', 'y']) lines.push(`group:s${step} in group:${way}${step} in group:s${step + 1}`);
  return [...lines, `group:s${depth} has role:r@/ grants perm:p`].join('\n');
}

function chain(length: number): string {
  const groups = Array.from({ length }, (_, at) => `in group:g${String(at).padStart(2, '0')}`);
  return `svc:a ${groups.join(' ')} has role:r@/ grants perm:p`;
}

describe('inheritance paths', () => {
  it('go round a ring of three groups and a self-member as if they were a chain', async () => {
    const estate = await pathEstate(`
      svc:a in group:a in group:b in group:c in group:a
      group:b in group:b
      group:c has role:r@/ grants perm:p`);
    expect(estate.paths(aboutP)).toMatchObject({
      items: [{ length: 6, status: 'LIVE' }],
      totalCount: 1,
      completeness: { complete: true, reasons: [] },
    });
    expect(listed(estate, aboutP)).toEqual(['svc:a svc:a.idp group:a group:b group:c role:r perm:p @ /']);
  });

  it('are cut by a bound on length, which says so and leaves the count', async () => {
    const estate = await pathEstate(chain(60));
    expect(estate.paths({ ...aboutP, maxLength: 20 })).toEqual({
      items: [],
      pathCount: { atLeast: '1', exact: true },
      completeness: { complete: false, reasons: ['LIMIT'], limit: 'maxLength 20' },
    });
    expect(estate.paths({ ...aboutP, maxLength: 63 })).toMatchObject({
      items: [{ length: 63 }],
      totalCount: 1,
      completeness: { complete: true, reasons: [] },
    });
  });

  it('meet a group again as somebody else', async () => {
    const estate = await pathEstate(`
      svc:a in group:g can-act-as svc:j in group:g has role:r@/ grants perm:p
      svc:a has role:d@/ denies perm:p`);
    expect(estate.paths({ ...aboutP, includeAssume: true }).items).toMatchObject([
      { status: 'OVERRIDDEN', overriddenBy: { length: 2 } },
      { status: 'LIVE', length: 7 },
    ]);
    expect(listed(estate, { ...aboutP, includeAssume: true, includeOverridden: false })).toEqual([
      'svc:a svc:a.idp group:g svc:j svc:j.idp group:g role:r perm:p @ /',
    ]);
    expect(listed(estate, aboutP)).toEqual(['svc:a svc:a.idp group:g role:r perm:p @ /']);
  });

  it('lead over no hop that is denied, over a conditional one only conditionally', async () => {
    const estate = await pathEstate(`
      svc:a can-act-as svc:y has role:r@/ grants perm:p
      svc:a has role:no@/ cannot-act-as svc:y at / within /p
      svc:a has role:maybe@/r if ?sure cannot-act-as svc:y at /r within /r`);
    const as = { ...aboutP, includeAssume: true };
    const statusesAt = (on: string) => estate.paths({ ...as, on }).items.map(({ status }) => status);
    expect(statusesAt('/p')).toEqual([]);
    expect(statusesAt('/r')).toEqual(['CONDITIONAL']);
    expect(statusesAt('/')).toEqual(['LIVE']);
    expect(listed(estate, as)).toEqual(['svc:a svc:y role:r perm:p @ /']);
  });

  it('are two where two sources state one fact', async () => {
    const estate = await pathEstate(`
      svc:a has role:r@/ as one grants perm:p
      svc:a has role:r@/ as two`);
    const { items } = estate.paths(aboutP);
    expect(items.map(wordsOf)).toEqual(['svc:a role:r perm:p @ /', 'svc:a role:r perm:p @ /']);
    expect(items[0]!.hops[0]!.id! < items[1]!.hops[0]!.id!).toBe(true);
  });

  it('of an allow and a nested deny on what contains it are all listed, each overridden by the denying path', async () => {
    const estate = await pathEstate(`
      svc:a in group:one has role:r@/p/q grants perm:p
      svc:a in group:two has role:r@/p/q
      svc:a in group:inner in group:three has role:d@/p denies perm:p`);
    const deny = 'svc:a svc:a.idp group:inner group:three role:d perm:p @ /p';
    expect(estate.paths(aboutP).items.map((path) => [wordsOf(path), wordsOf(path.overriddenBy!)])).toEqual([
      ['svc:a svc:a.idp group:one role:r perm:p @ /p/q', deny],
      ['svc:a svc:a.idp group:two role:r perm:p @ /p/q', deny],
    ]);
    expect(listed(estate, { ...aboutP, includeOverridden: false })).toEqual([]);
  });

  it('honour a group’s binding for direct members only where its application does', async () => {
    const estate = await pathEstate(`
      app:main direct-members-only
      svc:a in group:inner in group:g has role:r@/ grants perm:p
      svc:b in group:g
      everyone:acme has role:s@/ grants perm:p`);
    const everyone = (identity: string) => `${identity} everyone:acme role:s perm:p @ /`;
    expect(listed(estate, aboutP)).toEqual([everyone('svc:a')]);
    expect(listed(estate, { ...aboutP, from: 'svc:b' })).toEqual([
      everyone('svc:b'),
      'svc:b svc:b.idp group:g role:r perm:p @ /',
    ]);
  });

  it('are narrowed by what to avoid and by kinds of edges, and filtered by what they lead through', async () => {
    const estate = await pathEstate(`
      svc:a in group:g has role:r@/ grants perm:p
      svc:a in group:h has role:r@/
      svc:a has role:senior@/ inherits role:r`);
    const overSenior = 'svc:a role:senior role:r perm:p @ /';
    const over = (group: string) => `svc:a svc:a.idp ${group} role:r perm:p @ /`;
    expect(listed(estate, { ...aboutP, avoid: ['group:g'] })).toEqual([overSenior, over('group:h')]);
    expect(listed(estate, { ...aboutP, edgeKinds: ['ASSIGNED', 'INHERITS', 'GRANTS'] })).toEqual([overSenior]);
    expect(listed(estate, { ...aboutP, via: ['group:h', 'role:r'] })).toEqual([over('group:h')]);
    expect(listed(estate, { ...aboutP, avoid: ['perm:p'] })).toEqual([]);
    expect(estate.paths({ ...aboutP, via: ['group:h'] })).toMatchObject({
      pathCount: { atLeast: '3', exact: true },
      totalCount: 1,
    });
  });

  it('refuse nodes that are absent, or not the caller’s to see, alike', async () => {
    const estate = await pathEstate(
      `
      svc:a has role:r@/ grants perm:p
      svc:x of tenant:globex in group:x of tenant:globex
      svc:a has other:/ `.replace('svc:a has other:/ ', ''),
    );
    const visible = ['tenant:acme'];
    const refusal = (name: string) =>
      expect.objectContaining({ code: 'NOT_FOUND', message: expect.stringContaining(name) });
    expect(() => estate.paths({ ...aboutP, from: 'svc:none' })).toThrow(refusal('svc:none'));
    expect(() => estate.paths({ ...aboutP, from: 'svc:x', visible })).toThrow(refusal('svc:x'));
    expect(() => estate.paths({ ...aboutP, via: ['group:x'], visible })).toThrow(refusal('group:x'));
    expect(() => estate.paths({ ...aboutP, avoid: ['group:none'] })).toThrow(refusal('group:none'));
    expect(listed(estate, { ...aboutP, avoid: ['group:x'] })).toEqual(['svc:a role:r perm:p @ /']);
  });

  it('hide what lies in a tenant that the caller may not see behind one stand-in a node', async () => {
    const estate = await pathEstate(`
      svc:a in group:mine of tenant:acme in group:theirs of tenant:globex
      group:theirs has role:r@/ grants perm:p
      group:theirs has role:s@/ grants perm:p`);
    const { items } = estate.paths({ ...aboutP, visible: ['tenant:acme'] });
    expect(items.map(wordsOf)).toEqual([
      'svc:a svc:a.idp group:mine redacted-1 role:r perm:p @ /',
      'svc:a svc:a.idp group:mine redacted-1 role:s perm:p @ /',
    ]);
    expect(
      items[0]!.hops.map(({ id, redacted, crossesTenant }) => [id !== undefined, redacted, crossesTenant]),
    ).toEqual([
      [true, false, false],
      [true, false, false],
      [false, true, true],
      [false, true, true],
      [true, false, false],
    ]);
    expect(estate.paths({ ...aboutP, crossTenantOnly: true }).totalCount).toBe(2);
  });

  it('come in pages that add up to the whole list', async () => {
    const estate = await pathEstate(diamonds(4));
    const whole = estate.paths(aboutP);
    expect(whole).toMatchObject({ totalCount: 16, pathCount: { atLeast: '16', exact: true } });
    const paged: string[] = [];
    for (let position: number | undefined = 0; position !== undefined; ) {
      const page = estate.paths({ ...aboutP, first: 5 }, position);
      expect(page.totalCount).toBe(16);
      paged.push(...page.items.map(wordsOf));
      position = page.nextPosition;
    }
    expect(paged).toEqual(whole.items.map(wordsOf));
  });

  it('number 2^30 in a ladder of thirty diamonds, of which a page comes at once and the list is capped', async () => {
    const estate = await pathEstate(diamonds(30));
    const { listedPaths } = listingLimits;
    const first = estate.paths({ ...aboutP, first: 10 });
    expect(first).toMatchObject({ nextPosition: 10, pathCount: { atLeast: String(2 ** 30), exact: true } });
    expect(first).not.toHaveProperty('totalCount');
    expect(estate.paths({ ...aboutP, first: 1_000 }, listedPaths - 10)).toMatchObject({
      items: { length: 10 },
      completeness: { complete: false, reasons: ['LIMIT'], limit: `listedPaths ${listedPaths}` },
    });
  });

  it('are found though very many roles grant the permission', async () => {
    const roles = Array.from({ length: 600 }, (_, at) => `role:r${at} grants perm:p`);
    const estate = await pathEstate(['svc:a has role:top@/ inherits role:r7', ...roles].join('\n'));
    expect(listed(estate, aboutP)).toEqual(['svc:a role:top role:r7 perm:p @ /']);
  });

  it('stop where filtering them takes too much effort, and say so', async () => {
    const estate = await pathEstate(`${diamonds(30)}\nsvc:a has role:r@/p`);
    const through = { ...aboutP, via: ['group:x0', 'group:y0'] };
    const { items, completeness } = estate.paths(through, 0, { listingEffort: 20_000 });
    expect(items).toEqual([]);
    expect(completeness).toEqual({ complete: false, reasons: ['EFFORT'], limit: 'listingEffort 20000' });
  });

  it('are as many as were walked to, and say so, where there are too many whom one may act as', async () => {
    const others = ['b', 'c', 'd'].map((name) => `svc:a can-act-as svc:${name} has role:r@/`);
    const estate = await pathEstate(['svc:a has role:r@/ grants perm:p', ...others].join('\n'));
    const as = { ...aboutP, includeAssume: true };
    expect(estate.paths(as)).toMatchObject({ items: { length: 4 }, totalCount: 4, completeness: { complete: true } });
    const cut = estate.paths(as, 0, { walkedStates: 8 });
    expect(cut).toMatchObject({
      pathCount: { exact: false },
      completeness: { complete: false, reasons: ['EFFORT'], limit: 'walkedStates 8' },
    });
    expect(cut).not.toHaveProperty('totalCount');
    expect(cut.items.map(wordsOf)[0]).toBe('svc:a role:r perm:p @ /');
  });

  it('say that paths may be missing behind an identity of unknown state', async () => {
    const estate = await pathEstate(`
      svc:a is UNKNOWN has role:r@/ grants perm:p
      svc:b is SUSPENDED has role:r@/`);
    const unseen = estate.paths(aboutP);
    expect(unseen).toEqual({
      items: [],
      pathCount: { atLeast: '0', exact: false },
      completeness: { complete: false, reasons: ['UNKNOWN_STATE'] },
    });
    expect(estate.paths({ ...aboutP, from: 'svc:b' })).toMatchObject({ items: [], completeness: { complete: true } });
  });

  it('begin, where nothing is known of needs, with the first edge that somebody gave', async () => {
    const estate = await pathEstate(`
      svc:a in group:g has role:r@/ grants perm:p
      group:g has role:s@/ grants perm:q
      group:g in group:h has role:r@/
      group:h has role:d@/ denies perm:z`);
    const bringing = (asked: Partial<AskedPaths>) =>
      estate
        .paths({ ...aboutP, ...asked })
        .items.map(({ bringingEdge, structural, cuttingMayGive }) => [bringingEdge, structural, cuttingMayGive]);
    expect(bringing({})).toEqual([
      [1, true, true],
      [1, true, true],
    ]);
    expect(bringing({ justified: ['perm:q', 'perm:p'] })).toEqual([
      [2, undefined, undefined],
      [2, undefined, true],
    ]);
    expect(bringing({ justified: ['perm:p'] })).toEqual([
      [1, undefined, true],
      [1, undefined, true],
    ]);
  });
});
