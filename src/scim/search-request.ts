import type { Reader } from './dialect.js';
import { checkMessageSchema, checkObject } from './message.js';
import { ScimError } from './scim-error.js';

const SEARCH_URN = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';

/** A query of RFC 7644 §3.4.2 and RFC 9865, from a query string or a `.search` body. What is absent was not asked. */
export interface SearchRequest {
  readonly filter?: string;
  readonly attributes: readonly string[];
  readonly excludedAttributes: readonly string[];
  readonly sortBy?: string;
  readonly sortOrder: 'ascending' | 'descending';
  /** From 1. */
  readonly startIndex: number;
  /** At least 0; absent: the page size of the source. */
  readonly count?: number;
  /** Empty: the first page of a cursor walk. */
  readonly cursor?: string;
}

/** Reads the body of a `.search`. Throws `invalidSyntax`, `invalidValue` or `invalidCount`. */
export function parseSearchRequest(body: unknown, reader: Pick<Reader, 'accepts'>): SearchRequest {
  const json = checkObject(body);
  checkMessageSchema(json, SEARCH_URN, reader);
  return toSearchRequest(json);
}

/** Reads query parameters, their names in any letter case, numbers as JSON or text, lists as JSON or with commas. */
export function toSearchRequest(parameters: Readonly<Record<string, unknown>>): SearchRequest {
  const given = new Map(Object.entries(parameters).map(([name, value]) => [name.toLowerCase(), value ?? undefined]));
  const filter = readText(given, 'filter');
  const sortBy = readText(given, 'sortBy');
  const count = readInteger(given, 'count');
  const cursor = readText(given, 'cursor');
  return {
    ...(filter !== undefined && { filter }),
    attributes: readNames(given, 'attributes'),
    excludedAttributes: readNames(given, 'excludedAttributes'),
    ...(sortBy !== undefined && { sortBy }),
    sortOrder: readText(given, 'sortOrder')?.toLowerCase() === 'descending' ? 'descending' : 'ascending',
    startIndex: Math.max(1, readInteger(given, 'startIndex') ?? 1),
    ...(count !== undefined && { count: Math.max(0, count) }),
    ...(cursor !== undefined && { cursor }),
  };
}

type Parameters = ReadonlyMap<string, unknown>;

function readText(given: Parameters, name: string): string | undefined {
  const value = given.get(name.toLowerCase());
  if (value === undefined || typeof value === 'string') return value;
  throw new ScimError('invalidValue', `\`${name}\` is no text; give it once`);
}

function readInteger(given: Parameters, name: string): number | undefined {
  const value = given.get(name.toLowerCase());
  if (value === undefined || value === '') return undefined;
  const isNumeric = typeof value === 'string' && /^\s*[+-]?\d{1,15}\s*$/.test(value);
  const number = isNumeric ? Number(value) : value;
  if (typeof number === 'number' && Number.isSafeInteger(number)) return number;
  throw new ScimError(name === 'count' ? 'invalidCount' : 'invalidValue', `\`${name}\` is no whole number`);
}

function readNames(given: Parameters, name: string): readonly string[] {
  const value = given.get(name.toLowerCase()) ?? [];
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.flatMap((names) => {
    if (typeof names !== 'string') throw new ScimError('invalidValue', `\`${name}\` is no list of attribute names`);
    return names.split(',').flatMap((one) => one.trim() || []);
  });
}
