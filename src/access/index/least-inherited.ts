import type { EdgeKind } from '../../graph/edge.js';
import type { AccessGraph } from './access-graph.js';
import { bindingTruth, grantTruth } from './entry-truth.js';
import { eachWord } from './graph-walk.js';
import { INNER_KIND, none } from './node-bank.js';
import { isDirectOnly } from './principal-search.js';
import type { Scratch } from './scratch.js';

/** How an identity stands at a node after the least path to it that is of this kind. */
interface Stand {
  readonly node: number;
  /** Among all stands the place of the ids of the nodes on the way, shorter ways first; equal for equal nodes. */
  readonly rank: number;
  /** The first edge on the way that somebody decided to give; `none`: there is none yet. */
  readonly given: number;
  readonly way: Way;
}

/** What beside the node decides how a path may go on. */
interface Way {
  readonly number: number;
  /** Of a group: entered from an account, or as everyone. */
  readonly direct: boolean;
  /** Of a role: the scope of its binding. */
  readonly scope: number;
  /** Of a role: the one that is bound to the identity itself, from where the way leads by inheritance alone; `none`: it leads through a group. */
  readonly root: number;
}

/** Where an identity stands, by role. */
interface RoleStands {
  /** The edge that brings the row; `none`: no path to it is inherited. */
  bringing(permission: number, scope: number): number;
}

/**
 * The least inherited path to every role at once, and of each nothing but the edge that brings what it leads to. Breadth
 * first, where among the paths of one length the nodes are left in the order of their paths and entered in that of their ids:
 * so they are entered in the order of paths. While nothing else uses the scratch.
 */
