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
  readonly errors: number;
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
  return {
    ...(lastWriteAt !== undefined && { lastWriteAt }),
    accounts,
    groups,
    dangling,
    errors: counts.errors ?? 0,
    coerced,
  };
}

const dayMs = 86_400_000;
const coercedPrefix = 'coerced.';
