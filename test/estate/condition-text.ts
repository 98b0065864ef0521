import type { Condition } from '../../src/graph/condition.js';

/**
 * A condition as one word: `env=prod` compares, `env=prod,test` with either, `level<3` orders, `name~db*` is like,
 * `?on-call` is opaque, `!X` negates, `X&Y` is all of them and `X|Y` any of them (`|` binds weaker).
 */
export function parseCondition(text: string): Condition {
  if (text.includes('|')) return { kind: 'any', of: text.split('|').map(parseCondition) };
  if (text.includes('&')) return { kind: 'all', of: text.split('&').map(parseCondition) };
  if (text.startsWith('!')) return { kind: 'not', of: parseCondition(text.slice(1)) };
  if (text.startsWith('?')) return { kind: 'opaque', text: text.slice(1) };
  const match = /^(?<key>[^=<~]+)(?<sign>[=<~])(?<values>.+)$/.exec(text);
  if (!match?.groups) throw new Error(`no condition: \`${text}\``);
  const { key, sign, values } = match.groups as { key: string; sign: keyof typeof operators; values: string };
  return { kind: 'compare', key, operator: operators[sign], values: values.split(',').map(parseValue) };
}

const operators = { '=': 'EQUALS', '<': 'LESS', '~': 'LIKE' } as const;

function parseValue(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^\d+$/.test(text) ? Number(text) : text;
}