export function findRoleStands(graph: AccessGraph, scratch: Scratch, identity: number): RoleStands {
  const { nodes, links, edges, resources } = graph;
  const mindsEntry = graph.directOnlyApplications.size > 0;
  const ways = createWays();
  const entered = new Set<number>();
  const epoch = scratch.begin(graph);
  const { innerMarks: marks, innerSlots: slots } = scratch;
  /** By slot: the stands at one role, least first. */
  const atRole: Stand[][] = [];
  let rank = 0;

  const start: Stand = { node: identity, rank, given: none, way: ways.ofPrincipal(true) };
  let level: Stand[] = [];
  if (nodes.stops[identity] === 0) enter([start], level);
  while (level.length > 0) level = leaveAll(level);
  return { bringing };

  function leaveAll(level: readonly Stand[]): Stand[] {
    const next: Stand[] = [];
    for (let first = 0, end = 0; first < level.length; first = end) {
      const steps: Stand[] = [];
      for (; end < level.length && level[end]!.rank === level[first]!.rank; end++) leave(level[end]!, steps);
      enter(steps.sort(compareSteps), next);
    }
    return next;
  }

  function compareSteps(a: Stand, b: Stand): number {
    if (a.node !== b.node) return nodes.ids[a.node]! < nodes.ids[b.node]! ? -1 : 1;
    return compareGiven(a, b);
  }

  function compareGiven(a: Stand, b: Stand): number {
    return a.given === none || b.given === none ? 0 : edges.compare(a.given, b.given);
  }

  /** Steps with the same nodes before them, by the id of the node that they lead to: adds those that lead to a new stand. */
  function enter(steps: readonly Stand[], level: Stand[]): void {
    let before = none;
    for (const { node, given, way } of steps) {
      const key = way.number * nodes.count + node;
      if (entered.has(key)) continue;
      entered.add(key);
      if (node !== before) rank++;
      before = node;
      const stand = { node, rank, given, way };
      level.push(stand);
      if (nodes.kinds[node] === INNER_KIND.Role) standAt(stand);
    }
  }

  function standAt(stand: Stand): void {
    if (marks[stand.node] !== epoch) {
      marks[stand.node] = epoch;
      slots[stand.node] = atRole.push([]) - 1;
    }
    atRole[slots[stand.node]!]!.push(stand);
  }

  function leave(from: Stand, steps: Stand[]): void {
    const kind = nodes.kinds[from.node];
    eachWord(links.inner.out, from.node, (to) => {
      if (kind === INNER_KIND.Role) inherit(from, to, steps);
      else if (nodes.kinds[to] === INNER_KIND.Binding) bind(from, to, steps);
      else join(from, to, steps);
    });
    const everyone = kind === INNER_KIND.Identity ? graph.everyoneOf(from.node) : none;
    if (everyone !== none) step(steps, everyone, none, ways.ofPrincipal(true));
  }

  function join(from: Stand, to: number, steps: Stand[]): void {
    const isAccount = nodes.kinds[to] === INNER_KIND.Account;
    const isNested = nodes.kinds[from.node] === INNER_KIND.Group;
    const given = isAccount ? none : givenFrom(from, to, 'MEMBER_OF');
    step(steps, to, given, ways.ofPrincipal(!(mindsEntry && isNested)));
  }

  function bind(from: Stand, binding: number, steps: Stand[]): void {
    const isGroup = nodes.kinds[from.node] === INNER_KIND.Group;
    if (isGroup && !from.way.direct && isDirectOnly(graph, binding)) return;
    if (bindingTruth(graph, binding, undefined) === 'false') return;
    const role = nodes.owners[binding]!;
    step(steps, role, givenFrom(from, binding, 'ASSIGNED'), ways.ofRole(nodes.scopes[binding]!, isGroup ? none : role));
  }

  /** A path does not come back to where it began to be inherited. */
  function inherit({ given, way }: Stand, to: number, steps: Stand[]): void {
    if (to !== way.root) step(steps, to, given, way);
  }

  function step(steps: Stand[], node: number, given: number, way: Way): void {
    if (nodes.stops[node] === 0) steps.push({ node, rank: 0, given, way });
  }

  /** The least by id of parallel edges. */
  function givenFrom(from: Stand, to: number, kind: EdgeKind): number {
    if (from.given !== none) return from.given;
    let least = none;
    for (let row = edges.firstBetween(from.node, to, kind); row !== none; row = edges.nextBetween(row))
      if (edges.stops[row] === 0 && (least === none || edges.compare(row, least) < 0)) least = row;
    return least;
  }

  function bringing(permission: number, scope: number): number {
    let least: Stand | undefined;
    const look = (role: number) => {
      if (marks[role] !== epoch) return;
      for (const stand of atRole[slots[role]!]!) {
        const isInherited = stand.way.root !== role;
        if (!isInherited || !resources.contains(stand.way.scope, scope)) continue;
        if (least === undefined || isLess(stand, least)) least = stand;
      }
    };
    eachWord(links.allows.in, permission, look);
    eachWord(links.conditionalAllows.in, permission, (row) => {
      if (grantTruth(graph, row, scope, undefined) !== 'false') look(edges.from[row]!);
    });
    return least?.given ?? none;
  }

  /** Paths over the same nodes differ by edges, and of these the given one comes first that can differ. */
  function isLess(a: Stand, b: Stand): boolean {
    return (a.rank - b.rank || compareGiven(a, b)) < 0;
  }
}

/** Equal ways are one, with one number. */
function createWays() {
  const principal = [false, true].map((direct, number): Way => ({ number, direct, scope: none, root: none }));
  const ofRoles = new Map<number, Map<number, Way>>();
  let count = principal.length;
  return {
    ofPrincipal: (direct: boolean): Way => principal[Number(direct)]!,
    ofRole(scope: number, root: number): Way {
      const ofScope = ofRoles.get(scope) ?? new Map<number, Way>();
      ofRoles.set(scope, ofScope);
      const known = ofScope.get(root) ?? { number: count++, direct: true, scope, root };
      ofScope.set(root, known);
      return known;
    },
  };
}
