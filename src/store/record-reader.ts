import { createHash } from 'node:crypto';
import { GraphError } from '../kernel/errors.js';
import { convertInstants, type ExportRecord, fromInstantText } from './export-record.js';

/** The order of the parts of an export. */
const PARTS = [
  'header',
  'node',
  'edge',
  'commit',
  'fact',
  'trailer',
] as const satisfies readonly ExportRecord['kind'][];

/** The records of an export, one after another, and what their lines add up to. */
export interface RecordReader {
  /** The records of that kind up to the first of a later one. */
  recordsOf<Kind extends ExportRecord['kind']>(kind: Kind): AsyncGenerator<RecordOf<Kind>>;
  /** The one record of that kind. @throws GraphError INVALID where the stream ends or another comes */
  only<Kind extends ExportRecord['kind']>(kind: Kind): Promise<RecordOf<Kind>>;
  /** @throws GraphError INVALID where anything follows */
  end(): Promise<void>;
  /** SHA-256, in hexadecimal digits, of the lines before the one that was read last, each with its LF. */
  digestBefore(): string;
  /** Reads what is left; whether the last line is a trailer whose digest is that of the lines before. */
  isIntact(): Promise<boolean>;
}
type RecordOf<Kind extends ExportRecord['kind']> = Extract<ExportRecord, { readonly kind: Kind }>;

/** @param pieces text of any size each */
export function createRecordReader(pieces: AsyncIterable<string>): RecordReader {
  const lines = linesOf(pieces);
  const digest = createHash('sha256');
  let number = 0;
  let last: string | undefined;
  let next: ExportRecord | undefined;

  async function readLine(): Promise<string | undefined> {
    const line = await lines.next();
    if (line.done) return undefined;
    if (last !== undefined) digest.update(`${last}\n`);
    last = line.value;
    number += 1;
    return last;
  }

  async function peek(): Promise<ExportRecord | undefined> {
    if (next) return next;
    const line = await readLine();
    next = line === undefined ? undefined : toRecord(line, number);
    return next;
  }

  async function* recordsOf<Kind extends ExportRecord['kind']>(kind: Kind): AsyncGenerator<RecordOf<Kind>> {
    for (let record = await peek(); record?.kind === kind; record = await peek()) {
      next = undefined;
      // Its kind has just been compared.
      yield record as RecordOf<Kind>;
    }
  }

  return {
    recordsOf,
    async only(kind) {
      for await (const record of recordsOf(kind)) return record;
      if (next) throw new GraphError('INVALID', `line ${number} is a \`${next.kind}\` where a ${kind} belongs`);
      if (number === 0) throw new GraphError('INVALID', 'the export is empty: see why nothing was written to it');
      throw new GraphError('INVALID', `the export ends after line ${number} without a ${kind}: it was cut`);
    },
    async end() {
      if (await peek()) throw new GraphError('INVALID', `line ${number} follows the end of the export`);
    },
    digestBefore: () => digest.copy().digest('hex'),
    async isIntact() {
      try {
        while ((await readLine()) !== undefined);
        const record = toRecord(last ?? '', number);
        return record.kind === 'trailer' && record.sha256 === digest.copy().digest('hex');
      } catch {
        return false;
      }
    },
  };
}

async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let begun: string[] = [];
  for await (const piece of pieces) {
    begun.push(piece);
    if (!piece.includes('\n')) continue;
    const lines = begun.join('').split('\n');
    begun = [lines.pop()!];
    yield* lines;
  }
  if (begun.join('') !== '') throw new GraphError('INVALID', 'the export ends in the middle of a line: it was cut');
}

function toRecord(line: string, number: number): ExportRecord {
  try {
    const record: ExportRecord = JSON.parse(line);
    if (PARTS.includes(record.kind)) return convertInstants(record, fromInstantText);
  } catch (cause) {
    throw new GraphError('INVALID', `line ${number} of the export cannot be read`, {}, { cause });
  }
  throw new GraphError('INVALID', `line ${number} of the export is of a kind that this version does not know`);
}
