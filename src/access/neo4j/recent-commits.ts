import type { GraphEffect, StoredCommit } from '../../graph/change.js';
import type { Revision } from '../../graph/ids.js';

/** Effects of the newest commits that are kept, to tell whether what was read meanwhile is of one revision. */
const keptEffects = 20_000;

/** The newest commits of the log, without a gap. */
export interface RecentCommits {
  /** Takes the commit that is next; one that is known is passed over, one beyond the next begins anew. */
  add(commit: StoredCommit): void;
  /** All effects after one revision up to another, oldest first; absent: not all commits between are kept. */
  effectsBetween(after: Revision, upTo: Revision): readonly GraphEffect[] | undefined;
}

export function createRecentCommits(): RecentCommits {
  let commits: StoredCommit[] = [];
  let effects = 0;
  const newest = () => commits.at(-1)?.revision ?? 0;

  return {
    add(commit) {
      if (commits.length > 0 && commit.revision <= newest()) return;
      if (commit.revision !== newest() + 1) {
        commits = [];
        effects = 0;
      }
      commits.push(commit);
      effects += commit.effects.length;
      while (effects > keptEffects && commits.length > 1) effects -= commits.shift()!.effects.length;
    },
    effectsBetween(after, upTo) {
      if (after >= upTo) return [];
      const oldest = commits[0]?.revision;
      if (oldest === undefined || oldest > after + 1 || newest() < upTo) return undefined;
      return commits.slice(after + 1 - oldest, upTo + 1 - oldest).flatMap((commit) => commit.effects);
    },
  };
}
