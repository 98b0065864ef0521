import type { IncompleteReason } from '../../graph/decision.js';
import type { AccessGraph } from './access-graph.js';
import { findLocalGraph } from './local-graph.js';
import { none } from './node-bank.js';
import type { PathStop } from './path-stops.js';
import { type WalkQuestion, walkStates } from './state-walk.js';
import { NODE_STOP } from './stops.js';

/** Why paths may be missing from what a walk shows: identities of unknown state on the way, imports under way. */
export function unseenReasons(question: WalkQuestion): readonly IncompleteReason[] {
  const reasons: IncompleteReason[] = [];
  if (leadsThroughUnknown(question)) reasons.push('UNKNOWN_STATE');
  if (isImporting(question)) reasons.push('IMPORTING');
  return reasons;
}

/** Nothing is in the way but the unknown state of an identity. */
export function isUnknownState({ nodes }: AccessGraph, stop: PathStop): boolean {
  return stop.of === 'node' && nodes.stops[stop.node] === NODE_STOP.UNKNOWN;
}

function leadsThroughUnknown(question: WalkQuestion): boolean {
  const { graph, identity, hop } = question;
  if (graph.nodes.stops[identity] !== NODE_STOP.UNKNOWN && !hop) return false;
  const local = findLocalGraph({ ...question, admits: (stops) => stops.every((stop) => isUnknownState(graph, stop)) });
  return local?.arcs.some(({ stops }) => stops.length > 0) ?? false;
}

function isImporting(question: WalkQuestion): boolean {
  const { graph, permission } = question;
  if (graph.changingApplications.has(graph.permissions.applications[permission]!)) return true;
  if (graph.changingGroups.size === 0) return false;
  // What leads nowhere now may do so once it is imported: no permission, so that all is walked.
  return walkStates({ ...question, permission: none }).states.some(({ node }) => graph.changingGroups.has(node));
}
