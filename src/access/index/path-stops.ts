import type { BlockerKind } from '../access-engine.js';
import type { AccessGraph } from './access-graph.js';
import { EDGE_STOP, NODE_STOP } from './stops.js';

/** What keeps a path from conveying: of the node where one is named, else of the edge. */
export type PathStop =
  | { readonly kind: BlockerKind; readonly of: 'node'; readonly node: number }
  | { readonly kind: BlockerKind; readonly of: 'edge'; readonly row: number };

const free: readonly PathStop[] = [];

/** Whatever else stops a node lies in its state; `expiresAt` alone is told apart. */
export function stopsOfNode({ nodes }: AccessGraph, node: number): readonly PathStop[] {
  const bits = nodes.stops[node]!;
  if (bits === 0) return free;
  const stops: PathStop[] = [];
  if (bits & ~NODE_STOP.EXPIRED) stops.push({ kind: 'NODE_STATE', of: 'node', node });
  if (bits & NODE_STOP.EXPIRED) stops.push({ kind: 'EXPIRED', of: 'node', node });
  return stops;
}

const edgeStops = ['ELIGIBLE', 'NOT_YET_VALID', 'EXPIRED', 'NESTING'] as const satisfies readonly (BlockerKind &
  keyof typeof EDGE_STOP)[];

export function stopsOfEdge({ edges }: AccessGraph, row: number): readonly PathStop[] {
  const bits = edges.stops[row]!;
  if (bits === 0) return free;
  return edgeStops.filter((kind) => bits & EDGE_STOP[kind]).map((kind) => ({ kind, of: 'edge', row }));
}
