import type { Edge, EdgeKind, EdgeOf, EdgeVersion } from '../../src/graph/edge.js';
import type { EdgeId, NodeId, Revision } from '../../src/graph/ids.js';
import type { GraphNode, NodeKind, NodeOf, NodeVersion } from '../../src/graph/node.js';
import type { Instant } from '../../src/kernel/clock.js';

/** Every version of every node and edge that was ever stored. */
export interface Rows {
  readonly nodes: readonly NodeVersion[];
  readonly edges: readonly EdgeVersion[];
}

/** An edge that exists; without an id it is the derived membership Identity → everyone. */
export interface Link<Kind extends Edge = Edge> {
  readonly id?: EdgeId;
  readonly edge: Kind;
}
export type LinkOf<Kind extends EdgeKind> = Link<EdgeOf<Kind>>;

/** Why a link lets nothing through; of a node where a node stops it, else of the link itself. */
export interface Stop {
  readonly kind: 'NODE_STATE' | 'ELIGIBLE' | 'NOT_YET_VALID' | 'EXPIRED' | 'NESTING';
  readonly node?: NodeId;
}

/** The graph at one revision, judged at one instant. */
export interface Moment {
  readonly at: Instant;
  readonly nodes: ReadonlyMap<NodeId, GraphNode>;
  readonly links: readonly Link[];
  stopsOf(link: Link): readonly Stop[];
  /** Reflexive. */
  contains(outer: NodeId, inner: NodeId): boolean;
  linksOf<Kind extends EdgeKind>(kind: Kind): readonly LinkOf<Kind>[];
  /** Undefined for another kind. */
  find<Kind extends NodeKind>(kind: Kind, id: NodeId): NodeOf<Kind> | undefined;
  /** All that take part in answers, by id. */
  identities(): readonly NodeOf<'Identity'>[];
}

export function momentOf(rows: Rows, revision: Revision, at: Instant): Moment {
  const isOpen = (since: Revision, until: Revision | undefined) =>
    since <= revision && (until === undefined || revision < until);
  const nodes = new Map(
    rows.nodes
      .filter((version) => isOpen(version.stamps.since, version.until))
      .map(({ node }) => [node.id, node] as const),
  );
  const stored = rows.edges.filter((version) => isOpen(version.since, version.until));
  const links: readonly Link[] = [...stored.map(({ id, edge }) => ({ id, edge })), ...everyoneLinks(nodes)];
  const find = <Kind extends NodeKind>(kind: Kind, id: NodeId) => {
    const node = nodes.get(id);
    return node?.kind === kind ? (node as NodeOf<Kind>) : undefined;
  };
  const linksOf = <Kind extends EdgeKind>(kind: Kind) =>
    links.filter((link) => link.edge.kind === kind) as readonly Link[] as readonly LinkOf<Kind>[];
  const parents = linksOf('CONTAINS');
  return {
    at,
    nodes,
    links,
    find,
    linksOf,
    stopsOf: (link) => [
      ...stopsOfNode(nodes.get(link.edge.from), at),
      ...stopsOfNode(nodes.get(link.edge.to), at),
      ...stopsOfEdge(link.edge, nodes, at),
    ],
    contains(outer, inner) {
      if (outer === inner) return true;
      return parents.some(({ edge }) => edge.to === inner && this.contains(outer, edge.from));
    },
    identities: () =>
      [...nodes.values()]
        .filter((node) => node.kind === 'Identity')
        .filter((identity) => identity.joinedTo === undefined)
        .sort((a, b) => (a.id < b.id ? -1 : 1)),
  };
}

function everyoneLinks(nodes: ReadonlyMap<NodeId, GraphNode>): readonly LinkOf<'MEMBER_OF'>[] {
  const all = [...nodes.values()];
  const groups = all.filter((node) => node.kind === 'Group').filter((group) => group.everyone);
  return all
    .filter((node) => node.kind === 'Identity')
    .filter((identity) => identity.joinedTo === undefined)
    .flatMap((identity) =>
      groups
        .filter((group) => group.tenant === identity.tenant)
        .map((group) => ({
          edge: {
            kind: 'MEMBER_OF',
            from: identity.id,
            to: group.id,
            source: '' as EdgeOf<'MEMBER_OF'>['source'],
            statedBy: 'CORRELATION',
            statement: '',
          },
        })),
    );
}

function stopsOfNode(node: GraphNode | undefined, at: Instant): readonly Stop[] {
  if (node?.kind === 'Identity')
    return [
      ...(node.state === 'ACTIVE' ? [] : [{ kind: 'NODE_STATE', node: node.id } as const]),
      ...(node.expiresAt !== undefined && node.expiresAt <= at ? [{ kind: 'EXPIRED', node: node.id } as const] : []),
    ];
  if ((node?.kind === 'Account' || node?.kind === 'Group') && !node.active)
    return [{ kind: 'NODE_STATE', node: node.id }];
  return [];
}

function stopsOfEdge(edge: Edge, nodes: ReadonlyMap<NodeId, GraphNode>, at: Instant): readonly Stop[] {
  const stops: Stop[] = [];
  if ('state' in edge && edge.state === 'ELIGIBLE') stops.push({ kind: 'ELIGIBLE' });
  if ('validFrom' in edge && edge.validFrom !== undefined && at < edge.validFrom) stops.push({ kind: 'NOT_YET_VALID' });
  if ('validUntil' in edge && edge.validUntil !== undefined && edge.validUntil <= at) stops.push({ kind: 'EXPIRED' });
  if (edge.kind === 'MEMBER_OF' && !nests(nodes.get(edge.from), nodes.get(edge.to), nodes))
    stops.push({ kind: 'NESTING' });
  return stops;
}

/** A Group → Group membership conveys where the target's source is `TRANSITIVE`; everyone nests nowhere. */
function nests(from: GraphNode | undefined, to: GraphNode | undefined, nodes: ReadonlyMap<NodeId, GraphNode>): boolean {
  if (from?.kind !== 'Group' || to?.kind !== 'Group') return true;
  const source = to.source && nodes.get(to.source);
  return !from.everyone && source?.kind === 'Source' && source.nesting === 'TRANSITIVE';
}
