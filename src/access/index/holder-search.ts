import type { AccessGraph } from './access-graph.js';
import { createIdentitySearch, type IdentitySearch } from './identity-search.js';
import { createHoldings, type Holdings } from './permission-holding.js';
import { findLeads, type PermissionLeads, type PermissionQuestion } from './permission-leads.js';
import { decisionNumber } from './permission-rows.js';
import { liveMode, type SearchMode, unseenMode } from './search-mode.js';
import { NODE_STOP } from './stops.js';

/** Identities with a covering or unknown decision, each once, in no order; two columns, since there may be very many. */
export interface Holders {
  readonly identities: Int32Array;
  /** By `DECISIONS`: at the resource; where none is asked about, the highest over the identity's scopes. */
  readonly decisions: Uint8Array;
}
export interface HolderSearch extends Holdings {
  readonly holders: Holders;
}
interface Searching {
  readonly graph: AccessGraph;
  readonly leads: { readonly allow: PermissionLeads; readonly deny: PermissionLeads };
  readonly allow: IdentitySearch;
  readonly deny: IdentitySearch;
  readonly holdings: Holdings;
}

/**
 * Who holds the permission effectively, by reverse searches from what leads to an allow or a deny of it, surely or in
 * doubt. Only those are looked at singly whom a deny or a doubt reaches at another scope than where they are allowed.
 * The answer holds until the next search.
 */
export function searchHolders(question: PermissionQuestion): HolderSearch {
  const { graph, scratch, resource } = question;
  const leads = { allow: findLeads(question, 'ALLOW'), deny: findLeads(question, 'DENY') };
  const allow = createIdentitySearch({ graph, scratch, effect: 'ALLOW', mode: unseenMode });
  const deny = createIdentitySearch({ graph, scratch, effect: 'DENY', mode: liveMode });
  const holdings = createHoldings(question, { ALLOW: allow, DENY: deny });
  const searching = { graph, leads, allow, deny, holdings };
  const holders = resource === undefined ? holdersAnywhere(searching) : holdersAt(searching);
  return { holders, ...holdings };
}

/** All leads hold at the resource asked about, so that what was reached says it all. */
function holdersAt({ graph, leads, allow, deny }: Searching): Holders {
  const { ALLOWED, CONDITIONAL } = decisionNumber;
  deny.from(leads.deny.certain);
  const notDenied = (identity: number) => !deny.leads(identity);
  const certain = allow.from(leads.allow.certain).filter(notDenied);
  const doubtful = allow.from(leads.allow.doubtful).filter(notDenied);
  deny.from(leads.deny.doubtful);
  const holders = gatherHolders(graph, certain.length + doubtful.length);
  for (const identity of certain) holders.add(identity, deny.leads(identity) ? CONDITIONAL : ALLOWED);
  for (const identity of doubtful) holders.add(identity, CONDITIONAL);
  return holders.columns();
}

/** Each row is decided at its own scope, and the highest counts: certain allows out of all denies' reach settle most. */
function holdersAnywhere({ graph, leads, allow, deny, holdings }: Searching): Holders {
  const { ALLOWED, CONDITIONAL } = decisionNumber;
  const undenied = allow.from(outOfReach(graph, leads.allow.certain, leads.deny));
  const certain = allow.from(leads.allow.certain);
  const doubtful = allow.from(leads.allow.doubtful);
  deny.from(leads.deny.certain);
  deny.from(leads.deny.doubtful);
  // INVARIANT: all searches are done before anybody is looked at singly, who is looked at over what they found.
  const holders = gatherHolders(graph, undenied.length + certain.length + doubtful.length);
  for (const identity of undenied) holders.add(identity, ALLOWED);
  const decide = (identity: number, unlessDenied: number, isSettled: boolean) => {
    const decision = isSettled && !deny.leads(identity) ? unlessDenied : holdings.decisionOf(identity);
    if (decision !== undefined) holders.add(identity, decision);
  };
  for (const identity of certain) decide(identity, ALLOWED, true);
  for (const identity of doubtful) decide(identity, CONDITIONAL, !leads.allow.patterned);
  return holders.columns();
}

/** The bindings at whose scope no deny holds that anybody could meet. */
function outOfReach(
  { nodes, resources }: AccessGraph,
  bindings: readonly number[],
  denies: PermissionLeads,
): readonly number[] {
  const denied = new Set([...denies.certain, ...denies.doubtful].map((binding) => nodes.scopes[binding]!));
  if (denied.size === 0) return bindings;
  const known = new Map<number, boolean>();
  const isDenied = (scope: number) => {
    const found = known.get(scope) ?? resources.ancestors(scope).some((outer) => denied.has(outer));
    known.set(scope, found);
    return found;
  };
  return bindings.filter((binding) => !isDenied(nodes.scopes[binding]!));
}

/** Takes so many holders at most. */
function gatherHolders({ nodes }: AccessGraph, most: number) {
  const identities = new Int32Array(most);
  const decisions = new Uint8Array(most);
  let count = 0;
  return {
    add(identity: number, decision: number): void {
      const isUnknown = (nodes.stops[identity]! & NODE_STOP.UNKNOWN) !== 0;
      identities[count] = identity;
      decisions[count++] = isUnknown ? decisionNumber.UNKNOWN : decision;
    },
    columns: (): Holders => ({ identities: identities.subarray(0, count), decisions: decisions.subarray(0, count) }),
  };
}

/** Identities that may hold the permission in that mode: too many perhaps, never too few. */
export function possibleHolders(
  question: PermissionQuestion,
  { mode, assume }: { readonly mode: SearchMode; readonly assume: boolean },
): Int32Array {
  const { graph, scratch } = question;
  const { certain, doubtful } = findLeads(question, 'ALLOW');
  const search = createIdentitySearch({ graph, scratch, effect: 'ALLOW', mode, assume });
  return search.from([...certain, ...doubtful]);
}
