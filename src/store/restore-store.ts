import type { StoredCommit } from '../graph/change.js';
import { assertNever } from '../kernel/assert.js';
import { GraphError } from '../kernel/errors.js';
import {
  convertInstants,
  type ExportHeader,
  type ExportRecord,
  type ExportTrailer,
  exportFormat,
  fromInstantText,
} from './export-record.js';
import type { GraphStore, Head, SnapshotBatch } from './graph-store.js';
import type { SideFact, SideStore } from './side-store.js';

/** How many nodes or edges are handed to the store at once. */
const batchRows = 1_000;
/** How many facts are on their way to the store at once. */
const factsAtOnce = 250;
/** The order of the parts of an export. */
const PARTS = [
  'header',
  'node',
  'edge',
  'commit',
  'fact',
  'trailer',
] as const satisfies readonly ExportRecord['kind'][];

/**
 * Fills empty stores with what `exportStore` wrote, given in pieces of any size. Revisions, times, commit ids and hashes
 * are kept, the hashes are checked, and the store has a new `storeId`. The graph is stored whole or not at all; facts, which
 * are kept in memory until then, are written after it.
 * @throws GraphError INVALID for a stream that is cut, changed, or of another format, and for a store that is not empty
 */
export async function restoreStore(
  { graph, side }: { readonly graph: GraphStore; readonly side: SideStore },
  pieces: AsyncIterable<string>,
): Promise<Head> {
  const reader = createRecordReader(pieces);
  const header = await readHeader(reader);
  const facts: SideFact[] = [];
  const counts = { nodes: 0, edges: 0, commits: 0 };

  async function* base(): AsyncGenerator<SnapshotBatch> {
    for await (const nodes of inBatches(reader.recordsOf('node'))) {
      counts.nodes += nodes.length;
      yield { kind: 'nodes', nodes: nodes.map(({ version }) => version) };
    }
    for await (const edges of inBatches(reader.recordsOf('edge'))) {
      counts.edges += edges.length;
      yield { kind: 'edges', edges: edges.map(({ version }) => version) };
    }
    const totals = { openNodes: counts.nodes, openEdges: counts.edges };
    yield { kind: 'snapshotEnd', head: { storeId: '', ...header.horizon, ...totals } };
  }

  /** Ends only when the whole stream was read and found whole, so that the store does not take a part of it. */
  async function* log(): AsyncGenerator<StoredCommit> {
    let { revision, hash } = header.horizon;
    for await (const { commit } of reader.recordsOf('commit')) {
      counts.commits += 1;
      ({ revision, hash } = commit);
      yield commit;
    }
    if (revision !== header.head || hash !== header.hash)
      throw new GraphError(
        'INVALID',
        `the export says it reaches revision ${header.head} and its log ends at ${revision}`,
      );
    for await (const { fact } of reader.recordsOf('fact')) facts.push(fact);
    const found: ExportTrailer = { kind: 'trailer', ...counts, facts: facts.length };
    checkTrailer(found, await reader.only('trailer'));
    await reader.end();
  }

  const head = await graph.restore(base(), log(), header.horizon);
  for (let first = 0; first < facts.length; first += factsAtOnce)
    await Promise.all(facts.slice(first, first + factsAtOnce).map((fact) => restoreFact(side, fact)));
  return head;
}

interface RecordReader {
  /** The records of that kind up to the first of a later one. */
  recordsOf<Kind extends ExportRecord['kind']>(kind: Kind): AsyncGenerator<RecordOf<Kind>>;
  /** The one record of that kind. @throws GraphError INVALID where the stream ends or another comes */
  only<Kind extends ExportRecord['kind']>(kind: Kind): Promise<RecordOf<Kind>>;
  /** @throws GraphError INVALID where anything follows */
  end(): Promise<void>;
}
type RecordOf<Kind extends ExportRecord['kind']> = Extract<ExportRecord, { readonly kind: Kind }>;

function createRecordReader(pieces: AsyncIterable<string>): RecordReader {
  const lines = linesOf(pieces);
  let number = 0;
  let next: ExportRecord | undefined;

  async function peek(): Promise<ExportRecord | undefined> {
    if (next) return next;
    const line = await lines.next();
    if (line.done) return undefined;
    number += 1;
    next = toRecord(line.value, number);
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
      throw new GraphError('INVALID', `the export ends after line ${number} without a ${kind}: it was cut`);
    },
    async end() {
      if (await peek()) throw new GraphError('INVALID', `line ${number} follows the end of the export`);
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

async function readHeader(reader: RecordReader): Promise<ExportHeader> {
  const header = await reader.only('header');
  if (header.format !== exportFormat)
    throw new GraphError(
      'INVALID',
      `the export has format \`${header.format}\` and this version reads \`${exportFormat}\``,
    );
  return header;
}

function checkTrailer(found: ExportTrailer, told: ExportTrailer): void {
  for (const part of ['nodes', 'edges', 'commits', 'facts'] as const)
    if (found[part] !== told[part])
      throw new GraphError('INVALID', `the export says it holds ${told[part]} ${part} and has ${found[part]}`);
}

async function* inBatches<Item>(items: AsyncIterable<Item>): AsyncGenerator<Item[]> {
  let batch: Item[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < batchRows) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function restoreFact(side: SideStore, fact: SideFact): Promise<void> {
  switch (fact.kind) {
    case 'credential':
      return side.putCredential(fact.credential);
    case 'usage':
      return side.recordUsage([fact.usage]);
    case 'authentication':
      return side.recordAuthentication([{ identity: fact.identity, at: fact.at }]);
    case 'health':
      return side.addHealth(fact.source, fact.day, { [fact.counter]: fact.count });
    case 'lastWrite':
      return side.addHealth(fact.source, fact.at, {}, fact.at);
    case 'finding':
      return side.putFindings([fact.finding]);
    case 'sample':
      return side.putSample(fact.series, fact.at, fact.values);
    default:
      return assertNever(fact);
  }
}
