import type { Instant } from '../../kernel/clock.js';

/**
 * The instants at which edges and identities change by themselves. An entry is a hint: whoever is named is judged
 * afresh, so an entry that outlived its edge does no harm.
 */
export interface Calendar {
  add(instant: Instant, subject: number): void;
  /** Calls `judge` for every subject with an instant in (earlier, later], whichever way time moved. */
  between(a: Instant, b: Instant, judge: (subject: number) => void): void;
  /** Takes back all that is added until the function it gives is called. */
  mark(): () => void;
  /** The first instant after `at` whose entry still holds; absent: none. */
  nextAfter(at: Instant, holds: (subject: number, instant: Instant) => boolean): Instant | undefined;
}

export function createCalendar(): Calendar {
  let instants = new Float64Array(0);
  let subjects = new Int32Array(0);
  let waiting: { readonly instant: Instant; readonly subject: number }[] = [];

  return {
    add(instant, subject) {
      waiting.push({ instant, subject });
    },
    between(a, b, judge) {
      merge();
      const end = firstAfter(Math.max(a, b));
      for (let i = firstAfter(Math.min(a, b)); i < end; i++) judge(subjects[i]!);
    },
    mark() {
      const before = { instants, subjects, waiting: waiting.slice() };
      return () => {
        ({ instants, subjects, waiting } = before);
      };
    },
    nextAfter(at, holds) {
      merge();
      for (let i = firstAfter(at); i < instants.length; i++) if (holds(subjects[i]!, instants[i]!)) return instants[i];
      return undefined;
    },
  };

  function firstAfter(at: Instant): number {
    let low = 0;
    let high = instants.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (instants[middle]! <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Sorts what was added since the last question, and merges it in; what is known already is dropped. */
  function merge(): void {
    if (waiting.length === 0) return;
    waiting.sort((a, b) => a.instant - b.instant || a.subject - b.subject);
    const mergedInstants = new Float64Array(instants.length + waiting.length);
    const mergedSubjects = new Int32Array(mergedInstants.length);
    let length = 0;
    const push = (instant: Instant, subject: number) => {
      if (length > 0 && mergedInstants[length - 1] === instant && mergedSubjects[length - 1] === subject) return;
      mergedInstants[length] = instant;
      mergedSubjects[length++] = subject;
    };
    let old = 0;
    const pushOldUpTo = (instant: Instant, subject: number) => {
      while (old < instants.length && isNotAfter(instants[old]!, subjects[old]!, instant, subject))
        push(instants[old]!, subjects[old++]!);
    };
    for (const entry of waiting) {
      pushOldUpTo(entry.instant, entry.subject);
      push(entry.instant, entry.subject);
    }
    pushOldUpTo(Number.POSITIVE_INFINITY, 0);
    instants = mergedInstants.subarray(0, length);
    subjects = mergedSubjects.subarray(0, length);
    waiting = [];
  }
}

function isNotAfter(instant: Instant, subject: number, otherInstant: Instant, otherSubject: number): boolean {
  return instant < otherInstant || (instant === otherInstant && subject <= otherSubject);
}
