/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

/** A clock never runs backward: each reading is not before the one that came before it. */
export interface Clock {
  now(): Instant;
}

export function createSystemClock(): Clock {
  let last = 0;
  return {
    now() {
      last = Math.max(last, Date.now());
      return last;
    },
  };
}

/** For tests: stands still until it is told to move. */
export function createManualClock(start: Instant): Clock & { advance(milliseconds: number): void } {
  let current = start;
  return {
    now: () => current,
    advance(milliseconds) {
      current += Math.max(0, milliseconds);
    },
  };
}
