import type { Clock } from '../../kernel/clock.js';
import { beforeDeadline } from '../../kernel/deadline.js';
import type { NeighbourhoodReader } from '../../store/neighbourhood.js';
import { createAccessQuestions } from '../index/access-questions.js';
import { createFollower, type FollowedLog } from '../index/follow.js';
import { createGraphsAt } from '../index/graph-at.js';
import type { FollowingEngine } from '../index/index-engine.js';
import { createCatalogueLog, onlyCatalogue } from './catalogue-log.js';
import { createNeighbourhoodGraphs } from './neighbourhood-graphs.js';
import { createRecentCommits } from './recent-commits.js';

export interface Neo4jEngineOptions {
  readonly log: FollowedLog;
  readonly neighbourhoods: NeighbourhoodReader;
  readonly clock: Clock;
  /** Signs cursors; absent: one of this process, so that cursors end with it. */
  readonly cursorKey?: Uint8Array;
}

/**
 * An engine for graphs that no process is to hold: it keeps the catalogue (roles, permissions, grants, resources), follows
 * its changes in the log, and reads for each question the identities, accounts, groups and edges that the answer needs.
 * What answers is the same as in the index.
 */
export function createNeo4jEngine({ log, neighbourhoods, clock, cursorKey }: Neo4jEngineOptions): FollowingEngine {
  const recent = createRecentCommits();
  const catalogueLog = createCatalogueLog(log, neighbourhoods, recent.add);
  const follower = createFollower(catalogueLog);
  const catalogues = createGraphsAt(catalogueLog, follower, clock);
  const graphs = createNeighbourhoodGraphs({ reader: neighbourhoods, follower, catalogues, recent, clock });

  return {
    ...createAccessQuestions(graphs, cursorKey),
    // What it holds of the graph has no windows. The parts that it reads have, and each answer tells its own.
    changedByTime: ({ since: _, ...pair }) => catalogues.ask(pair, (_, asOf) => ({ asOf })),
    revision: () => follower.revision(),
    catchUp: (revision, signal) => beforeDeadline(follower.catchUp(revision), signal, 'UNAVAILABLE'),
    offer(stored) {
      if (stored.revision === follower.revision() + 1) recent.add(stored);
      follower.offer(onlyCatalogue(stored));
    },
    status: () => follower.status(),
    close: async () => follower.close(),
  };
}
