import { covers, type Decision, type IncompleteReason } from '../../graph/decision.js';
import type { Standing, WhoCanAnswer, WhoCanQuestion, WhoCanRow } from '../access-engine.js';
import type { AccessGraph } from './access-graph.js';
import { checkSameApplication, getPermission, getResource, isSeen } from './asked-nodes.js';
import { listAssumed } from './assumed-listing.js';
import { type Holder, possibleHolders, searchHolders } from './holder-search.js';
import { IDENTITY_TYPES } from './node-bank.js';
import { pageInOrder } from './page-order.js';
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
/** What is known before a row is written: all of a holding, or no more than its decision. */
type Found = Holder & Partial<Holding>;
interface FoundHolders {
  readonly found: readonly Found[];
  holdingOf(found: Found): Holding;
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
  const { found, holdingOf } = findHolders(asked, question);
  const wanted = found.filter(wantedBy(graph, question));
  const shown = wanted.filter(({ identity }) => isSeen(graph, graph.nodes.tenants[identity]!, question.visible));
  const isHidden = shown.length < wanted.length;
  const page = pageById(graph, shown, { from: position, to: position + question.first });
  const end = position + page.length;
  return {
    items: page.map((each) => writeRow(graph, question, each, holdingOf(each))),
    ...(end < shown.length && { nextPosition: end }),
    ...(!isHidden && { totalCount: shown.length }),
    completeness: completenessOf(graph, permission, shown, isHidden),
  };
}

function findHolders(asked: PermissionQuestion, question: WhoCanQuestion): FoundHolders {
  const { standing = 'EFFECTIVE', includeAssume = false, origins, inheritedOnly } = question;
  if (standing === 'EFFECTIVE' && !includeAssume) {
    const { holders, holdingOf } = searchHolders(asked);
    const holding = ({ identity }: Found) => holdingOf(identity)!;
    const mindsOrigins = origins !== undefined || inheritedOnly === true;
    const found = mindsOrigins ? holders.map((holder) => ({ ...holder, ...holding(holder) })) : holders;
    return { found, holdingOf: holding };
  }
  const candidates = possibleHolders(asked, { mode: standingModes[standing], assume: includeAssume });
  const found = candidates.flatMap((identity) => listedHolding(asked, standing, identity) ?? []);
  return { found, holdingOf: (each) => each as Holder & Holding };
}

function pageById(
  { nodes }: AccessGraph,
  shown: readonly Found[],
  range: { readonly from: number; readonly to: number },
): readonly Found[] {
  const keys = new Float64Array(shown.length);
  for (let item = 0; item < keys.length; item++) keys[item] = nodes.idPrefixes[shown[item]!.identity]!;
  const tie = (a: number, b: number) => nodes.compare(shown[a]!.identity, shown[b]!.identity);
  return pageInOrder(keys, tie, range).map((item) => shown[item]!);
}

/** From the identity's listing: for standings and assumed access. */
function listedHolding(
  { graph, scratch, permission, resource }: PermissionQuestion,
  standing: Standing,
  identity: number,
): (Holder & Holding) | undefined {
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

function wantedBy({ nodes }: AccessGraph, question: WhoCanQuestion): (found: Found) => boolean {
  const { inheritedOnly } = question;
  const types = question.types && IDENTITY_TYPES.map((type) => question.types?.includes(type));
  const decisions = DECISIONS.map((decision) => isListed(decision) && (question.decisions?.includes(decision) ?? true));
  const origins = question.origins?.reduce((bits, origin) => bits | ORIGIN[origin], 0);
  return (found) => {
    if (!decisions[found.decision] || types?.[nodes.details[found.identity]!] === false) return false;
    if (origins !== undefined && (found.origins! & origins) === 0) return false;
    return !(inheritedOnly && found.origins! & ORIGIN.DIRECT);
  };
}

const isListed = (decision: Decision) => covers(decision) || decision === 'UNKNOWN';

function writeRow(
  graph: AccessGraph,
  { visible }: WhoCanQuestion,
  { identity, decision }: Found,
  { scopes, origins, leastDepth }: Holding,
): WhoCanRow {
  const { nodes, resources } = graph;
  return {
    identity: nodes.ids[identity]!,
    decision: DECISIONS[decision]!,
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
  shown: readonly Found[],
  isHidden: boolean,
): WhoCanAnswer['completeness'] {
  const reasons: IncompleteReason[] = [];
  if (shown.some(({ decision }) => decision === decisionNumber.UNKNOWN)) reasons.push('UNKNOWN_STATE');
  if (isHidden) reasons.push('REDACTED');
  if (changingGroups.size > 0 || changingApplications.has(permissions.applications[permission]!))
    reasons.push('IMPORTING');
  return { complete: reasons.length === 0, reasons };
}
