import type { Blocker, BlockerKind, NearMiss, WhyNotQuestion } from '../../src/access/access-engine.js';
import type { NodeId } from '../../src/graph/ids.js';
import { settledAt } from './decisions.js';
import type { Link, LinkOf, Moment } from './moment.js';
import { pathAnswer, type Visible } from './path-answers.js';
import { bindingTruth, grantTruth, type Search, wantsDirectMembers } from './reach.js';
import { liveSearch } from './searches.js';
import { inOrder, type SimplePath, simplePaths } from './simple-paths.js';

/** One thing that is in the way: of a node, else of a link. */
interface Lift {
  readonly kind: BlockerKind;
  readonly link: Link;
  readonly node?: NodeId;
}
type Told = Blocker & { readonly lift: Lift };

export const maxNearMisses = 10;

/** Simple paths over all that exists at the revision, the least blocked first. */
export function nearMissesOf(moment: Moment, question: WhyNotQuestion): readonly NearMiss[] {
  const { identity, permission, resource, visible } = question;
  const everything: Search = {
    moment,
    context: {},
    passes: () => true,
    isLifted: (kind) => kind === 'NESTING',
  };
  return simplePaths(everything, identity, { effect: 'ALLOW', permission })
    .map((path) => ({ path, blockers: blockersOf(moment, path, resource) }))
    .sort((a, b) => a.blockers.length - b.blockers.length || inOrder(a.path, b.path))
    .slice(0, maxNearMisses)
    .map(({ path, blockers }) => nearMiss(moment, question, path, blockers, visible));
}

function nearMiss(
  moment: Moment,
  { identity, permission, resource }: WhyNotQuestion,
  path: SimplePath,
  blockers: readonly Told[],
  visible: Visible,
): NearMiss {
  const lifts = blockers.map(({ lift }) => lift);
  const search = liftingSearch(moment, lifts);
  return {
    path: pathAnswer(liveSearch(moment), path, resource, visible),
    blockers: blockers.map(({ lift: _, ...blocker }) => blocker),
    wouldBe: settledAt(search, search, { identity, permission, resource }),
  };
}

/** A live search in which exactly these do not count. */
function liftingSearch(moment: Moment, lifts: readonly Lift[]): Search {
  const isLifted = (kind: BlockerKind, link: Link, node?: NodeId) =>
    lifts.some((lift) => lift.kind === kind && (node ? lift.node === node : !lift.node && lift.link === link));
  return {
    moment,
    context: {},
    passes: (link) => moment.stopsOf(link).every((stop) => isLifted(stop.kind, link, stop.node)),
    isLifted,
  };
}

/** Each (reason, edge or node) once, in the order of the hops at which it is told. */
function blockersOf(moment: Moment, path: SimplePath, resource: NodeId): readonly Told[] {
  const search = liveSearch(moment);
  const told: Told[] = [];
  path.links.forEach((link, hop) => {
    for (const { kind, node } of moment.stopsOf(link)) {
      if (node !== undefined && told.some(({ lift }) => lift.kind === kind && lift.node === node)) continue;
      // A node is told at the hop that leaves it.
      const at = node === link.edge.to ? hop + 1 : hop;
      const named = kind === 'NODE_STATE' && node ? { node } : {};
      told.push({ kind, hop: at, ...named, lift: { kind, link, ...(node ? { node } : {}) } });
    }
    for (const kind of ownBlockers(search, path, link, hop, resource)) told.push({ kind, hop, lift: { kind, link } });
  });
  return told.sort((a, b) => a.hop - b.hop);
}

function ownBlockers(
  search: Search,
  path: SimplePath,
  link: Link,
  hop: number,
  resource: NodeId,
): readonly BlockerKind[] {
  const { moment } = search;
  if (link.edge.kind === 'GRANTS')
    return grantTruth(search, link as LinkOf<'GRANTS'>, resource) === false ? ['CONDITION'] : [];
  if (link.edge.kind !== 'ASSIGNED') return [];
  const binding = link as LinkOf<'ASSIGNED'>;
  const before = path.links[hop - 1]?.edge.from;
  const isNested = before !== undefined && moment.find('Group', before) !== undefined;
  return [
    ...(wantsDirectMembers(moment, binding) && isNested ? (['NESTING'] as const) : []),
    ...(bindingTruth(search, binding) === false ? (['CONDITION'] as const) : []),
    ...(moment.contains(binding.edge.scope, resource) ? [] : (['OUT_OF_SCOPE'] as const)),
  ];
}
