import type { Issue } from '../kernel/errors.js';
import { firstIssues, issuesOf, maxIssues } from './document-issues.js';
import { createNameBook, fault } from './snapshot-names.js';
import {
  SNAPSHOT_LINES,
  type SnapshotCounts,
  type SnapshotLine,
  type SnapshotLineKind,
  type SnapshotLineOf,
  type SnapshotRow,
} from './snapshot-schema.js';

/** Longer ones are no line of a snapshot. */
export const maxSnapshotLineBytes = 1024 * 1024;
export const maxSnapshotRows = 2_000_000;

/** Reads one snapshot, line by line. Holds the names that are taken and nothing else of what it read. */
export interface SnapshotReader {
  /** The row of the next line; absent: header, trailer, blank or faulty. */
  read(line: string): SnapshotRow | undefined;
  /** After the last line. */
  end(): SnapshotSummary;
}

export interface SnapshotSummary {
  readonly header: SnapshotLineOf<'header'> | undefined;
  /** The exact lines of header and trailer. */
  readonly frame: string;
  /** It has its trailer, so that what it does not list is not there. */
  readonly complete: boolean;
  readonly counts: SnapshotCounts;
  /** Pointers begin with the number of the line, from 1: `/17/principal/externalId`. */
  readonly issues: readonly Issue[];
}

const order = Object.keys(SNAPSHOT_LINES) as readonly SnapshotLineKind[];

export function createSnapshotReader(): SnapshotReader {
  const issues: Issue[] = [];
  const names = createNameBook();
  const counts = { resource: 0, account: 0, group: 0, membership: 0, assignment: 0, actAs: 0 };
  const frame: string[] = [];
  let header: SnapshotLineOf<'header'> | undefined;
  let trailer: SnapshotLineOf<'trailer'> | undefined;
  let number = 0;
  let rank = 0;
  let faults = 0;

  function report(found: readonly Issue[]): void {
    faults += found.length;
    for (const issue of found)
      if (issues.length < maxIssues) issues.push({ ...issue, pointer: `/${number}${issue.pointer}` });
  }

  function misplaced(kind: SnapshotLineKind): readonly Issue[] {
    const place = order.indexOf(kind);
    if (number === 1 && kind !== 'header') return [fault('', 'NO_HEADER', 'is no header', 'begin with the header')];
    if (place < rank || (kind === 'header' && number > 1) || trailer)
      return [fault('/kind', 'ORDER', `\`${kind}\` comes too late`, `keep this order of kinds: ${order.join(', ')}`)];
    rank = place;
    return [];
  }

  return {
    read(line) {
      number++;
      if (line.trim() === '') return undefined;
      const parsed = parseLine(line);
      if ('issues' in parsed) {
        report(parsed.issues);
        return undefined;
      }
      const { row } = parsed;
      report(misplaced(row.kind));
      if (row.kind === 'header' || row.kind === 'trailer') {
        frame.push(line.trim());
        if (row.kind === 'header') header ??= row;
        else {
          trailer = row;
          report(miscounted(row.counts, counts));
        }
        return undefined;
      }
      if (++counts[row.kind] > maxSnapshotRows)
        report([fault('', 'TOO_LARGE', `is one ${row.kind} too many`, 'split the source')]);
      report(names.check(row));
      return row;
    },
    end() {
      if (number === 0) report([fault('', 'NO_HEADER', 'nothing was sent', 'begin with the header')]);
      return {
        header,
        frame: frame.join('\n'),
        complete: trailer !== undefined,
        counts,
        issues: firstIssues(issues, faults),
      };
    },
  };
}

function parseLine(line: string): { readonly row: SnapshotLine } | { readonly issues: readonly Issue[] } {
  if (Buffer.byteLength(line) > maxSnapshotLineBytes)
    return { issues: [fault('', 'TOO_LARGE', `is longer than ${maxSnapshotLineBytes} bytes`, 'shorten it')] };
  const value = parseJson(line);
  const kind = (value as { readonly kind?: unknown } | null | undefined)?.kind;
  if (typeof kind !== 'string' || !Object.hasOwn(SNAPSHOT_LINES, kind))
    return {
      issues: [
        value === undefined
          ? fault('', 'SYNTAX', 'is no JSON', 'write one JSON object a line')
          : fault(
              '/kind',
              'WRONG_VALUE',
              'is no kind of line',
              `use ${order.map((each) => `\`${each}\``).join(' or ')}`,
            ),
      ],
    };
  const result = SNAPSHOT_LINES[kind as SnapshotLineKind].safeParse(value, { reportInput: true });
  return result.success ? { row: result.data } : { issues: issuesOf(result.error) };
}

/** Absent: no JSON. */
function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function miscounted(stated: SnapshotCounts, found: SnapshotCounts): readonly Issue[] {
  return (Object.keys(stated) as (keyof SnapshotCounts)[])
    .filter((kind) => stated[kind] !== found[kind])
    .map((kind) =>
      fault(
        `/counts/${kind}`,
        'COUNT',
        `says ${stated[kind]} where ${found[kind]} were read`,
        'send it again: lines were lost or added',
      ),
    );
}
