import { SNAPSHOT_LINES, type SnapshotLineKind } from '../snapshot-schema.js';
import { type RowDraft, versionOf } from './platform-import.js';

/** Rows of a snapshot as they come up; the same row twice is one. */
export interface RowBook {
  add(row: RowDraft): void;
  /** In the order of their kinds, within a kind as they came. */
  rows(): readonly RowDraft[];
}

const order = Object.keys(SNAPSHOT_LINES) as readonly SnapshotLineKind[];

export function createRowBook(): RowBook {
  const rows = new Map<string, RowDraft>();
  return {
    add(row) {
      rows.set(JSON.stringify(row), row);
    },
    rows: () => [...rows.values()].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind)),
  };
}

/** The lines of a whole snapshot of these rows; its id is the same for the same rows. `takenAt`: RFC 3339. */
export function* snapshotLinesOf(rows: readonly RowDraft[], takenAt: string): Generator<string> {
  yield JSON.stringify({ kind: 'header', format: 'idgraph/snapshot/v1', id: versionOf(rows), takenAt });
  const counts: Partial<Record<RowDraft['kind'], number>> = {};
  for (const row of rows) {
    counts[row.kind] = (counts[row.kind] ?? 0) + 1;
    yield JSON.stringify(row);
  }
  yield JSON.stringify({ kind: 'trailer', counts });
}
