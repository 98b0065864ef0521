import type { IncompleteReason } from '../../graph/decision.js';
import type { EffectiveAnswer, EffectiveQuestion, PermissionRow } from '../access-engine.js';
import type { AccessGraph } from './access-graph.js';
import { getApplication, getIdentity, getResource, isSeen } from './asked-nodes.js';
import { listAssumed } from './assumed-listing.js';
import { touchesImport } from './importing.js';
import { none } from './node-bank.js';
import { pageInOrder } from './page-order.js';
import { PERMISSION_CLASSES, PLANES } from './permission-bank.js';
import { type Listing, type ListingQuestion, listEffective } from './permission-listing.js';
import { DECISIONS, decisionNumber, isCovering, type PermissionRows } from './permission-rows.js';
import { ORIGIN, ORIGINS, type RowDetail } from './row-details.js';
import type { Scratch } from './scratch.js';
import { listStanding } from './standing-rows.js';

/** One page; `nextPosition` is where the next begins. */
export interface EffectivePage extends Omit<EffectiveAnswer, 'asOf' | 'next'> {
  readonly nextPosition?: number;
}

/** The rows that the question asks for, in its order, from a position on. @throws GraphError NOT_FOUND */
export function listPermissions(
  graph: AccessGraph,
  scratch: Scratch,
  question: EffectiveQuestion,
  position: number,
): EffectivePage {
  const asked: ListingQuestion = {
    graph,
    scratch,
    identity: getIdentity(graph, question.identity, question.visible),
    context: question.context,
    ...(question.resource && { resource: getResource(graph, question.resource, question.visible) }),
  };
  const listing = listingFor(asked, question);
  const rows = listing.rows;
  const chosen = chooseRows(graph, question, listing);
  const scopeTenants = graph.resources.tenants;
  const shown = question.visible
    ? chosen.filter((row) => isSeen(graph, scopeTenants[rows.scopes[row]!]!, question.visible))
    : chosen;
  const isHidden = shown.length < chosen.length;
  const page = orderedPage(graph, question, rows, shown, position);
  const permissionCount = countCovered(graph, scratch, rows, shown);
  const details = listing.details(page);
  const end = position + page.length;
  return {
    items: page.map((row, place) => writeRow(graph, question, listing, row, details[place]!)),
    ...(end < shown.length && { nextPosition: end }),
    ...(!isHidden && { totalCount: shown.length, permissionCount }),
    completeness: completenessOf(graph, listing, shown, isHidden),
  };
}

function listingFor(asked: ListingQuestion, { standing = 'EFFECTIVE', includeAssume }: EffectiveQuestion): Listing {
  if (standing !== 'EFFECTIVE') return listStanding(asked, standing);
  return includeAssume ? listAssumed(asked) : listEffective(asked);
}

/** Row numbers that pass the question's filters. */
function chooseRows(graph: AccessGraph, question: EffectiveQuestion, listing: Listing): Uint32Array {
  const { rows } = listing;
  const tests = permissionTests(graph, question);
  const decisions = question.decisions?.map((decision): number => decisionNumber[decision]);
  const chosen = new Uint32Array(rows.count);
  let count = 0;
  for (let row = 0; row < rows.count; row++) {
    if (tests.length > 0 && !tests.every((test) => test(rows.permissions[row]!))) continue;
    if (decisions && !decisions.includes(rows.decisions[row]!)) continue;
    chosen[count++] = row;
  }
  const passed = chosen.subarray(0, count);
  if (question.origins === undefined && !question.inheritedOnly) return passed;
  const origins = question.origins?.reduce((bits, origin) => bits | ORIGIN[origin], 0) ?? -1;
  const details = listing.details([...passed]);
  return passed.filter((_, place) => {
    const own = details[place]!.origins;
    return (own & origins) !== 0 && !(question.inheritedOnly && own & ORIGIN.DIRECT);
  });
}

