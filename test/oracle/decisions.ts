import type { Decision } from '../../src/graph/decision.js';
import type { AssumeMode } from '../../src/graph/edge.js';
import type { NodeId } from '../../src/graph/ids.js';
import type { JsonObject } from '../../src/graph/node.js';
import { highest, isCovering, lowest, readTwice, type Settled, tableOf, truthsAt } from './decision-table.js';
import type { Moment } from './moment.js';
import { assumesOf, entriesOf, type Search } from './reach.js';
import { liveSearch, unknownTakenAsActive } from './searches.js';

/** Steps 5 and 6 for the identity itself. */
export function decisionAt(
  moment: Moment,
  context: JsonObject,
  identity: NodeId,
  permission: NodeId,
  resource: NodeId,
): Decision {
  const seen = liveSearch(moment, context);
  const unseen = unknownTakenAsActive(moment, context);
  const at = { identity, permission, resource };
  return readTwice(settledAt(seen, unseen, at), settledAt(unseen, seen, at));
}

export interface Asked {
  readonly identity: NodeId;
  readonly permission: NodeId;
  readonly resource: NodeId;
}

/** The table over the allows that one search reaches and the denies that another does. */
export function settledAt(allowing: Search, denying: Search, { identity, permission, resource }: Asked): Settled {
  return tableOf(
    truthsAt(allowing, entriesOf(allowing, identity, 'ALLOW'), permission, resource),
    truthsAt(denying, entriesOf(denying, identity, 'DENY'), permission, resource),
  );
}

/** Whether the hop `i → j` holds at the resource: read by the same table as a permission. */
export function hopAt(
  search: Search,
  i: NodeId,
  j: NodeId,
  mode: AssumeMode,
  resource: NodeId,
  denying = search,
): Settled {
  const truths = (effect: 'ALLOW' | 'DENY') =>
    assumesOf(effect === 'ALLOW' ? search : denying, i, effect, mode)
      .filter(({ link }) => link.edge.to === j)
      .filter(({ link }) => link.edge.within === undefined || search.moment.contains(link.edge.within, resource))
      .map(({ truth }) => truth);
  return tableOf(truths('ALLOW'), truths('DENY'));
}

/**
 * Step 6 for the hop, the reading with allows and no denies; where that matters, what the identity itself may do is unknown
 * too. As whom nobody knows the state of nobody acts, not even that identity.
 */
function hopAtMost(moment: Moment, context: JsonObject, { identity, resource }: Asked, other: NodeId): Settled {
  const seen = liveSearch(moment, context);
  const isUnseen = moment.find('Identity', identity)?.state === 'UNKNOWN' && identity !== other;
  const allowing = isUnseen ? unknownTakenAsActive(moment, context, identity) : seen;
  return hopAt(allowing, identity, other, 'ON_BEHALF_OF', resource, seen);
}

/** `decide(i, …, onBehalfOf: j)`: the lower of the two where the hop holds. */
export function decisionOnBehalf(moment: Moment, context: JsonObject, asked: Asked, other: NodeId): Decision {
  const hop = hopAtMost(moment, context, asked, other);
  if (!isCovering(hop)) return 'NOT_GRANTED';
  const own = decisionAt(moment, context, asked.identity, asked.permission, asked.resource);
  const theirs = decisionAt(moment, context, other, asked.permission, asked.resource);
  const settled = [own, theirs].filter((decision) => decision !== 'UNKNOWN');
  const low = lowest(hop, ...settled);
  return settled.length < 2 && isCovering(low) ? 'UNKNOWN' : low;
}

/** `T` of every identity at (permission, resource): the least solution, by repeated passes. */
export function assumedAt(
  moment: Moment,
  context: JsonObject,
  permission: NodeId,
  resource: NodeId,
): ReadonlyMap<NodeId, Settled> {
  const search = liveSearch(moment, context);
  const ids = moment.identities().map(({ id }) => id);
  const total = new Map(
    ids.map((identity) => [identity, settledAt(search, search, { identity, permission, resource })]),
  );
  const hops = ids.flatMap((i) =>
    ids
      .map((j) => ({ i, j, holds: hopAt(search, i, j, 'IMPERSONATE', resource) }))
      .filter(({ holds }) => isCovering(holds)),
  );
  for (let changed = true; changed; ) {
    changed = false;
    for (const { i, j, holds } of hops) {
      const gained = lowest(holds, total.get(j) ?? 'NOT_GRANTED');
      const known = total.get(i) ?? 'NOT_GRANTED';
      if (!isCovering(gained) || highest(known, gained) === known) continue;
      total.set(i, gained);
      changed = true;
    }
  }
  return total;
}
