import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ResourcePattern } from '../../src/graph/condition.js';
import { matchesGlob, parseGlob } from '../../src/graph/glob.js';
import { type Place, placeOf } from '../../src/graph/resource-pattern.js';

const inside = (...patterns: string[]): ResourcePattern => ({ match: 'INSIDE', patterns });
const outside = (...patterns: string[]): ResourcePattern => ({ match: 'OUTSIDE', patterns });

describe('placeOf', () => {
  it.each<[string, ResourcePattern, string, Place]>([
    ['a pattern settles nothing at the root that it only matches below', inside('/instance/*'), '/', 'UNSETTLED'],
    ['a resource that the pattern matches is inside', inside('/instance/*'), '/instance/i-1', 'INSIDE'],
    ['what a matched resource contains is inside', inside('/prod'), '/prod/db/users', 'INSIDE'],
    ['a sibling is outside', inside('/instance/*'), '/volume/v-1', 'OUTSIDE'],
    ['a longer name is no child', inside('/prod'), '/production', 'OUTSIDE'],
    ['a star crosses slashes', inside('/*/db'), '/eu/prod/db', 'INSIDE'],
    ['the leading slash of a pattern is optional', inside('instance/*'), '/instance/i-1', 'INSIDE'],
    ['letter case counts', inside('/Prod'), '/prod', 'OUTSIDE'],
    ['a star alone covers the root and so everything', inside('*'), '/', 'INSIDE'],
    ['no pattern at all covers nothing', inside(), '/a', 'OUTSIDE'],
    ['one of several patterns is enough', inside('/a/*', '/b'), '/b', 'INSIDE'],
    ['a pattern that no path can spell is outside', inside('/a//b', '/a/'), '/a', 'OUTSIDE'],
    ['exclusion of what contains the resource puts it outside', outside('/prod'), '/prod/db', 'OUTSIDE'],
    ['exclusion of something else leaves it inside', outside('/prod'), '/test', 'INSIDE'],
    ['exclusion of something it may contain is unsettled', outside('/prod/db*'), '/prod', 'UNSETTLED'],
  ])('%s', (_title, pattern, path, place) => {
    expect(placeOf(pattern, path)).toBe(place);
  });

  it('agrees with trying every path of a small world', () => {
    fc.assert(
      fc.property(fc.array(smallPattern, { maxLength: 3 }), fc.constantFrom(...worldUpTo(3)), (patterns, path) => {
        expect(placeOf({ match: 'INSIDE', patterns }, path)).toBe(placeByTrying(patterns, path));
      }),
      { numRuns: 1500 },
    );
  });

  it('takes exclusion as the complement of inclusion', () => {
    fc.assert(
      fc.property(fc.array(smallPattern, { maxLength: 3 }), fc.constantFrom(...worldUpTo(3)), (patterns, path) => {
        const swapped = { INSIDE: 'OUTSIDE', OUTSIDE: 'INSIDE', UNSETTLED: 'UNSETTLED' } as const;
        expect(placeOf({ match: 'OUTSIDE', patterns }, path)).toBe(swapped[placeOf(inside(...patterns), path)]);
      }),
    );
  });

  it('stays fast where a backtracking matcher would not', () => {
    const hostile = `${'*a'.repeat(200)}*b`;
    expect(placeOf(inside(hostile), `/${'a'.repeat(5000)}`)).toBe('UNSETTLED');
  });
});

describe('matchesGlob', () => {
  it('agrees with the equal regular expression', () => {
    fc.assert(
      fc.property(smallPattern, fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 6 }), (pattern, text) => {
        expect(matchesGlob(parseGlob(pattern), text)).toBe(regexOf(pattern).test(text));
      }),
      { numRuns: 3000 },
    );
  });
});

const smallPattern = fc.string({ unit: fc.constantFrom('a', 'b', '/', '*', '?'), minLength: 1, maxLength: 5 });

function regexOf(pattern: string): RegExp {
  return new RegExp(`^${pattern.replaceAll('*', '[^]*').replaceAll('?', '[^]')}$`);
}

/** Every path of at most that many segments of one or two letters of {a, b}. */
function worldUpTo(depth: number): string[] {
  const segments = ['a', 'b', 'aa', 'ab', 'ba', 'bb'];
  const levels = [['']];
  for (let i = 0; i < depth; i++) levels.push(levels[i]!.flatMap((p) => segments.map((s) => `${p}/${s}`)));
  return levels.flat().map((path) => path || '/');
}

/** The definition, word by word. */
function placeByTrying(patterns: readonly string[], path: string): Place {
  const globs = patterns.map((pattern) => regexOf(pattern.replace(/^\//, '')));
  const matches = (candidate: string) => globs.some((glob) => glob.test(candidate));
  const segments = path === '/' ? [] : path.slice(1).split('/');
  const above = segments.map((_, i) => segments.slice(0, i + 1).join('/'));
  if (['', ...above].some(matches)) return 'INSIDE';
  const prefix = path === '/' ? '' : `${segments.join('/')}/`;
  return tails.some((tail) => matches(prefix + tail)) ? 'UNSETTLED' : 'OUTSIDE';
}

/** All relative paths of up to five characters: more than its own length no pattern asks for below a path. */
const tails = ['a', 'b', '/'].flatMap((first) => textsFrom(first, 5)).filter((text) => !/^\/|\/$|\/\//.test(text));

function textsFrom(text: string, maxLength: number): string[] {
  if (text.length === maxLength) return [text];
  return [text, ...['a', 'b', '/'].flatMap((next) => textsFrom(text + next, maxLength))];
}
