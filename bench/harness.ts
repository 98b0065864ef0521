import { setTimeout } from 'node:timers/promises';

/** Times of one call, in microseconds. */
export interface Timing {
  /** By the clock, waits for the processor included. */
  readonly median: number;
  readonly p99: number;
  /** Of the processor, a mean: what else the machine does at the time counts little. */
  readonly processor: number;
  readonly calls: number;
}
export interface Effort {
  /** Told 0, 1, 2 … */
  run(call: number): unknown;
  /** Processor time in microseconds, so far, of other processes that work for it. */
  readonly elsewhere?: () => number;
  /** At most, in one comparison. */
  readonly calls?: number;
  readonly budgetMs?: number;
}

const rounds = 10;
/** Of what takes some hundred microseconds. */
export const cheapCalls = 20_000;
const warmUpShare = 0.15;

/** One side alone. */
export async function time(
  run: (call: number) => unknown,
  { calls = cheapCalls, budgetMs = 8000 } = {},
): Promise<Timing> {
  const [timing] = await timeInTurns({ run, calls, budgetMs });
  return timing!;
}

/** Both sides of a ratio in one process, taking turns after a warm-up, so that neither has the machine at a better time. */
export async function compare(
  ours: Effort,
  theirs: Effort,
): Promise<{ readonly ours: Timing; readonly theirs: Timing }> {
  const [first, second] = await timeInTurns(ours, theirs);
  return { ours: first!, theirs: second! };
}

/**
 * Any number of sides, as `compare`. What a side leaves behind is collected before the next one's turn: its garbage is
 * its own to bear, so let cheap calls be so many that collecting falls within their turns. A turn begins with calls that
 * are not timed: collecting drops compiled code that was long unused.
 */
export async function timeInTurns(...sides: readonly Effort[]): Promise<readonly Timing[]> {
  const timed = sides.map((side) => ({ side, called: 0, processor: 0, times: [] as number[] }));
  for (let round = 0; round < rounds; round++)
    for (const each of timed) {
      await collectGarbage();
      const { run, calls = 2000, budgetMs = 8000, elsewhere = () => 0 } = each.side;
      const isWarmUp = round < rounds * warmUpShare;
      const inTurn = calls / rounds;
      const budget = budgetMs / rounds;
      const warmUntil = performance.now() + budget * warmUpShare;
      for (let call = 0; call < inTurn * warmUpShare && performance.now() < warmUntil; call++) await run(each.called++);
      const until = performance.now() + budget;
      const before = process.cpuUsage();
      const elsewhereBefore = elsewhere();
      for (let call = 0; call < inTurn && (call < 3 || performance.now() < until); call++) {
        const start = performance.now();
        await run(each.called++);
        if (!isWarmUp) each.times.push((performance.now() - start) * 1000);
      }
      const used = process.cpuUsage(before);
      if (!isWarmUp) each.processor += used.user + used.system + elsewhere() - elsewhereBefore;
    }
  return timed.map(({ times, processor }) => {
    times.sort((a, b) => a - b);
    return {
      median: times[times.length >> 1]!,
      p99: times[Math.floor(times.length * 0.99)]!,
      processor: processor / times.length,
      calls: times.length,
    };
  });
}

/** With the sweeping that other threads do afterwards. */
async function collectGarbage(): Promise<void> {
  globalThis.gc?.();
  await setTimeout(250);
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

/** What a ratio must reach on the estate that is the yardstick; on others it is told beside. */
export interface RatioMust {
  readonly atLeast: number;
  readonly isYardstick: boolean;
}

/** The row of a ratio, with its figure as it is told. */
export function ratioRow(what: string, ratio: number, figure: string, must?: RatioMust): Row {
  if (must === undefined) return { what, figure };
  const text = `≥ ${must.atLeast}×`;
  if (!must.isYardstick) return { what: `${what} (at M must be ${text})`, figure };
  return { what, figure, must: { text, met: ratio >= must.atLeast } };
}

/** How many times faster `ours` is, by the processor's time for the same questions. */
export function fasterRow(what: string, { ours, theirs }: Awaited<ReturnType<typeof compare>>, must?: RatioMust): Row {
  const ratio = theirs.processor / ours.processor;
  const figure = `${ratio.toFixed(ratio < 10 ? 1 : 0)}× (${micros(ours.processor)} against ${micros(theirs.processor)})`;
  return ratioRow(what, ratio, figure, must);
}

export function micros(value: number): string {
  return value < 1000 ? `${value.toFixed(1)} µs` : `${(value / 1000).toFixed(1)} ms`;
}
