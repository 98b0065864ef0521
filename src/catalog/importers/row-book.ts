import { createHash } from 'node:crypto';
import { SNAPSHOT_LINES, type SnapshotLineKind } from '../snapshot-schema.js';
import type { RowBook, RowDraft, RowDraftOf } from './platform-import.js';

const order = Object.keys(SNAPSHOT_LINES) as readonly SnapshotLineKind[];

/** Holds each row as its line of JSON, and nothing else. */
export function createRowBook(): RowBook {
  const books = new Map<SnapshotLineKind, Set<string>>(order.map((kind) => [kind, new Set()]));
  const bookOf = (kind: SnapshotLineKind) => books.get(kind) as Set<string>;
  return {
    add(row) {
      bookOf(row.kind).add(JSON.stringify(row));
    },
    get size() {
      return [...books.values()].reduce((sum, { size }) => sum + size, 0);
    },
    *rowsOf<Kind extends RowDraft['kind']>(kind: Kind) {
      for (const line of bookOf(kind)) yield JSON.parse(line) as RowDraftOf<Kind>;
    },
    *lines() {
      for (const book of books.values()) yield* book;
    },
  };
}

/** The id of a snapshot of these rows: the same for the same rows. */
export function snapshotIdOf(rows: RowBook): string {
  const hash = createHash('sha256');
  for (const line of rows.lines()) hash.update(line).update('\n');
  return hash.digest('hex').slice(0, 16);
}

/** The lines of a whole snapshot of these rows. `takenAt`: RFC 3339. */
export function* snapshotLinesOf(rows: RowBook, takenAt: string): Generator<string> {
  const counts: Partial<Record<SnapshotLineKind, number>> = {};
  const id = snapshotIdOf(rows);
  yield JSON.stringify({ kind: 'header', format: 'idgraph/snapshot/v1', id, takenAt });
  for (const line of rows.lines()) {
    const { kind } = JSON.parse(line) as RowDraft;
    counts[kind] = (counts[kind] ?? 0) + 1;
    yield line;
  }
  yield JSON.stringify({ kind: 'trailer', counts });
}
