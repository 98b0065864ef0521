import type { AssumeMode, Effect } from '../../src/graph/edge.js';
import type { NodeId } from '../../src/graph/ids.js';
import type { JsonObject } from '../../src/graph/node.js';
import type { Link, LinkOf, Moment } from './moment.js';
import { all, patternTruth, type Truth, truthOf } from './truth.js';

/** Which links a search goes over, and what it takes as settled. */
export interface Search {
  readonly moment: Moment;
  readonly context: JsonObject;
  passes(link: Link): boolean;
  /** Blockers of `ASSIGNED` and `GRANTS` links that are lifted (`whyNot`). */
  isLifted(kind: 'OUT_OF_SCOPE' | 'CONDITION' | 'NESTING', link: Link): boolean;
}

/** One binding and one grant that it reaches. */
export interface Entry {
  readonly permission: NodeId;
  readonly binding: LinkOf<'ASSIGNED'>;
  readonly grant: LinkOf<'GRANTS'>;
}

/** Step 1: the identity, its accounts, their groups and everyone, again and again until nothing is new. */
export function principalsOf(search: Search, identity: NodeId): ReadonlySet<NodeId> {
  const moment = search.moment;
  return fixpoint(search, [identity], [...moment.linksOf('HAS_ACCOUNT'), ...moment.linksOf('MEMBER_OF')]);
}

/** Step 2. */
export function bindingsOf(search: Search, identity: NodeId): readonly LinkOf<'ASSIGNED'>[] {
  const principals = principalsOf(search, identity);
  return search.moment
    .linksOf('ASSIGNED')
    .filter((link) => principals.has(link.edge.from) && search.passes(link))
    .filter((link) => isHonoured(search, identity, link));
}

/** An application with `directMembersOnly` honours a group's binding for direct members, and everyone's for all. */
function isHonoured(search: Search, identity: NodeId, link: LinkOf<'ASSIGNED'>): boolean {
  const { moment } = search;
  if (!wantsDirectMembers(moment, link) || search.isLifted('NESTING', link)) return true;
  const own = new Set<NodeId>([identity]);
  for (const account of moment.linksOf('HAS_ACCOUNT'))
    if (account.edge.from === identity && search.passes(account)) own.add(account.edge.to);
  return moment
    .linksOf('MEMBER_OF')
    .some((member) => own.has(member.edge.from) && member.edge.to === link.edge.from && search.passes(member));
}

export function wantsDirectMembers(moment: Moment, { edge }: LinkOf<'ASSIGNED'>): boolean {
  const role = moment.find('Role', edge.to);
  const application = role && moment.find('Application', role.application);
  return application?.directMembersOnly === true && moment.find('Group', edge.from) !== undefined;
}

/** Step 3. */
export function rolesOf(search: Search, binding: LinkOf<'ASSIGNED'>): ReadonlySet<NodeId> {
  return fixpoint(search, [binding.edge.to], search.moment.linksOf('INHERITS'));
}

/** Step 4. */
export function entriesOf(search: Search, identity: NodeId, effect: Effect): readonly Entry[] {
  return bindingsOf(search, identity).flatMap((binding) => {
    const roles = rolesOf(search, binding);
    return search.moment
      .linksOf('GRANTS')
      .filter(({ edge }) => edge.effect === effect && roles.has(edge.from))
      .map((grant) => ({ permission: grant.edge.to, binding, grant }));
  });
}

/** The entry's condition, binding's and grant's and pattern's together, as it stands at the resource. */
export function entryTruth(search: Search, { binding, grant }: Entry, resource: NodeId): Truth {
  return all([bindingTruth(search, binding), grantTruth(search, grant, resource)]);
}

export function bindingTruth(search: Search, binding: LinkOf<'ASSIGNED'>): Truth {
  const condition = binding.edge.condition;
  return condition === undefined || search.isLifted('CONDITION', binding) ? true : truthOf(condition, search.context);
}

export function grantTruth(search: Search, grant: LinkOf<'GRANTS'>, resource: NodeId): Truth {
  if (search.isLifted('CONDITION', grant)) return true;
  const { condition, resources } = grant.edge;
  const path = search.moment.find('Resource', resource)?.path ?? '/';
  return all([
    condition === undefined ? true : truthOf(condition, search.context),
    resources === undefined ? true : patternTruth(resources, path),
  ]);
}

/** Whether the entry's scope is the resource or contains it. */
export function speaksOf(search: Search, { binding }: Entry, resource: NodeId): boolean {
  return search.isLifted('OUT_OF_SCOPE', binding) || search.moment.contains(binding.edge.scope, resource);
}

/** `CAN_ACT_AS` links that reach the identity, each with the truth of the binding through which it does. */
export function assumesOf(
  search: Search,
  identity: NodeId,
  effect: Effect,
  mode: AssumeMode,
): readonly { readonly link: LinkOf<'CAN_ACT_AS'>; readonly truth: Truth }[] {
  const principals = principalsOf(search, identity);
  const bindings = bindingsOf(search, identity);
  return search.moment
    .linksOf('CAN_ACT_AS')
    .filter((link) => link.edge.effect === effect && link.edge.mode === mode && search.passes(link))
    .flatMap((link) => {
      const { from, at } = link.edge;
      if (principals.has(from)) return [{ link, truth: true }];
      return bindings
        .filter((binding) => at !== undefined && search.moment.contains(binding.edge.scope, at))
        .filter((binding) => rolesOf(search, binding).has(from))
        .map((binding) => ({ link, truth: bindingTruth(search, binding) }));
    });
}

function fixpoint(search: Search, start: readonly NodeId[], links: readonly Link[]): ReadonlySet<NodeId> {
  const reached = new Set(start);
  for (let before = -1; before !== reached.size; ) {
    before = reached.size;
    for (const link of links) if (reached.has(link.edge.from) && search.passes(link)) reached.add(link.edge.to);
  }
  return reached;
}
