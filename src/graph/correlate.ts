import type { HasAccountEdge } from './edge.js';
import type { GraphView } from './graph-view.js';
import { identityIdOf, type NodeId } from './ids.js';
import { fieldKey } from './indexed-fields.js';
import type { AccountNode, CorrelationKeys, CorrelationRule, IdentityNode, SourceNode, TenantNode } from './node.js';
import { fold } from './text.js';

/** The rules of a tenant that sets none, in order. */
export const defaultCorrelation: readonly CorrelationRule[] = ['externalId', 'userName', 'employeeNumber', 'email'];

/** Where an account belongs, and why; all but `joined` leave it with the identity that derives from it. */
export type Correlation =
  | { readonly kind: 'joined'; readonly identity: NodeId; readonly rule: HasAccountEdge['rule'] }
  | { readonly kind: 'alone' }
  /** The deciding rule matches more than one identity. */
  | { readonly kind: 'ambiguous'; readonly identities: readonly NodeId[] }
  /** Another account of its source belongs to the identity too, so neither rule can be right about both. */
  | { readonly kind: 'contested'; readonly identity: NodeId };

/** Where each rule looks, and what it compares (`fieldKey` folds). */
const accountFields = {
  externalId: 'externalId',
  userName: 'userName',
  employeeNumber: 'employeeNumber',
  email: 'primaryEmail',
} as const satisfies Record<CorrelationRule, keyof AccountNode>;

/**
 * Decides to which identity an account belongs (`docs/model.md`, Correlation): by its link; else by the first of the
 * tenant's rules that matches an anchor, an account of the tenant's anchor source; where none does, a deleted one. It
 * reads accounts, anchors' identities and former anchors, never how other accounts are joined: so nothing is chained,
 * and the order in which accounts arrived does not matter.
 */
export function correlate(view: GraphView, account: AccountNode): Correlation {
  const wanted = wantedIdentity(view, account);
  if (wanted.kind !== 'joined' || wanted.rule === 'link') return wanted;
  for (const id of candidatesFor(view, wanted.identity, account.source))
    if (id !== account.id && wants(view, id, wanted.identity)) return { kind: 'contested', identity: wanted.identity };
  return wanted;
}

/** What correlation compares. The email is left out where the account's source does not declare its emails verified. */
export function correlationKeys(view: GraphView, account: AccountNode): CorrelationKeys {
  const { externalId, employeeNumber, primaryEmail } = account;
  return {
    ...(externalId !== undefined && { externalId }),
    userName: fold(account.userName),
    ...(employeeNumber !== undefined && { employeeNumber }),
    ...(primaryEmail !== undefined && sourceOf(view, account)?.emailsVerified && { email: fold(primaryEmail) }),
  };
}

/** Accounts of the source that hold one of the keys, by whichever rule. */
export function accountsWithKeys(view: GraphView, source: NodeId, keys: CorrelationKeys): readonly NodeId[] {
  return defaultCorrelation.flatMap((rule) => {
    const value = keys[rule];
    return value === undefined ? [] : view.holders(fieldKey('Account', accountFields[rule], source, value));
  });
}

/** Every identity that some rule, its link or its own id connects the account to, whichever of them decides. */
export function relatedIdentities(view: GraphView, account: AccountNode): readonly NodeId[] {
  const keys = correlationKeys(view, account);
  const matched = defaultCorrelation.flatMap((rule) => [
    ...anchoredIdentities(view, account, rule, keys[rule]),
    ...formerIdentities(view, account, rule, keys[rule]),
  ]);
  return [...new Set([identityIdOf(account.id), ...(account.link ? [account.link] : []), ...matched])].sort();
}

/** Accounts of the source that may belong to the identity: a superset, by id. Reads to which identity the anchors are joined. */
export function candidatesFor(view: GraphView, identity: NodeId, source: NodeId): readonly NodeId[] {
  const accounts = Array.from(view.edgesOf(identity, 'from', 'HAS_ACCOUNT'), ({ edge }) => accountOf(view, edge.to));
  const anchors = accounts.filter((each) => each && isAnchor(view, each));
  const former = (view.node(identity)?.node as IdentityNode | undefined)?.formerAnchor;
  const keys = [...anchors.map((anchor) => correlationKeys(view, anchor!)), ...(former ? [former] : [])];
  const ids = [
    ...keys.flatMap((each) => accountsWithKeys(view, source, each)),
    ...view.holders(fieldKey('Account', 'link', '', identity)).filter((id) => accountOf(view, id)?.source === source),
    ...accounts.flatMap((each) => (each?.source === source && identityIdOf(each.id) === identity ? [each.id] : [])),
  ];
  return [...new Set(ids)].sort();
}

export function isAnchor(view: GraphView, account: AccountNode): boolean {
  return tenantOf(view, account)?.anchorSource === account.source;
}

function wantedIdentity(view: GraphView, account: AccountNode): Correlation {
  if (account.link !== undefined) return { kind: 'joined', identity: account.link, rule: 'link' };
  if (isAnchor(view, account) || sourceOf(view, account)?.authoritative) return { kind: 'alone' };
  const rules = tenantOf(view, account)?.correlation ?? defaultCorrelation;
  const keys = correlationKeys(view, account);
  for (const matched of [anchoredIdentities, formerIdentities])
    for (const rule of rules) {
      const identities = matched(view, account, rule, keys[rule]);
      if (identities.length > 1) return { kind: 'ambiguous', identities };
      if (identities.length === 1) return { kind: 'joined', identity: identities[0]!, rule };
    }
  return { kind: 'alone' };
}

function wants(view: GraphView, id: NodeId, identity: NodeId): boolean {
  const account = accountOf(view, id);
  if (!account) return false;
  const wanted = wantedIdentity(view, account);
  if (wanted.kind === 'joined') return wanted.identity === identity;
  return wanted.kind === 'alone' && identityIdOf(id) === identity;
}

type Matching = (
  view: GraphView,
  account: AccountNode,
  rule: CorrelationRule,
  value: string | undefined,
) => readonly NodeId[];

/** Identities of the anchors that hold the value. */
const anchoredIdentities: Matching = (view, account, rule, value) => {
  const source = tenantOf(view, account)?.anchorSource;
  if (value === undefined || source === undefined || source === account.source) return [];
  const anchors = view
    .holders(fieldKey('Account', accountFields[rule], source, value))
    .map((id) => accountOf(view, id)!)
    .filter((anchor) => rule !== 'email' || sourceOf(view, anchor)?.emailsVerified);
  return [...new Set(anchors.map(({ id, link }) => link ?? identityIdOf(id)))].sort();
};

/** Identities whose deleted anchor held the value. */
const formerIdentities: Matching = (view, account, rule, value) =>
  value === undefined ? [] : view.holders(fieldKey('Identity', `former.${rule}`, account.tenant, value));

function accountOf(view: GraphView, id: NodeId): AccountNode | undefined {
  const node = view.node(id)?.node;
  return node?.kind === 'Account' ? node : undefined;
}

function sourceOf(view: GraphView, { source }: AccountNode): SourceNode | undefined {
  const node = view.node(source)?.node;
  return node?.kind === 'Source' ? node : undefined;
}

function tenantOf(view: GraphView, { tenant }: AccountNode): TenantNode | undefined {
  const node = view.node(tenant)?.node;
  return node?.kind === 'Tenant' ? node : undefined;
}
