import type { GraphView, SettleContext } from './graph-view.js';
import { everyoneIdOf, type NodeId } from './ids.js';
import type { GroupNode } from './node.js';
import { closeNode } from './settle-changes.js';
import { joinAccounts } from './settle-correlation.js';
import { changedOf, type Draft } from './settle-draft.js';
import { keepDerivedFields, keepFormerAnchor, refreshIdentities } from './settle-identities.js';

/**
 * What follows from the changes that were asked: each tenant's group of everyone, to which identity each account belongs,
 * and what identities are because of their accounts. Only what the commit can have changed is looked at again.
 */
export function deriveFacts(draft: Draft, view: GraphView, context: SettleContext): void {
  for (const { before, after } of changedOf(draft, 'Group'))
    if ((after ?? before)?.everyone) deriveEveryone(draft, (after ?? before)!.tenant);
  for (const { before, after } of changedOf(draft, 'Tenant')) deriveEveryone(draft, (after ?? before)!.id);
  for (const change of changedOf(draft, 'Identity')) keepDerivedFields(draft, change);
  for (const change of changedOf(draft, 'Account')) keepFormerAnchor(draft, view, change);
  const accounts = joinAccounts(draft, view);
  refreshIdentities(draft, accounts, { view, at: context.at });
}

/** It comes and goes with its tenant and is always the same. */
function deriveEveryone(draft: Draft, tenant: NodeId): void {
  const id = everyoneIdOf(tenant);
  if (draft.node(tenant)?.node.kind !== 'Tenant') {
    closeNode(draft, id);
    return;
  }
  const everyone: GroupNode = {
    kind: 'Group',
    id,
    tenant,
    everyone: true,
    displayName: 'everyone',
    active: true,
    attributes: {},
  };
  draft.putNode(everyone);
}
