import type { Revision } from '../../graph/ids.js';
import type { Clock } from '../../kernel/clock.js';
import { GraphError } from '../../kernel/errors.js';
import type { NeighbourhoodReader } from '../../store/neighbourhood.js';
import type { AsOf, PairQuestion } from '../access-engine.js';
import type { AccessGraph } from '../index/access-graph.js';
import type { GraphSource } from '../index/access-questions.js';
import type { Follower } from '../index/follow.js';
import type { GraphsAt } from '../index/graph-at.js';
import { createKeptParts, isRightAt, type KnownPart } from './kept-parts.js';
import { fits, planPart, type ReadPart, readPart } from './part-of-graph.js';
import type { RecentCommits } from './recent-commits.js';
import { isTouched } from './touched-part.js';

/** How often the open graph is read for one question, while commits change what is read, before it is read as of a revision. */
const presentTries = 2;

interface Answered<Result> {
  readonly result: Result;
}
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
 * read for it, or was lately. The database gives what is committed while one reads: so after reading, the log is followed
 * to its head, and the part is believed only where no commit since the reading began could have changed it.
 */
export function createNeighbourhoodGraphs({ reader, follower, catalogues, recent, clock }: Sources): GraphSource {
  type Use<Result> = Parameters<typeof catalogues.ask<Result>>[1];
  type Asked = Parameters<GraphSource['ask']>[0];

  const kept = createKeptParts();

  return {
    async ask(asked, use) {
      const pair = { ...asked.pair, at: asked.pair.at ?? clock.now() };
      if (pair.revision !== undefined) await follower.catchUp(pair.revision);
      const answered = (await askKept({ ...asked, pair }, use)) ?? (await askNow({ ...asked, pair }, use));
      if (answered) return answered.result;
      const revision = pair.revision ?? (await follower.current()).revision;
      return askAt(revision, { ...asked, pair }, use);
    },
  };

  async function askKept<Result>({ pair, need }: Asked, use: Use<Result>): Promise<Answered<Result> | undefined> {
    if (need.kind !== 'reached') return undefined;
    const known = kept.find(planPart((await follower.current()).graph, need));
    return known && answerOver(known, pair, use);
  }

  /** Reads the open graph. Absent: commits changed what is read, or it is too long ago that it was so. */
  async function askNow<Result>(
    { pair, need, signal }: Asked,
    use: Use<Result>,
  ): Promise<Answered<Result> | undefined> {
    // What was changed after an older revision stays changed.
    const mostTries = pair.revision === undefined ? presentTries : 1;
    for (let tries = 0; tries < mostTries; tries++) {
      const { graph, storeId, revision: since } = await follower.current();
      if (recent.effectsBetween(pair.revision ?? since, since) === undefined) return undefined;
      const part = await readPart(reader, planPart(graph, need), {}, signal);
      await follower.catchUp(part.head);
      const newest = follower.revision();
      const effects = recent.effectsBetween(since, newest);
      if (effects === undefined || isTouched(part, effects)) continue;
      const known = { part, storeId, since, upTo: newest };
      kept.keep(known);
      const answered = await answerOver(known, pair, use);
      if (answered) return answered;
    }
    return undefined;
  }

  function answerOver<Result>(
    known: KnownPart,
    pair: PairQuestion,
    use: Use<Result>,
  ): Promise<Answered<Result> | undefined> {
    return catalogues.ask(pair, (graph, asOf, id) => {
      const { part, storeId } = known;
      const isRight = id === storeId && isRightAt(known, asOf.revision, recent);
      if (!isRight || !fits(graph, part)) return undefined;
      return { result: visit(graph, part, asOf, (whole, when) => use(whole, when, id)) };
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
