import type { NodeId } from '../../src/graph/ids.js';
import type { JsonObject } from '../../src/graph/node.js';
import type { Link, Moment, Stop } from './moment.js';
import type { Search } from './reach.js';

/** A search over the links all of whose stops are of no account. */
export function searchOver(moment: Moment, context: JsonObject, ignores: (stop: Stop, link: Link) => boolean): Search {
  return {
    moment,
    context,
    passes: (link) => moment.stopsOf(link).every((stop) => ignores(stop, link)),
    isLifted: () => false,
  };
}

export const liveSearch = (moment: Moment, context: JsonObject = {}): Search =>
  searchOver(moment, context, () => false);

/** The four sets of section 2, first to last. */
export const STANDINGS = ['EFFECTIVE', 'ELIGIBLE', 'LATENT', 'LATENT_ELIGIBLE'] as const;

export function searchOf(standing: (typeof STANDINGS)[number], moment: Moment, context: JsonObject): Search {
  const overEligible = standing === 'ELIGIBLE' || standing === 'LATENT_ELIGIBLE';
  const overStates = standing === 'LATENT' || standing === 'LATENT_ELIGIBLE';
  return searchOver(
    moment,
    context,
    ({ kind }) => (kind === 'ELIGIBLE' && overEligible) || (kind === 'NODE_STATE' && overStates),
  );
}

/** The denies that judge hypothetical access: live with the identity, and where it is not active its accounts, taken as active. */
export function takenAsActive(moment: Moment, context: JsonObject, identity: NodeId): Search {
  const taken = new Set<NodeId>();
  if (moment.find('Identity', identity)?.state !== 'ACTIVE') {
    taken.add(identity);
    for (const { edge } of moment.linksOf('HAS_ACCOUNT')) if (edge.from === identity) taken.add(edge.to);
  }
  return searchOver(
    moment,
    context,
    ({ kind, node }) => kind === 'NODE_STATE' && node !== undefined && taken.has(node),
  );
}

/** Step 6: what would be reached were the nodes of unknown state active, or that one alone. */
export function unknownTakenAsActive(moment: Moment, context: JsonObject, only?: NodeId): Search {
  return searchOver(
    moment,
    context,
    ({ kind, node }) =>
      kind === 'NODE_STATE' &&
      node !== undefined &&
      (only ?? node) === node &&
      moment.find('Identity', node)?.state === 'UNKNOWN',
  );
}
