import { covers, type Decision, lower, reconcile } from '../../graph/decision.js';
import type { DecideAnswer, DecideQuestion } from '../access-engine.js';
import type { AccessGraph } from './access-graph.js';
import { checkSameApplication, getIdentity, getPermission, getResource } from './asked-nodes.js';
import { assumeHops, hopAt } from './assume-hops.js';
import { bindScopes } from './bound-scopes.js';
import { witnessOf } from './decision-witness.js';
import { touchesImport } from './importing.js';
import { createPathWriter, type PathWriter } from './path-description.js';
import { createDecider, type Decider } from './permission-entries.js';
import { type Reach, searchPrincipals } from './principal-search.js';
import type { Scratch } from './scratch.js';
import { liveMode, unseenMode } from './search-mode.js';
import { NODE_STOP } from './stops.js';
import { unsettledConditions } from './unsettled-conditions.js';

/** Whom, what and where a decision is about, by number. */
export interface Asked {
  readonly identity: number;
  readonly permission: number;
  readonly resource: number;
}

/** @throws GraphError NOT_FOUND, INVALID */
export function decideAccess(
  graph: AccessGraph,
  scratch: Scratch,
  question: DecideQuestion,
): Omit<DecideAnswer, 'asOf'> {
  const { context, visible } = question;
  const identity = getIdentity(graph, question.identity, visible);
  const permission = getPermission(graph, question.permission);
  const resource = getResource(graph, question.resource, visible);
  checkSameApplication(graph, permission, resource);
  const searching = { graph, scratch, context, writer: createPathWriter(graph, visible) };
  const own = decideOne(searching, { identity, permission, resource });
  if (question.onBehalfOf === undefined) return answerOf(searching, own.decision, [own], permission);
  const other = getIdentity(graph, question.onBehalfOf, visible);
  const hop = hopAt(graph, assumeHops(graph, own.reach, own.decider.bounds, 'ON_BEHALF_OF'), other, resource);
  if (!covers(hop)) return answerOf(searching, 'NOT_GRANTED', [], permission);
  const theirs = decideOne(searching, { identity: other, permission, resource });
  return answerOf(searching, lowest(hop, [own.decision, theirs.decision]), [own, theirs], permission);
}

interface One extends Asked {
  readonly decision: Decision;
  readonly reach: Reach;
  readonly decider: Decider;
}
interface Searching {
  readonly graph: AccessGraph;
  readonly scratch: Scratch;
  readonly context: DecideQuestion['context'];
  readonly writer: PathWriter;
}

/** Steps 1 to 6 of section 3. Only the identity's own state can be unknown: then nothing is seen, and all it would reach is unseen. */
function decideOne(question: Searching, asked: Asked): One {
  const { graph, scratch, context } = question;
  const isUnknown = (graph.nodes.stops[asked.identity]! & NODE_STOP.UNKNOWN) !== 0;
  const mode = isUnknown ? unseenMode : liveMode;
  const reach = searchPrincipals(graph, scratch, asked.identity, mode);
  const decider = createDecider(graph, bindScopes(graph, scratch, reach, context), context);
  const decision = isUnknown
    ? reconcile(decider.decideAt(asked, 'DENIES'), decider.decideAt(asked, 'ALLOWS'))
    : decider.decideAt(asked);
  return { ...asked, decision, reach, decider };
}

/** A decision that is unknown could be as high as the others allow. */
function lowest(hop: Exclude<Decision, 'UNKNOWN'>, decisions: readonly Decision[]): Decision {
  const settled = decisions.filter((decision) => decision !== 'UNKNOWN');
  const least = settled.reduce(lower, hop);
  return settled.length < decisions.length && covers(least) ? 'UNKNOWN' : least;
}

function answerOf(
  { graph, context, writer }: Searching,
  decision: Decision,
  ones: readonly One[],
  permission: number,
): Omit<DecideAnswer, 'asOf'> {
  const isImporting =
    graph.changingApplications.has(graph.permissions.applications[permission]!) ||
    ones.some(({ reach, decider }) => touchesImport(graph, { reach, bounds: decider.bounds }));
  const reasons = [
    ...(decision === 'UNKNOWN' ? ['UNKNOWN_STATE' as const] : []),
    ...(isImporting ? ['IMPORTING' as const] : []),
  ];
  const conditions =
    decision === 'CONDITIONAL'
      ? ones.flatMap((one) => unsettledConditions(graph, one.decider.bounds, one, context))
      : [];
  return {
    decision,
    ...(decision === 'UNKNOWN' && { unknownReason: 'UNKNOWN_STATE' }),
    conditions: [...new Set(conditions)].sort(),
    decidedBy: ones.flatMap((one) => witnessOf(graph, one, { writer, context })),
    completeness: { complete: reasons.length === 0, reasons },
  };
}
