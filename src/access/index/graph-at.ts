import type { Revision } from '../../graph/ids.js';
import type { Clock } from '../../kernel/clock.js';
import { GraphError } from '../../kernel/errors.js';
import type { AsOf, PairQuestion } from '../access-engine.js';
import type { AccessGraph } from './access-graph.js';
import type { Followed, FollowedLog, Follower } from './follow.js';
import { loadGraph } from './load-graph.js';

/** Old revisions whose graphs are kept while they are asked about: of several, as many as are no larger together than the newest. */
const frozenGraphs = 3;
/** Old revisions that may wait to be read while another is: each is a whole graph. */
const mostWaiting = 4;

interface Frozen {
  readonly graph: Promise<AccessGraph>;
  /** Rows of edges; 0 while it is read. */
  edges: number;
}

export interface GraphsAt {
  /**
   * Calls `use` with the graph at the question's revision (default: the newest) and instant (default: now), without a
   * pause in between: nothing else sees the graph there.
   * @throws GraphError INVALID beyond the head, GONE before the horizon, UNAVAILABLE
   */
  ask<Result>(pair: PairQuestion, use: (graph: AccessGraph, asOf: AsOf, storeId: string) => Result): Promise<Result>;
}

export function createGraphsAt(log: FollowedLog, follower: Follower, clock: Clock): GraphsAt {
  /** In the order of their last use. */
  const frozen = new Map<string, Frozen>();
  let reading: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  return {
    async ask(pair, use) {
      const at = pair.at ?? clock.now();
      if (pair.revision !== undefined) await follower.catchUp(pair.revision);
      const followed = await follower.current();
      const revision = pair.revision ?? followed.revision;
      const answer = (graph: AccessGraph) => {
        graph.moveTo(at);
        const until = graph.nextChange();
        return use(graph, { revision, at, ...(until !== undefined && { until }) }, followed.storeId);
      };
      if (revision === followed.revision) return answer(followed.graph);
      await checkHorizon(revision);
      const now = await follower.current();
      if (isWithinReach(now, revision)) return steppedBack(now, revision, answer);
      return answer(await frozenAt(revision, now));
    },
  };

  async function checkHorizon(revision: Revision): Promise<void> {
    const { horizon } = await log.head();
    if (revision < horizon)
      throw new GraphError('GONE', `revision \`${revision}\` is no longer kept; the oldest is \`${horizon}\``);
  }

  /** Reverts the commits after the revision and applies them again, whatever happens in between. */
  function steppedBack<Result>(
    { graph, recent, revision: newest }: Followed,
    revision: Revision,
    answer: (graph: AccessGraph) => Result,
  ): Result {
    const later = recent.filter((commit) => commit.revision > revision);
    const step = (change: () => void) => {
      try {
        change();
      } catch (error) {
        follower.fail(newest, error);
        throw new GraphError('UNAVAILABLE', 'the access index lost its place; try again later', {}, { cause: error });
      }
    };
    step(() => {
      for (const commit of later.toReversed()) graph.revert(commit.effects);
    });
    try {
      return answer(graph);
    } finally {
      step(() => {
        for (const commit of later) graph.apply(commit.effects);
      });
    }
  }

  function frozenAt(revision: Revision, { storeId, graph }: Followed): Promise<AccessGraph> {
    const key = `${storeId} ${revision}`;
    const found = frozen.get(key) ?? freeze(key, revision, graph.edges.count);
    frozen.delete(key);
    frozen.set(key, found);
    return found.graph;
  }

  /** @throws GraphError UNAVAILABLE */
  function freeze(key: string, revision: Revision, mostEdges: number): Frozen {
    const made: Frozen = { graph: readInTurn(revision), edges: 0 };
    made.graph.then(
      (graph) => {
        made.edges = graph.edges.count;
        dropOldest(mostEdges);
      },
      () => frozen.delete(key),
    );
    return made;
  }

  function dropOldest(mostEdges: number): void {
    const held = () => [...frozen.values()].reduce((sum, { edges }) => sum + edges, 0);
    for (const [oldest, { edges }] of frozen)
      if (edges > 0 && frozen.size > 1 && (frozen.size > frozenGraphs || held() > mostEdges)) frozen.delete(oldest);
  }

  /** One after the other, or they would hold many graphs at once. */
  function readInTurn(revision: Revision): Promise<AccessGraph> {
    if (waiting > mostWaiting)
      throw new GraphError('UNAVAILABLE', 'other earlier revisions are being read; ask again later', {
        retryAfterSeconds: 5,
      });
    waiting++;
    const graph = reading
      .then(() => loadGraph(log.snapshot(revision)))
      .then((loaded) => loaded.graph)
      .finally(() => {
        waiting--;
      });
    reading = graph.catch(() => {});
    return graph;
  }
}

/** Whether all commits after the revision are at hand. */
function isWithinReach({ revision: newest, recent }: Followed, revision: Revision): boolean {
  return newest - revision <= recent.length;
}
