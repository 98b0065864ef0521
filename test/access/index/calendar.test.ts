import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createCalendar } from '../../../src/access/index/calendar.js';

interface Entry {
  readonly instant: number;
  readonly subject: number;
}
const anyEntry = fc.record({ instant: fc.nat(30), subject: fc.integer({ min: -5, max: 5 }) });
const holding = (entries: readonly Entry[]) => (subject: number, instant: number) =>
  entries.some((entry) => entry.subject === subject && entry.instant === instant);

describe('the calendar', () => {
  it('names whoever changes between two instants, and the next instant at which somebody does', () => {
    fc.assert(
      fc.property(fc.array(anyEntry), fc.array(anyEntry), fc.nat(30), fc.nat(30), (kept, gone, a, b) => {
        const calendar = createCalendar(holding(kept));
        for (const { instant, subject } of [...gone, ...kept]) calendar.add(instant, subject);
        const judged = new Set<number>();
        calendar.between(a, b, (subject) => judged.add(subject));
        const isBetween = ({ instant }: Entry) => Math.min(a, b) < instant && instant <= Math.max(a, b);
        for (const entry of kept.filter(isBetween)) expect(judged).toContain(entry.subject);
        const later = kept.map(({ instant }) => instant).filter((instant) => instant > a);
        expect(calendar.nextAfter(a)).toBe(later.length > 0 ? Math.min(...later) : undefined);
      }),
    );
  });

  it('does not grow with what is over: access that is given for an hour, again and again', () => {
    const open = new Map<number, number>();
    const calendar = createCalendar((subject, instant) => open.get(subject) === instant);
    const rows = 10;
    for (let given = 0; given < 100_000; given++) {
      open.set(given % rows, given + rows);
      calendar.add(given + rows, given % rows);
      if (given % 100 === 0) calendar.between(given - 1, given, () => {});
    }
    expect(calendar.nextAfter(99_999)).toBe(100_000);
    expect(calendar.size()).toBeLessThan(3_000);
  });

  it('is not slowed down by entries that are over before their time', () => {
    let looked = 0;
    const calendar = createCalendar((subject) => {
      looked++;
      return subject < 0;
    });
    for (let row = 0; row < 50_000; row++) calendar.add(1_000 + row, row);
    calendar.add(100_000, -1);
    for (let question = 0; question < 100; question++) expect(calendar.nextAfter(0)).toBe(100_000);
    expect(looked).toBeLessThan(200_000);
  });
});
