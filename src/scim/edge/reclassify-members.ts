import type { StoredCommit } from '../../graph/change.js';
import { looksAtGroups } from '../../graph/classification.js';
import type { NodeId } from '../../graph/ids.js';
import type { AccountNode, GroupNode, NodeVersion } from '../../graph/node.js';
import { fold } from '../../graph/text.js';
import { maxPageSize } from '../../store/graph-store.js';
import { type CommitPlan, commitChanges } from '../../usecases/commit-changes.js';
import { inTurns } from './in-turns.js';
import { membershipPages, readNodes } from './membership-pages.js';
import { classifyAccount } from './plan-user.js';
import type { ScimContext } from './scim-context.js';
import { versionOf } from './write-plan.js';

/**
 * Gives accounts their type again where a rule of the source looks at a group that they came into or left by the
 * commit, or whose name changed with it. Does nothing where no rule looks at groups.
 */
export async function reclassifyMembers(context: ScimContext, stored: StoredCommit | undefined): Promise<void> {
  if (!stored || !looksAtGroups(context.settings.classification)) return;
  const accounts = [...(await findAffected(context, stored))];
  for (let at = 0; at < accounts.length; at += maxPageSize) {
    const page = accounts.slice(at, at + maxPageSize);
    const meta = { actor: context.caller.name, source: context.source.id, requestId: context.requestId };
    const plan = () => planTypes(context, page);
    await commitChanges(
      context.services,
      { meta: { ...meta, cause: 'scim classify' }, tenant: context.tenant.id, plan },
      context.signal,
    );
  }
}

async function planTypes(context: ScimContext, accounts: readonly NodeId[]): Promise<CommitPlan> {
  const rules = context.settings.classification;
  const versions = [...(await readNodes(context, accounts)).values()];
  const classified = await inTurns(versions, async ({ node, stamps }): Promise<readonly NodeVersion<AccountNode>[]> => {
    if (node.kind !== 'Account') return [];
    const type = await classifyAccount(context, rules, node);
    return type === node.type ? [] : [{ node: { ...node, type }, stamps }];
  });
  const changed = classified.flat();
  return {
    changes: changed.map(({ node }) => ({ kind: 'putNode', node })),
    expectations: changed.map(({ node, stamps }) => versionOf(node.id, stamps.version)),
  };
}

async function findAffected(context: ScimContext, { effects }: StoredCommit): Promise<ReadonlySet<NodeId>> {
  const rules = context.settings.classification;
  const names = new Set(rules.flatMap((rule) => (rule.kind === 'group' ? [fold(rule.name)] : [])));
  const isLookedAt = ({ displayName, externalId }: GroupNode) =>
    names.has(fold(displayName)) || (externalId !== undefined && names.has(fold(externalId)));
  const groups = effects.flatMap((effect) =>
    'node' in effect.version && effect.version.node.kind === 'Group' ? [effect.version.node] : [],
  );
  const moved = effects.flatMap((effect) =>
    'edge' in effect.version && effect.version.edge.kind === 'MEMBER_OF' ? [effect.version.edge] : [],
  );
  const lookedAt = new Set(groups.filter(isLookedAt).map(({ id }) => id));
  for (const { node } of (await readNodes(context, [...new Set(moved.map(({ to }) => to))])).values())
    if (node.kind === 'Group' && isLookedAt(node)) lookedAt.add(node.id);
  const affected = new Set(moved.filter(({ to }) => lookedAt.has(to)).map(({ from }) => from));
  for (const group of renamed(groups.filter(({ id }) => lookedAt.has(id))))
    for await (const edges of membershipPages(context, group, 'to'))
      for (const { edge } of edges) affected.add(edge.from);
  return affected;
}

/** Those that the commit holds two versions of with different names. */
function renamed(groups: readonly GroupNode[]): readonly NodeId[] {
  const names = new Map<NodeId, Set<string>>();
  for (const { id, displayName, externalId } of groups)
    names.set(id, (names.get(id) ?? new Set()).add(JSON.stringify([displayName, externalId])));
  return [...names].flatMap(([id, of]) => (of.size > 1 ? [id] : []));
}
