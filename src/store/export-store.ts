import { createHash } from 'node:crypto';
import { canonicalJson } from '../graph/canonical.js';
import type { Revision } from '../graph/ids.js';
import {
  convertInstants,
  type ExportRecord,
  type ExportTrailer,
  exportFormat,
  toInstantText,
} from './export-record.js';
import type { GraphStore } from './graph-store.js';
import type { SideStore } from './side-store.js';

export interface ExportOptions {
  /** Hashes of tokens are exported only when asked for. */
  readonly withCredentials: boolean;
  readonly signal?: AbortSignal;
}

/**
 * Writes all that the stores hold up to the head of now: NDJSON, UTF-8, LF; one canonical text (RFC 8785) a record, so
 * that equal stores give equal bytes. `write` takes text that ends at the end of a line, and resolves when it wants more.
 * @throws GraphError GONE where retention moved the horizon meanwhile: begin again
 */
export async function exportStore(
  { graph, side }: { readonly graph: GraphStore; readonly side: SideStore },
  write: (text: string) => Promise<void>,
  { withCredentials, signal }: ExportOptions,
): Promise<ExportTrailer> {
  const head = await graph.head();
  const counts = { nodes: 0, edges: 0, commits: 0, facts: 0 };
  const digest = createHash('sha256');
  const writeAll = (records: readonly ExportRecord[]) => {
    const lines = records.map(toLine).join('');
    digest.update(lines);
    return write(lines);
  };

  const horizon = await graph.horizon();
  const { revision, hash } = head;
  await writeAll([{ kind: 'header', format: exportFormat, horizon, head: revision, hash }]);
  for await (const batch of graph.snapshot(horizon.revision, signal)) {
    if (batch.kind === 'nodes') {
      counts.nodes += batch.nodes.length;
      await writeAll(batch.nodes.map((version) => ({ kind: 'node', version })));
    } else if (batch.kind === 'edges') {
      counts.edges += batch.edges.length;
      await writeAll(batch.edges.map((version) => ({ kind: 'edge', version })));
    }
  }
  for await (const commits of logBetween(graph, horizon.revision, revision)) {
    counts.commits += commits.length;
    await writeAll(commits.map((commit) => ({ kind: 'commit', commit })));
  }
  for await (const facts of side.facts({ withCredentials })) {
    counts.facts += facts.length;
    await writeAll(facts.map((fact) => ({ kind: 'fact', fact })));
  }
  const trailer: ExportTrailer = { kind: 'trailer', ...counts, sha256: digest.digest('hex') };
  await write(toLine(trailer));
  return trailer;
}

const toLine = (record: ExportRecord): string => `${canonicalJson(convertInstants(record, toInstantText))}\n`;

async function* logBetween(graph: GraphStore, after: Revision, last: Revision) {
  for (let revision = after; revision < last; ) {
    const page = (await graph.commitsAfter(revision)).filter((commit) => commit.revision <= last);
    yield page;
    revision += page.length;
  }
}
