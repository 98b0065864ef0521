import type { InheritancePath } from '../access-engine.js';
import type { AccessGraph } from './access-graph.js';
import { hasDenies } from './deny-entries.js';
import { kindNumber } from './edge-table.js';
import { eachAssumeOut, eachWord, isBinding, roleOf } from './graph-walk.js';
import type { ArcPath } from './local-graph.js';
import { INNER_KIND, none } from './node-bank.js';
import type { WalkArc } from './state-walk.js';
import { EDGE_TRAIT } from './stops.js';

export type BringingEdge = Pick<InheritancePath, 'bringingEdge' | 'structural' | 'cuttingMayGive'>;

/**
 * Finds on each path of one identity what its owner must decide about: the first edge, other than `HAS_ACCOUNT` or a
 * derived one, whose target leads to none of the justified permissions over live allowing edges. Scopes and denies
 * are of no account there, so that cutting it never takes a justified permission away. Without `justified`: the
 * first edge that somebody decided to give.
 */
export function createBringingEdges(
  graph: AccessGraph,
  identity: number,
  justified: readonly number[] | undefined,
): (path: ArcPath) => BringingEdge {
  const useful = justified && nodesThatLead(graph, identity, justified);
  const gives = new Map<number, boolean>();
  return (path) => {
    const place = path.findIndex((arc) => (useful ? isUseless(graph, arc, useful) : isGiven(graph, arc)));
    const found = path[place];
    if (!found) return {};
    const below = found.to?.node;
    return {
      bringingEdge: place,
      ...(!useful && { structural: true }),
      ...(below !== undefined && mayGive(below) && { cuttingMayGive: true }),
    };
  };

  function mayGive(node: number): boolean {
    const known = gives.get(node) ?? reachesDeny(graph, node);
    gives.set(node, known);
    return known;
  }
}

const givenKinds = [kindNumber.MEMBER_OF, kindNumber.ASSIGNED, kindNumber.CAN_ACT_AS];

function isGiven({ edges }: AccessGraph, { row }: WalkArc): boolean {
  return row !== none && givenKinds.includes(edges.kinds[row]!);
}

/** The permission itself is never justified here: it is what the finding is about. */
function isUseless({ edges }: AccessGraph, { row, to }: WalkArc, useful: ReadonlySet<number>): boolean {
  return row !== none && edges.kinds[row] !== kindNumber.HAS_ACCOUNT && !(to && useful.has(to.node));
}

/** Of the nodes that the identity reaches, those from which one of the permissions is reached. */
function nodesThatLead(graph: AccessGraph, identity: number, permissions: readonly number[]): ReadonlySet<number> {
  const { links, edges } = graph;
  const previous = new Map<number, number[]>();
  const reached = allowingReach(graph, identity, (from, to) => {
    const before = previous.get(to);
    if (before) before.push(from);
    else previous.set(to, [from]);
  });
  const leading = new Set<number>();
  const lead = (role: number) => {
    if (reached.has(role)) leading.add(role);
  };
  for (const permission of permissions) {
    eachWord(links.allows.in, permission, lead);
    eachWord(links.conditionalAllows.in, permission, (row) => lead(edges.from[row]!));
  }
  for (const node of leading) for (const before of previous.get(node) ?? []) leading.add(before);
  return leading;
}

function reachesDeny(graph: AccessGraph, start: number): boolean {
  const { links } = graph;
  if (!hasDenies(graph) && links.assume.in.size === 0) return false;
  for (const node of allowingReach(graph, start)) {
    let found = (links.denies.out.lengths[node] ?? 0) + (links.conditionalDenies.out.lengths[node] ?? 0) > 0;
    eachAssumeOut(graph, node, (row) => {
      const { to, traits } = graph.edges;
      found ||= (traits[row]! & EDGE_TRAIT.DENY) !== 0 && graph.nodes.stops[to[row]!] === 0;
    });
    if (found) return true;
  }
  return false;
}

/** The nodes reached over live edges that allow, also by acting as others, the start among them. */
function allowingReach(
  graph: AccessGraph,
  start: number,
  each: (from: number, to: number) => void = () => {},
): ReadonlySet<number> {
  const { nodes, edges, links } = graph;
  const reached = new Set<number>();
  const reach = (from: number, to: number) => {
    if (nodes.stops[to] !== 0) return;
    each(from, to);
    reached.add(to);
  };
  if (nodes.stops[start] === 0) reached.add(start);
  for (const node of reached) {
    eachWord(links.inner.out, node, (to) => reach(node, isBinding(graph, to) ? roleOf(graph, to) : to));
    const everyone = graph.everyoneOf(node);
    if (isIdentity(graph, node) && everyone !== none) reach(node, everyone);
    eachAssumeOut(graph, node, (row) => {
      if (!(edges.traits[row]! & EDGE_TRAIT.DENY)) reach(node, edges.to[row]!);
    });
  }
  return reached;
}

const isIdentity = ({ nodes }: AccessGraph, node: number) => nodes.kinds[node] === INNER_KIND.Identity;
