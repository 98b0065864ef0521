import type { Revision } from '../../graph/ids.js';
import type { Clock } from '../../kernel/clock.js';
import { GraphError } from '../../kernel/errors.js';
import type { NeighbourhoodReader } from '../../store/neighbourhood.js';
import type { AsOf } from '../access-engine.js';
import type { AccessGraph } from '../index/access-graph.js';
import type { GraphSource } from '../index/access-questions.js';
import type { Follower } from '../index/follow.js';
import type { GraphsAt } from '../index/graph-at.js';
import { fits, planPart, type ReadPart, readPart } from './part-of-graph.js';
import type { RecentCommits } from './recent-commits.js';
import { isTouched } from './touched-part.js';

/** How often the open graph is read for one question, while commits change what is read, before it is read as of a revision. */
const presentTries = 2;

interface Sources {
  readonly reader: NeighbourhoodReader;
  /** Follows the catalogue. */
  readonly follower: Follower;
  readonly catalogues: GraphsAt;
  readonly recent: RecentCommits;
  readonly clock: Clock;
}

/**
 * Answers each question on the catalogue, which is kept, and the part of the graph that the question needs, which is
 * read for it. The database gives what is committed while one reads: so after reading, the log is followed to its head,
 * and the part is believed only where no commit since the reading began could have changed it.
 */
export function createNeighbourhoodGraphs({ reader, follower, catalogues, recent, clock }: Sources): GraphSource {
  type Use<Result> = Parameters<typeof catalogues.ask<Result>>[1];
  type Asked = Parameters<GraphSource['ask']>[0];

  return {
    async ask(asked, use) {
      const pair = { ...asked.pair, at: asked.pair.at ?? clock.now() };
      if (pair.revision !== undefined) await follower.catchUp(pair.revision);
      // What was changed after an older revision stays changed.
      const mostTries = pair.revision === undefined ? presentTries : 1;
      for (let tries = 0; tries < mostTries; tries++) {
        const answered = await askNow({ ...asked, pair }, use);
        if (answered) return answered.result;
      }
      const revision = pair.revision ?? (await follower.current()).revision;
      return askAt(revision, { ...asked, pair }, use);
    },
  };

  /** Absent: what was read is not of the revision asked about. */
  async function askNow<Result>(
    { pair, need, signal }: Asked,
    use: Use<Result>,
  ): Promise<{ readonly result: Result } | undefined> {
    const before = await follower.current();
    const { storeId, revision: begun } = before;
    const oldest = Math.min(begun, pair.revision ?? begun);
    if (recent.effectsAfter(oldest, begun) === undefined) return undefined;
    const part = await readPart(reader, planPart(before.graph, need), {}, signal);
    await follower.catchUp(part.head);
    return catalogues.ask(pair, (graph, asOf, id) => {
      const since = recent.effectsAfter(oldest, follower.revision());
      const isOfRevision = id === storeId && since !== undefined && !isTouched(part, since) && fits(graph, part);
      return isOfRevision ? { result: visit(graph, part, asOf, (whole, when) => use(whole, when, id)) } : undefined;
    });
  }

  async function askAt<Result>(revision: Revision, { pair, need, signal }: Asked, use: Use<Result>): Promise<Result> {
    const at = { ...pair, revision };
    const plan = await catalogues.ask(at, (graph) => planPart(graph, need));
    const part = await readPart(reader, plan, { revision }, signal);
    return catalogues.ask(at, (graph, asOf, id) => {
      if (!fits(graph, part))
        throw new GraphError('UNAVAILABLE', `what was read is not of revision ${revision} alone; try again`);
      return visit(graph, part, asOf, (whole, when) => use(whole, when, id));
    });
  }
}

/** How long the answer holds depends on the part too. */
function visit<Result>(
  graph: AccessGraph,
  part: ReadPart,
  { revision, at }: AsOf,
  use: (graph: AccessGraph, asOf: AsOf) => Result,
): Result {
  return graph.visit(part, () => {
    const until = graph.nextChange();
    return use(graph, { revision, at, ...(until !== undefined && { until }) });
  });
}
