import { covers, type Decision, decide, lower, reconcile } from '../../graph/decision.js';
import type { DecideAnswer, DecideQuestion } from '../access-engine.js';
import type { AccessGraph } from './access-graph.js';
import { checkSameApplication, getIdentity, getPermission, getResource } from './asked-nodes.js';
import { assumeHops, hopAt } from './assume-hops.js';
import { type BoundScope, bindScopes } from './bound-scopes.js';
import { witnessOf } from './decision-witness.js';
import { type EntryQuestion, type EntrySearch, reachOf, searchEntries } from './entry-search.js';
import { touchesImport } from './importing.js';
import { createPathWriter, type PathWriter } from './path-description.js';
import type { Reach } from './principal-search.js';
import type { Scratch } from './scratch.js';
import { liveMode, unseenMode } from './search-mode.js';
import { NODE_STOP } from './stops.js';
import { unsettledConditions } from './unsettled-conditions.js';

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
  const writer = createPathWriter(graph, visible);
  const asked = { graph, scratch, identity, permission, resource, context };
  const own = decideOne(asked);
  if (question.onBehalfOf === undefined) return answerOf(asked, own.decision, [own], writer);
  const other = getIdentity(graph, question.onBehalfOf, visible);
  const hops = assumeHops(graph, own.reach, own.bounds, 'ON_BEHALF_OF');
  // Of an unseen identity the denies are unseen too: whether it may act is as unknown as what it may do.
  const hop = hopAt(graph, isUnseen(graph, identity) ? hops.filter(({ deny }) => !deny) : hops, other, resource);
  if (!covers(hop)) return answerOf(asked, 'NOT_GRANTED', [], writer);
  const theirs = decideOne({ ...asked, identity: other });
  return answerOf(asked, lowest(hop, [own.decision, theirs.decision]), [own, theirs], writer);
}

interface Decided {
  readonly search: EntrySearch;
  readonly decision: Decision;
  readonly reach: Reach;
  /** Made when it is read: few answers need what is bound elsewhere. */
  readonly bounds: readonly BoundScope[];
}

const isUnseen = (graph: AccessGraph, identity: number) => (graph.nodes.stops[identity]! & NODE_STOP.UNKNOWN) !== 0;

/** Steps 1 to 6 of section 3. Only the identity's own state can be unknown: then nothing is seen, and all it would reach is unseen. */
function decideOne(asked: EntryQuestion): Decided {
  const { graph, scratch, identity, context } = asked;
  const isUnknown = isUnseen(graph, identity);
  const search = searchEntries(asked, isUnknown ? unseenMode : liveMode);
  const allow = reachOf(search, 'ALLOW');
  const deny = reachOf(search, 'DENY');
  const decision = isUnknown ? reconcile(decide('NONE', deny), decide(allow, 'NONE')) : decide(allow, deny);
  const { reach } = search;
  return {
    search,
    decision,
    reach,
    get bounds() {
      return bindScopes(graph, scratch, reach, context);
    },
  };
}

/** A decision that is unknown could be as high as the others allow. */
function lowest(hop: Exclude<Decision, 'UNKNOWN'>, decisions: readonly Decision[]): Decision {
  const settled = decisions.filter((decision) => decision !== 'UNKNOWN');
  const least = settled.reduce(lower, hop);
  return settled.length < decisions.length && covers(least) ? 'UNKNOWN' : least;
}

function answerOf(
  { graph, permission, resource, context }: EntryQuestion,
  decision: Decision,
  decided: readonly Decided[],
  writer: PathWriter,
): Omit<DecideAnswer, 'asOf'> {
  const isImporting =
    graph.changingApplications.has(graph.permissions.applications[permission]!) ||
    decided.some((one) => touchesImport(graph, one));
  const reasons = [
    ...(decision === 'UNKNOWN' ? ['UNKNOWN_STATE' as const] : []),
    ...(isImporting ? ['IMPORTING' as const] : []),
  ];
  const conditions =
    decision === 'CONDITIONAL'
      ? decided.flatMap(({ bounds }) => unsettledConditions(graph, bounds, { permission, resource }, context))
      : [];
  return {
    decision,
    ...(decision === 'UNKNOWN' && { unknownReason: 'UNKNOWN_STATE' }),
    conditions: [...new Set(conditions)].sort(),
    decidedBy: decided.flatMap((one) => witnessOf(one.search, one.decision, writer)),
    completeness: { complete: reasons.length === 0, reasons },
  };
}
