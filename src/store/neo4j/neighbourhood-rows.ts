import { EDGE_KINDS, type EdgeKind, type EdgeVersion } from '../../graph/edge.js';
import type { EdgeId, NodeId } from '../../graph/ids.js';
import type { GraphNode, NodeVersion } from '../../graph/node.js';
import type { BareEdge, BareEdgeVersion, Neighbourhood, PrincipalNode } from '../neighbourhood.js';
import type { Row } from './driver.js';
import { RELATIONSHIP_TYPES } from './model.js';
import { EDGE_FIELDS, NODE_FIELDS } from './neighbourhood-statements.js';
import { docOf } from './view-loader.js';

/** Gathers rows into a part of the graph: each node and edge once, the first that was met. */
export interface PartBuilder {
  /** Nodes with the edges that they are that end of. */
  addNodes(rows: readonly NodeRow[], end: 'from' | 'to'): void;
  /** Rows with `node`, and whether it `isThere` at the revision; its edges are. */
  addRows(rows: readonly Row[], end: 'from' | 'to'): void;
  /** Whole versions as `doc`. */
  addClosedNodes(rows: readonly Row[]): void;
  addClosedEdges(rows: readonly Row[]): void;
  hasNode(id: NodeId): boolean;
  nodes(): Iterable<PrincipalNode>;
  edges(): Iterable<BareEdgeVersion>;
  /** Inherited roles are the catalogue's: they are walked and not given. */
  build(): Neighbourhood;
}

export function createPartBuilder(): PartBuilder {
  const nodes = new Map<NodeId, PrincipalNode>();
  const edges = new Map<string, BareEdgeVersion>();
  const addNode = (node: PrincipalNode | undefined) => {
    if (node && !nodes.has(node.id)) nodes.set(node.id, node);
  };
  const addEdge = (version: BareEdgeVersion) => {
    if (!edges.has(version.id)) edges.set(version.id, version);
  };
  const addEdges = (row: NodeRow, end: 'from' | 'to') => {
    for (const each of row.at(-1) as readonly EdgeRow[]) addEdge(toEdge(row[place.id!] as NodeId, end, each));
  };
  return {
    addNodes(rows, end) {
      for (const row of rows) {
        addNode(toPrincipal(row));
        addEdges(row, end);
      }
    },
    addRows(rows, end) {
      for (const { isThere, node } of rows) {
        if (isThere) addNode(toPrincipal(node as NodeRow));
        addEdges(node as NodeRow, end);
      }
    },
    addClosedNodes(rows) {
      for (const row of rows) addNode(principalOf(docOf<NodeVersion>(row).node));
    },
    addClosedEdges(rows) {
      for (const row of rows) addEdge(docOf<EdgeVersion>(row));
    },
    hasNode: (id) => nodes.has(id),
    nodes: () => nodes.values(),
    edges: () => edges.values(),
    build: () => ({
      nodes: [...nodes.values()],
      edges: [...edges.values()].filter(({ edge }) => edge.kind !== 'INHERITS'),
    }),
  };
}

function principalOf(node: GraphNode): PrincipalNode | undefined {
  return node.kind === 'Identity' || node.kind === 'Account' || node.kind === 'Group' ? node : undefined;
}

type Value = string | number | boolean | null;
type EdgeRow = readonly [type: keyof typeof EDGE_FIELDS, other: NodeId, id: EdgeId, ...fields: readonly Value[]];
/** As `neighbourhood-statements.ts` lists it: `NODE_FIELDS`, then the edges. */
export type NodeRow = readonly [...fields: readonly Value[], edges: readonly EdgeRow[]];

const place = Object.fromEntries(NODE_FIELDS.map((name, at) => [name, at]));
const fieldsOfKind: Readonly<Record<string, readonly string[]>> = {
  Identity: ['id', 'kind', 'tenant', 'type', 'state', 'joinedTo', 'expiresAt'],
  Account: ['id', 'kind', 'tenant', 'source', 'active'],
  Group: ['id', 'kind', 'tenant', 'source', 'active', 'everyone', 'changing'],
};

/** What this store wrote as properties comes back as it was; `undefined` for nodes of the catalogue, which the walk passed. */
function toPrincipal(row: NodeRow): PrincipalNode | undefined {
  const names = fieldsOfKind[row[place.kind!] as string];
  if (names === undefined) return undefined;
  const node: Record<string, unknown> = {};
  for (const name of names) {
    const value = row[place[name]!];
    if (value !== null) node[name] = value;
  }
  return node as unknown as PrincipalNode;
}

/** What the model calls otherwise, and what kind the relationship stands for. */
const nameOfField: Readonly<Record<string, string>> = { scopeId: 'scope', atId: 'at', withinId: 'within' };
const kindOfType = Object.fromEntries(
  EDGE_KINDS.flatMap((kind) => RELATIONSHIP_TYPES[kind].map((type) => [type, kind])),
) as Readonly<Record<string, EdgeKind>>;

function toEdge(node: NodeId, end: 'from' | 'to', [type, other, id, ...fields]: EdgeRow): BareEdgeVersion {
  const edge: Record<string, unknown> = {
    kind: kindOfType[type],
    from: end === 'from' ? node : other,
    to: end === 'from' ? other : node,
  };
  for (let at = 0; at < fields.length; at++) {
    const value = fields[at]!;
    if (value === null) continue;
    const name = EDGE_FIELDS[type][at]!;
    edge[nameOfField[name] ?? name] = name === 'condition' ? JSON.parse(value as string) : value;
  }
  return { id, edge: edge as unknown as BareEdge };
}
