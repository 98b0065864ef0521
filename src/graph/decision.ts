import { assertNever } from '../kernel/assert.js';

/** What holds for (identity, permission, resource). */
export type Decision = 'ALLOWED' | 'CONDITIONAL' | 'DENIED' | 'NOT_GRANTED' | 'UNKNOWN';
/** Why a decision is `UNKNOWN`, or a listing incomplete. */
export type IncompleteReason = 'LIMIT' | 'EFFORT' | 'DEADLINE' | 'REDACTED' | 'UNKNOWN_STATE' | 'IMPORTING';

/** How much of one kind of entry reaches the resource: an unconditional one settles what conditional ones leave open. */
export type Reach = 'NONE' | 'CONDITIONAL' | 'UNCONDITIONAL';

/** The table of section 3, step 5, read from the top: denies first, then the absence of an allow. */
export function decide(allow: Reach, deny: Reach): Exclude<Decision, 'UNKNOWN'> {
  if (deny === 'UNCONDITIONAL') return 'DENIED';
  if (allow === 'NONE') return 'NOT_GRANTED';
  if (deny === 'CONDITIONAL') return 'CONDITIONAL';
  switch (allow) {
    case 'UNCONDITIONAL':
      return 'ALLOWED';
    case 'CONDITIONAL':
      return 'CONDITIONAL';
    default:
      return assertNever(allow);
  }
}

export const covers = (decision: Decision): boolean => decision === 'ALLOWED' || decision === 'CONDITIONAL';

const height: Record<Exclude<Decision, 'UNKNOWN'>, number> = { DENIED: 0, NOT_GRANTED: 1, CONDITIONAL: 2, ALLOWED: 3 };

/** The lower of two settled decisions: `DENIED < NOT_GRANTED < CONDITIONAL < ALLOWED`. */
export function lower<D extends Exclude<Decision, 'UNKNOWN'>>(a: D, b: D): D {
  return height[a] <= height[b] ? a : b;
}

/** The higher of two settled decisions. */
export function higher<D extends Exclude<Decision, 'UNKNOWN'>>(a: D, b: D): D {
  return height[a] >= height[b] ? a : b;
}

/**
 * Step 6: the two readings of what was left unseen. The same result is settled; where both cover, or neither does, the
 * lower is; else nobody knows.
 */
export function reconcile(
  pessimistic: Exclude<Decision, 'UNKNOWN'>,
  optimistic: Exclude<Decision, 'UNKNOWN'>,
): Decision {
  if (covers(pessimistic) === covers(optimistic)) return lower(pessimistic, optimistic);
  return 'UNKNOWN';
}
