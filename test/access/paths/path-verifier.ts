import type { InheritancePath, PathHop } from '../../../src/access/access-engine.js';
import type { Edge, EdgeOf } from '../../../src/graph/edge.js';
import { everyoneIdOf, type NodeId, type Revision } from '../../../src/graph/ids.js';
import type { GraphNode, NodeKind, NodeOf } from '../../../src/graph/node.js';
import type { Rows } from '../../oracle/moment.js';
import { all, patternTruth, type Truth, truthOf } from '../../oracle/truth.js';

/** What a path is to prove, of the graph as of a revision and an instant. */
export interface Claim {
  readonly rows: Rows;
  readonly revision: Revision;
  readonly at: number;
  readonly identity: NodeId;
  readonly permission: NodeId;
  readonly effect: 'ALLOW' | 'DENY';
  readonly resource?: NodeId;
}

/**
 * Checks a path hop by hop against the stored nodes and edges, by `docs/model.md` and nothing else; what is wrong with
 * it, in words. Empty: the path proves the claim.
 */
export function faultsOf(claim: Claim, path: InheritancePath): readonly string[] {
  const graph = openGraph(claim);
  const scope = scopeOf(graph, path);
  return [
    ...shapeFaults(claim, path),
    ...path.hops.flatMap((hop, place) => hopFaults(graph, claim, hop, path.hops[place - 1])),
    ...simpleFaults(path),
    ...(scope === path.scope.id ? [] : [`its scope is ${scope}, not ${path.scope.id}`]),
    ...(claim.resource && !graph.contains(path.scope.id, claim.resource) ? ['it does not reach the resource'] : []),
    ...assumeFaults(graph, path, claim.resource ?? path.scope.id),
    ...(conditionTruth(graph, path, claim.resource ?? path.scope.id) === false ? ['a condition is settled false'] : []),
    ...overrideFaults(claim, path),
  ];
}

function shapeFaults({ identity, permission }: Claim, { hops, length }: InheritancePath): readonly string[] {
  const faults: string[] = [];
  if (hops[0]?.from.id !== identity) faults.push('it does not begin at the identity');
  if (hops.at(-1)?.to.id !== permission || hops.at(-1)?.kind !== 'GRANTS') faults.push('it does not end in a grant');
  if (hops.some((hop, place) => place > 0 && hop.from.id !== hops[place - 1]?.to.id)) faults.push('it is torn');
  if (hops.length !== length) faults.push('its length is wrong');
  return faults;
}

function hopFaults(graph: OpenGraph, claim: Claim, hop: PathHop, before: PathHop | undefined): readonly string[] {
  const { from, to } = hop;
  if (hop.id === undefined) {
    const identity = graph.node('Identity', from.id);
    const isDerived = identity && to.id === everyoneIdOf(identity.tenant) && hop.kind === 'MEMBER_OF';
    return isDerived ? endFaults(graph, claim, hop) : [`${from.id} to ${to.id} is no derived membership`];
  }
  const edge = graph.edge(hop.id);
  if (!edge || edge.kind !== hop.kind || edge.from !== from.id || edge.to !== to.id)
    return [`there is no such edge: ${hop.id}`];
  const faults = [...endFaults(graph, claim, hop)];
  if ('state' in edge && edge.state === 'ELIGIBLE') faults.push(`${hop.id} is only eligible`);
  if ('validFrom' in edge && (edge.validFrom ?? claim.at) > claim.at) faults.push(`${hop.id} is not valid yet`);
  if ('validUntil' in edge && (edge.validUntil ?? Number.POSITIVE_INFINITY) <= claim.at)
    faults.push(`${hop.id} is expired`);
  if (edge.kind === 'MEMBER_OF' && graph.node('Group', edge.from) && !graph.nests(edge.to))
    faults.push(`${hop.id} does not nest`);
  if (edge.kind === 'ASSIGNED' && graph.wantsDirectMembers(edge) && before?.from && graph.node('Group', before.from.id))
    faults.push(`${hop.id} is honoured for direct members only`);
  if (edge.kind === 'ASSIGNED' && edge.scope !== hop.scope?.id) faults.push(`${hop.id} has another scope`);
  if (edge.kind === 'GRANTS' && edge.effect !== claim.effect) faults.push(`${hop.id} has the other effect`);
  return faults;
}

function endFaults(graph: OpenGraph, { at }: Claim, { from, to }: PathHop): readonly string[] {
  return [from.id, to.id].flatMap((id) => {
    const node = graph.nodes.get(id as NodeId);
    if (!node) return [`${id} is not there`];
    if (node.kind === 'Identity')
      return node.state === 'ACTIVE' && (node.expiresAt ?? at + 1) > at ? [] : [`${id} lets nothing through`];
    return (node.kind === 'Account' || node.kind === 'Group') && !node.active ? [`${id} is disabled`] : [];
  });
}

/** No pair (acting identity, node) twice. */
function simpleFaults({ hops }: InheritancePath): readonly string[] {
  let acting = hops[0]?.from.id;
  const met = [`${acting} ${acting}`];
  for (const { kind, to } of hops) {
    if (kind === 'CAN_ACT_AS') acting = to.id;
    met.push(`${acting} ${to.id}`);
  }
  return new Set(met).size === met.length ? [] : ['it meets a node twice'];
}

