import { type Decision, decide, type Reach, reconcile } from '../../graph/decision.js';
import type { Effect } from '../../graph/edge.js';
import type { AccessGraph } from './access-graph.js';
import { findLocalGraph } from './local-graph.js';
import type { AskedAccess } from './path-question.js';
import type { PathStop } from './path-stops.js';
import { isUnknownState } from './unseen.js';

/**
 * What would be decided were exactly these stops lifted: a state active, a window open, a scope containing, a condition
 * true. Lifting a node or binding lifts it for denies too. Without stops: what is decided.
 */
export function decideLifting(graph: AccessGraph, asked: AskedAccess, lifted: readonly PathStop[]): Decision {
  const keys = new Set(lifted.map(keyOf));
  const isLifted = (stop: PathStop) => keys.has(keyOf(stop));
  const isUnseen = (stop: PathStop) => isLifted(stop) || isUnknownState(graph, stop);
  const seen = { allow: reachOver(graph, asked, 'ALLOW', isLifted), deny: reachOver(graph, asked, 'DENY', isLifted) };
  const unseen = { allow: reachOver(graph, asked, 'ALLOW', isUnseen), deny: reachOver(graph, asked, 'DENY', isUnseen) };
  return reconcile(decide(seen.allow, unseen.deny), decide(unseen.allow, seen.deny));
}

function reachOver(
  graph: AccessGraph,
  asked: AskedAccess,
  effect: Effect,
  isLifted: (stop: PathStop) => boolean,
): Reach {
  const question = { graph, ...asked, effect, admits: (stops: readonly PathStop[]) => stops.every(isLifted) };
  if (findLocalGraph({ ...question, unconditional: true })) return 'UNCONDITIONAL';
  return findLocalGraph(question) ? 'CONDITIONAL' : 'NONE';
}

function keyOf(stop: PathStop): string {
  return `${stop.kind} ${stop.of} ${stop.of === 'node' ? stop.node : stop.row}`;
}
