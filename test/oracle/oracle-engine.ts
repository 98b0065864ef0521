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
  const hiding = { completeness: { complete: false, reasons: ['REDACTED' as const] } };
  return {
    async effectivePermissions(question) {
      const { oracle, asOf } = at(question, question.after);
      const { visible: _, ...asAll } = question;
      const rows = oracle.effectivePermissions(question);
      const answer = page(rows, question, asOf, oracle.effectivePermissions(asAll).length > rows.length);
      if (answer.totalCount === undefined) return answer;
      const covering = rows.filter((row) => isCovering(row.decision)).map((row) => row.permission);
      return { ...answer, permissionCount: new Set(covering).size };
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
    async bringingEdges(question) {
      const { oracle, asOf } = at(question);
      const { identity } = question;
      const edges = question.rows.map(({ permission, scope }) => {
        const paths = oracle.inheritancePaths({ identity, permission, resource: scope });
        const least = paths.find(({ hops }) => hops.some(({ kind }) => kind === 'MEMBER_OF' || kind === 'INHERITS'));
        return least?.bringingEdge === undefined ? undefined : least.hops[least.bringingEdge]?.id;
      });
      return { edges, asOf };
    },
    async identitiesBefore(question) {
      const { oracle, asOf } = at(question);
      return { identities: oracle.identitiesBefore(question.nodes), asOf };
    },
    async changedByTime(question) {
      return { asOf: at(question).asOf };
    },
    async whyNot(question) {
      const { oracle, asOf } = at(question);
      return { ...oracle.whyNot(question), asOf, ...whole };
    },
    async whoCan(question) {
      const { oracle, asOf } = at(question, question.after);
      const rows = oracle.whoCan(question);
      const { visible: _, ...asAll } = question;
      return page(rows, question, asOf, oracle.whoCan(asAll).length > rows.length);
    },
    async summary(question) {
      const { oracle, asOf } = at(question);
      const summary = oracle.summary(question);
      return { ...summary, asOf, ...(summary.latent === undefined || summary.eligible === undefined ? hiding : whole) };
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

/** An answer that hides something, or holds what nobody knows, says so; of hidden things there is no count. */
function page<Item extends object>(
  items: readonly Item[],
  { first, after }: { readonly first: number; readonly after?: string },
  asOf: AsOf,
  isHiding = false,
): Answer<Item> {
  const skip = after === undefined ? 0 : (JSON.parse(after) as { readonly skip: number }).skip;
  const isLast = skip + first >= items.length;
  const isKnown = items.every((item) => !('decision' in item && item.decision === 'UNKNOWN'));
  const reasons = [...(isKnown ? [] : (['UNKNOWN_STATE'] as const)), ...(isHiding ? (['REDACTED'] as const) : [])];
  return {
    items: items.slice(skip, skip + first),
    ...(isLast ? {} : { next: JSON.stringify({ ...asOf, skip: skip + first }) }),
    ...(isHiding ? {} : { totalCount: items.length }),
    asOf,
    completeness: { complete: reasons.length === 0, reasons },
  };
}
