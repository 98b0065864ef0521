import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { InheritancePath } from '../../../src/access/access-engine.js';
import { asEdgeId } from '../../../src/graph/ids.js';
import { type AskedPaths, type PathEstate, pathEstate, pathsQuestion } from './path-estate.js';
import { type Claim, faultsOf } from './path-verifier.js';
import { randomEstates, randomQuestions } from './random-estate.js';

function claimOf({ log }: PathEstate, asked: AskedPaths): Claim {
  const { identity, permission, resource } = pathsQuestion(asked);
  const about = { identity, permission, ...(resource && { resource }) };
  return { rows: log.rows(), revision: log.commits().length, at: 1_000, effect: 'ALLOW', ...about };
}

describe('every listed path', () => {
  it('verifies against the stored nodes and edges, hop by hop', async () => {
    await fc.assert(
      fc.asyncProperty(randomEstates, randomQuestions, async (text, asked) => {
        const estate = await pathEstate(text);
        const claim = claimOf(estate, asked);
        expect(estate.paths(asked).items.flatMap((path) => faultsOf(claim, path))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});

describe('the verifier', () => {
  const text = `
    svc:a in group:a in group:b has role:a@/p grants perm:p
    group:b has role:d@/ denies perm:p
    svc:a in group:z in group:b eligible`;
  const asked = { from: 'svc:a', to: 'perm:p' };

  async function faultsAfter(change: (path: InheritancePath) => InheritancePath): Promise<readonly string[]> {
    const estate = await pathEstate(text);
    const path = estate.paths(asked).items[0]!;
    return faultsOf(claimOf(estate, asked), change(path));
  }

  it('finds nothing wrong with a true path', async () => {
    expect(await faultsAfter((path) => path)).toEqual([]);
  });

  it('finds a hop that is missing', async () => {
    const faults = await faultsAfter((path) => ({ ...path, hops: path.hops.toSpliced(1, 1) }));
    expect(faults).toEqual(['it is torn', 'its length is wrong']);
  });

  it('finds an edge that does not exist, and a scope that is not the path’s', async () => {
    const id = asEdgeId('0'.repeat(32));
    const faults = await faultsAfter((path) => ({
      ...path,
      hops: path.hops.with(1, { ...path.hops[1]!, id }),
      scope: { kind: 'node', id: pathsQuestion({ ...asked, on: '/' }).resource! },
    }));
    expect(faults).toEqual([`there is no such edge: ${id}`, 'its scope is .p, not .']);
  });

  it('finds a path that is told live though it is overridden by nothing that denies', async () => {
    const faults = await faultsAfter((path) => ({ ...path, overriddenBy: { ...path, status: 'LIVE' } }));
    expect(faults).toContainEqual(expect.stringMatching(/^overridden by: .* has the other effect$/));
  });
});
