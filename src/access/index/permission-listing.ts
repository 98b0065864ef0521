import type { JsonObject } from '../../graph/node.js';
import type { PermissionRow, Standing } from '../access-engine.js';
import type { AccessGraph } from './access-graph.js';
import { type AllowRows, scanAllows } from './allow-rows.js';
import { type BoundScope, bindScopes } from './bound-scopes.js';
import { type Entries, hasDenies, noEntries, scanDenies } from './deny-entries.js';
import { exceptionsOf } from './exceptions.js';
import { decisionNumber, judgeRows, type PermissionRows } from './permission-rows.js';
import { type Reach, searchPrincipals } from './principal-search.js';
import { detailRows, type RowDetail } from './row-details.js';
import type { Scratch } from './scratch.js';
import { denyModeOf, standingModes } from './search-mode.js';
import { NODE_STOP } from './stops.js';

export interface ListingQuestion {
  readonly graph: AccessGraph;
  readonly scratch: Scratch;
  readonly identity: number;
  readonly context: JsonObject | undefined;
  readonly resource?: number;
  /** Only its rows: roles are asked for their grants of it, and no role's list is read. Absent: all. */
  readonly permission?: number;
}

/** Rows, and what is asked of few of them. */
export interface Listing {
  readonly rows: PermissionRows;
  /** What was searched: for what an answer's completeness depends on. */
  readonly reached: readonly Reached[];
  /** One for each row chosen. */
  details(chosen: readonly number[]): readonly RowDetail[];
  /** Of a row whose decision is known. */
  exceptions(permission: number, scope: number): PermissionRow['except'];
  /** For a row only reached by acting as somebody: as whom. */
  hops?(row: number): readonly number[];
}
export interface Reached {
  readonly reach: Reach;
  /** At all scopes, or those that contain the resource asked about. */
  readonly bounds: readonly BoundScope[];
}
/** The parts of a listing that others build on. */
export interface Searched extends Reached {
  readonly allows: AllowRows;
  readonly denies: Entries;
}

/** One standing's rows by its own edges alone, not yet compared with other standings'. */
export function searchListing(question: ListingQuestion, standing: Standing): Searched {
  const { graph, scratch, identity, context, resource, permission } = question;
  const reach = searchPrincipals(graph, scratch, identity, standingModes[standing]);
  const bounds = bindScopes(graph, scratch, reach, context);
  const asked = resource === undefined ? bounds : containing(graph, bounds, resource);
  const denies =
    standing === 'EFFECTIVE'
      ? scanDenies(graph, bounds, permission)
      : hypotheticalDenies(question, graph.nodes.stops[identity]!);
  const allows = scanAllows(graph, scratch, asked, {
    context,
    ...(resource !== undefined && { resource }),
    ...(permission !== undefined && { permission }),
  });
  return { reach, bounds: asked, allows, denies };
}

/** Effective rows of the identity itself. What an identity of unknown state would reach is `UNKNOWN`. */
export function listEffective(question: ListingQuestion): Listing {
  const { graph, identity } = question;
  const searched = searchListing(question, 'EFFECTIVE');
  const rows = judgeRows({ ...question, ...searched });
  if ((graph.nodes.stops[identity]! & NODE_STOP.UNKNOWN) === 0) return listingOf(question, searched, rows);
  rows.decisions.fill(decisionNumber.UNKNOWN, 0, rows.count);
  return listingOf(question, searched, { ...rows, covered: 0 });
}

export function listingOf(question: ListingQuestion, searched: Searched, rows: PermissionRows): Listing {
  const { graph, context } = question;
  return {
    rows,
    reached: [searched],
    details: (chosen) => detailRows({ ...question, bounds: searched.bounds }, rows, chosen),
    exceptions: (permission, scope) => exceptionsOf(graph, searched.denies.get(permission), scope, context),
  };
}

function hypotheticalDenies(question: ListingQuestion, stops: number): Entries {
  const { graph, scratch, identity, context, permission } = question;
  if (!hasDenies(graph)) return noEntries;
  const reach = searchPrincipals(graph, scratch, identity, denyModeOf(stops));
  return scanDenies(graph, bindScopes(graph, scratch, reach, context), permission);
}

function containing(graph: AccessGraph, bounds: readonly BoundScope[], resource: number): readonly BoundScope[] {
  return bounds
    .map((bound) => ({ ...bound, scopes: bound.scopes.filter((scope) => graph.resources.contains(scope, resource)) }))
    .filter((bound) => bound.scopes.length > 0);
}
