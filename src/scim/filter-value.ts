import { checkReadable } from './attribute-coercion.js';
import { parseDateTime } from './date-time.js';
import type { Reader } from './dialect.js';
import type { CompareOperator, Comparison, FilterValue } from './filter.js';
import type { Token } from './filter-lexer.js';
import type { AttributeType } from './schema.js';
import { ScimError } from './scim-error.js';

const equality = ['eq', 'ne'] as const;
const order = ['gt', 'ge', 'lt', 'le'] as const;
const parts = ['co', 'sw', 'ew'] as const;

/** Which comparisons make sense for a type; the rest is refused (RFC 7644 §3.4.2.2, table 3). */
const OPERATORS: Record<AttributeType, readonly CompareOperator[]> = {
  string: [...equality, ...order, ...parts],
  reference: [...equality, ...order, ...parts],
  dateTime: [...equality, ...order],
  integer: [...equality, ...order],
  decimal: [...equality, ...order],
  boolean: equality,
  binary: equality,
  complex: [],
};

const number = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/** Reads the literal of a comparison as the attribute's type. Throws `invalidFilter` when type, operator and literal do not fit. */
export function toFilterValue(
  token: Token,
  { ref, operator }: Pick<Comparison, 'ref' | 'operator'>,
  reader: Reader,
): FilterValue {
  const definition = ref.sub ?? ref.attribute;
  if (!OPERATORS[definition.type].includes(operator)) {
    throw new ScimError(
      'invalidFilter',
      `operator \`${operator}\` does not fit \`${definition.name}\`, which is ${definition.type}`,
    );
  }
  const literal = readLiteral(token, reader);
  if (literal.kind === 'null') {
    if (operator === 'eq' || operator === 'ne') return null;
    throw new ScimError('invalidFilter', `operator \`${operator}\` needs a value, not null`);
  }
  const value = TYPED[definition.type](literal, reader);
  if (value !== undefined) return value;
  throw new ScimError(
    'invalidFilter',
    `\`${literal.text.slice(0, 100)}\` is no ${definition.type}, which \`${definition.name}\` is`,
  );
}

interface Literal {
  readonly kind: 'text' | 'word' | 'null';
  readonly text: string;
}

function readLiteral(token: Token, reader: Reader): Literal {
  if (token.kind === 'text') return { kind: 'text', text: token.text };
  if (token.kind === 'single-quoted' && reader.accepts('SINGLE_QUOTES')) return { kind: 'text', text: token.text };
  if (token.kind === 'word')
    return token.text === 'null' ? { kind: 'null', text: 'null' } : { kind: 'word', text: token.text };
  throw new ScimError(
    'invalidFilter',
    `a value is missing at position ${token.position}; write it as JSON, text in double quotes`,
  );
}

const TYPED: Record<AttributeType, (literal: Literal, reader: Reader) => FilterValue | undefined> = {
  string: asText,
  reference: asText,
  binary: asText,
  dateTime: (literal, reader) => {
    const text = asText(literal, reader);
    return text !== undefined && parseDateTime(text) ? text : undefined;
  },
  boolean: ({ kind, text }, reader) => {
    if (kind === 'word' && (text === 'true' || text === 'false')) return text === 'true';
    return /^(true|false)$/i.test(text) && reader.accepts('E1') ? text.toLowerCase() === 'true' : undefined;
  },
  integer: asNumber,
  decimal: asNumber,
  complex: () => undefined,
};

/** A word is taken for text only as a value, and only where the dialect accepts that. */
function asText({ kind, text }: Literal, reader: Reader): string | undefined {
  checkReadable(text, 'invalidFilter');
  return kind === 'text' || reader.accepts('E10') ? text : undefined;
}

function asNumber({ kind, text }: Literal, reader: Reader): number | undefined {
  return number.test(text) && (kind === 'word' || reader.accepts('E1')) ? Number(text) : undefined;
}
