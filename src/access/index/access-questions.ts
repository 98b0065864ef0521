import { randomBytes } from 'node:crypto';
import type { NodeId } from '../../graph/ids.js';
import { beforeDeadline } from '../../kernel/deadline.js';
import { GraphError } from '../../kernel/errors.js';
import type { AccessEngine, Answer, AsOf, PairQuestion, WhoCanQuestion } from '../access-engine.js';
import type { AccessGraph } from './access-graph.js';
import { summarizeAccess } from './access-summary.js';
import { createCursors, questionText } from './cursor.js';
import { listCycles } from './cycles.js';
import { decideAccess } from './decide-access.js';
import { listPermissions } from './effective-permissions.js';
import { listIdentitiesBefore } from './identities-before.js';
import { listInheritancePaths } from './inheritance-paths.js';
import { findBringingEdges } from './row-bringing.js';
import { createScratch } from './scratch.js';
import { listHolders } from './who-can.js';
import { explainDecision } from './why-not.js';

/** What of the graph an answer depends on, beside the catalogue. */
export type Need =
  /** All that the identities reach; with `assume`, also by acting as others. `named`: nodes that need only be known. */
  | {
      readonly kind: 'reached';
      readonly identities: readonly NodeId[];
      readonly assume: boolean;
      readonly named?: readonly NodeId[];
    }
  /** All that reaches one of the nodes. */
  | { readonly kind: 'reaching'; readonly nodes: readonly NodeId[]; readonly assume: boolean }
  /** The groups, and who of them is in which. */
  | { readonly kind: 'groups' };

/** Where questions find the graph that they are answered on. */
export interface GraphSource {
  /**
   * Calls `use` with a graph that holds at least what is needed, at the question's revision (default: the newest) and
   * instant (default: now), without a pause in between: nothing else sees the graph there.
   * @throws GraphError INVALID beyond the head, GONE before the horizon, DEADLINE, UNAVAILABLE
   */
  ask<Result>(
    asked: { readonly pair: PairQuestion; readonly need: Need; readonly signal?: AbortSignal | undefined },
    use: (graph: AccessGraph, asOf: AsOf, storeId: string) => Result,
  ): Promise<Result>;
}

/** The questions of the port, each answered by one pure function over whatever graph the source gives. */
export type AccessQuestions = Omit<AccessEngine, 'changedByTime' | 'revision' | 'catchUp' | 'close'>;

interface PagedQuestion extends PairQuestion {
  readonly first: number;
  readonly after?: string;
}
interface Paging {
  readonly nextPosition?: number;
}
/** A question with what goes with it. */
interface Asked<Question extends PairQuestion> {
  readonly question: Question;
  readonly need: Need;
  readonly signal: AbortSignal | undefined;
}

const maxPage = 1_000;

/** `cursorKey` signs cursors; absent: one of this process, so that cursors end with it. */
export function createAccessQuestions(source: GraphSource, cursorKey: Uint8Array = randomBytes(32)): AccessQuestions {
  const cursors = createCursors(cursorKey);
  const scratch = createScratch();

  return {
    effectivePermissions(question, signal) {
      const need = reached([question.identity], question.includeAssume === true);
      return askPaged('effectivePermissions', { question, need, signal }, (graph, position) =>
        listPermissions(graph, scratch, question, position),
      );
    },
    whoCan: (question, signal) =>
      askPaged('whoCan', { question, need: reaching(question), signal }, (graph, position) =>
        listHolders(graph, scratch, question, position),
      ),
    inheritancePaths(question, signal) {
      const { identity, via = [], avoid = [] } = question;
      // What lies below a bringing edge is looked at over every hop.
      const need: Need = { ...reached([identity], true), named: [...via, ...avoid] };
      return askPaged('inheritancePaths', { question, need, signal }, (graph, position) =>
        listInheritancePaths(graph, question, position),
      );
    },
    async bringingEdges(question, signal) {
      checkLength('rows', question.rows.length, 0);
      return ask({ question, need: reached([question.identity], false), signal }, (graph) => ({
        edges: findBringingEdges(graph, scratch, question),
      }));
    },
    identitiesBefore: (question, signal) =>
      ask({ question, need: { kind: 'reaching', nodes: question.nodes, assume: true }, signal }, (graph) => ({
        identities: listIdentitiesBefore(graph, scratch, question.nodes),
      })),
    whyNot: (question, signal) =>
      ask({ question, need: reached([question.identity], false), signal }, (graph) => explainDecision(graph, question)),
    cycles: (pair, signal) =>
      ask({ question: pair, need: { kind: 'groups' }, signal }, (graph) => ({ items: listCycles(graph) })),
    decide(question, signal) {
      const { identity, onBehalfOf } = question;
      const isForOther = onBehalfOf !== undefined;
      const need = reached(isForOther ? [identity, onBehalfOf] : [identity], isForOther);
      return ask({ question, need, signal }, (graph) => decideAccess(graph, scratch, question));
    },
    summary: (question, signal) =>
      ask({ question, need: reached([question.identity], true), signal }, (graph) =>
        summarizeAccess(graph, scratch, question),
      ),
  };

  function ask<Result extends object>(
    { question: pair, need, signal }: Asked<PairQuestion>,
    answer: (graph: AccessGraph) => Result,
  ): Promise<Result & { readonly asOf: AsOf }> {
    const asked = source.ask({ pair, need, signal }, (graph, asOf) => ({ ...answer(graph), asOf }));
    return beforeDeadline(asked, signal, 'DEADLINE');
  }

  async function askPaged<Page extends Omit<Answer<unknown>, 'asOf' | 'next'> & Paging>(
    name: string,
    { question, need, signal }: Asked<PagedQuestion>,
    list: (graph: AccessGraph, position: number) => Page,
  ): Promise<Omit<Page, 'nextPosition'> & { readonly asOf: AsOf; readonly next?: string }> {
    checkLength('first', question.first, 1);
    const place = question.after === undefined ? undefined : cursors.read(question.after, questionText(name, question));
    const asked = source.ask({ pair: place ?? question, need, signal }, (graph, asOf, storeId) => {
      if (place && place.storeId !== storeId) throw expired();
      const { nextPosition, ...page } = list(graph, place?.position ?? 0);
      if (nextPosition === undefined) return { ...page, asOf };
      const next = cursors.write({ ...asOf, storeId, position: nextPosition }, questionText(name, question));
      return { ...page, asOf, next };
    });
    return beforeDeadline(asked, signal, 'DEADLINE');
  }
}

function reached(identities: readonly NodeId[], assume: boolean): Extract<Need, { kind: 'reached' }> {
  return { kind: 'reached', identities, assume };
}

function reaching({ permission, includeAssume = false }: WhoCanQuestion): Need {
  return { kind: 'reaching', nodes: [permission], assume: includeAssume };
}

function checkLength(argument: string, length: number, least: number): void {
  if (Number.isInteger(length) && length >= least && length <= maxPage) return;
  throw new GraphError('INVALID', `\`${argument}\` is ${length}; ask for ${least} to ${maxPage} items`, { argument });
}

const expired = () => new GraphError('CURSOR_EXPIRED', 'the cursor is of another store; ask again from the first page');
