import { randomBytes } from 'node:crypto';
import type { StoredCommit } from '../../graph/change.js';
import type { Clock } from '../../kernel/clock.js';
import { GraphError } from '../../kernel/errors.js';
import type { AccessEngine, Answer, AsOf, PairQuestion } from '../access-engine.js';
import type { AccessGraph } from './access-graph.js';
import { summarizeAccess } from './access-summary.js';
import { createCursors, questionText } from './cursor.js';
import { listCycles } from './cycles.js';
import { decideAccess } from './decide-access.js';
import { listPermissions } from './effective-permissions.js';
import { createFollower, type FollowedLog, type FollowerStatus } from './follow.js';
import { createGraphsAt } from './graph-at.js';
import { type GraphMemory, graphMemory } from './graph-memory.js';
import { listInheritancePaths } from './inheritance-paths.js';
import { createScratch } from './scratch.js';
import { listHolders } from './who-can.js';
import { explainDecision } from './why-not.js';

/** An engine that holds the graph in this process and follows the store's log. */
export interface IndexEngine extends AccessEngine {
  /** Hands over a commit that this process stored; one that is not exactly next is read from the log in its turn. */
  offer(stored: StoredCommit): void;
  /** For readiness: two failures at one revision mean that it cannot be got over. */
  status(): FollowerStatus;
  memory(): Promise<GraphMemory>;
}

export interface IndexEngineOptions {
  readonly log: FollowedLog;
  readonly clock: Clock;
  /** Signs cursors; absent: one of this process, so that cursors end with it. */
  readonly cursorKey?: Uint8Array;
}

interface PagedQuestion extends PairQuestion {
  readonly first: number;
  readonly after?: string;
}
interface Paging {
  readonly nextPosition?: number;
}

const maxPage = 1_000;

export function createIndexEngine({ log, clock, cursorKey = randomBytes(32) }: IndexEngineOptions): IndexEngine {
  const follower = createFollower(log);
  const graphs = createGraphsAt(log, follower, clock);
  const cursors = createCursors(cursorKey);
  const scratch = createScratch();

  return {
    effectivePermissions: (question, signal) =>
      askPaged('effectivePermissions', question, signal, (graph, position) =>
        listPermissions(graph, scratch, question, position),
      ),
    whoCan: (question, signal) =>
      askPaged('whoCan', question, signal, (graph, position) => listHolders(graph, scratch, question, position)),
    inheritancePaths: (question, signal) =>
      askPaged('inheritancePaths', question, signal, (graph, position) =>
        listInheritancePaths(graph, question, position),
      ),
    whyNot: (question, signal) => ask(question, signal, (graph) => explainDecision(graph, question)),
    cycles: (pair, signal) => ask(pair, signal, (graph) => ({ items: listCycles(graph) })),
    decide: (question, signal) => ask(question, signal, (graph) => decideAccess(graph, scratch, question)),
    summary: (question, signal) => ask(question, signal, (graph) => summarizeAccess(graph, scratch, question)),
    revision: () => follower.revision(),
    catchUp: (revision, signal) => beforeDeadline(follower.catchUp(revision), signal, 'UNAVAILABLE'),
    offer: (stored) => follower.offer(stored),
    status: () => follower.status(),
    memory: async () => graphMemory((await follower.current()).graph),
    close: async () => follower.close(),
  };

  function ask<Result extends object>(
    question: PairQuestion,
    signal: AbortSignal | undefined,
    answer: (graph: AccessGraph) => Result,
  ): Promise<Result & { readonly asOf: AsOf }> {
    const asked = graphs.ask(question, (graph, asOf) => ({ ...answer(graph), asOf }));
    return beforeDeadline(asked, signal, 'DEADLINE');
  }

  async function askPaged<Page extends Omit<Answer<unknown>, 'asOf' | 'next'> & Paging>(
    name: string,
    question: PagedQuestion,
    signal: AbortSignal | undefined,
    list: (graph: AccessGraph, position: number) => Page,
  ): Promise<Omit<Page, 'nextPosition'> & { readonly asOf: AsOf; readonly next?: string }> {
    checkFirst(question.first);
    const place = question.after === undefined ? undefined : cursors.read(question.after, questionText(name, question));
    const pair = place ?? question;
    const asked = graphs.ask(pair, (graph, asOf, storeId) => {
      if (place && place.storeId !== storeId) throw expired();
      const { nextPosition, ...page } = list(graph, place?.position ?? 0);
      if (nextPosition === undefined) return { ...page, asOf };
      const next = cursors.write({ ...asOf, storeId, position: nextPosition }, questionText(name, question));
      return { ...page, asOf, next };
    });
    return beforeDeadline(asked, signal, 'DEADLINE');
  }
}

function checkFirst(first: number): void {
  if (Number.isInteger(first) && first >= 1 && first <= maxPage) return;
  throw new GraphError('INVALID', `\`first\` is ${first}; ask for 1 to ${maxPage} items`, { argument: 'first' });
}

const expired = () => new GraphError('CURSOR_EXPIRED', 'the cursor is of another store; ask again from the first page');

/** The work goes on after the deadline; only its result is no longer waited for. */
function beforeDeadline<Result>(
  work: Promise<Result>,
  signal: AbortSignal | undefined,
  code: 'DEADLINE' | 'UNAVAILABLE',
): Promise<Result> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const abort = () => reject(new GraphError(code, 'the deadline passed before there was an answer; allow more time'));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
