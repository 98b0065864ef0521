import type { GraphEffect, StoredCommit } from '../../graph/change.js';
import type { Revision } from '../../graph/ids.js';

/** Effects of the newest commits that are kept, to tell whether what was read meanwhile is of one revision. */
const keptEffects = 20_000;

/** The newest commits of the log, without a gap. */
export interface RecentCommits {
  /** Takes the commit that is next; one that is known is passed over, one beyond the next begins anew. */
  add(commit: StoredCommit): void;
  /** All effects after the revision, oldest first; absent: not all commits from there up to `upTo` are kept. */
  effectsAfter(revision: Revision, upTo: Revision): readonly GraphEffect[] | undefined;
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
    effectsAfter(revision, upTo) {
      if (revision >= upTo && newest() <= revision) return [];
      const oldest = commits[0]?.revision;
      if (oldest === undefined || oldest > revision + 1 || newest() < upTo) return undefined;
      return commits.filter((commit) => commit.revision > revision).flatMap((commit) => commit.effects);
    },
  };
}
