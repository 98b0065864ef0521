import { isDayOf } from '../kernel/calendar-day.js';

/** A point in time finer than a millisecond. */
export interface DateTime {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly milliseconds: number;
  /** Digits of the second's fraction beyond the milliseconds, without trailing zeros. */
  readonly finer: string;
}

/** Longer text is no instant that anybody meant. */
const maxLength = 128;
const pattern = /^((-?\d{4,6}-\d\d)-(\d\d)T\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)?$/i;

/** Reads an xsd:dateTime (RFC 7643 §2.3.5) with a fraction of any sensible length; without an offset it is UTC. Undefined if it is none. */
export function parseDateTime(text: string): DateTime | undefined {
  if (text.length > maxLength) return undefined;
  const [, seconds, month = '', day, fraction = '', offset = 'Z'] = pattern.exec(text) ?? [];
  if (seconds === undefined || !isDayOf(month, Number(day))) return undefined;
  const milliseconds = Date.parse(`${seconds}.${fraction.slice(0, 3).padEnd(3, '0')}${offset}`.toUpperCase());
  return Number.isNaN(milliseconds) ? undefined : { milliseconds, finer: fraction.slice(3).replace(/0+$/, '') };
}

/** Negative when `a` is before `b`, zero when they are the same instant. */
export function compareDateTimes(a: DateTime, b: DateTime): number {
  if (a.milliseconds !== b.milliseconds) return a.milliseconds - b.milliseconds;
  if (a.finer === b.finer) return 0;
  return a.finer < b.finer ? -1 : 1;
}
