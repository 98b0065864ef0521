import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseRef, printRef, type Ref } from '../../src/graph/ref.js';

const part = fc.string({ minLength: 1, unit: fc.constantFrom('a', 'Ø', '.', '/', ':', '@', '\\', ' ', '-') });
const path = fc.oneof(
  fc.constant('/'),
  part.filter((text) => !text.endsWith('/')).map((text) => `/${text}`),
);
const ref: fc.Arbitrary<Ref> = fc.oneof(
  fc.record({ kind: fc.constant('named' as const), slug: part }),
  fc.record({ kind: fc.constant('source' as const), tenant: part, source: part }),
  fc.record({ kind: fc.constant('identity' as const), tenant: part, name: part }),
  fc.record({ kind: fc.constant('principal' as const), tenant: part, source: part, name: part }),
  fc.record({ kind: fc.constant('catalogued' as const), application: part, name: part }),
  fc.record({ kind: fc.constant('catalogued' as const), application: part, tenant: part, name: part }),
  fc.record({ kind: fc.constant('resource' as const), application: part, tenant: part, path }),
);

describe('a ref', () => {
  it.each<[string, Ref]>([
    ['acme', { kind: 'named', slug: 'acme' }],
    ['acme.entra', { kind: 'source', tenant: 'acme', source: 'entra' }],
    ['acme/svc-sync', { kind: 'identity', tenant: 'acme', name: 'svc-sync' }],
    ['acme/ann@acme.dk', { kind: 'identity', tenant: 'acme', name: 'ann@acme.dk' }],
    ['acme.entra/Sales DK', { kind: 'principal', tenant: 'acme', source: 'entra', name: 'Sales DK' }],
    ['acme.entra/a/b: c', { kind: 'principal', tenant: 'acme', source: 'entra', name: 'a/b: c' }],
    ['crm:admin', { kind: 'catalogued', application: 'crm', name: 'admin' }],
    ['crm@acme:admin', { kind: 'catalogued', application: 'crm', tenant: 'acme', name: 'admin' }],
    ['crm:contact.delete', { kind: 'catalogued', application: 'crm', name: 'contact.delete' }],
    ['k8s:\\/healthz', { kind: 'catalogued', application: 'k8s', name: '/healthz' }],
    ['crm:/acme', { kind: 'resource', application: 'crm', tenant: 'acme', path: '/' }],
    ['crm:/acme/prod/db1', { kind: 'resource', application: 'crm', tenant: 'acme', path: '/prod/db1' }],
    ['acme\\.dk.entra', { kind: 'source', tenant: 'acme.dk', source: 'entra' }],
  ])('prints and parses `%s`', (text, parts) => {
    expect(parseRef(text)).toEqual(parts);
    expect(printRef(parts)).toBe(text);
  });

  it.each([
    '',
    '.',
    'acme.',
    '/ann',
    'acme/',
    'acme.entra/',
    'crm:',
    'crm@acme',
    '@acme:x',
    'crm:/',
    'a.b.c',
    'crm:/a:b',
    'acme\\',
  ])('refuses `%s`', (text) => {
    expect(() => parseRef(text)).toThrow(expect.objectContaining({ code: 'INVALID' }));
  });

  it('parses back to the parts that were printed, whatever separators they hold', () => {
    fc.assert(
      fc.property(ref, (parts) => expect(parseRef(printRef(parts))).toEqual(parts)),
      { numRuns: 2_000 },
    );
  });

  it('is never the same text for different parts', () => {
    fc.assert(
      fc.property(ref, ref, (a, b) => {
        fc.pre(JSON.stringify(a) !== JSON.stringify(b));
        expect(printRef(a)).not.toBe(printRef(b));
      }),
      { numRuns: 2_000 },
    );
  });
});
