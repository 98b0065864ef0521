import { EDGE_KINDS, type EdgeKind, type EdgeVersion } from '../../graph/edge.js';
import { asNodeId, type NodeId } from '../../graph/ids.js';
import type { GraphView } from '../../graph/settle.js';
import type { Database, Row, SqlValue, Statement } from './driver.js';
import { toEdgeVersion, toNodeVersion } from './rows.js';
import {
  holdersOf,
  openEdgeById,
  openEdgesFrom,
  openEdgesScopedTo,
  openEdgesTo,
  openNodeById,
  pageRows,
} from './view-statements.js';

/** The open graph as this connection sees it now: inside a transaction, also what that has written. */
export function createOpenGraph(database: Database): GraphView {
  const nodeById = database.prepare(openNodeById);
  const edgeById = database.prepare(openEdgeById);
  const edgesOfEnd = { from: database.prepare(openEdgesFrom), to: database.prepare(openEdgesTo) };
  const edgesByScope = database.prepare(openEdgesScopedTo);
  const holders = database.prepare(holdersOf);

  return {
    node(id) {
      const row = nodeById.get(id) as Row | undefined;
      return row && toNodeVersion(row);
    },
    edge(id) {
      const row = edgeById.get(id) as Row | undefined;
      return row && toEdgeVersion(row);
    },
    edgesOf(node, end, kind) {
      const ofKind = (each: EdgeKind) => pagedEdges(edgesOfEnd[end], [node, each]);
      return kind ? ofKind(kind) : mergeById(EDGE_KINDS.map(ofKind));
    },
    edgesScopedTo: (resource) => pagedEdges(edgesByScope, [resource]),
    holders: ({ kind, field, scope, value }) =>
      (holders.all(kind, field, value, scope) as Row[]).map((row): NodeId => asNodeId(row.node as string)),
  };
}

/** Page by page, so that no read is open while the caller does something else with the statement. */
function* pagedEdges(statement: Statement, key: readonly SqlValue[]): Generator<EdgeVersion> {
  let after = '';
  for (;;) {
    const rows = statement.all(...key, after) as Row[];
    for (const row of rows) yield toEdgeVersion(row);
    if (rows.length < pageRows) return;
    after = rows.at(-1)!.id as string;
  }
}

function* mergeById(sorted: readonly Generator<EdgeVersion>[]): Generator<EdgeVersion> {
  const heads = sorted.map((edges) => ({ edges, next: edges.next() }));
  for (;;) {
    const left = heads.filter(({ next }) => !next.done);
    if (left.length === 0) return;
    const least = left.reduce((a, b) => (a.next.value!.id <= b.next.value!.id ? a : b));
    yield least.next.value!;
    least.next = least.edges.next();
  }
}
