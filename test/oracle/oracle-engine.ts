import type { AccessEngine, Answer, AsOf, PairQuestion, PathsQuestion } from '../../src/access/access-engine.js';
import type { Clock } from '../../src/kernel/clock.js';
import { GraphError } from '../../src/kernel/errors.js';
import type { MemoryLog } from '../estate/memory-log.js';
import { isCovering } from './decision-table.js';
import { createOracle, type Oracle } from './oracle.js';

/** The oracle behind the port, so that the corpus and the laws are asked of it as of any engine. */
export function createOracleEngine(log: Pick<MemoryLog, 'rows' | 'commits'>, clock: Clock): AccessEngine {
  const head = () => log.commits().length;
  function at(question: PairQuestion, after?: string): { readonly oracle: Oracle; readonly asOf: AsOf } {
    const kept = after === undefined ? question : (JSON.parse(after) as AsOf);
    const asOf = { revision: kept.revision ?? head(), at: kept.at ?? clock.now() };
    if (asOf.revision > head()) throw new GraphError('INVALID', `revision \`${asOf.revision}\` is beyond the head`);
    return { oracle: createOracle(log.rows(), asOf.revision, asOf.at), asOf };
  }
  const whole = { completeness: { complete: true, reasons: [] } };
  return {
    async effectivePermissions(question) {
      const { oracle, asOf } = at(question, question.after);
      const rows = oracle.effectivePermissions(question);
      const covering = rows.filter((row) => isCovering(row.decision)).map((row) => row.permission);
      return { ...page(rows, question, asOf), permissionCount: new Set(covering).size };
    },
    async decide(question) {
      const { oracle, asOf } = at(question);
      const decision = oracle.decide(question);
      const unknown = decision === 'UNKNOWN' ? ({ unknownReason: 'UNKNOWN_STATE' } as const) : {};
      return { decision, ...unknown, conditions: [], decidedBy: [], asOf, ...whole };
    },
    async inheritancePaths(question) {
      const { oracle, asOf } = at(question, question.after);
      const paths = oracle.inheritancePaths(question);
      const answer = page(paths, question, asOf);
      return {
        ...answer,
        pathCount: { atLeast: String(paths.length), exact: true },
        completeness: isCut(oracle, question, paths.length)
          ? { complete: false, reasons: ['LIMIT'], limit: `maxLength ${question.maxLength}` }
          : answer.completeness,
      };
    },
    async whyNot(question) {
      const { oracle, asOf } = at(question);
      return { ...oracle.whyNot(question), asOf, ...whole };
    },
    async whoCan(question) {
      const { oracle, asOf } = at(question, question.after);
      const rows = oracle.whoCan(question);
      const { visible: _, ...asAll } = question;
      const hidden = oracle.whoCan(asAll).length > rows.length;
      if (!hidden) return page(rows, question, asOf);
      const { totalCount: __, ...answer } = page(rows, question, asOf);
      return { ...answer, completeness: { complete: false, reasons: ['REDACTED'] } };
    },
    async summary(question) {
      const { oracle, asOf } = at(question);
      return { ...oracle.summary(question), asOf, ...whole };
    },
    async cycles(question) {
      const { oracle, asOf } = at(question);
      return { items: oracle.cycles(), asOf };
    },
    revision: head,
    catchUp: async () => {},
    close: async () => {},
  };
}

function isCut(oracle: Oracle, question: PathsQuestion, listed: number): boolean {
  const { maxLength: _, ...uncut } = question;
  return oracle.inheritancePaths(uncut).length > listed;
}

function page<Item>(
  items: readonly Item[],
  { first, after }: { readonly first: number; readonly after?: string },
  asOf: AsOf,
): Answer<Item> {
  const skip = after === undefined ? 0 : (JSON.parse(after) as { readonly skip: number }).skip;
  const isLast = skip + first >= items.length;
  return {
    items: items.slice(skip, skip + first),
    ...(isLast ? {} : { next: JSON.stringify({ ...asOf, skip: skip + first }) }),
    totalCount: items.length,
    asOf,
    completeness: { complete: true, reasons: [] },
  };
}
