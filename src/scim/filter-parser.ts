import { type AttributeRef, resolveName } from './attribute-name.js';
import type { Reader } from './dialect.js';
import { COMPARE_OPERATORS, type CompareOperator, type Filter, join } from './filter.js';
import { createLexer, type Lexer, type Token } from './filter-lexer.js';
import { toFilterValue } from './filter-value.js';
import { attribute, findSubAttribute } from './schema.js';
import { ScimError } from './scim-error.js';

/** What a name means here: in a whole resource, or in one element of a multi-valued attribute. */
type Scope = (name: string, position: number) => AttributeRef;

/** An open parenthesis, or the whole. */
interface Group {
  readonly negated: boolean;
  readonly alternatives: Filter[];
  /** Terms since the last `or`. */
  terms: Filter[];
}

/** One reading of one text. */
interface Parsing {
  readonly lexer: Lexer;
  readonly reader: Reader;
  /** Terms so far. */
  terms: number;
}

/**
 * Reads a filter (RFC 7644 §3.4.2.2): `not` binds before `and`, `and` before `or`. The parser keeps its own stack, so
 * that no input can exhaust the call stack. Throws `invalidFilter`, and `tooMany` past the reader's limit of terms.
 */
export function parseFilter(text: string, reader: Reader): Filter {
  if (text.length > reader.limits.filterLength) {
    throw new ScimError(
      'invalidFilter',
      `filter is longer than ${reader.limits.filterLength} characters; ask in parts`,
    );
  }
  return parseUntil('end', resourceScope(reader), { lexer: createLexer(text), reader, terms: 0 });
}

/** Reads the filter of a value path, from after its `[` to its `]`, which is taken. */
export function parseElementFilter(lexer: Lexer, ref: AttributeRef, reader: Reader): Filter {
  return parseUntil(']', elementScope(ref), { lexer, reader, terms: 0 });
}

function parseUntil(closer: 'end' | ']', scope: Scope, parsing: Parsing): Filter {
  const { lexer, reader } = parsing;
  const groups: Group[] = [openGroup(false)];
  for (;;) {
    if (openParenthesis(lexer, groups, reader)) continue;
    innermost(groups).terms.push(parseTerm(scope, parsing));
    while (lexer.peek().kind === ')' && groups.length > 1) {
      lexer.take();
      const filter = closeGroup(groups);
      innermost(groups).terms.push(filter);
    }
    const token = lexer.take();
    if (token.kind === closer && groups.length === 1) return finish(innermost(groups));
    const word = token.kind === 'word' ? token.text.toLowerCase() : '';
    if (word === 'or') endAlternative(innermost(groups));
    else if (word !== 'and') throw unexpected(token, groups.length > 1 ? '`and`, `or` or `)`' : '`and` or `or`');
  }
}

/** Takes `(` or `not (` if it comes next. */
function openParenthesis(lexer: Lexer, groups: Group[], reader: Reader): boolean {
  const token = lexer.peek();
  const negated = token.kind === 'word' && token.text.toLowerCase() === 'not';
  if (negated) {
    lexer.take();
    if (lexer.peek().kind !== '(') throw unexpected(lexer.peek(), '`(` after `not`');
  } else if (token.kind !== '(') return false;
  lexer.take();
  if (groups.length > reader.limits.filterDepth) {
    throw new ScimError('invalidFilter', `filter nests deeper than ${reader.limits.filterDepth} parentheses`);
  }
  groups.push(openGroup(negated));
  return true;
}

/** `name pr`, `name op value`, or `name[filter]` with what may follow it. */
function parseTerm(scope: Scope, parsing: Parsing): Filter {
  const { lexer, reader } = parsing;
  parsing.terms += 1;
  if (parsing.terms > reader.limits.filterTerms) {
    throw new ScimError('tooMany', `filter has more than ${reader.limits.filterTerms} terms; ask in parts`);
  }
  const name = lexer.take();
  if (name.kind !== 'word') throw unexpected(name, 'an attribute name');
  const ref = scope(name.text, name.position);
  if (lexer.peek().kind !== '[') return parseComparison(ref, lexer, reader);
  lexer.take();
  if (ref.sub)
    throw new ScimError(
      'invalidFilter',
      `\`${name.text}\` cannot be followed by \`[\`; put the filter after the attribute`,
    );
  const inner = elementScope(ref);
  const filter = parseUntil(']', inner, parsing);
  const sub = takeSubAttribute(lexer);
  if (sub === undefined) return { kind: 'element', ref, filter };
  if (!reader.accepts('E10')) {
    throw new ScimError('invalidFilter', 'no operator may follow a value path; put the comparison inside the brackets');
  }
  return {
    kind: 'element',
    ref,
    filter: join('and', [filter, parseComparison(inner(sub.text, sub.position), lexer, reader)]),
  };
}