function permissionTests(
  graph: AccessGraph,
  question: EffectiveQuestion,
): readonly ((permission: number) => boolean)[] {
  const { permissions } = graph;
  const { application, plane, classes, tierAtMost, permissions: among } = question;
  const tests: ((permission: number) => boolean)[] = [];
  if (application !== undefined) {
    const wanted = getApplication(graph, application);
    tests.push((permission) => permissions.applications[permission] === wanted);
  }
  if (plane !== undefined) {
    const wanted = PLANES.indexOf(plane);
    tests.push((permission) => permissions.planes[permission] === wanted);
  }
  if (classes !== undefined) {
    const wanted = classes.map((each) => PERMISSION_CLASSES.indexOf(each));
    tests.push((permission) => wanted.includes(permissions.classes[permission]!));
  }
  if (tierAtMost !== undefined) tests.push((permission) => permissions.tiers[permission]! <= tierAtMost);
  if (among !== undefined) {
    const wanted = new Set(among.map((id) => permissions.find(id)).filter((permission) => permission !== none));
    tests.push((permission) => wanted.has(permission));
  }
  return tests;
}

/** By the question's order, then by permission id, then by scope id. */
function orderedPage(
  graph: AccessGraph,
  { orderBy = 'TIER', first }: EffectiveQuestion,
  rows: PermissionRows,
  shown: Uint32Array,
  position: number,
): readonly number[] {
  const { tiers } = graph.permissions;
  const ranks = graph.permissions.ranks();
  const scopeRanks = graph.resources.ranks();
  const tierWeight = orderBy === 'TIER' ? 2 ** 42 : 0;
  const depthWeight = orderBy === 'PERMISSION' ? 0 : 2 ** 26;
  const keys = new Float64Array(shown.length);
  for (let i = 0; i < shown.length; i++) {
    const row = shown[i]!;
    const permission = rows.permissions[row]!;
    keys[i] = tiers[permission]! * tierWeight + rows.depths[row]! * depthWeight + ranks[permission]!;
  }
  const scopeRank = (item: number) => scopeRanks[rows.scopes[shown[item]!]!]!;
  const range = { from: position, to: position + first };
  return pageInOrder(keys, (a, b) => scopeRank(a) - scopeRank(b), range).map((item) => shown[item]!);
}

/** Distinct permissions with a covering row. */
function countCovered(graph: AccessGraph, scratch: Scratch, rows: PermissionRows, shown: Uint32Array): number {
  const epoch = scratch.begin(graph);
  const marks = scratch.permissionMarks;
  let count = 0;
  for (let i = 0; i < shown.length; i++) {
    const row = shown[i]!;
    if (!isCovering(rows.decisions[row]!)) continue;
    const permission = rows.permissions[row]!;
    const differs = marks[permission]! ^ epoch;
    marks[permission] = epoch;
    count += (differs | -differs) >>> 31;
  }
  return count;
}

function writeRow(
  graph: AccessGraph,
  { standing = 'EFFECTIVE', visible }: EffectiveQuestion,
  listing: Listing,
  row: number,
  detail: RowDetail,
): PermissionRow {
  const { rows } = listing;
  const { nodes, permissions, resources } = graph;
  const permission = rows.permissions[row]!;
  const scope = rows.scopes[row]!;
  const decision = DECISIONS[rows.decisions[row]!]!;
  const shownIds = (numbers: Iterable<number>) =>
    [...numbers].filter((node) => isSeen(graph, nodes.tenants[node]!, visible)).map((node) => nodes.ids[node]!);
  const hops = detail.origins === ORIGIN.VIA_ASSUME ? listing.hops?.(row) : undefined;
  return {
    permission: permissions.ids[permission]!,
    scope: resources.ids[scope]!,
    decision,
    except: decision === 'UNKNOWN' ? [] : listing.exceptions(permission, scope),
    standing,
    origins: ORIGINS.filter((origin) => detail.origins & ORIGIN[origin]),
    leastDepth: rows.depths[row]!,
    roles: shownIds(detail.roles).sort(),
    ...(hops && { hops: shownIds(hops) }),
  };
}

function completenessOf(
  graph: AccessGraph,
  listing: Listing,
  shown: Uint32Array,
  isHidden: boolean,
): EffectiveAnswer['completeness'] {
  const reasons: IncompleteReason[] = [];
  if (shown.some((row) => listing.rows.decisions[row] === decisionNumber.UNKNOWN)) reasons.push('UNKNOWN_STATE');
  if (isHidden) reasons.push('REDACTED');
  if (listing.reached.some((reached) => touchesImport(graph, reached))) reasons.push('IMPORTING');
  return { complete: reasons.length === 0, reasons };
}
