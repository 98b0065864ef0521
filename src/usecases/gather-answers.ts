import type { Completeness } from '../access/access-engine.js';
import type { Instant } from '../kernel/clock.js';

/** What an answer says of itself. */
interface About {
  /** Absent: it holds until the next commit. */
  readonly until?: Instant;
  readonly completeness: Completeness;
}

/** Of many answers: the soonest end, every reason why one is not whole, the first limit. */
export function gatherAnswers() {
  let until = Number.POSITIVE_INFINITY;
  const reasons = new Set<Completeness['reasons'][number]>();
  let limit: string | undefined;
  return {
    add(answer: About): void {
      until = Math.min(until, answer.until ?? until);
      for (const reason of answer.completeness.reasons) reasons.add(reason);
      limit ??= answer.completeness.limit;
    },
    result: (): About => ({
      ...(Number.isFinite(until) && { until }),
      completeness: {
        complete: reasons.size === 0,
        reasons: [...reasons].sort(),
        ...(limit !== undefined && { limit }),
      },
    }),
  };
}
