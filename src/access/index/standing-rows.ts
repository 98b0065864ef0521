import { decide } from '../../graph/decision.js';
import type { Standing } from '../access-engine.js';
import { allowReachAt } from './allow-reach.js';
import { rangeOf } from './allow-rows.js';
import { bindScopes } from './bound-scopes.js';
import { reachAt } from './deny-entries.js';
import { type Listing, type ListingQuestion, listingOf, searchListing } from './permission-listing.js';
import { decisionNumber, judgeRows, type PermissionRows } from './permission-rows.js';
import { searchPrincipals } from './principal-search.js';
import { standingModes } from './search-mode.js';
import { NODE_STOP } from './stops.js';

const hypothetical = ['ELIGIBLE', 'LATENT', 'LATENT_ELIGIBLE'] as const;

/**
 * Rows whose decision is first reached in that set of edges, and which no effective row gives: none that contains the
 * row's scope while the effective decision there is as high.
 */
export function listStanding(question: ListingQuestion, standing: Exclude<Standing, 'EFFECTIVE'>): Listing {
  if (!reachesMore(question, standing)) return nothingMore(question, standing);
  const before = hypothetical.slice(0, hypothetical.indexOf(standing)).map((earlier) => {
    const searched = searchListing(question, earlier);
    return byRow(judgeRows({ ...question, ...searched }));
  });
  const searched = searchListing(question, standing);
  const rows = judgeRows({ ...question, ...searched });
  const own = keptRows(rows, (permission, scope, decision) => {
    const key = rowKey(permission, scope);
    return !before.some((earlier) => (earlier.get(key) ?? -1) >= decision);
  });
  // INVARIANT: the search of what is given effectively takes the scratch space: the rows are out of it by now.
  const isGiven = effectively(question);
  const kept = keptRows(own, (permission, scope, decision) => !isGiven(permission, scope, decision));
  return listingOf(question, searched, kept);
}

/**
 * Whether the wider set of edges leads to any further binding. If not, its rows are the effective ones: the same allows,
 * judged by the same denies. What an unknown state hides is not given by effective rows.
 */
function reachesMore({ graph, scratch, identity }: ListingQuestion, standing: Standing): boolean {
  if ((graph.nodes.stops[identity]! & NODE_STOP.UNKNOWN) !== 0) return true;
  const [effective, wider] = [standingModes.EFFECTIVE, standingModes[standing]].map(
    (mode) => searchPrincipals(graph, scratch, identity, mode).bindings.length,
  );
  return effective !== wider;
}

function nothingMore({ graph, scratch, identity, context }: ListingQuestion, standing: Standing): Listing {
  const reach = searchPrincipals(graph, scratch, identity, standingModes[standing]);
  const bounds = bindScopes(graph, scratch, reach, context);
  return { rows: noRows, reached: [{ reach, bounds }], details: () => [], exceptions: () => [] };
}

/** Whether effective access gives (permission, scope) a decision as high. Looks at scratch space. */
function effectively(question: ListingQuestion): (permission: number, scope: number, decision: number) => boolean {
  const { graph, identity, context, resource } = question;
  if ((graph.nodes.stops[identity]! & NODE_STOP.UNKNOWN) !== 0) return () => false;
  const { allows, denies } = searchListing(question, 'EFFECTIVE');
  return (permission, scope, decision) => {
    if (!hasRowAround(permission, scope)) return false;
    const at = resource ?? scope;
    const deny = reachAt(graph, denies.get(permission) ?? [], at, context);
    return decisionNumber[decide(allowReachAt(graph, allows, permission, at, context), deny)] >= decision;
  };

  function hasRowAround(permission: number, scope: number): boolean {
    for (let row = allows.lastRow(permission); row >= 0; row = allows.rowBefore(row))
      if (rangeOf(allows.ranges, row).bound.scopes.some((outer) => graph.resources.contains(outer, scope))) return true;
    return false;
  }
}

function byRow(rows: PermissionRows): ReadonlyMap<number, number> {
  const decisions = new Map<number, number>();
  for (let row = 0; row < rows.count; row++)
    decisions.set(rowKey(rows.permissions[row]!, rows.scopes[row]!), rows.decisions[row]!);
  return decisions;
}

const noRows: PermissionRows = {
  count: 0,
  permissions: new Uint32Array(0),
  scopes: new Uint32Array(0),
  depths: new Uint16Array(0),
  decisions: new Uint8Array(0),
};

function keptRows(
  rows: PermissionRows,
  keep: (permission: number, scope: number, decision: number) => boolean,
): PermissionRows {
  const kept: number[] = [];
  for (let row = 0; row < rows.count; row++)
    if (keep(rows.permissions[row]!, rows.scopes[row]!, rows.decisions[row]!)) kept.push(row);
  return {
    count: kept.length,
    permissions: Uint32Array.from(kept, (row) => rows.permissions[row]!),
    scopes: Uint32Array.from(kept, (row) => rows.scopes[row]!),
    depths: Uint16Array.from(kept, (row) => rows.depths[row]!),
    decisions: Uint8Array.from(kept, (row) => rows.decisions[row]!),
  };
}

/** INVARIANT: fewer than 2^26 resources. */
export const rowKey = (permission: number, scope: number) => permission * 2 ** 26 + scope;
