import { EDGE_KINDS, type EdgeKind, type EdgeVersion } from '../graph/edge.js';
import type { Revision } from '../graph/ids.js';
import type { NodeVersion } from '../graph/node.js';
import { NODE_KINDS, type NodeKind } from '../graph/node-kind.js';
import { GraphError } from '../kernel/errors.js';
import type { Head, SnapshotBatch } from './graph-store.js';
import { checkKept } from './read-checks.js';

/** How many rows a page of a snapshot, and one batch, hold at most. */
export const snapshotPageRows = 1_000;

/** A version as it was while it was open, without its `until`. */
export interface SnapshotRow<Version> {
  readonly id: string;
  readonly since: Revision;
  readonly version: Version;
}
type Awaitable<Value> = Value | Promise<Value>;

/** Both by id, at most `snapshotPageRows`. */
export interface SnapshotPages<Version> {
  /** The open rows of a kind after an id (`''`: from the first); one may come twice. */
  open(kind: string, after: string): Awaitable<readonly SnapshotRow<Version>[]>;
  /** The closed rows of the kind and range of ids (`last` is in it; absent: to the end) that were open at the revision. */
  closed(
    kind: string,
    range: { readonly after: string; readonly last: string | undefined; readonly revision: Revision },
  ): Awaitable<readonly SnapshotRow<Version>[]>;
}

export type SnapshotHead = Pick<Head, 'revision' | 'hash' | 'at' | 'openNodes' | 'openEdges'>;
/** Of what a snapshot is taken that is not whole; its totals tell nothing, and are not compared. */
export interface SnapshotKinds {
  readonly nodes: readonly NodeKind[];
  readonly edges: readonly EdgeKind[];
}
export interface SnapshotSource {
  readonly nodes: SnapshotPages<NodeVersion>;
  readonly edges: SnapshotPages<EdgeVersion>;
  head(): Awaitable<Head>;
  /** What was stored of the revision. @throws GraphError GONE, INVALID */
  headAt(revision: Revision): Awaitable<SnapshotHead>;
}

/**
 * The graph as of one revision, page by page, while others commit. A row that is closed between two reads of a page is
 * found by the second: so the open rows are read first, then the closed ones of the same range of ids.
 */
export async function* streamSnapshot(
  source: SnapshotSource,
  asked?: Revision,
  { signal, kinds }: { readonly signal?: AbortSignal | undefined; readonly kinds?: SnapshotKinds } = {},
): AsyncGenerator<SnapshotBatch> {
  const revision = asked ?? (await source.head()).revision;
  const expected = await source.headAt(revision);
  const found = { nodes: 0, edges: 0 };
  for (const kind of kinds?.nodes ?? NODE_KINDS)
    for await (const nodes of versionsAt(source.nodes, { kind, revision, signal })) {
      found.nodes += nodes.length;
      yield { kind: 'nodes', nodes };
    }
  for (const kind of kinds?.edges ?? EDGE_KINDS)
    for await (const edges of versionsAt(source.edges, { kind, revision, signal })) {
      found.edges += edges.length;
      yield { kind: 'edges', edges };
    }
  const { storeId, horizon } = await source.head();
  // Pruning may have dropped rows that this snapshot had yet to read.
  checkKept(revision, horizon);
  const isWhole = found.nodes === expected.openNodes && found.edges === expected.openEdges;
  if (!kinds && !isWhole)
    throw new GraphError(
      'UNAVAILABLE',
      `the snapshot of revision ${revision} does not match its totals; take it again`,
    );
  const { hash, at, openNodes, openEdges } = expected;
  yield { kind: 'snapshotEnd', head: { storeId, revision, hash, at, openNodes, openEdges } };
}

/** The rows of one kind that were open at the revision, by id, in batches. Between two batches others get their turn. */
async function* versionsAt<Version>(
  pages: SnapshotPages<Version>,
  { kind, revision, signal }: { kind: string; revision: Revision; signal: AbortSignal | undefined },
): AsyncGenerator<Version[]> {
  let after: string | undefined = '';
  while (after !== undefined) {
    if (signal?.aborted) throw new GraphError('DEADLINE', 'the deadline passed before the snapshot was complete');
    const open: readonly SnapshotRow<Version>[] = await pages.open(kind, after);
    const lastOpen = open.length < snapshotPageRows ? undefined : open.at(-1)!.id;
    const closed: readonly SnapshotRow<Version>[] = await pages.closed(kind, { after, last: lastOpen, revision });
    const last = closed.length < snapshotPageRows ? lastOpen : closed.at(-1)!.id;
    const rows = [...open, ...closed]
      .filter((row) => row.since <= revision && (last === undefined || row.id <= last))
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      // What was closed between the two reads is in both; what an open page repeats counts once.
      .filter((row, place, sorted) => row.id !== sorted[place - 1]?.id);
    for (let start = 0; start < rows.length; start += snapshotPageRows)
      yield rows.slice(start, start + snapshotPageRows).map(({ version }) => version);
    after = last;
    await new Promise(setImmediate);
  }
}
