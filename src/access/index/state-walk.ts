import type { Truth } from '../../graph/condition-evaluation.js';
import { EDGE_KINDS, type EdgeKind, type Effect } from '../../graph/edge.js';
import type { JsonObject } from '../../graph/node.js';
import type { AccessGraph } from './access-graph.js';
import { meet } from './assume-hops.js';
import { kindNumber } from './edge-table.js';
import { bindingTruth, grantTruth } from './entry-truth.js';
import { eachAssumeOut, eachGrant, eachLiveOut, eachStoppedOut, isBinding, roleOf, scopeOf } from './graph-walk.js';
import { findLeadingPrincipals, findLeadingRoles } from './leading-nodes.js';
import { INNER_KIND, none } from './node-bank.js';
import { type PathStop, stopsOfEdge, stopsOfNode } from './path-stops.js';
import { createStateTable, everywhere, type Region, type WalkState } from './state-table.js';
import { EDGE_TRAIT } from './stops.js';

export interface WalkQuestion {
  readonly graph: AccessGraph;
  readonly identity: number;
  /** `none`: only principals and roles are walked. */
  readonly permission: number;
  readonly effect: Effect;
  /** `none`: none is asked about; then grants are judged where the path would hold. */
  readonly resource: number;
  readonly context?: JsonObject;
  /** Must conditions be settled true; else it suffices that they are not settled false. */
  readonly unconditional?: boolean;
  /** May an edge be walked in spite of these stops, none of which may be of account. Absent: nothing that is stopped is walked. */
  readonly admits?: (stops: readonly PathStop[]) => boolean;
  /** `CAN_ACT_AS` is followed where this gives the region in which the hops up to it hold. */
  readonly hop?: (from: WalkState, row: number) => Region | undefined;
  /** Narrows what is walked, by kind of edge and the inner node that it leads to (`none`: the permission). */
  readonly keeps?: (kind: EdgeKind, to: number) => boolean;
  /** Narrows by where a path would end. */
  readonly ends?: (acting: number, judgedAt: number) => boolean;
  /** Stops once there are more states: whom one may act as can be many. Absent: walks all. */
  readonly mostStates?: number;
}

export interface WalkArc {
  readonly from: WalkState;
  /** Absent: the permission. */
  readonly to?: WalkState;
  /** `none`: the derived membership of everyone. */
  readonly row: number;
  /** What is in its way: of the edge, of the node it leads to, and of the source where it leaves that. */
  readonly stops: readonly PathStop[];
}
export interface Walked {
  /** The source is the first. */
  readonly states: readonly WalkState[];
  readonly arcs: readonly WalkArc[];
  /** Stopped at `mostStates`: more could be reached. */
  readonly cut: boolean;
}

/**
 * All that can be reached from the identity, state by state (`docs/model.md`, paths); where a permission is asked about,
 * of what does not lead to it perhaps nothing.
 */
