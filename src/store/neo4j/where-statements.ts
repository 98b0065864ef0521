import type { NodeKind } from '../../graph/node.js';
import { checkText, sortKey } from '../../graph/text.js';
import { assertNever } from '../../kernel/assert.js';
import type { FieldOperator, ReadScope, Where } from '../graph-store.js';
import { checkField, checkTerms, stampInstant } from '../read-checks.js';
import type { Parameter } from './driver.js';
import { RELATIONSHIP_TYPES, valueField } from './model.js';

/** Keeps a value for the statement that is being made and gives the name by which that refers to it. */
export type Bind = (value: Parameter) => string;

export function createBinding(): { readonly bind: Bind; readonly parameters: Record<string, Parameter> } {
  const parameters: Record<string, Parameter> = {};
  return {
    parameters,
    bind(value) {
      const name = `p${Object.keys(parameters).length}`;
      parameters[name] = value;
      return `$${name}`;
    },
  };
}

export interface FilterContext {
  readonly kind: NodeKind;
  readonly scope: ReadScope;
  readonly bind: Bind;
}

const comparisons = {
  EQUALS: '=',
  LESS: '<',
  LESS_OR_EQUAL: '<=',
  GREATER: '>',
  GREATER_OR_EQUAL: '>=',
  STARTS_WITH: 'STARTS WITH',
  CONTAINS: 'CONTAINS',
} as const satisfies Record<FieldOperator, string>;

type WhereOf<Kind extends Where['kind']> = Extract<Where, { readonly kind: Kind }>;

/**
 * The filter as a condition on `n`, which the lead has been asked of before.
 * @throws GraphError INVALID for a field that `INDEXED_FIELDS` does not list
 */
export function toCondition(where: Where, context: FilterContext, lead?: Lead): string {
  checkTerms(where);
  const condition = (part: Where): string => {
    if (part === lead) return 'true';
    switch (part.kind) {
      case 'field':
        return `EXISTS { (n)-[:HAS_VALUE]->(v:Value) WHERE ${onValue('v', part, context)} }`;
      case 'present':
        return `EXISTS { (n)-[:HAS_VALUE]->(v:Value) WHERE ${onPresence(part, context)} }`;
      case 'edge':
        return `EXISTS { ${toNeighbour('r', part, context)} }`;
      case 'stamp':
        return onStamp(part, context);
      case 'not':
        return `NOT ${condition(part.of)}`;
      case 'and':
      case 'or':
        return allOf(part.of.map(condition), part.kind);
      default:
        return assertNever(part);
    }
  };
  return condition(where);
}

/** All of no conditions is true, and any of none false: in words about `n`, since the planner would drop the index for a `false`. */
export function allOf(conditions: readonly string[], operator: 'and' | 'or'): string {
  if (conditions.length === 0) return operator === 'and' ? 'true' : 'n.id IS NULL';
  return `(${conditions.join(operator === 'and' ? ' AND ' : ' OR ')})`;
}

/** A part of the filter that must hold and that leads to few nodes: what a list had best begin with. */
export type Lead = WhereOf<'field'> | WhereOf<'edge'>;

/** Parts of the filter that all must hold and that name a value exactly, in their order. */
export function leadsOf(where: Where | undefined): readonly Lead[] {
  if (where?.kind === 'and') return where.of.flatMap(leadsOf);
  if (where?.kind === 'edge' || (where?.kind === 'field' && where.operator === 'EQUALS')) return [where];
  return [];
}

/**
 * Finds the nodes `n` of one part of the filter, off an index. Its variable has a name of its own: Neo4j (5.26, 2026.09)
 * mistakes one of the same name in a later `EXISTS` for it, though it is out of scope by then, and finds nothing.
 */
export function toMatch(lead: Lead, context: FilterContext): string {
  if (lead.kind === 'edge') return `MATCH ${toNeighbour('lead', lead, context)} WITH DISTINCT n`;
  return `MATCH (lead:Value) WHERE ${onValue('lead', lead, context)} MATCH (n:Entity)-[:HAS_VALUE]->(lead) WITH n`;
}

/** Every field of an index is named, since that holds only what has them all. */
function onValue(v: string, part: WhereOf<'field'>, { kind, bind }: FilterContext): string {
  const { field, operator, value, scope } = part;
  checkField(kind, field);
  checkText(value, field);
  const isText = operator === 'EQUALS' || operator === 'STARTS_WITH' || operator === 'CONTAINS';
  const test = isText
    ? `${v}.value ${comparisons[operator]} ${bind(value)}`
    : `${v}.sortKey ${comparisons[operator]} ${bind(sortKey(value))}`;
  return `${v}.field = ${bind(valueField(kind, field))} AND ${test} AND ${v}.scope ${inScope(scope, field, bind)}`;
}

function onPresence({ field, scope }: WhereOf<'present'>, { kind, bind }: FilterContext): string {
  checkField(kind, field);
  return `v.field = ${bind(valueField(kind, field))} AND v.scope ${inScope(scope, field, bind)}`;
}

function inScope(scope: string | undefined, field: string, bind: Bind): string {
  if (scope === undefined) return 'IS NOT NULL';
  checkText(scope, field);
  return `= ${bind(scope)}`;
}

function onStamp(part: WhereOf<'stamp'>, { bind }: FilterContext): string {
  const { stamp, operator, value } = part;
  checkText(value, stamp);
  if (stamp === 'id') return `n.id ${comparisons[operator]} ${bind(value)}`;
  const property = stamp === 'createdAt' ? 'n.createdAt' : 'n.modifiedAt';
  return `${property} ${comparisons[operator]} ${bind(stampInstant(part))}`;
}

/** `(n)-[r]->(other)`, or from it. A source sees only the edges that it states. */
function toNeighbour(r: string, part: WhereOf<'edge'>, { scope, bind }: FilterContext): string {
  const { edge, end, other } = part;
  checkText(other, 'other');
  const types = RELATIONSHIP_TYPES[edge].join('|');
  const [left, right] = end === 'from' ? ['-', '->'] : ['<-', '-'];
  const stated = scope.kind === 'source' ? ` WHERE ${r}.source = ${bind(scope.source)}` : '';
  return `(n:Entity)${left}[${r}:${types}]${right}(:Entity {id: ${bind(other)}})${stated}`;
}
