import type { Instant } from '../../kernel/clock.js';

/**
 * The instants at which edges and identities change by themselves. An entry is a hint: whoever is named is judged
 * afresh, so an entry that outlived its edge does no harm; it is dropped in time.
 */
export interface Calendar {
  add(instant: Instant, subject: number): void;
  /** Calls `judge` for every subject with an instant in (earlier, later], whichever way time moved. */
  between(a: Instant, b: Instant, judge: (subject: number) => void): void;
  /** Takes back all that is added until the function it gives is called. */
  mark(): () => void;
  /** The first instant after `at` whose entry still holds; absent: none. */
  nextAfter(at: Instant): Instant | undefined;
  /** Entries, also those that hold no longer. */
  size(): number;
}

/** Whether the subject changes at that instant. */
type Holds = (subject: number, instant: Instant) => boolean;

/** Entries by instant, then by subject, each once. Never written once it is made. */
interface Run {
  readonly instants: Float64Array;
  readonly subjects: Int32Array;
}
const noEntries: Run = { instants: new Float64Array(0), subjects: new Int32Array(0) };

/** So many new entries, and some more by the root of what there is, wait until they are merged with the others. */
const fewEntries = 1_024;

/**
 * Two sorted runs: what was added lately is merged into the short one before a question, and that into the long one
 * when it is no longer short. What holds no longer is dropped then.
 */
export function createCalendar(holds: Holds): Calendar {
  let long = noEntries;
  let short = noEntries;
  let waiting: { readonly instant: Instant; readonly subject: number }[] = [];

  return {
    add(instant, subject) {
      waiting.push({ instant, subject });
    },
    between(a, b, judge) {
      takeIn();
      for (const { instants, subjects } of [long, short]) {
        const end = firstAfter(instants, Math.max(a, b));
        for (let i = firstAfter(instants, Math.min(a, b)); i < end; i++) judge(subjects[i]!);
      }
    },
    mark() {
      const before = { long, short, waiting: waiting.slice() };
      return () => {
        ({ long, short, waiting } = before);
      };
    },
    nextAfter(at) {
      takeIn();
      let passed = 0;
      let next: Instant | undefined;
      for (const { instants, subjects } of [long, short])
        for (let i = firstAfter(instants, at); i < instants.length && (next === undefined || instants[i]! < next); i++)
          if (holds(subjects[i]!, instants[i]!)) next = instants[i]!;
          else passed++;
      if (passed > mostShort()) compact();
      return next;
    },
    size: () => long.instants.length + short.instants.length + waiting.length,
  };

  function mostShort(): number {
    return fewEntries + 4 * Math.sqrt(long.instants.length);
  }

  function takeIn(): void {
    if (waiting.length === 0) return;
    waiting.sort((a, b) => a.instant - b.instant || a.subject - b.subject);
    const added = {
      instants: Float64Array.from(waiting, ({ instant }) => instant),
      subjects: Int32Array.from(waiting, ({ subject }) => subject),
    };
    waiting = [];
    short = merged(short, added, () => true);
    if (short.instants.length > mostShort()) compact();
  }

  function compact(): void {
    long = merged(long, short, holds);
    short = noEntries;
  }
}

function firstAfter(instants: Float64Array, at: Instant): number {
  let low = 0;
  let high = instants.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (instants[middle]! <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

function merged(a: Run, b: Run, keep: Holds): Run {
  const instants = new Float64Array(a.instants.length + b.instants.length);
  const subjects = new Int32Array(instants.length);
  let length = 0;
  for (let i = 0, j = 0; i < a.instants.length || j < b.instants.length; ) {
    const [run, at] = isNext(a, i, b, j) ? [a, i++] : [b, j++];
    const instant = run.instants[at]!;
    const subject = run.subjects[at]!;
    const isKnown = length > 0 && instants[length - 1] === instant && subjects[length - 1] === subject;
    if (isKnown || !keep(subject, instant)) continue;
    instants[length] = instant;
    subjects[length++] = subject;
  }
  return { instants: instants.slice(0, length), subjects: subjects.slice(0, length) };
}

/** Whether the entry of `a` comes before that of `b`; a run that is at its end has none. */
function isNext(a: Run, i: number, b: Run, j: number): boolean {
  if (i === a.instants.length) return false;
  if (j === b.instants.length) return true;
  const difference = a.instants[i]! - b.instants[j]!;
  return difference < 0 || (difference === 0 && a.subjects[i]! <= b.subjects[j]!);
}
