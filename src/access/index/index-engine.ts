import type { StoredCommit } from '../../graph/change.js';
import type { NodeId } from '../../graph/ids.js';
import type { Clock, Instant } from '../../kernel/clock.js';
import { beforeDeadline } from '../../kernel/deadline.js';
import type { AccessEngine } from '../access-engine.js';
import type { AccessGraph } from './access-graph.js';
import { createAccessQuestions } from './access-questions.js';
import { createFollower, type FollowedLog, type FollowerStatus } from './follow.js';
import { createGraphsAt } from './graph-at.js';
import { type GraphMemory, graphMemory } from './graph-memory.js';

/** An engine that follows the store's log. */
export interface FollowingEngine extends AccessEngine {
  /** Hands over a commit that this process stored; one that is not exactly next is read from the log in its turn. */
  offer(stored: StoredCommit): void;
  /** For readiness: two failures at one revision mean that it cannot be got over. */
  status(): FollowerStatus;
}

/** An engine that holds the graph in this process. */
export interface IndexEngine extends FollowingEngine {
  memory(): Promise<GraphMemory>;
}

export interface IndexEngineOptions {
  readonly log: FollowedLog;
  readonly clock: Clock;
  /** Signs cursors; absent: one of this process, so that cursors end with it. */
  readonly cursorKey?: Uint8Array;
}

export function createIndexEngine({ log, clock, cursorKey }: IndexEngineOptions): IndexEngine {
  const follower = createFollower(log);
  const graphs = createGraphsAt(log, follower, clock);
  const questions = createAccessQuestions({ ask: ({ pair }, use) => graphs.ask(pair, use) }, cursorKey);

  return {
    ...questions,
    changedByTime: ({ since, ...pair }, signal) =>
      beforeDeadline(
        graphs.ask(pair, (graph, asOf) => ({ nodes: changedSince(graph, since), asOf })),
        signal,
        'DEADLINE',
      ),
    revision: () => follower.revision(),
    catchUp: (revision, signal) => beforeDeadline(follower.catchUp(revision), signal, 'UNAVAILABLE'),
    offer: (stored) => follower.offer(stored),
    status: () => follower.status(),
    memory: async () => graphMemory((await follower.current()).graph),
    close: async () => follower.close(),
  };
}

function changedSince(graph: AccessGraph, since: Instant): readonly NodeId[] {
  const nodes = new Set<NodeId>();
  graph.eachChangeSince(since, (node) => nodes.add(graph.nodes.ids[node]!));
  return [...nodes];
}
