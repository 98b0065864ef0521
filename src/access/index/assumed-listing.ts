import type { AccessGraph } from './access-graph.js';
import { type Acting, type Actors, actingsOf, createActors, decideAssuming } from './acting.js';
import { meet } from './assume-hops.js';
import { reachAt } from './deny-entries.js';
import { type Listing, type ListingQuestion, listEffective, type Reached } from './permission-listing.js';
import { decisionNumber, type PermissionRows } from './permission-rows.js';
import { inOrder, ORIGIN, type RowDetail } from './row-details.js';
import { rowKey } from './standing-rows.js';

interface MergedRow {
  readonly permission: number;
  readonly scope: number;
  depth: number;
  detail: RowDetail;
  /** As whom, on the shortest way, while no other way is known. */
  hops?: readonly number[];
}

/**
 * Effective rows of the identity, and of all as whom it can act: `T(i)` of section 3. Absent: no hop leaves it, so these
 * are its effective rows.
 */
export function listAssumed(question: ListingQuestion): Listing | undefined {
  const { graph, identity } = question;
  const actors = createActors(question);
  if (actors(identity).hops.length === 0) return undefined;
  const merged = new Map<number, MergedRow>();
  const own = listEffective(question);
  const unknown = own.rows.count > 0 && own.rows.decisions[0] === decisionNumber.UNKNOWN;
  const reached: Reached[] = [...own.reached];
  for (const row of copiedRows(own)) merged.set(rowKey(row.permission, row.scope), row);
  for (const place of placesOf(question, actors))
    for (const acting of actingsOf(graph, actors, identity, place)) {
      if (acting.chain.length === 0) continue;
      reached.push(actors(acting.as));
      for (const row of rowsOver(question, actors, acting, place)) mergeRow(merged, row);
    }
  const rows = [...merged.values()];
  return {
    rows: columnsOf(rows, ({ permission, scope }) => {
      if (unknown) return decisionNumber.UNKNOWN;
      const at = { permission, resource: question.resource ?? scope };
      return decisionNumber[decideAssuming(graph, actors, identity, at)];
    }),
    reached,
    details: (chosen) =>
      chosen.map((row) => {
        const { origins, roles } = rows[row]!.detail;
        return { origins, roles: inOrder(graph, roles) };
      }),
    exceptions: own.exceptions,
    hops: (row) => rows[row]!.hops ?? [],
  };
}

function copiedRows({ rows, details }: Listing): readonly MergedRow[] {
  const all = Array.from({ length: rows.count }, (_, row) => row);
  const copied = all.map((row) => ({
    permission: rows.permissions[row]!,
    scope: rows.scopes[row]!,
    depth: rows.depths[row]!,
  }));
  return details(all).map((detail, row) => ({ ...copied[row]!, detail }));
}

/** Where hops must be judged: the resource asked about, else every scope that a row over a hop can have. */
function placesOf({ graph, identity, resource }: ListingQuestion, actors: Actors): Iterable<number> {
  if (resource !== undefined) return [resource];
  const places = new Set<number>();
  for (const { as, within, chain } of actingsOf(graph, actors, identity)) {
    if (chain.length === 0) continue;
    for (const { scopes } of actors(as).bounds)
      for (const scope of scopes) places.add(meet(graph, scope, within) ?? scope);
  }
  return places;
}

/** The other's rows whose scope, narrowed by the hops, is the place, or where a resource is asked about contains it. */
function rowsOver(question: ListingQuestion, actors: Actors, acting: Acting, place: number): readonly MergedRow[] {
  const { graph, context, resource } = question;
  const { entries } = actors(acting.as).decider;
  return copiedRows(listEffective({ ...question, identity: acting.as })).flatMap((row) => {
    const scope = meet(graph, row.scope, acting.within);
    if (scope === undefined || !fits(graph, scope, place, resource)) return [];
    const allows = entries(row.permission).allows.filter((allow) => allow.scope === row.scope);
    if (reachAt(graph, allows, place, context) === 'NONE') return [];
    const depth = acting.depth + row.depth;
    const detail = { origins: ORIGIN.VIA_ASSUME, roles: row.detail.roles };
    return [{ permission: row.permission, scope, depth, detail, hops: acting.chain }];
  });
}

function fits(graph: AccessGraph, scope: number, place: number, resource: number | undefined): boolean {
  return resource === undefined ? scope === place : graph.resources.contains(scope, place);
}

function mergeRow(merged: Map<number, MergedRow>, row: MergedRow): void {
  const key = rowKey(row.permission, row.scope);
  const known = merged.get(key);
  if (known === undefined) {
    merged.set(key, { ...row });
    return;
  }
  const { origins, roles } = row.detail;
  known.detail = { origins: known.detail.origins | origins, roles: [...known.detail.roles, ...roles] };
  if (known.hops && row.hops && row.depth < known.depth) known.hops = row.hops;
  known.depth = Math.min(known.depth, row.depth);
}

function columnsOf(rows: readonly MergedRow[], decide: (row: MergedRow) => number): PermissionRows {
  return {
    count: rows.length,
    permissions: Uint32Array.from(rows, (row) => row.permission),
    scopes: Uint32Array.from(rows, (row) => row.scope),
    depths: Uint16Array.from(rows, (row) => row.depth),
    decisions: Uint8Array.from(rows, decide),
  };
}
