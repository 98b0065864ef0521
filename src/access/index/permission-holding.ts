import { type Decision, decide } from '../../graph/decision.js';
import type { Effect } from '../../graph/edge.js';
import { reachAt } from './deny-entries.js';
import type { Entry } from './entry.js';
import { bindingTruth, grantTruth } from './entry-truth.js';
import type { IdentitySearch } from './identity-search.js';
import { none } from './node-bank.js';
import { createRoleGrants, type PermissionQuestion } from './permission-leads.js';
import { decisionNumber } from './permission-rows.js';
import { searchPrincipals } from './principal-search.js';
import { ORIGIN } from './row-details.js';
import { liveMode, unseenMode } from './search-mode.js';

/** How one identity holds one permission: its effective rows of it, taken together. */
export interface Holding {
  readonly scopes: readonly number[];
  /** `ORIGIN` bits. */
  readonly origins: number;
  readonly leastDepth: number;
}
/** Asked of identities that the searches reached; an identity of unknown state is taken as active. */
export interface Holdings {
  /** Absent: it has no row of the permission. */
  holdingOf(identity: number): Holding | undefined;
  /** The highest of the rows' decisions, each at its own scope, by `DECISIONS`; absent: it has no row. */
  decisionOf(identity: number): number | undefined;
}

interface HeldEntry extends Entry {
  /** Edges from the identity to the permission. */
  readonly depth: number;
  /** `ORIGIN` bits. */
  readonly origins: number;
}
const modes = { ALLOW: unseenMode, DENY: liveMode };

/** Looks forward from single identities, over nothing but what the searches found on their way back to them. */
export function createHoldings(
  question: PermissionQuestion,
  searches: Readonly<Record<Effect, IdentitySearch>>,
): Holdings {
  const { graph, scratch, permission, resource } = question;
  const grantsOf = createRoleGrants(question);

  return {
    holdingOf(identity) {
      const rows = entriesOf(identity, 'ALLOW').filter(givesRow);
      if (rows.length === 0) return undefined;
      return {
        scopes: [...new Set(rows.map(({ scope }) => scope))],
        origins: rows.reduce((bits, row) => bits | row.origins, 0),
        leastDepth: rows.reduce((least, row) => Math.min(least, row.depth), Number.POSITIVE_INFINITY),
      };
    },
    decisionOf(identity) {
      const allows = entriesOf(identity, 'ALLOW');
      const scopes = new Set(allows.filter(givesRow).map(({ scope }) => scope));
      if (scopes.size === 0) return undefined;
      const denies = entriesOf(identity, 'DENY');
      const decideAt = (scope: number): Decision =>
        decide(reachAt(graph, allows, scope, undefined), reachAt(graph, denies, scope, undefined));
      return Math.max(...[...scopes].map((scope) => decisionNumber[decideAt(scope)]));
    },
  };

  function entriesOf(identity: number, effect: Effect): readonly HeldEntry[] {
    const { owners, scopes } = graph.nodes;
    const entries: HeldEntry[] = [];
    const { bindings } = searchPrincipals(graph, scratch, identity, modes[effect], searches[effect].leads);
    for (const { binding, depth, direct, inherited } of bindings) {
      const bound = bindingTruth(graph, binding, undefined) === 'true';
      const own = (direct ? ORIGIN.DIRECT : 0) | (inherited ? ORIGIN.INHERITED : 0);
      for (const each of grantsOf(owners[binding]!)) {
        if (each.effect !== effect) continue;
        const origins = each.depth > 1 ? ORIGIN.INHERITED : own;
        entries.push({
          permission,
          scope: scopes[binding]!,
          grant: each.grant,
          bound,
          depth: depth + each.depth,
          origins,
        });
      }
    }
    return entries;
  }

  function givesRow({ grant, scope }: HeldEntry): boolean {
    return grant === none || grantTruth(graph, grant, resource ?? scope, undefined) !== 'false';
  }
}
