import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { listCycles } from '../../../src/access/index/cycles.js';
import { pathEstate, pathsQuestion, whyNotQuestion } from './path-estate.js';
import { randomEstates, randomQuestions } from './random-estate.js';

describe('what is said of paths on random estates', () => {
  it('is the oracle’s list of inheritance paths, in its order', async () => {
    await fc.assert(
      fc.asyncProperty(randomEstates, randomQuestions, async (text, asked) => {
        const { oracle, paths } = await pathEstate(text);
        expect(paths(asked).items).toEqual(oracle.inheritancePaths(pathsQuestion(asked)).slice(0, 100));
      }),
      { numRuns: 120 },
    );
  });

  it('is the oracle’s near misses, decision and denying paths', async () => {
    await fc.assert(
      fc.asyncProperty(randomEstates, fc.constantFrom('/', '/p', '/p/q', '/r'), async (text, resource) => {
        const { oracle, whyNot } = await pathEstate(text);
        const { completeness: _, ...said } = whyNot('svc:a', 'perm:p', resource);
        expect(said).toEqual(oracle.whyNot(whyNotQuestion('svc:a', 'perm:p', resource)));
      }),
      { numRuns: 80 },
    );
  });

  it('is the oracle’s cycles', async () => {
    await fc.assert(
      fc.asyncProperty(randomEstates, async (text) => {
        const { graph, oracle } = await pathEstate(text);
        expect(listCycles(graph)).toEqual(oracle.cycles());
      }),
      { numRuns: 120 },
    );
  });
});
