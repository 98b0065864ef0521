import { EDGE_RULES } from '../graph/edge.js';
import { isIdSyntax, type Revision } from '../graph/ids.js';
import { INDEXED_FIELDS } from '../graph/indexed-fields.js';
import type { NodeKind } from '../graph/node.js';
import { GraphError } from '../kernel/errors.js';
import { type EdgeQuery, maxIdsPerCall, maxPageSize, type NodeQuery, type Where } from './graph-store.js';

// What every store refuses of a question before it is asked.

/** @throws GraphError TOO_LARGE */
export function checkIdCount(count: number): void {
  if (count > maxIdsPerCall)
    throw new GraphError('TOO_LARGE', `${count} ids were asked for and at most ${maxIdsPerCall} are answered at once`, {
      limit: 'maxIdsPerCall',
    });
}

/** @throws GraphError INVALID */
export function checkEdgeQuery({ kind, limit, after }: EdgeQuery): void {
  if (!Object.hasOwn(EDGE_RULES, kind)) throw new GraphError('INVALID', `there is no edge kind \`${kind}\``);
  checkLimit(limit);
  if (after !== undefined && !isIdSyntax(after))
    throw new GraphError('INVALID', 'the position to go on after is none that a page gave', { argument: 'after' });
}

/** @throws GraphError INVALID */
export function checkPage({ limit, skip = 0 }: Pick<NodeQuery, 'limit' | 'skip'>): void {
  checkLimit(limit);
  if (!Number.isInteger(skip) || skip < 0)
    throw new GraphError('INVALID', `\`${skip}\` nodes cannot be skipped`, { argument: 'skip' });
}

function checkLimit(limit: number): void {
  if (!Number.isInteger(limit) || limit < 1 || limit > maxPageSize)
    throw new GraphError('INVALID', `the limit is \`${limit}\`; it is 1 to ${maxPageSize}`, { argument: 'limit' });
}

/** @throws GraphError INVALID for a field that `INDEXED_FIELDS` does not list */
export function checkField(kind: NodeKind, field: string): void {
  if (Object.hasOwn(INDEXED_FIELDS[kind], field)) return;
  const known = Object.keys(INDEXED_FIELDS[kind]).join(', ');
  throw new GraphError('INVALID', `${kind} has no indexed field \`${field}\`; it has ${known}`, { argument: 'field' });
}

/** The instant that a stamp is compared with. @throws GraphError INVALID */
export function stampInstant({ stamp, operator, value }: Extract<Where, { kind: 'stamp' }>): number {
  if (/^-?\d{1,15}$/.test(value) && operator !== 'STARTS_WITH' && operator !== 'CONTAINS') return Number(value);
  throw new GraphError(
    'INVALID',
    `${stamp} compares with decimal milliseconds, by order or equality, not \`${value}\``,
  );
}

/** How many terms one filter may have: below what the stores' parsers take. */
const maxTerms = 200;

/** Whether a store takes the filter: what joins and negates terms counts as one each. */
export function isTaken(where: Where): boolean {
  return countTerms(where) <= maxTerms;
}

/** @throws GraphError INVALID */
export function checkTerms(where: Where): void {
  if (!isTaken(where))
    throw new GraphError('INVALID', `the filter has more than ${maxTerms} terms; ask in parts`, { limit: 'maxTerms' });
}

function countTerms(where: Where): number {
  if (where.kind === 'not') return 1 + countTerms(where.of);
  if (where.kind === 'and' || where.kind === 'or') return where.of.reduce((sum, each) => sum + countTerms(each), 1);
  return 1;
}

/** @throws GraphError GONE, INVALID */
export function checkKept(revision: Revision, horizon: Revision): void {
  if (!Number.isInteger(revision) || revision < 0)
    throw new GraphError('INVALID', `\`${revision}\` is no revision`, { argument: 'revision' });
  if (revision < horizon)
    throw new GraphError('GONE', `revision ${revision} is no longer kept; the oldest is ${horizon}`);
}

export const tooManyHolders = () =>
  new GraphError('TOO_MANY', `more than ${maxPageSize} nodes hold the value; list them`, { limit: 'maxPageSize' });
