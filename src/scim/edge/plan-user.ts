import { type ClassificationRule, classify, looksAtGroups } from '../../graph/classification.js';
import type { NodeId } from '../../graph/ids.js';
import type { AccountNode, IdentityType, NodeVersion } from '../../graph/node.js';
import { sameValue } from '../../graph/same-value.js';
import type { Attributes } from '../attribute-value.js';
import { toAccount, toUserReferences } from '../user-to-graph.js';
import type { ScimContext } from './scim-context.js';
import { readGroups } from './user-groups.js';
import { versionOf, type WritePlan } from './write-plan.js';

/** What makes the account say this; nothing where it says so already. */
export async function planUser(
  context: ScimContext,
  wanted: { readonly id: NodeId; readonly attributes: Attributes; readonly sourceRef: string },
  before?: NodeVersion<AccountNode>,
): Promise<WritePlan> {
  const { source, settings } = context;
  const { id, attributes, sourceRef } = wanted;
  const held = before === undefined ? {} : { before: before.node };
  const draft = toAccount({ id, source, type: 'HUMAN', attributes, ...held });
  const account = { ...draft, type: await classifyAccount(context, settings.classification, draft) };
  if (before && sameValue(account, before.node)) return { changes: [], before };
  return {
    changes: [{ kind: 'putNode', node: account }, ...toUserReferences({ id, source, attributes, ...held }, sourceRef)],
    expectations: [versionOf(id, before?.stamps.version ?? 0)],
    ...(before && { before }),
  };
}

/** Its type by the source's rules; its groups are read only where a rule looks at them. */
export async function classifyAccount(
  context: ScimContext,
  rules: readonly ClassificationRule[],
  { id, userName, attributes }: AccountNode,
): Promise<IdentityType> {
  const groups = looksAtGroups(rules) ? await readGroups(context, id) : [];
  const names = groups.flatMap(({ displayName, externalId }) => [displayName, externalId]);
  return classify(rules, { userName, attributes, groups: names.filter((name) => name !== undefined) });
}
