import { describe, expect, it } from '@jest/globals';
import { parseInstant } from '../../src/graphql/scalars.js';

describe('an instant', () => {
  it.each([
    ['2026-02-28T23:59:59Z', '2026-02-28T23:59:59.000Z'],
    ['2028-02-29T00:00:00.5+01:00', '2028-02-28T23:00:00.500Z'],
    ['2026-12-31t08:00:00z', '2026-12-31T08:00:00.000Z'],
  ])('is read with its offset: %s', (text, at) => {
    expect(new Date(parseInstant(text)!).toISOString()).toBe(at);
  });

  it.each([
    '2026-02-29T08:00:00Z',
    '2026-02-30T08:00:00Z',
    '2026-04-31T08:00:00Z',
    '2026-13-01T08:00:00Z',
    '2026-01-00T08:00:00Z',
    '2026-01-01T24:00:00Z',
    '2026-01-01T23:60:00Z',
    '2026-01-01T08:00:00',
    '2026-01-01',
  ])('of a day or a time that does not exist, or without an offset, is none: %s', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });
});
