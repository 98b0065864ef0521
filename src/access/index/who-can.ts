import { covers, type Decision, type IncompleteReason } from '../../graph/decision.js';
import type { Standing, WhoCanAnswer, WhoCanQuestion, WhoCanRow } from '../access-engine.js';
import type { AccessGraph } from './access-graph.js';
import { checkSameApplication, getPermission, getResource, isSeen } from './asked-nodes.js';
import { listAssumed } from './assumed-listing.js';
import { type Holders, possibleHolders, searchHolders } from './holder-search.js';
import { IDENTITY_TYPES } from './node-bank.js';
import { type PageRange, pageInOrder } from './page-order.js';
import type { Holding } from './permission-holding.js';
import type { PermissionQuestion } from './permission-leads.js';
import { type Listing, listEffective } from './permission-listing.js';
import { DECISIONS, decisionNumber, isCovering } from './permission-rows.js';
import { ORIGIN, ORIGINS } from './row-details.js';
import type { Scratch } from './scratch.js';
import { standingModes } from './search-mode.js';
import { listStanding } from './standing-rows.js';

/** One page; `nextPosition` is where the next begins. */
export interface WhoCanPage extends Omit<WhoCanAnswer, 'asOf' | 'next'> {
  readonly nextPosition?: number;
}
/** Holders by place in the columns. */
interface FoundHolders extends Holders {
  holdingOf(place: number): Holding;
}

/** The identities with a covering or unknown decision, by id, from a position on. @throws GraphError NOT_FOUND, INVALID */
export function listHolders(
  graph: AccessGraph,
  scratch: Scratch,
  question: WhoCanQuestion,
  position: number,
): WhoCanPage {
  const permission = getPermission(graph, question.permission);
  const resource = question.resource && getResource(graph, question.resource, question.visible);
  if (resource !== undefined) checkSameApplication(graph, permission, resource);
  const asked: PermissionQuestion = { graph, scratch, permission, ...(resource !== undefined && { resource }) };
  const found = findHolders(asked, question);
  const { identities, decisions } = found;
  const wanted = wantedPlaces(graph, question, found);
  const shown = question.visible
    ? wanted.filter((place) => isSeen(graph, graph.nodes.tenants[identities[place]!]!, question.visible))
    : wanted;
  const isHidden = shown.length < wanted.length;
  const isUnknown = shown.some((place) => decisions[place] === decisionNumber.UNKNOWN);
  const page = pageById(graph, found, shown, { from: position, to: position + question.first });
  const end = position + page.length;
  return {
    items: page.map((place) => writeRow(graph, question, found, place)),
    ...(end < shown.length && { nextPosition: end }),
    ...(!isHidden && { totalCount: shown.length }),
    completeness: completenessOf(graph, permission, { isHidden, isUnknown }),
  };
}

function findHolders(asked: PermissionQuestion, question: WhoCanQuestion): FoundHolders {
  const { standing = 'EFFECTIVE', includeAssume = false } = question;
  if (standing === 'EFFECTIVE' && !includeAssume) {
    const { holders, holdingOf } = searchHolders(asked);
    return { ...holders, holdingOf: (place) => holdingOf(holders.identities[place]!)! };
  }
  const candidates = possibleHolders(asked, { mode: standingModes[standing], assume: includeAssume });
  const listed = [...candidates].flatMap((identity) => listedHolding(asked, standing, identity) ?? []);
  return {
    identities: Int32Array.from(listed, ({ identity }) => identity),
    decisions: Uint8Array.from(listed, ({ decision }) => decision),
    holdingOf: (place) => listed[place]!,
  };
}

/** Places of the holders that pass the question's filters. */
function wantedPlaces({ nodes }: AccessGraph, question: WhoCanQuestion, found: FoundHolders): Uint32Array {
  const { identities, decisions } = found;
  const types = question.types && IDENTITY_TYPES.map((type) => question.types?.includes(type));
  const listed = DECISIONS.map((decision) => isListed(decision) && (question.decisions?.includes(decision) ?? true));
  const origins = question.origins?.reduce((bits, origin) => bits | ORIGIN[origin], 0) ?? -1;
  const mindsOrigins = question.origins !== undefined || question.inheritedOnly === true;
  const places = new Uint32Array(identities.length);
  let count = 0;
  for (let place = 0; place < identities.length; place++) {
    if (!listed[decisions[place]!] || types?.[nodes.details[identities[place]!]!] === false) continue;
    const own = mindsOrigins ? found.holdingOf(place).origins : -1;
    if ((own & origins) !== 0 && !(question.inheritedOnly && own & ORIGIN.DIRECT)) places[count++] = place;
  }
  return places.subarray(0, count);
}

const isListed = (decision: Decision) => covers(decision) || decision === 'UNKNOWN';

function pageById(
  { nodes }: AccessGraph,
  { identities }: FoundHolders,
  shown: Uint32Array,
  range: PageRange,
): readonly number[] {
  const keys = new Float64Array(shown.length);
  for (let item = 0; item < keys.length; item++) keys[item] = nodes.idPrefixes[identities[shown[item]!]!]!;
  const tie = (a: number, b: number) => nodes.compare(identities[shown[a]!]!, identities[shown[b]!]!);
  return pageInOrder(keys, tie, range).map((item) => shown[item]!);
}

/** From the identity's listing: for standings and assumed access. */
function listedHolding(
  { graph, scratch, permission, resource }: PermissionQuestion,
  standing: Standing,
  identity: number,
): (Holding & { readonly identity: number; readonly decision: number }) | undefined {
  const at = resource !== undefined && { resource };
  const asked = { graph, scratch, identity, permission, context: undefined, ...at };
  const listing: Listing =
    standing === 'EFFECTIVE' ? (listAssumed(asked) ?? listEffective(asked)) : listStanding(asked, standing);
  const { scopes, depths, decisions, count } = listing.rows;
  if (count === 0) return undefined;
  const rows = Array.from({ length: count }, (_, row) => row);
  const listed = rows.map((row) => decisions[row]!);
  const covering = listed.filter(isCovering);
  return {
    identity,
    decision: covering.length > 0 ? Math.max(...covering) : Math.max(...listed),
    scopes: rows.map((row) => scopes[row]!),
    leastDepth: Math.min(...rows.map((row) => depths[row]!)),
    origins: listing.details(rows).reduce((bits, detail) => bits | detail.origins, 0),
  };
}

function writeRow(graph: AccessGraph, { visible }: WhoCanQuestion, found: FoundHolders, place: number): WhoCanRow {
  const { nodes, resources } = graph;
  const { scopes, origins, leastDepth } = found.holdingOf(place);
  return {
    identity: nodes.ids[found.identities[place]!]!,
    decision: DECISIONS[found.decisions[place]!]!,
    scopes: scopes
      .filter((scope) => isSeen(graph, resources.tenants[scope]!, visible))
      .map((scope) => resources.ids[scope]!)
      .sort(),
    origins: ORIGINS.filter((origin) => origins & ORIGIN[origin]),
    leastDepth,
  };
}

function completenessOf(
  { changingApplications, changingGroups, permissions }: AccessGraph,
  permission: number,
  { isHidden, isUnknown }: { readonly isHidden: boolean; readonly isUnknown: boolean },
): WhoCanAnswer['completeness'] {
  const reasons: IncompleteReason[] = [];
  if (isUnknown) reasons.push('UNKNOWN_STATE');
  if (isHidden) reasons.push('REDACTED');
  if (changingGroups.size > 0 || changingApplications.has(permissions.applications[permission]!))
    reasons.push('IMPORTING');
  return { complete: reasons.length === 0, reasons };
}
