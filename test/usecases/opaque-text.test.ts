import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createOpaqueText } from '../../src/usecases/opaque-text.js';
import { getSecretKey } from '../../src/usecases/secret-key.js';

const key = Buffer.alloc(32, 1);
const opaque = createOpaqueText(key);

describe('revisions as opaque text', () => {
  it('come back as the numbers that they are, also from another process with the same key', () => {
    fc.assert(
      fc.property(fc.nat({ max: Number.MAX_SAFE_INTEGER }), (revision) => {
        const text = opaque.printRevision(revision);
        expect(text).toMatch(/^[\w-]{22}$/);
        expect(createOpaqueText(key).parseRevision(text)).toBe(revision);
      }),
    );
  });

  it('of neighbours have nothing in common', () => {
    const shared = Array.from({ length: 200 }, (_, at) => {
      const [a, b] = [opaque.printRevision(at), opaque.printRevision(at + 1)];
      return Array.from(a).filter((letter, place) => letter === b[place]).length;
    });
    expect(Math.max(...shared)).toBeLessThan(8);
  });

  it('of another key, cut or made up are refused', () => {
    const other = createOpaqueText(Buffer.alloc(32, 2)).printRevision(7);
    for (const text of [other, opaque.printRevision(7).slice(1), '7', '', 'AAAAAAAAAAAAAAAAAAAAAA', '💥'])
      expect(() => opaque.parseRevision(text)).toThrow('is no revision; give back what a response called `revision`');
  });
});

describe('sealed text', () => {
  it('comes back as it was, and is never the same twice', () => {
    fc.assert(
      fc.property(fc.string(), (plain) => {
        expect(opaque.unseal(opaque.seal(plain))).toBe(plain);
        expect(opaque.seal(plain)).not.toBe(opaque.seal(plain));
      }),
    );
  });

  it('changed in any place is no longer sealed', () => {
    const bytes = Buffer.from(opaque.seal('position'), 'base64url');
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(opaque.unseal(changed.toString('base64url'))).toBeUndefined();
    }
    expect(opaque.unseal('')).toBeUndefined();
    expect(createOpaqueText(Buffer.alloc(32, 2)).unseal(bytes.toString('base64url'))).toBeUndefined();
  });
});

describe('the secret key', () => {
  it('is what is given, else made once, for its owner alone, and kept', () => {
    const folder = mkdtempSync(join(tmpdir(), 'key-'));
    try {
      expect(getSecretKey(folder, '07'.repeat(32))).toEqual(Buffer.alloc(32, 7));
      const made = getSecretKey(join(folder, 'data'));
      expect(made).toHaveLength(32);
      expect(getSecretKey(join(folder, 'data'))).toEqual(made);
      const path = join(folder, 'data', 'secret.key');
      expect([statSync(path).mode & 0o777, readFileSync(path, 'utf8').trim()]).toEqual([0o600, made.toString('hex')]);
      writeFileSync(path, 'not a key');
      expect(() => getSecretKey(join(folder, 'data'))).toThrow('does not hold a key');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
