import { GraphError } from '../kernel/errors.js';
import { checkText } from './text.js';

/**
 * The one text of a value, by the JSON Canonicalization Scheme (RFC 8785): no spaces, keys by UTF-16 code units, numbers
 * and strings as ECMAScript prints them. A key whose value is `undefined` is left out; `null` is what was sent as null.
 * @throws GraphError INVALID for a number or a text that JSON cannot say (RFC 8785, section 3.2.2)
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return canonicalString(value);
  if (typeof value === 'number') return canonicalNumber(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object') return canonicalObject(value);
  throw new GraphError('INVALID', `JSON has no \`${typeof value}\``);
}

function canonicalObject(value: object): string {
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, each]) => `${canonicalString(key)}:${canonicalJson(each)}`).join(',')}}`;
}

function canonicalString(value: string): string {
  // U+0000 is JSON, but stands in no text of this graph.
  checkText(value, 'a text');
  return JSON.stringify(value);
}

function canonicalNumber(value: number): string {
  if (!Number.isFinite(value)) throw new GraphError('INVALID', `JSON has no number \`${value}\``);
  return JSON.stringify(value);
}
