import type { StoredCommit } from '../graph/change.js';
import { GraphError, isGraphError } from '../kernel/errors.js';
import { type ExportHeader, type ExportTrailer, exportFormat } from './export-record.js';
import type { GraphStore, Head, SnapshotBatch } from './graph-store.js';
import { createRecordReader, type RecordReader } from './record-reader.js';
import { checkNoFacts, checkNoOtherCredentials, restoreFacts } from './restore-facts.js';
import type { SideFact, SideStore } from './side-store.js';

/** How many nodes or edges are handed to the store at once. */
const batchRows = 1_000;

/**
 * Fills empty stores with what `exportStore` wrote, given in pieces of any size. Revisions, times, commit ids and hashes
 * are kept, the hashes are checked, and the store has a new `storeId`. The graph is stored whole or not at all; facts, which
 * are kept in memory until then, are written after it.
 * @throws GraphError INVALID for a stream that is cut, changed, or of another format, and for a store that is not empty;
 *   `UNAVAILABLE` after the graph was stored leaves facts out: empty the store and begin again
 */
export async function restoreStore(
  { graph, side }: { readonly graph: GraphStore; readonly side: SideStore },
  pieces: AsyncIterable<string>,
): Promise<Head> {
  const reader = createRecordReader(pieces);
  const header = await readHeader(reader);
  await checkNoFacts(side);
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
    const told = await reader.only('trailer');
    const sha256 = reader.digestBefore();
    checkTrailer({ kind: 'trailer', ...counts, facts: facts.length, sha256 }, told);
    await reader.end();
    await checkNoOtherCredentials(side, facts);
  }

  const head = await graph.restore(base(), log(), header.horizon).catch(blameOn(reader));
  await restoreFacts(side, facts);
  return head;
}

/** What no part of the program foresaw is the stream's fault where that was changed; else it is a defect. */
const blameOn = (reader: RecordReader) => async (error: unknown) => {
  if (isGraphError(error) || (await reader.isIntact())) throw error;
  throw changed({ cause: error });
};

const changed = (options?: ErrorOptions) =>
  new GraphError('INVALID', 'the export was changed since it was written; take it again', {}, options);

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
  if (found.sha256 !== told.sha256) throw changed();
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
