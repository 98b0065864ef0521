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
export async function time(run: (call: number) => unknown, { calls = 2000, budgetMs = 8000 } = {}): Promise<Timing> {
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
 * its own to bear, so let cheap calls be so many that collecting falls within their turns.
 */
export async function timeInTurns(...sides: readonly Effort[]): Promise<readonly Timing[]> {
  const timed = sides.map((side) => ({ side, called: 0, processor: 0, times: [] as number[] }));
  for (let round = 0; round < rounds; round++)
    for (const each of timed) {
      globalThis.gc?.();
      const { run, calls = 2000, budgetMs = 8000, elsewhere = () => 0 } = each.side;
      const isWarmUp = round < rounds * warmUpShare;
      const until = performance.now() + budgetMs / rounds;
      const before = process.cpuUsage();
      const elsewhereBefore = elsewhere();
      for (let call = 0; call < calls / rounds && (call < 3 || performance.now() < until); call++) {
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
