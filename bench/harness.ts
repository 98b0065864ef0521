/** Times of one call, in microseconds. */
export interface Timing {
  readonly mean: number;
  readonly median: number;
  readonly p99: number;
  readonly calls: number;
}

/**
 * Calls `run` with 0, 1, 2 … after a warm-up, until `calls` or `budgetMs` is reached, and at least three times. Both sides of a ratio
 * are to be measured with it in one process, one after the other.
 */
export async function time(
  run: (call: number) => unknown,
  { calls = 2000, warmUp = 200, budgetMs = 8000 } = {},
): Promise<Timing> {
  const warmUpUntil = performance.now() + budgetMs / 4;
  for (let call = 0; call < warmUp && performance.now() < warmUpUntil; call++) await run(call);
  const times: number[] = [];
  const until = performance.now() + budgetMs;
  for (let call = 0; call < calls && (call < 3 || performance.now() < until); call++) {
    const start = performance.now();
    await run(call);
    times.push((performance.now() - start) * 1000);
  }
  times.sort((a, b) => a - b);
  return {
    mean: times.reduce((sum, one) => sum + one, 0) / times.length,
    median: times[times.length >> 1] as number,
    p99: times[Math.floor(times.length * 0.99)] as number,
    calls: times.length,
  };
}

/** One printed line: what was measured, and what it must reach. */
export interface Row {
  readonly what: string;
  readonly figure: string;
  /** Absent: told, not required. */
  readonly must?: { readonly text: string; readonly met: boolean };
}

export function printTable(title: string, rows: readonly Row[]): void {
  const width = (pick: (row: Row) => string) => Math.max(...rows.map((row) => pick(row).length));
  const what = width((row) => row.what);
  const figure = width((row) => row.figure);
  console.log(`\n${title}`);
  for (const row of rows) {
    const must = row.must ? `  must ${row.must.text}  ${row.must.met ? 'met' : 'MISSED'}` : '';
    console.log(`  ${row.what.padEnd(what)}  ${row.figure.padStart(figure)}${must}`.trimEnd());
  }
}

/** How many times faster `ours` is, by mean times of the same questions. */
export function fasterRow(what: string, ours: Timing, theirs: Timing, mustBeAtLeast: number): Row {
  const ratio = theirs.mean / ours.mean;
  return {
    what,
    figure: `${ratio.toFixed(ratio < 10 ? 1 : 0)}× (${micros(ours.mean)} against ${micros(theirs.mean)} mean)`,
    must: { text: `≥ ${mustBeAtLeast}×`, met: ratio >= mustBeAtLeast },
  };
}

export function micros(value: number): string {
  return value < 1000 ? `${value.toFixed(1)} µs` : `${(value / 1000).toFixed(1)} ms`;
}