/** `.sub` right after `]`, or undefined. */
function takeSubAttribute(lexer: Lexer): { readonly text: string; readonly position: number } | undefined {
  const next = lexer.peek();
  if (next.kind !== 'word' || !next.text.startsWith('.')) return undefined;
  lexer.take();
  return { text: next.text.slice(1), position: next.position + 1 };
}

function parseComparison(ref: AttributeRef, lexer: Lexer, reader: Reader): Filter {
  const token = lexer.take();
  const operator = token.kind === 'word' ? token.text.toLowerCase() : '';
  if (operator === 'pr') return { kind: 'present', ref: checkFilterable(ref) };
  if (!isCompareOperator(operator)) throw unexpected(token, `an operator (pr, ${COMPARE_OPERATORS.join(', ')})`);
  const target = toComparable(checkFilterable(ref));
  return {
    kind: 'compare',
    ref: target,
    operator,
    value: toFilterValue(lexer.take(), { ref: target, operator }, reader),
  };
}

/** A complex attribute is compared by its `value` (RFC 7644 §3.4.2.2). */
function toComparable(ref: AttributeRef): AttributeRef {
  if ((ref.sub ?? ref.attribute).type !== 'complex') return ref;
  const sub = findSubAttribute(ref.attribute, 'value');
  if (sub) return { ...ref, sub };
  throw new ScimError('invalidFilter', `\`${ref.attribute.name}\` is complex; compare one of its sub-attributes`);
}

/** What is never returned must not be learned by filtering either (RFC 7643 §7). */
function checkFilterable(ref: AttributeRef): AttributeRef {
  const { name, returned, mutability } = ref.sub ?? ref.attribute;
  if (returned !== 'never' && mutability !== 'writeOnly') return ref;
  throw new ScimError('invalidFilter', `\`${name}\` cannot be filtered on`);
}

function resourceScope(reader: Reader): Scope {
  return (name, position) => {
    const resolved = resolveName(name, reader, 'invalidFilter');
    if (resolved.kind === 'attribute') return resolved.ref;
    const isUrn = resolved.kind === 'extension';
    if (isUrn || !reader.accepts('UNKNOWN_IN_FILTER')) {
      throw new ScimError('invalidFilter', `unknown attribute \`${name}\` at position ${position}; see /Schemas`);
    }
    return { attribute: attribute(name, 'An attribute no resource has.') };
  };
}

function elementScope({ attribute: owner }: AttributeRef): Scope {
  return (name, position) => {
    const isSimpleElement = owner.type !== 'complex' && name.toLowerCase() === 'value';
    const sub = isSimpleElement ? { ...owner, name: 'value', multiValued: false } : findSubAttribute(owner, name);
    if (sub) return { attribute: sub };
    throw new ScimError(
      'invalidFilter',
      `unknown sub-attribute \`${name}\` of \`${owner.name}\` at position ${position}`,
    );
  };
}

function openGroup(negated: boolean): Group {
  return { negated, alternatives: [], terms: [] };
}

function innermost(groups: readonly Group[]): Group {
  return groups[groups.length - 1]!;
}

function endAlternative(group: Group): void {
  group.alternatives.push(join('and', group.terms));
  group.terms = [];
}

function finish(group: Group): Filter {
  endAlternative(group);
  return join('or', group.alternatives);
}

function closeGroup(groups: Group[]): Filter {
  const group = groups.pop()!;
  const filter = finish(group);
  return group.negated ? { kind: 'not', term: filter } : filter;
}

function isCompareOperator(word: string): word is CompareOperator {
  return (COMPARE_OPERATORS as readonly string[]).includes(word);
}

function unexpected(token: Token, wanted: string): ScimError {
  const found = token.kind === 'end' ? 'the end' : `\`${'text' in token ? token.text.slice(0, 100) : token.kind}\``;
  return new ScimError('invalidFilter', `found ${found} at position ${token.position}, where ${wanted} is due`);
}
