import type { NodeId } from '../graph/ids.js';
import type { Clock, Instant } from '../kernel/clock.js';
import type { GraphStore } from '../store/graph-store.js';
import type { SideStore } from '../store/side-store.js';

/** How a source is doing. Counters are of whole UTC days: today's and the one before it. */
export interface SourceHealthReport {
  readonly lastWriteAt?: Instant;
  readonly accounts: number;
  readonly groups: number;
  /** References to what has not arrived. */
  readonly dangling: number;
  /** Those that were refused included. */
  readonly requests: number;
  readonly errors: number;
  /** Whose client most requests looked like, by the name of its preset; absent: like nobody's in particular. */
  readonly looksLike?: string;
  /** Accepted habits that leave the standard, by number. */
  readonly coerced: readonly { readonly habit: string; readonly count: number }[];
}

/** For a source that the caller may see. */
export async function reportSourceHealth(
  {
    store,
    side,
    clock,
  }: {
    readonly store: Pick<GraphStore, 'count'>;
    readonly side: Pick<SideStore, 'healthOf'>;
    readonly clock: Clock;
  },
  source: NodeId,
): Promise<SourceHealthReport> {
  const scope = { kind: 'source', source } as const;
  const [accounts, groups, dangling, health] = await Promise.all([
    store.count(scope, { kind: 'Account' }),
    store.count(scope, { kind: 'Group' }),
    store.count(scope, { kind: 'PendingReference' }),
    side.healthOf(source, clock.now() - dayMs),
  ]);
  const { lastWriteAt, counts } = health;
  const coerced = Object.entries(counts)
    .filter(([name]) => name.startsWith(coercedPrefix))
    .map(([name, count]) => ({ habit: name.slice(coercedPrefix.length), count }))
    .sort((a, b) => (a.habit < b.habit ? -1 : 1));
  const looksLike = mostCounted(counts, 'client.');
  return {
    ...(lastWriteAt !== undefined && { lastWriteAt }),
    accounts,
    groups,
    dangling,
    requests: counts.requests ?? 0,
    errors: counts.errors ?? 0,
    ...(looksLike !== undefined && { looksLike }),
    coerced,
  };
}

const dayMs = 86_400_000;
const coercedPrefix = 'coerced.';

/** What follows the prefix in the name of the highest counter; of equal ones the first by name. */
function mostCounted(counts: Readonly<Record<string, number>>, prefix: string): string | undefined {
  const [most] = Object.entries(counts)
    .filter(([name]) => name.startsWith(prefix))
    .sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1));
  return most?.[0].slice(prefix.length);
}
