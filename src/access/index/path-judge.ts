import type { JsonObject } from '../../graph/node.js';
import type { PathStatus } from '../access-engine.js';
import type { AccessGraph } from './access-graph.js';
import { meet } from './assume-hops.js';
import { kindNumber } from './edge-table.js';
import { bindingTruth, grantTruth } from './entry-truth.js';
import { eachWord, scopeOf } from './graph-walk.js';
import type { HopRegions } from './hop-regions.js';
import { type ArcPath, findLeastPath } from './local-graph.js';
import { none } from './node-bank.js';

/** What a path comes to at the resource asked about, else at its own scope. */
export interface Judgement {
  readonly status: PathStatus;
  /** The least unconditional denying path of the identity as which the path ends. */
  readonly overriddenBy?: ArcPath;
}
export interface PathJudge {
  judge(path: ArcPath): Judgement;
  /** Are all conditions on the way settled true; denies are not asked. */
  isSettled(path: ArcPath): boolean;
  isOverridden(acting: number, place: number): boolean;
}
export interface JudgedQuestion {
  readonly graph: AccessGraph;
  readonly permission: number;
  /** `none`: none is asked about. */
  readonly resource: number;
  readonly context?: JsonObject;
  /** Needed where paths have hops. */
  readonly hops?: HopRegions;
}

/** Denies are decided per (identity, permission, resource), never per path: each is looked for once. */
export function createPathJudge({ graph, permission, resource, context, hops }: JudgedQuestion): PathJudge {
  const mayBeDenied = hasDeny(graph, permission);
  const overriding = new Map<string, ArcPath | undefined>();
  const doubted = new Map<string, boolean>();
  const withContext = context && { context };

  return {
    judge(path) {
      const place = placeOf(path);
      const acting = path.at(-1)!.from.acting;
      const overriddenBy = findOverriding(acting, place);
      if (overriddenBy) return { status: 'OVERRIDDEN', overriddenBy };
      return { status: isPathSettled(path, place) && !isDoubted(acting, place) ? 'LIVE' : 'CONDITIONAL' };
    },
    isSettled: (path) => isPathSettled(path, placeOf(path)),
    isOverridden: (acting, place) => findOverriding(acting, place) !== undefined,
  };

  function placeOf(path: ArcPath): number {
    return resource === none ? scopeOfPath(graph, path) : resource;
  }

  function findOverriding(acting: number, place: number): ArcPath | undefined {
    return mayBeDenied
      ? remember(overriding, `${acting} ${place}`, () => findLeastPath(denying(acting, place, true)))
      : undefined;
  }

  function isDoubted(acting: number, place: number): boolean {
    return (
      mayBeDenied &&
      remember(doubted, `${acting} ${place}`, () => findLeastPath(denying(acting, place, false)) !== undefined)
    );
  }

  function denying(identity: number, place: number, unconditional: boolean) {
    return { graph, identity, permission, effect: 'DENY', resource: place, unconditional, ...withContext } as const;
  }

  function isPathSettled(path: ArcPath, place: number): boolean {
    return path.every(({ from, row }) => {
      const kind = row === none ? none : graph.edges.kinds[row];
      if (kind === kindNumber.ASSIGNED) return bindingTruth(graph, graph.edges.to[row]!, context) === 'true';
      if (kind === kindNumber.GRANTS) return grantTruth(graph, row, place, context) === 'true';
      return kind !== kindNumber.CAN_ACT_AS || !hops?.isDoubtful(from.acting, row, place);
    });
  }
}

/** The scope of its last binding, narrowed by its hops. */
export function scopeOfPath(graph: AccessGraph, path: ArcPath): number {
  const { edges } = graph;
  const last = path.findLast(({ row }) => row !== none && edges.kinds[row] === kindNumber.ASSIGNED)!;
  let scope = scopeOf(graph, edges.to[last.row]!);
  for (const { row } of path)
    if (row !== none && edges.kinds[row] === kindNumber.CAN_ACT_AS)
      scope = meet(graph, scope, edges.detailOf(row).within ?? none) ?? scope;
  return scope;
}

function hasDeny({ links }: AccessGraph, permission: number): boolean {
  let found = false;
  const find = () => {
    found = true;
  };
  eachWord(links.denies.in, permission, find);
  eachWord(links.conditionalDenies.in, permission, find);
  return found;
}

function remember<Value>(known: Map<string, Value>, key: string, find: () => Value): Value {
  if (known.has(key)) return known.get(key) as Value;
  const found = find();
  known.set(key, found);
  return found;
}
