import type { Effect } from '../../src/graph/edge.js';
import type { NodeId } from '../../src/graph/ids.js';
import type { Link, LinkOf, Moment } from './moment.js';
import { bindingTruth, grantTruth, type Search, wantsDirectMembers } from './reach.js';
import { all, type Truth } from './truth.js';

/** A simple path from an identity to a permission, with what it takes to judge it. */
export interface SimplePath {
  readonly links: readonly Link[];
  readonly nodes: readonly NodeId[];
  /** The identity itself, then each one acted as. */
  readonly actors: readonly NodeId[];
  readonly permission: NodeId;
  /** The last binding's scope, narrowed by the hops. */
  readonly scope: NodeId;
  readonly binding: LinkOf<'ASSIGNED'>;
  readonly grant: LinkOf<'GRANTS'>;
  readonly bindings: readonly LinkOf<'ASSIGNED'>[];
  readonly hops: readonly LinkOf<'CAN_ACT_AS'>[];
}

export interface Wanted {
  readonly effect: Effect;
  /** Absent: any. */
  readonly permission?: NodeId;
  /** Also through `CAN_ACT_AS` impersonation. */
  readonly assume?: boolean;
}

interface Walk {
  readonly links: readonly Link[];
  readonly nodes: readonly NodeId[];
  readonly actors: readonly NodeId[];
  readonly seen: readonly string[];
  readonly bindings: readonly LinkOf<'ASSIGNED'>[];
  readonly hops: readonly LinkOf<'CAN_ACT_AS'>[];
  /** Of the present actor; absent before its binding. */
  readonly binding?: LinkOf<'ASSIGNED'>;
}

/** All of them, by exhaustive depth-first search, in the order of section 4. */
export function simplePaths(search: Search, identity: NodeId, wanted: Wanted): readonly SimplePath[] {
  const start = { nodes: [identity], actors: [identity], seen: [`${identity} ${identity}`] };
  return [...walk(search, wanted, { ...start, links: [], bindings: [], hops: [] })].sort(inOrder);
}

function* walk(search: Search, wanted: Wanted, so: Walk): Generator<SimplePath> {
  const place = so.nodes.at(-1);
  for (const link of search.moment.links) {
    if (link.edge.from !== place || !search.passes(link)) continue;
    if (link.edge.kind === 'GRANTS') {
      const end = endOf(search.moment, wanted, so, link as LinkOf<'GRANTS'>);
      if (end) yield end;
    } else if (leadsOn(search, wanted, so, link)) {
      const actors = link.edge.kind === 'CAN_ACT_AS' ? [...so.actors, link.edge.to] : so.actors;
      const visit = `${actors.at(-1)} ${link.edge.to}`;
      if (!so.seen.includes(visit))
        yield* walk(search, wanted, {
          ...withBinding(so, link),
          links: [...so.links, link],
          nodes: [...so.nodes, link.edge.to],
          actors,
          seen: [...so.seen, visit],
        });
    }
  }
}

function leadsOn(search: Search, wanted: Wanted, so: Walk, link: Link): boolean {
  const { edge } = link;
  switch (edge.kind) {
    case 'HAS_ACCOUNT':
    case 'MEMBER_OF':
    case 'INHERITS':
      return true;
    case 'ASSIGNED':
      return isEnteredRightly(search, so, link as LinkOf<'ASSIGNED'>);
    case 'CAN_ACT_AS':
      if (!wanted.assume || edge.effect !== 'ALLOW' || edge.mode !== 'IMPERSONATE') return false;
      if (search.moment.find('Role', edge.from) === undefined) return true;
      return (
        edge.at !== undefined && so.binding !== undefined && search.moment.contains(so.binding.edge.scope, edge.at)
      );
    default:
      return false;
  }
}

/** Under `directMembersOnly`, a group's binding follows Account → Group, or the derived Identity → everyone, directly. */
function isEnteredRightly(search: Search, so: Walk, link: LinkOf<'ASSIGNED'>): boolean {
  if (!wantsDirectMembers(search.moment, link) || search.isLifted('NESTING', link)) return true;
  const entered = so.links.at(-1);
  return entered !== undefined && search.moment.find('Group', entered.edge.from) === undefined;
}

function withBinding(so: Walk, link: Link): Walk {
  if (link.edge.kind === 'ASSIGNED') {
    const binding = link as LinkOf<'ASSIGNED'>;
    return { ...so, binding, bindings: [...so.bindings, binding] };
  }
  if (link.edge.kind !== 'CAN_ACT_AS') return so;
  const { binding: _, ...unbound } = so;
  return { ...unbound, hops: [...so.hops, link as LinkOf<'CAN_ACT_AS'>] };
}

function endOf(moment: Moment, wanted: Wanted, so: Walk, grant: LinkOf<'GRANTS'>): SimplePath | undefined {
  const permission = grant.edge.to;
  if (grant.edge.effect !== wanted.effect || (wanted.permission ?? permission) !== permission) return undefined;
  const scope = so.binding && narrowed(moment, so.binding.edge.scope, so.hops);
  if (!so.binding || !scope) return undefined;
  const { seen: _, binding, ...path } = so;
  return { ...path, binding, permission, grant, scope, links: [...so.links, grant], nodes: [...so.nodes, permission] };
}

/** Absent where they have nothing in common. */
function narrowed(moment: Moment, scope: NodeId, hops: readonly LinkOf<'CAN_ACT_AS'>[]): NodeId | undefined {
  let narrow: NodeId | undefined = scope;
  for (const { edge } of hops) {
    if (narrow === undefined || edge.within === undefined || moment.contains(edge.within, narrow)) continue;
    narrow = moment.contains(narrow, edge.within) ? edge.within : undefined;
  }
  return narrow;
}

/** The conditions on its way together, as they stand at the resource. */
export function pathTruth(search: Search, path: SimplePath, resource: NodeId): Truth {
  return all([
    ...path.bindings.map((binding) => bindingTruth(search, binding)),
    grantTruth(search, path.grant, resource),
  ]);
}

/** By length, then by the ids of the nodes, then of the edges. */
export function inOrder(a: SimplePath, b: SimplePath): number {
  return (
    a.links.length - b.links.length ||
    compareLists(a.nodes, b.nodes) ||
    compareLists(
      a.links.map((link) => link.id ?? ''),
      b.links.map((link) => link.id ?? ''),
    )
  );
}

function compareLists(a: readonly string[], b: readonly string[]): number {
  const place = a.findIndex((text, index) => text !== b[index]);
  return place < 0 ? 0 : (a[place] ?? '') < (b[place] ?? '') ? -1 : 1;
}
