import { expect, it } from '@jest/globals';
import type { Revision } from '../../src/graph/ids.js';
import type { NodeVersion } from '../../src/graph/node.js';
import type { Head } from '../../src/store/graph-store.js';
import { type SnapshotPages, type SnapshotRow, streamSnapshot } from '../../src/store/snapshot-stream.js';
import { tenant } from '../graph/small-estate.js';

const noEdges: SnapshotPages<never> = { open: () => [], closed: () => [] };

function tenantRow(name: string, since: Revision): SnapshotRow<NodeVersion> {
  const node = tenant(name);
  return { id: node.id, since, version: { node, stamps: { since, version: 1, createdAt: 0, modifiedAt: 0 } } };
}

it('what is closed between the two reads of a page is in the snapshot once', async () => {
  const head: Head = { storeId: 's', revision: 1, hash: '', at: 0, horizon: 0, openNodes: 3, openEdges: 0 };
  const rows = ['a', 'b', 'c'].map((name) => tenantRow(name, 1));
  const nodes: SnapshotPages<NodeVersion> = {
    open: (kind) => (kind === 'Tenant' ? [...rows, tenantRow('later', 2)] : []),
    closed: (kind) => (kind === 'Tenant' ? [rows[1]!] : []),
  };
  const found: unknown[] = [];
  for await (const batch of streamSnapshot({ nodes, edges: noEdges, head: () => head, headAt: () => head }, 1))
    if (batch.kind === 'nodes') found.push(...batch.nodes.map(({ node }) => node.id));
  expect(found).toEqual(rows.map(({ id }) => id));
});
