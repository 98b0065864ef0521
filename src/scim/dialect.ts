import type { ResourceType } from './schema-registry.js';

export type DialectName = 'lenient' | 'rfc' | 'interop';

interface QuirkRow {
  /** What clients do. */
  readonly habit: string;
  /** Which dialects accept it. */
  readonly acceptedBy: readonly DialectName[];
}

const everyDialect = ['lenient', 'rfc', 'interop'] as const;
const lenientOnly = ['lenient'] as const;

/**
 * Where identity providers leave the RFCs, and which dialect lets it pass. E: Microsoft Entra, O: Okta; the other rows
 * are habits of several. Every acceptance is counted, so that a source's owner can see what its client does.
 */
const QUIRKS = {
  E1: { habit: 'booleans and numbers as text, or text as numbers', acceptedBy: lenientOnly },
  E2: { habit: 'add through a filter that matches nothing', acceptedBy: everyDialect },
  E3: { habit: 'replace through a filter that matches nothing', acceptedBy: lenientOnly },
  E4: { habit: 'dotted, URN and filtered keys in a value without path', acceptedBy: everyDialect },
  E5: {
    habit: 'text or a list of one for a complex value, or the reverse; extension names without their URN',
    acceptedBy: lenientOnly,
  },
  E6: { habit: 'remove with a list of values', acceptedBy: everyDialect },
  E7: { habit: '`displayName` for `display`', acceptedBy: lenientOnly },
  E8: { habit: 'unknown URNs in `schemas`', acceptedBy: ['lenient', 'rfc'] },
  E10: {
    habit: 'an operator after a value path, literals without quotes, a value path to select an attribute',
    acceptedBy: lenientOnly,
  },
  E11: { habit: 'a role as JSON in text', acceptedBy: lenientOnly },
  O7: { habit: 'read-only attributes in a value without path', acceptedBy: lenientOnly },
  OLD_URN: { habit: 'schema URNs of SCIM 1.1', acceptedBy: lenientOnly },
  SINGLE_QUOTES: { habit: 'single quotes in filters', acceptedBy: lenientOnly },
  SINGLE_VALUE: { habit: 'one value where a list is due', acceptedBy: lenientOnly },
  EMPTY_TEXT: { habit: 'empty text to clear an attribute', acceptedBy: lenientOnly },
  SECOND_PRIMARY: { habit: 'two primary values', acceptedBy: lenientOnly },
  MISSING_SCHEMAS: { habit: 'no `schemas`, or not the one of the request', acceptedBy: lenientOnly },
  ABSENT_TARGET: { habit: 'remove of what is not there', acceptedBy: lenientOnly },
  UNKNOWN_IN_BODY: { habit: 'unknown attributes in a body', acceptedBy: ['lenient', 'rfc'] },
  UNKNOWN_IN_PATH: { habit: 'unknown attributes in a PATCH path', acceptedBy: lenientOnly },
  UNKNOWN_IN_FILTER: { habit: 'unknown attributes in a filter; they have no value', acceptedBy: lenientOnly },
} as const satisfies Record<string, QuirkRow>;

export type Quirk = keyof typeof QUIRKS;

/** How often each quirk was accepted; those never seen are absent. */
export type QuirkCounts = ReadonlyMap<Quirk, number>;

/** What one request may ask of whoever reads it; lengths are UTF-16 units. */
export interface ReaderLimits {
  readonly filterLength: number;
  readonly filterDepth: number;
  readonly filterTerms: number;
  readonly patchOperations: number;
  /** Values that all operations of a PATCH look at together, members not counted. */
  readonly patchEffort: number;
  readonly pathLength: number;
  /** Values of one multi-valued attribute; members are not bound by it. */
  readonly valuesPerAttribute: number;
  readonly textLength: number;
  readonly bulkOperations: number;
}

export const DEFAULT_READER_LIMITS: ReaderLimits = {
  filterLength: 8192,
  filterDepth: 64,
  filterTerms: 256,
  patchOperations: 1000,
  patchEffort: 50_000,
  pathLength: 8192,
  valuesPerAttribute: 1000,
  textLength: 65536,
  bulkOperations: 1000,
};

/** How the input of one source about one resource type is read. */
export interface Reader {
  readonly dialect: DialectName;
  readonly resourceType: ResourceType;
  readonly limits: ReaderLimits;
  /** Counted so far, across all that was read with this reader. */
  readonly quirks: QuirkCounts;
  /** Whether the dialect lets this habit pass; counts it if so. */
  accepts(quirk: Quirk): boolean;
}

export function createReader({
  resourceType,
  dialect,
  limits = DEFAULT_READER_LIMITS,
}: {
  readonly resourceType: ResourceType;
  readonly dialect: DialectName;
  readonly limits?: ReaderLimits;
}): Reader {
  const quirks = new Map<Quirk, number>();
  return {
    dialect,
    resourceType,
    limits,
    quirks,
    accepts(quirk) {
      const row: QuirkRow = QUIRKS[quirk];
      if (!row.acceptedBy.includes(dialect)) return false;
      quirks.set(quirk, (quirks.get(quirk) ?? 0) + 1);
      return true;
    },
  };
}
