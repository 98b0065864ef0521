import { EDGE_KINDS, type Edge, type EdgeKind, type EdgeVersion } from '../../graph/edge.js';
import { asEdgeId, asNodeId, type NodeId, type Revision } from '../../graph/ids.js';
import type { GraphNode, NodeVersion } from '../../graph/node.js';
import type { BareEdgeVersion, Neighbourhood, PrincipalNode } from '../neighbourhood.js';
import type { Row } from './driver.js';
import { RELATIONSHIP_TYPES } from './model.js';
import { docOf } from './view-loader.js';

/** Gathers rows into a part of the graph: each node and edge once, the first that was met. */
export interface PartBuilder {
  /** Nodes with their edges, as `neighbourhood-statements.ts` tells them; what was opened after the revision is left out. */
  addRows(rows: readonly Row[], end: 'from' | 'to', revision?: Revision): void;
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
  return {
    addRows(rows, end, revision = Number.POSITIVE_INFINITY) {
      for (const row of rows) {
        if (!((row.since as number) > revision)) addNode(toPrincipal(row));
        for (const list of row.edges as EdgeList[])
          if (list[3] <= revision) addEdge(toEdge(row.id as NodeId, end, list));
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

/** `undefined` for nodes of the catalogue, which the walk passed. */
function toPrincipal({ id, kind, tenant, source, active, everyone, changing, type, state, joinedTo, expiresAt }: Row) {
  const common = { id, tenant };
  switch (kind) {
    case 'Identity':
      return withoutNulls({ ...common, kind, type, state, joinedTo, expiresAt });
    case 'Account':
      return withoutNulls({ ...common, kind, source, active });
    case 'Group':
      return withoutNulls({ ...common, kind, source, active, everyone, changing });
    default:
      return undefined;
  }
}

function principalOf(node: GraphNode): PrincipalNode | undefined {
  return node.kind === 'Identity' || node.kind === 'Account' || node.kind === 'Group' ? node : undefined;
}

/** What this store wrote as properties comes back as it was. */
function withoutNulls(fields: Row): PrincipalNode {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)) as unknown as PrincipalNode;
}

type EdgeList = readonly [
  type: string,
  other: string,
  id: string,
  since: Revision,
  ...details: readonly (string | number | null)[],
];
const detailNames = ['state', 'validFrom', 'validUntil', 'scope', 'condition', 'effect', 'mode', 'at', 'within'];

/** By relationship type. */
const kindOfType = Object.fromEntries(
  EDGE_KINDS.flatMap((kind) => RELATIONSHIP_TYPES[kind].map((type) => [type, kind])),
) as Readonly<Record<string, EdgeKind>>;

function toEdge(node: NodeId, end: 'from' | 'to', [type, other, id, since, ...details]: EdgeList): BareEdgeVersion {
  const edge: Record<string, unknown> = {
    kind: kindOfType[type],
    from: end === 'from' ? node : asNodeId(other),
    to: end === 'from' ? asNodeId(other) : node,
  };
  details.forEach((value, place) => {
    if (value !== null) edge[detailNames[place]!] = place === conditionPlace ? JSON.parse(value as string) : value;
  });
  return { id: asEdgeId(id), since, edge: edge as unknown as Edge };
}
const conditionPlace = detailNames.indexOf('condition');
