import type { GraphEffect } from '../../graph/change.js';
import { type EdgeVersion, scopesOf } from '../../graph/edge.js';
import { claimsOf, fieldKeysOf } from '../../graph/indexed-fields.js';
import type { NodeVersion } from '../../graph/node.js';
import { sortKey } from '../../graph/text.js';
import { assertNever, invariant } from '../../kernel/assert.js';
import { sourceOf, tenantOf } from '../read-scope.js';
import type { Database } from './driver.js';
import {
  closeEdge,
  closeNode,
  deleteEdgeScope,
  deleteFieldValues,
  insertEdge,
  insertEdgeScope,
  insertFieldValue,
  insertNode,
} from './write-statements.js';

export interface EffectWriter {
  apply(effect: GraphEffect): void;
  openNode(version: NodeVersion): void;
  openEdge(version: EdgeVersion): void;
}

/** Writes effects into the tables one by one, inside the caller's transaction. Decides nothing: that was `settle`. */
export function createEffectWriter(database: Database): EffectWriter {
  const nodes = { insert: database.prepare(insertNode), close: database.prepare(closeNode) };
  const values = { insert: database.prepare(insertFieldValue), remove: database.prepare(deleteFieldValues) };
  const edges = { insert: database.prepare(insertEdge), close: database.prepare(closeEdge) };
  const scopes = { insert: database.prepare(insertEdgeScope), remove: database.prepare(deleteEdgeScope) };

  function openNode({ node, stamps }: NodeVersion): void {
    const { since, version, createdAt, modifiedAt } = stamps;
    const [tenant, source] = [tenantOf(node) ?? '', sourceOf(node) ?? ''];
    nodes.insert.run(node.id, node.kind, tenant, source, since, version, createdAt, modifiedAt, JSON.stringify(node));
    const claimed = new Set(claimsOf(node).map((key) => key.field));
    for (const { kind, field, value, scope } of fieldKeysOf(node))
      values.insert.run(kind, field, value, scope, node.id, sortKey(value), claimed.has(field) ? 1 : 0);
  }

  function openEdge({ id, edge, since }: EdgeVersion): void {
    edges.insert.run(id, edge.kind, edge.from, edge.to, edge.source, since, JSON.stringify(edge));
    for (const resource of scopesOf(edge)) scopes.insert.run(resource, id, edge.kind);
  }

  function closeOne(closed: { readonly changes: number | bigint }, what: string): void {
    invariant(closed.changes === 1, `${what} was open when it was closed`);
  }

  return {
    openNode,
    openEdge,
    apply(effect) {
      switch (effect.kind) {
        case 'nodeOpened':
          return openNode(effect.version);
        case 'edgeOpened':
          return openEdge(effect.version);
        case 'nodeClosed': {
          const { node, until } = effect.version;
          closeOne(nodes.close.run(until, node.id), `node ${node.id}`);
          values.remove.run(node.id);
          return;
        }
        case 'edgeClosed': {
          const { id, edge, until } = effect.version;
          closeOne(edges.close.run(until, edge.kind, id), `edge ${id}`);
          for (const resource of scopesOf(edge)) scopes.remove.run(resource, id);
          return;
        }
        default:
          assertNever(effect);
      }
    },
  };
}
