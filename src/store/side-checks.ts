import { checkText } from '../graph/text.js';
import type { Instant } from '../kernel/clock.js';
import { GraphError } from '../kernel/errors.js';

const dayMs = 86_400_000;
/** The first instant of its UTC day. */
export const dayOf = (at: Instant): Instant => Math.floor(at / dayMs) * dayMs;

/** Before every instant. */
export const firstInstant = Number.MIN_SAFE_INTEGER;

/** What stands in fields of its own; the rest is JSON, which escapes whatever a field could not hold. */
export function checkKeys(...keys: readonly (string | undefined)[]): void {
  for (const key of keys) if (key !== undefined) checkText(key, 'a key');
}

export const takenToken = () => new GraphError('UNIQUENESS', 'another credential has this token; make a new one');