function assumeFaults(graph: OpenGraph, { hops }: InheritancePath, place: string): readonly string[] {
  return hops.flatMap((hop, index) => {
    const edge = hop.id && graph.edge(hop.id);
    if (edge?.kind !== 'CAN_ACT_AS') return [];
    const faults: string[] = [];
    if (edge.effect !== 'ALLOW' || edge.mode !== 'IMPERSONATE') faults.push(`${hop.id} is no right to impersonate`);
    if (edge.within && !graph.contains(edge.within, place)) faults.push(`${hop.id} does not hold there`);
    const binding = hops.slice(0, index).findLast(({ kind }) => kind === 'ASSIGNED');
    if (graph.node('Role', edge.from) && !(edge.at && binding?.scope && graph.contains(binding.scope.id, edge.at)))
      faults.push(`${hop.id} is not held where the role is bound`);
    return faults;
  });
}

/** Of the last binding, narrowed by the hops; absent: they have nothing in common. */
function scopeOf(graph: OpenGraph, { hops }: InheritancePath): string | undefined {
  const limits = hops.flatMap((hop) => {
    const edge = hop.id && graph.edge(hop.id);
    return edge && edge.kind === 'CAN_ACT_AS' && edge.within ? [edge.within] : [];
  });
  const last = hops.findLast(({ kind }) => kind === 'ASSIGNED')?.scope?.id;
  const places = last ? [last, ...limits] : [];
  return places.find((inner) => places.every((outer) => graph.contains(outer, inner)));
}

function conditionTruth(graph: OpenGraph, { hops }: InheritancePath, place: string): Truth {
  const resource = graph.node('Resource', place);
  return all(
    hops.flatMap(({ id }): Truth[] => {
      const edge = id && graph.edge(id);
      if (!edge || !('condition' in edge || 'resources' in edge)) return [];
      return [
        'condition' in edge && edge.condition ? truthOf(edge.condition, {}) : true,
        'resources' in edge && edge.resources && resource ? patternTruth(edge.resources, resource.path) : true,
      ];
    }),
  );
}

function overrideFaults(claim: Claim, { status, overriddenBy, hops, scope }: InheritancePath): readonly string[] {
  if ((status === 'OVERRIDDEN') !== (overriddenBy !== undefined)) return ['its status does not fit its override'];
  if (!overriddenBy) return [];
  const acting = hops.findLast(({ kind }) => kind === 'CAN_ACT_AS')?.to.id ?? claim.identity;
  const resource = claim.resource ?? scope.id;
  const denied = { ...claim, identity: acting as NodeId, effect: 'DENY', resource: resource as NodeId } as const;
  const faults = faultsOf(denied, overriddenBy).map((fault) => `overridden by: ${fault}`);
  return conditionTruth(openGraph(claim), overriddenBy, resource) === true
    ? faults
    : [...faults, 'not surely overridden'];
}

interface OpenGraph {
  readonly nodes: ReadonlyMap<NodeId, GraphNode>;
  node<Kind extends NodeKind>(kind: Kind, id: string): NodeOf<Kind> | undefined;
  edge(id: string): Edge | undefined;
  contains(outer: string, inner: string): boolean;
  /** A membership of a group in that group conveys. */
  nests(group: NodeId): boolean;
  wantsDirectMembers(edge: EdgeOf<'ASSIGNED'>): boolean;
}

function openGraph({ rows, revision }: Claim): OpenGraph {
  const isOpen = (since: Revision, until = Number.POSITIVE_INFINITY) => since <= revision && revision < until;
  const openNodes = rows.nodes.filter(({ stamps, until }) => isOpen(stamps.since, until));
  const openEdges = rows.edges.filter(({ since, until }) => isOpen(since, until));
  const nodes = new Map(openNodes.map(({ node }) => [node.id, node] as const));
  const edges = new Map<string, Edge>(openEdges.map(({ id, edge }) => [id, edge] as const));
  const node = <Kind extends NodeKind>(kind: Kind, id: string) => {
    const found = nodes.get(id as NodeId);
    return found?.kind === kind ? (found as NodeOf<Kind>) : undefined;
  };
  const parentOf = new Map<string, string>(
    openEdges.flatMap(({ edge }) => (edge.kind === 'CONTAINS' ? [[edge.to, edge.from] as const] : [])),
  );
  return {
    nodes,
    node,
    edge: (id) => edges.get(id),
    contains(outer, inner) {
      for (let place: string | undefined = inner; place !== undefined; place = parentOf.get(place))
        if (place === outer) return true;
      return false;
    },
    nests(group) {
      const source = node('Group', group)?.source;
      return source !== undefined && node('Source', source)?.nesting === 'TRANSITIVE';
    },
    wantsDirectMembers({ from, to }) {
      const application = node('Role', to)?.application;
      return (
        application !== undefined && !!node('Application', application)?.directMembersOnly && !!node('Group', from)
      );
    },
  };
}
