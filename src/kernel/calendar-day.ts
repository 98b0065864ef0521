const dayMs = 86_400_000;

/** Whether the month (`2026-02`) has that day: `Date` takes February 30th for March 2nd. False for what is no month. */
export function isDayOf(month: string, day: number): boolean {
  const first = Date.parse(`${month}-01T00:00:00Z`);
  return new Date(first).getUTCMonth() === new Date(first + (day - 1) * dayMs).getUTCMonth();
}
