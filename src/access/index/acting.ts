import { covers, type Decision, higher, lower } from '../../graph/decision.js';
import type { AccessGraph } from './access-graph.js';
import { type AssumeHop, assumeHops, hopAt, meet } from './assume-hops.js';
import { bindScopes } from './bound-scopes.js';
import { createDecider, type DecidedAt, type Decider } from './decider.js';
import { none } from './node-bank.js';
import type { ListingQuestion, Reached } from './permission-listing.js';
import { searchPrincipals } from './principal-search.js';
import { liveMode } from './search-mode.js';

type Settled = Exclude<Decision, 'UNKNOWN'>;

/** An identity that one acts as, with what it reaches itself. */
export interface Actor extends Reached {
  readonly hops: readonly AssumeHop[];
  readonly decider: Decider;
}
/** Somebody as whom the identity can act, through a chain of hops that meet in `within`. */
export interface Acting {
  readonly as: number;
  /** `none`: everything. */
  readonly within: number;
  /** Edges to it, of the shortest chain. */
  readonly depth: number;
  /** The identities acted as, the last one included; empty for the identity itself. */
  readonly chain: readonly number[];
}

/** Who is searched once, however many chains lead there. */
export type Actors = (identity: number) => Actor;

export function createActors({ graph, scratch, context }: ListingQuestion): Actors {
  const actors = new Map<number, Actor>();
  return (identity) => {
    const known = actors.get(identity);
    if (known) return known;
    const reach = searchPrincipals(graph, scratch, identity, liveMode);
    const bounds = bindScopes(graph, scratch, reach, context);
    const decider = createDecider(graph, bounds, context);
    const made = { reach, bounds, decider, hops: assumeHops(graph, reach, bounds, 'IMPERSONATE') };
    actors.set(identity, made);
    return made;
  };
}

/**
 * Shortest first: every (somebody, within) to which a chain of hops leads that all hold at the place; absent: that some
 * edge allows. A chain meets nobody twice, as a path does not.
 */
export function actingsOf(graph: AccessGraph, actors: Actors, identity: number, place?: number): readonly Acting[] {
  const waiting: Acting[] = [{ as: identity, within: none, depth: 0, chain: [] }];
  const done = new Map<string, Acting>();
  const holds = (from: number, hop: AssumeHop) =>
    !hop.deny && (place === undefined || covers(hopAt(graph, actors(from).hops, hop.to, place)));
  while (waiting.length > 0) {
    const nearest = waiting.reduce((least, next) => (next.depth < least.depth ? next : least));
    waiting.splice(waiting.indexOf(nearest), 1);
    const key = `${nearest.as} ${nearest.within}`;
    if (done.has(key)) continue;
    done.set(key, nearest);
    for (const hop of actors(nearest.as).hops) {
      const within = meet(graph, nearest.within, hop.within);
      if (within === undefined || hop.to === identity || nearest.chain.includes(hop.to)) continue;
      if (!holds(nearest.as, hop)) continue;
      waiting.push({ as: hop.to, within, depth: nearest.depth + hop.depth, chain: [...nearest.chain, hop.to] });
    }
  }
  return [...done.values()];
}

/**
 * `T(identity)` at (permission, resource), section 3: the highest of its own decision and, for everybody whom a chain
 * reaches, the lower of theirs and the chain's weakest hop.
 */
export function decideAssuming(graph: AccessGraph, actors: Actors, identity: number, at: DecidedAt): Settled {
  const strength = new Map<number, Settled>([[identity, 'ALLOWED']]);
  const waiting = [identity];
  let best = actors(identity).decider.decideAt(at);
  for (let from = waiting.pop(); from !== undefined; from = waiting.pop()) {
    const { hops } = actors(from);
    for (const to of new Set(hops.map((hop) => hop.to))) {
      const reached = lower(strength.get(from)!, hopAt(graph, hops, to, at.resource));
      const known = strength.get(to);
      if (!covers(reached) || (known && higher(known, reached) === known)) continue;
      strength.set(to, reached);
      waiting.push(to);
      const gained = lower(reached, actors(to).decider.decideAt(at));
      if (covers(gained)) best = higher(best, gained);
    }
  }
  return best;
}
