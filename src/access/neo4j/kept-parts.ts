import type { Revision } from '../../graph/ids.js';
import type { PartPlan, ReadPart } from './part-of-graph.js';
import type { RecentCommits } from './recent-commits.js';
import { isTouched } from './touched-part.js';

/** Nodes and edges in all parts that are kept. */
const keptItems = 50_000;

/** A part that was read, and the revisions, without a gap, at which the graph has it so. */
export interface KnownPart {
  readonly part: ReadPart;
  readonly storeId: string;
  since: Revision;
  upTo: Revision;
}

/** Parts read lately: for the next page, and the next question about the same identity. The longest unused go first. */
export interface KeptParts {
  find(plan: PartPlan): KnownPart | undefined;
  keep(known: KnownPart): void;
}

export function createKeptParts(): KeptParts {
  /** In the order of their last use. */
  const kept = new Map<string, KnownPart>();
  let items = 0;
  const take = (key: string) => {
    const known = kept.get(key);
    if (known) items -= sizeOf(known);
    kept.delete(key);
    return known;
  };
  const put = (key: string, known: KnownPart) => {
    take(key);
    kept.set(key, known);
    items += sizeOf(known);
    for (const oldest of kept.keys()) if (items > keptItems) take(oldest);
  };

  return {
    find(plan) {
      const [key, wider] = [keyOf(plan), keyOf(plan, true)];
      const found = key !== undefined && kept.has(key) ? key : wider;
      const known = found === undefined ? undefined : take(found);
      if (known) put(found!, known);
      return known;
    },
    keep(known) {
      const key = keyOf(known.part.plan);
      if (key !== undefined && sizeOf(known) <= keptItems) put(key, known);
    },
  };
}

/** Whether the part is right at the revision, as far as commits are kept that say so. Widens what is known of it. */
export function isRightAt(known: KnownPart, revision: Revision, recent: RecentCommits): boolean {
  const isSame = (after: Revision, upTo: Revision) => {
    const effects = recent.effectsBetween(after, upTo);
    return effects !== undefined && !isTouched(known.part, effects);
  };
  if (!isSame(known.upTo, revision) || !isSame(revision, known.since)) return false;
  known.upTo = Math.max(known.upTo, revision);
  known.since = Math.min(known.since, revision);
  return true;
}

/** `undefined`: such parts are asked for once. */
function keyOf(plan: PartPlan, assume = plan.kind === 'reached' && plan.assume): string | undefined {
  return plan.kind === 'reached' ? `${assume} ${plan.nodes.join()}` : undefined;
}

const sizeOf = ({ part }: KnownPart) => 1 + part.nodes.length + part.edges.length;
