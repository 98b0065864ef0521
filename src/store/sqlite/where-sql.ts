import type { NodeKind } from '../../graph/node.js';
import { checkText, sortKey } from '../../graph/text.js';
import { assertNever } from '../../kernel/assert.js';
import type { FieldOperator, ReadScope, Where } from '../graph-store.js';
import { checkField, checkTerms, stampInstant } from '../read-checks.js';
import type { SqlValue } from './driver.js';

/** A piece of a statement with the values of its parameters, in order. */
export interface SqlPiece {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

const comparisons = { LESS: '<', LESS_OR_EQUAL: '<=', GREATER: '>', GREATER_OR_EQUAL: '>=' } as const;

/**
 * How the nodes are come by. `nodes`: off an index of the nodes of a kind, tenant or source, in the order of insertion, and
 * the values of each are looked up; `values`: by id, from what the filter finds, which is best where that is little.
 */
export type Drive = 'nodes' | 'values';

/**
 * The filter as a condition on the row `n` of `nodes`.
 * @throws GraphError INVALID for a field that `INDEXED_FIELDS` does not list
 */
export function toSqlCondition(where: Where, kind: NodeKind, scope: ReadScope, drive: Drive): SqlPiece {
  checkTerms(where);

  function condition(part: Where): SqlPiece {
    switch (part.kind) {
      case 'field':
        return drive === 'nodes' ? hasValue(part, kind) : among([nodesOf(part, kind, scope)]);
      case 'edge':
        return among([nodesOf(part, kind, scope)]);
      case 'stamp':
        return onStamp(part);
      case 'present':
        return onPresence(part, kind);
      case 'not': {
        const { sql, values } = condition(part.of);
        return { sql: `NOT ${sql}`, values };
      }
      case 'and':
        return join(part.of.map(condition), 'and');
      case 'or':
        return anyOf(part.of);
      default:
        return assertNever(part);
    }
  }

  /** Alternatives that find nodes by themselves find them together: a row is then looked for once, not once for each. */
  function anyOf(parts: readonly Where[]): SqlPiece {
    const finders = drive === 'nodes' ? [] : parts.filter(isFinder);
    const others = parts.filter((part) => drive === 'nodes' || !isFinder(part)).map(condition);
    const found = finders.map((part) => nodesOf(part, kind, scope));
    return join(found.length > 0 ? [among(found), ...others] : others, 'or');
  }

  return condition(where);
}

/**
 * Parts of the filter that all must hold and that name values exactly, one or each of several alternatives, each as a
 * statement that counts how many nodes it finds, up to `limit` for each value.
 */
export function narrowing(where: Where | undefined, kind: NodeKind, limit: number): readonly SqlPiece[] {
  if (where?.kind === 'or') {
    const alternatives = where.of.flatMap((part) => narrowing(part, kind, limit).slice(0, 1));
    return alternatives.length > 0 && alternatives.length === where.of.length ? [summed(alternatives)] : [];
  }
  if (where?.kind === 'and') return where.of.flatMap((part) => narrowing(part, kind, limit));
  if (where?.kind === 'edge') return [limited(nodesAtEdge(where), limit)];
  if (where?.kind === 'field' && where.operator === 'EQUALS') return [limited(nodesWithValue(where, kind), limit)];
  return [];
}

const summed = (alternatives: readonly SqlPiece[]): SqlPiece => ({
  sql: `SELECT sum(found) AS found FROM (${alternatives.map(({ sql }) => sql).join(' UNION ALL ')})`,
  values: alternatives.flatMap(({ values }) => values),
});

const limited = ({ sql, values }: SqlPiece, limit: number): SqlPiece => ({
  sql: `SELECT count(*) AS found FROM (${sql} LIMIT ?)`,
  values: [...values, limit],
});

/** None of no conditions is false, all of none is true. */
export function join(pieces: readonly SqlPiece[], operator: 'and' | 'or'): SqlPiece {
  if (pieces.length === 0) return { sql: operator === 'and' ? '(1)' : '(0)', values: [] };
  const sql = pieces.map((piece) => piece.sql).join(operator === 'and' ? ' AND ' : ' OR ');
  return { sql: `(${sql})`, values: pieces.flatMap(({ values }) => values) };
}

/** A part of a filter that an index of its own answers. */
type Finder = Extract<Where, { kind: 'field' | 'edge' }>;

const isFinder = (part: Where): part is Finder => part.kind === 'field' || part.kind === 'edge';

/** The ids of the nodes that the part holds for. */
function nodesOf(part: Finder, kind: NodeKind, scope: ReadScope): SqlPiece {
  if (part.kind === 'field') return nodesWithValue(part, kind);
  const { sql, values } = nodesAtEdge(part);
  return scope.kind === 'source'
    ? { sql: `${sql} AND e.source = ?`, values: [...values, scope.source] }
    : { sql, values };
}

const among = (found: readonly SqlPiece[]): SqlPiece => ({
  sql: `n.id IN (${found.map(({ sql }) => sql).join(' UNION ALL ')})`,
  values: found.flatMap(({ values }) => values),
});

type FieldTest = Extract<Where, { kind: 'field' }>;

function nodesWithValue(where: FieldTest, kind: NodeKind): SqlPiece {
  const { sql, values } = onField(where, kind);
  return { sql: `SELECT v.node FROM field_values v WHERE v.kind = ? AND ${sql}`, values: [kind, ...values] };
}

/** Of the row `n` itself. */
function hasValue(where: FieldTest, kind: NodeKind): SqlPiece {
  const { sql, values } = onField(where, kind);
  return { sql: `EXISTS (SELECT 1 FROM field_values v WHERE v.node = n.id AND ${sql})`, values };
}

/** On the row `v` of `field_values`. */
function onField({ field, operator, value, scope }: FieldTest, kind: NodeKind): SqlPiece {
  checkField(kind, field);
  checkText(value, field);
  if (scope !== undefined) checkText(scope, field);
  const test = onValue(operator, value);
  const inScope: SqlPiece = scope === undefined ? { sql: '', values: [] } : { sql: 'AND v.scope = ?', values: [scope] };
  return {
    sql: `v.field = ? AND ${test.sql} ${inScope.sql}`,
    values: [field, ...test.values, ...inScope.values],
  };
}

function onValue(operator: FieldOperator, value: string): SqlPiece {
  switch (operator) {
    case 'EQUALS':
      return { sql: 'v.value = ?', values: [value] };
    case 'STARTS_WITH':
      return startsWith('v.value', value);
    case 'CONTAINS':
      return { sql: 'instr(v.value, ?) > 0', values: [value] };
    default:
      return { sql: `v.sort_key ${comparisons[operator]} ?`, values: [sortKey(value)] };
  }
}

/** As a range, which an index can answer. */
function startsWith(column: string, prefix: string): SqlPiece {
  if (prefix === '') return { sql: '(1)', values: [] };
  const end = prefixEnd(prefix);
  if (end === undefined) return { sql: `${column} >= ?`, values: [prefix] };
  return { sql: `(${column} >= ? AND ${column} < ?)`, values: [prefix, end] };
}

/** The least text, in the order of UTF-8, that is after all that begin with the prefix; absent where there is none. */
export function prefixEnd(prefix: string): string | undefined {
  const points = Array.from(prefix, (character) => character.codePointAt(0)!);
  while (points.length > 0) {
    const last = points.pop()!;
    if (last === 0x10_ff_ff) continue;
    // D800 to DFFF are surrogates, which no text holds.
    return String.fromCodePoint(...points, last === 0xd7_ff ? 0xe0_00 : last + 1);
  }
  return undefined;
}

function onStamp(part: Extract<Where, { kind: 'stamp' }>): SqlPiece {
  const { stamp, operator, value } = part;
  checkText(value, stamp);
  if (stamp === 'id') {
    if (operator === 'EQUALS') return { sql: 'n.id = ?', values: [value] };
    if (operator === 'STARTS_WITH') return startsWith('n.id', value);
    if (operator === 'CONTAINS') return { sql: 'instr(n.id, ?) > 0', values: [value] };
    return { sql: `n.id ${comparisons[operator]} ?`, values: [value] };
  }
  const column = stamp === 'createdAt' ? 'n.created_at' : 'n.modified_at';
  const instant = stampInstant(part);
  // `stampInstant` refuses the operators that compare text.
  const comparison = operator === 'EQUALS' ? '=' : comparisons[operator as keyof typeof comparisons];
  return { sql: `${column} ${comparison} ?`, values: [instant] };
}

function nodesAtEdge({ edge, end, other }: Extract<Where, { kind: 'edge' }>): SqlPiece {
  checkText(other, 'other');
  const [listed, opposite] = end === 'from' ? ['from_id', 'to_id'] : ['to_id', 'from_id'];
  return {
    sql: `SELECT e.${listed} FROM edges e WHERE e.${opposite} = ? AND e.kind = ? AND e.until IS NULL`,
    values: [other, edge],
  };
}

function onPresence({ field, scope }: Extract<Where, { kind: 'present' }>, kind: NodeKind): SqlPiece {
  checkField(kind, field);
  if (scope !== undefined) checkText(scope, field);
  const inScope = scope === undefined ? '' : 'AND v.scope = ?';
  return {
    sql: `EXISTS (SELECT 1 FROM field_values v WHERE v.node = n.id AND v.field = ? ${inScope})`,
    values: scope === undefined ? [field] : [field, scope],
  };
}
