import type { NodeId } from '../../src/graph/ids.js';
import type { Link, Moment } from './moment.js';
import { crossesTenant } from './path-answers.js';
import { bindingTruth, grantTruth, wantsDirectMembers } from './reach.js';
import { liveSearch } from './searches.js';

/** A node as a walk comes to it. */
interface Step {
  readonly node: NodeId;
  /** From the identity itself or one of its accounts. */
  readonly direct: boolean;
  readonly crossed: boolean;
}

/**
 * (permission, scope) to which some walk of live edges leads over one that crosses tenants. Not only simple paths: whether
 * there is one is asked of what can be reached, and nobody can tell in time whether a simple path leads over a given edge.
 */
export function crossingKeys(moment: Moment, identity: NodeId): ReadonlySet<string> {
  const search = liveSearch(moment);
  const follow = (starts: readonly Step[], links: readonly Link[]) => {
    const steps = new Map(starts.map((step) => [keyOf(step), step]));
    for (const step of steps.values())
      for (const link of links) {
        if (link.edge.from !== step.node || !search.passes(link)) continue;
        const next = { ...stepOver(moment, link), crossed: step.crossed || crossesTenant(moment, link) };
        if (!steps.has(keyOf(next))) steps.set(keyOf(next), next);
      }
    return [...steps.values()];
  };
  const memberships = [...moment.linksOf('HAS_ACCOUNT'), ...moment.linksOf('MEMBER_OF')];
  const principals = follow([{ node: identity, direct: true, crossed: false }], memberships);
  const keys = new Set<string>();
  for (const { node, direct, crossed } of principals)
    for (const binding of moment.linksOf('ASSIGNED')) {
      if (binding.edge.from !== node || !search.passes(binding) || bindingTruth(search, binding) === false) continue;
      if (!direct && wantsDirectMembers(moment, binding)) continue;
      const start = { node: binding.edge.to, direct, crossed: crossed || crossesTenant(moment, binding) };
      const roles = follow([start], moment.linksOf('INHERITS')).filter((role) => role.crossed);
      for (const grant of moment.linksOf('GRANTS'))
        if (grant.edge.effect === 'ALLOW' && roles.some((role) => role.node === grant.edge.from))
          if (grantTruth(search, grant, binding.edge.scope) !== false)
            keys.add(`${grant.edge.to} ${binding.edge.scope}`);
    }
  return keys;
}

function stepOver(moment: Moment, { edge }: Link): Omit<Step, 'crossed'> {
  const leaves = moment.nodes.get(edge.from)?.kind;
  return { node: edge.to, direct: leaves === 'Identity' || leaves === 'Account' };
}

const keyOf = ({ node, direct, crossed }: Step) => `${node} ${direct} ${crossed}`;
