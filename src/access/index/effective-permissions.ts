import type { IncompleteReason } from '../../graph/decision.js';
import type { EffectiveAnswer, EffectiveQuestion, PermissionRow } from '../access-engine.js';
import type { AccessGraph } from './access-graph.js';
import { getApplication, getIdentity, getResource, isSeen } from './asked-nodes.js';
import { listAssumed } from './assumed-listing.js';
import { touchesImport } from './importing.js';
import { none } from './node-bank.js';
import { PERMISSION_CLASSES, PLANES } from './permission-bank.js';
import { type Listing, type ListingQuestion, listEffective } from './permission-listing.js';
import { DECISIONS, decisionNumber, isCovering, type PermissionRows } from './permission-rows.js';
import { ORIGIN, ORIGINS, type RowDetail } from './row-details.js';
import { pageOfRows } from './row-order.js';
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
  const chosen = chooseRows(graph, scratch, question, listing);
  const scopeTenants = graph.resources.tenants;
  const shown = question.visible
    ? chosen.filter((row) => isSeen(graph, scopeTenants[rows.scopes[row]!]!, question.visible))
    : chosen;
  const isHidden = shown.length < chosen.length;
  const range = { from: position, to: position + question.first };
  const page = pageOfRows({ graph, scratch, rows, orderBy: question.orderBy, range }, shown);
  const permissionCount = countCovered(graph, scratch, rows, shown);
  const details = listing.details(page);
  const write = createRowWriter(graph, question, listing);
  const end = position + page.length;
  return {
    items: page.map((row, place) => write(row, details[place]!)),
    ...(end < shown.length && { nextPosition: end }),
    ...(!isHidden && { totalCount: shown.length, permissionCount }),
    completeness: completenessOf(graph, listing, shown, isHidden),
  };
}

function listingFor(asked: ListingQuestion, { standing = 'EFFECTIVE', includeAssume }: EffectiveQuestion): Listing {
  if (standing !== 'EFFECTIVE') return listStanding(asked, standing);
  return (includeAssume ? listAssumed(asked) : undefined) ?? listEffective(asked);
}

/** Row numbers that pass the question's filters. */
function chooseRows(graph: AccessGraph, scratch: Scratch, question: EffectiveQuestion, listing: Listing): Uint32Array {
  const { rows } = listing;
  const tests = permissionTests(graph, question);
  const decisions = question.decisions?.map((decision): number => decisionNumber[decision]);
  let chosen = scratch.ascending(rows.count);
  if (tests.length > 0) chosen = chosen.filter((row) => tests.every((test) => test(rows.permissions[row]!)));
  if (decisions) chosen = chosen.filter((row) => decisions.includes(rows.decisions[row]!));
  if (question.origins === undefined && !question.inheritedOnly) return chosen;
  const origins = question.origins?.reduce((bits, origin) => bits | ORIGIN[origin], 0) ?? -1;
  const details = listing.details([...chosen]);
  return chosen.filter((_, place) => {
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

/** Distinct permissions with a covering row. */
function countCovered(graph: AccessGraph, scratch: Scratch, rows: PermissionRows, shown: Uint32Array): number {
  if (rows.covered !== undefined && shown.length === rows.count) return rows.covered;
  let count = 0;
  const epoch = scratch.beginPermissions(graph);
  const marks = scratch.permissionMarks;
  const { permissions, decisions } = rows;
  for (const row of shown) {
    if (!isCovering(decisions[row]!)) continue;
    const permission = permissions[row]!;
    const differs = marks[permission]! ^ epoch;
    marks[permission] = epoch;
    count += (differs | -differs) >>> 31;
  }
  return count;
}

function createRowWriter(
  graph: AccessGraph,
  { standing = 'EFFECTIVE', visible }: EffectiveQuestion,
  listing: Listing,
): (row: number, detail: RowDetail) => PermissionRow {
  const { rows } = listing;
  const { nodes, permissions, resources } = graph;
  const shownIds = (numbers: readonly number[]) => {
    const seen = visible ? numbers.filter((node) => isSeen(graph, nodes.tenants[node]!, visible)) : numbers;
    return seen.map((node) => nodes.ids[node]!);
  };
  return (row, { origins, roles }) => {
    const permission = rows.permissions[row]!;
    const scope = rows.scopes[row]!;
    const decision = DECISIONS[rows.decisions[row]!]!;
    const shown = {
      permission: permissions.ids[permission]!,
      scope: resources.ids[scope]!,
      decision,
      except: decision === 'UNKNOWN' ? [] : listing.exceptions(permission, scope),
      standing,
      origins: originsOf[origins]!,
      leastDepth: rows.depths[row]!,
      roles: shownIds(roles),
    };
    const hops = origins === ORIGIN.VIA_ASSUME ? listing.hops?.(row) : undefined;
    return hops ? { ...shown, hops: shownIds(hops) } : shown;
  };
}

/** By `ORIGIN` bits. */
const originsOf = Array.from({ length: 8 }, (_, bits) => ORIGINS.filter((origin) => bits & ORIGIN[origin]));

function completenessOf(
  graph: AccessGraph,
  listing: Listing,
  shown: Uint32Array,
  isHidden: boolean,
): EffectiveAnswer['completeness'] {
  const reasons: IncompleteReason[] = [];
  const isUnknown = listing.rows.decisions.includes(decisionNumber.UNKNOWN);
  if (isUnknown && shown.some((row) => listing.rows.decisions[row] === decisionNumber.UNKNOWN))
    reasons.push('UNKNOWN_STATE');
  if (isHidden) reasons.push('REDACTED');
  if (listing.reached.some((reached) => touchesImport(graph, reached))) reasons.push('IMPORTING');
  return { complete: reasons.length === 0, reasons };
}