export function walkStates(question: WalkQuestion): Walked {
  const { graph, identity, permission, resource, context, hop, mostStates = Number.POSITIVE_INFINITY } = question;
  const { nodes, edges, resources } = graph;
  const isDirectOnly = (role: number) => graph.directOnlyApplications.has(nodes.owners[role]!);
  const mindsEntry = graph.directOnlyApplications.size > 0;
  const mindsScope = resource === none || hop !== undefined;
  const leading = hop || permission === none ? undefined : findLeadingRoles(graph, permission, question.effect);
  const principals = leading && !question.admits ? findLeadingPrincipals(graph, identity, leading) : undefined;
  const mayLead = (target: number) => {
    const node = isBinding(graph, target) ? roleOf(graph, target) : target;
    return (nodes.kinds[node] === INNER_KIND.Role ? leading : principals)?.has(node) !== false;
  };
  const table = createStateTable();
  const arcs: WalkArc[] = [];

  const source = table.enter({ node: identity, acting: identity, region: everywhere, scope: none, direct: true });
  if (question.admits || nodes.stops[identity] === 0)
    for (const state of table.states) {
      if (table.states.length > mostStates) return { states: table.states, arcs, cut: true };
      if (nodes.kinds[state.node] === INNER_KIND.Role) leaveRole(state);
      else leavePrincipal(state);
    }
  return { states: table.states, arcs, cut: false };

  function leavePrincipal(state: WalkState): void {
    const isGroup = nodes.kinds[state.node] === INNER_KIND.Group;
    eachOut(state.node, (row) => {
      const to = edges.to[row]!;
      if (edges.kinds[row] === kindNumber.ASSIGNED) assign(state, row, isGroup);
      else if (edges.kinds[row] !== kindNumber.CAN_ACT_AS)
        step(state, row, to, { scope: none, direct: !(mindsEntry && isGroup) });
    });
    const everyone = nodes.kinds[state.node] === INNER_KIND.Identity ? graph.everyoneOf(state.node) : none;
    if (everyone !== none) step(state, none, everyone, asPrincipal);
    if (hop) eachAssumeOut(graph, state.node, (row) => assume(state, row));
  }

  function assign(state: WalkState, row: number, isGroup: boolean): void {
    const binding = edges.to[row]!;
    const role = roleOf(graph, binding);
    const scope = scopeOf(graph, binding);
    const own: PathStop[] = [];
    if (isGroup && !state.direct && isDirectOnly(role)) own.push({ kind: 'NESTING', of: 'edge', row });
    if (!isEnough(bindingTruth(graph, binding, context))) own.push({ kind: 'CONDITION', of: 'edge', row });
    // A role may serve a hop where it does not serve the resource; its grants are then judged apart.
    if (!mindsScope && !resources.contains(scope, resource)) own.push({ kind: 'OUT_OF_SCOPE', of: 'edge', row });
    step(state, row, role, { scope: mindsScope ? scope : none, direct: true, own });
  }

  function leaveRole(state: WalkState): void {
    eachOut(state.node, (row) => {
      if (edges.kinds[row] === kindNumber.INHERITS) step(state, row, edges.to[row]!, state);
    });
    if (permission !== none) eachGrant(graph, state.node, permission, (row) => grant(state, row));
    if (hop)
      eachAssumeOut(graph, state.node, (row) => {
        const { at } = edges.detailOf(row);
        if (at !== undefined && resources.contains(state.scope, at)) assume(state, row);
      });
  }

  function grant(state: WalkState, row: number): void {
    const judgedAt = placeOfGrant(state);
    const isDeny = (edges.traits[row]! & EDGE_TRAIT.DENY) !== 0;
    if (judgedAt === none || isDeny !== (question.effect === 'DENY')) return;
    if (question.keeps?.('GRANTS', none) === false || question.ends?.(state.acting, judgedAt) === false) return;
    const isTrue = isEnough(grantTruth(graph, row, judgedAt, context));
    const stops: readonly PathStop[] = isTrue ? free : [{ kind: 'CONDITION', of: 'edge', row }];
    if (mayPass(stops)) arcs.push({ from: state, row, stops });
  }

  /** The resource asked about, else where the path would hold; `none`: nowhere. */
  function placeOfGrant({ region, scope }: WalkState): number {
    if (resource !== none) return !mindsScope || resources.contains(scope, resource) ? resource : none;
    const place = meet(graph, region.within, scope);
    return place === undefined || region.outside.some((denied) => resources.contains(denied, place)) ? none : place;
  }

  function assume(state: WalkState, row: number): void {
    const region = hop?.(state, row);
    const other = edges.to[row]!;
    if (region) step(state, row, other, { ...asPrincipal, acting: other, region });
  }

  function step(from: WalkState, row: number, node: number, entry: Entry): void {
    const kind = row === none ? 'MEMBER_OF' : EDGE_KINDS[edges.kinds[row]!]!;
    if (question.keeps?.(kind, node) === false) return;
    const stops = stopsOnWay(from, row, node, entry.own ?? free);
    if (!mayPass(stops)) return;
    const { scope, direct, acting = from.acting, region = from.region } = entry;
    arcs.push({ from, to: table.enter({ node, acting, region, scope, direct }), row, stops });
  }

  function stopsOnWay(from: WalkState, row: number, node: number, own: readonly PathStop[]): readonly PathStop[] {
    const edgeStops = row === none ? free : stopsOfEdge(graph, row);
    const nodeStops = stopsOfNode(graph, node);
    const sourceStops = from === source ? stopsOfNode(graph, identity) : free;
    const count = edgeStops.length + nodeStops.length + sourceStops.length + own.length;
    return count === 0 ? free : [...sourceStops, ...edgeStops, ...own, ...nodeStops];
  }

  function eachOut(node: number, visit: (row: number) => void): void {
    eachLiveOut(graph, node, visit, leading && mayLead);
    if (question.admits) eachStoppedOut(graph, node, visit);
  }

  function mayPass(stops: readonly PathStop[]): boolean {
    return stops.length === 0 || question.admits?.(stops) === true;
  }

  function isEnough(truth: Truth): boolean {
    return question.unconditional ? truth === 'true' : truth !== 'false';
  }
}

/** How a node is entered: by whom and where (as before, where absent), and what of the step itself is in its way. */
interface Entry extends Pick<WalkState, 'scope' | 'direct'> {
  readonly acting?: number;
  readonly region?: Region;
  readonly own?: readonly PathStop[];
}
const asPrincipal: Entry = { scope: none, direct: true };
const free: readonly PathStop[] = [];
