import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from '../../src/graph/canonical.js';
import { chainHash, commitHash, effectDigest, hashBeforeFirst, headerDigest } from '../../src/graph/commit-hash.js';
import { asCommitId } from '../../src/graph/ids.js';
import { createGrowingGraph, put, tenant } from './small-estate.js';

describe('canonical JSON (RFC 8785)', () => {
  it('prints the sample of section 3.2.2 as section 3.2.3 does', () => {
    const sample = JSON.parse(
      '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],' +
        '"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}',
    );
    expect(canonicalJson(sample)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('sorts keys by UTF-16 code units, as the sample of section 3.2.3', () => {
    const sample = { '€': 1, '\r': 2, '\ufb33': 3, '1': 4, '😀': 5, '\u0080': 6, ö: 7 };
    expect(canonicalJson(sample)).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}');
  });

  it.each<[number, string]>([
    [0, '0'],
    [-0, '0'],
    [5e-324, '5e-324'],
    [-1.7976931348623157e308, '-1.7976931348623157e+308'],
    [9007199254740992, '9007199254740992'],
    [295147905179352830000, '295147905179352830000'],
    [1e21, '1e+21'],
    [9.999999999999997e22, '9.999999999999997e+22'],
    [0.000001, '0.000001'],
    [333333333.33333343, '333333333.33333343'],
  ])('prints the number %d as appendix B does', (number, text) => {
    expect(canonicalJson(number)).toBe(text);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, '\ud800', { '\udead': 1 }, 'a\u0000', 1n, () => 1])(
    'refuses what JSON or the graph cannot hold: %p',
    (value) => {
      expect(() => canonicalJson(value)).toThrow(expect.objectContaining({ code: 'INVALID' }));
    },
  );

  it('reads back to the same value, and is one text for any order of keys and any absent key', () => {
    const text = fc.string({ unit: 'grapheme' }).filter((each) => !each.includes('\u0000'));
    const json = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.oneof(
          text,
          fc.boolean(),
          fc.constant(null),
          fc.double({ noNaN: true, noDefaultInfinity: true }),
          fc.integer(),
        ),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(
          text.filter((key) => key !== '__proto__'),
          tie('value'),
          { maxKeys: 4 },
        ),
      ),
    })).value;
    fc.assert(
      fc.property(json, (value) => {
        const printed = canonicalJson(value);
        expect(canonicalJson(JSON.parse(printed))).toBe(printed);
        expect(JSON.parse(printed)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(reversed(value))).toBe(printed);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the hash of a commit', () => {
  const header = { revision: 1, id: asCommitId('c1'), at: 1_000, meta: { actor: 'ann' } };
  const effects = createGrowingGraph().commit(put(tenant('acme')));

  it('is SHA-256 of the canonical list of the previous hash, the digest of the header and those of the effects', () => {
    const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
    const headerHash = sha256('{"at":1000,"id":"c1","meta":{"actor":"ann"},"revision":1}');
    const digests = effects.map((effect) => sha256(canonicalJson(effect)));
    expect(digests.length).toBeGreaterThan(0);
    expect(commitHash(hashBeforeFirst, header, effects)).toBe(
      sha256(JSON.stringify(['0'.repeat(64), headerHash, digests])),
    );
  });

  it('verifies from digests alone, when the content is erased', () => {
    const whole = commitHash(hashBeforeFirst, header, effects);
    expect(chainHash(hashBeforeFirst, headerDigest(header), effects.map(effectDigest))).toBe(whole);
  });

  it('is another for another predecessor, header, effect or order', () => {
    const [first, second] = [effects, effects.toReversed().concat(effects)];
    const hashes = [
      commitHash(hashBeforeFirst, header, first),
      commitHash('1'.repeat(64), header, first),
      commitHash(hashBeforeFirst, { ...header, at: 1_001 }, first),
      commitHash(hashBeforeFirst, { ...header, meta: { actor: 'bob' } }, first),
      commitHash(hashBeforeFirst, header, second),
      commitHash(hashBeforeFirst, header, []),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
  });
});

/** The same value with the keys of each object in the opposite order, and one that is absent. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, each]) => [key, reversed(each)] as const);
  return { '\u0001absent': undefined, ...Object.fromEntries(entries.toReversed()) };
}
