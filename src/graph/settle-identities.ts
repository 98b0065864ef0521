import type { Instant } from '../kernel/clock.js';
import { correlationKeys, isAnchor } from './correlate.js';
import type { GraphView } from './graph-view.js';
import { identityOfAccounts, type JoinedAccount } from './identity-state.js';
import type { NodeId } from './ids.js';
import type { AccountNode, IdentityNode } from './node.js';
import { type Changed, changedOf, type Draft, ofKind } from './settle-draft.js';

/** What only this pass decides of an identity stays when somebody puts it. */
export function keepDerivedFields(draft: Draft, { before, after }: Changed<IdentityNode>): void {
  if (!before || !after) return;
  const { joinedTo, formerAnchor, withoutAccounts, hadAuthoritative } = before;
  draft.putNode({
    ...withoutDerived(after),
    hadAuthoritative,
    ...(withoutAccounts && { withoutAccounts }),
    ...(joinedTo && { joinedTo }),
    ...(formerAnchor && { formerAnchor }),
  });
}

/** A deleted anchor's identity keeps its keys, so that the accounts it drew are not split off. */
export function keepFormerAnchor(draft: Draft, view: GraphView, { before, after }: Changed<AccountNode>): void {
  if (!before || after || !isAnchor(view, before)) return;
  for (const { edge } of view.edgesOf(before.id, 'to', 'HAS_ACCOUNT')) {
    const identity = ofKind(draft.node(edge.from)?.node, 'Identity');
    if (identity) draft.putNode({ ...identity, formerAnchor: correlationKeys(view, before) });
  }
}

/** Computes again the identities of these accounts, those that gained or lost one, and those that were put. */
export function refreshIdentities(
  draft: Draft,
  accounts: readonly AccountNode[],
  { view, at }: { readonly view: GraphView; readonly at: Instant },
): void {
  const ids = new Set<NodeId>(changedOf(draft, 'Identity').flatMap(({ after }) => after?.id ?? []));
  for (const { id } of accounts) for (const { edge } of draft.edgesOf(id, 'to', 'HAS_ACCOUNT')) ids.add(edge.from);
  for (const { before, after } of draft.changedEdges())
    for (const version of [before, after]) if (version?.edge.kind === 'HAS_ACCOUNT') ids.add(version.edge.from);
  for (const id of [...ids].sort()) {
    const identity = ofKind(draft.node(id)?.node, 'Identity');
    if (identity) refreshIdentity(draft, identity, { previous: ofKind(view.node(id)?.node, 'Identity'), at });
  }
}

function refreshIdentity(draft: Draft, identity: IdentityNode, known: Parameters<typeof identityOfAccounts>[2]): void {
  const joined = Array.from(draft.edgesOf(identity.id, 'from', 'HAS_ACCOUNT'), ({ edge }) =>
    joinedAccount(draft, edge.to),
  );
  const { joinedTo, ...rest } = identity;
  draft.putNode(identityOfAccounts(joined.length > 0 ? rest : identity, joined, known));
}

function joinedAccount(view: GraphView, id: NodeId): JoinedAccount {
  const account = view.node(id)?.node as AccountNode;
  const source = ofKind(view.node(account.source)?.node, 'Source');
  return {
    account,
    isAnchor: isAnchor(view, account),
    authoritative: source?.authoritative === true,
    absentMeansUnknown: source?.absentMeansUnknown === true,
  };
}

function withoutDerived(identity: IdentityNode): IdentityNode {
  const { joinedTo: _j, formerAnchor: _f, withoutAccounts: _w, ...stated } = identity;
  return stated;
}
