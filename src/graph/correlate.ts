import type { HasAccountEdge } from './edge.js';
import type { GraphView } from './graph-view.js';
import { identityIdOf, type NodeId } from './ids.js';
import { fieldKey } from './indexed-fields.js';
import type { AccountNode, CorrelationKeys, CorrelationRule, SourceNode, TenantNode } from './node.js';
import { fold } from './text.js';

/** The rules of a tenant that sets none, in order. */
export const defaultCorrelation: readonly CorrelationRule[] = ['externalId', 'userName', 'employeeNumber', 'email'];

/** Where an account belongs, and why; all but `joined` leave it with the identity that derives from it. */
export type Correlation =
  | { readonly kind: 'joined'; readonly identity: NodeId; readonly rule: HasAccountEdge['rule'] }
  | { readonly kind: 'alone' }
  /** The deciding rule matches more than one identity. */
  | { readonly kind: 'ambiguous'; readonly rule: CorrelationRule }
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
export function correlate(
  view: GraphView,
  account: AccountNode,
  candidates: CandidatesFor = candidatesFor,
): Correlation {
  const wanted = wantedIdentity(view, account);
  if (wanted.kind !== 'joined' || wanted.rule === 'link') return wanted;
  for (const id of candidates(view, wanted.identity, account.source))
    if (id !== account.id && wants(view, id, wanted.identity)) return { kind: 'contested', identity: wanted.identity };
  return wanted;
}

export type CandidatesFor = (view: GraphView, identity: NodeId, source: NodeId) => readonly NodeId[];

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

/**
 * Accounts of the source that may belong to the identity: a superset, by id. A value that leads to several identities
 * decides nothing, so those that share it are left out. Reads to which identity the anchors are joined.
 */
export function candidatesFor(view: GraphView, identity: NodeId, source: NodeId): readonly NodeId[] {
  const node = view.node(identity)?.node;
  if (node?.kind !== 'Identity') return [];
  const accounts = Array.from(view.edgesOf(identity, 'from', 'HAS_ACCOUNT'), ({ edge }) => accountOf(view, edge.to)!);
  const anchorKeys = accounts.filter((each) => isAnchor(view, each)).map((anchor) => correlationKeys(view, anchor));
  const deciding = (keys: CorrelationKeys, matching: Matching): CorrelationKeys =>
    Object.fromEntries(
      Object.entries(keys).filter(
        ([rule, value]) => matching(view, node.tenant, rule as CorrelationRule, value).length === 1,
      ),
    );
  const ids = [
    ...anchorKeys.flatMap((keys) => accountsWithKeys(view, source, deciding(keys, anchoredIdentities))),
    ...accountsWithKeys(view, source, deciding(node.formerAnchor ?? {}, formerIdentities)),
    ...view.holders(fieldKey('Account', 'link', '', identity)).filter((id) => accountOf(view, id)?.source === source),
    ...accounts.flatMap(({ id, source: own }) => (own === source && identityIdOf(id) === identity ? [id] : [])),
  ];
  return [...new Set(ids)].sort();
}

export function isAnchor(view: GraphView, account: AccountNode): boolean {
  return tenantOf(view, account.tenant)?.anchorSource === account.source;
}

/** Where the account's link and the rules lead, before the other accounts of its source are looked at. */
export function wantedIdentity(view: GraphView, account: AccountNode): Exclude<Correlation, { kind: 'contested' }> {
  if (account.link !== undefined) return { kind: 'joined', identity: account.link, rule: 'link' };
  if (isAnchor(view, account) || sourceOf(view, account)?.authoritative) return { kind: 'alone' };
  const rules = tenantOf(view, account.tenant)?.correlation ?? defaultCorrelation;
  const keys = correlationKeys(view, account);
  for (const matching of [anchoredIdentities, formerIdentities])
    for (const rule of rules) {
      const [identity, another] = matching(view, account.tenant, rule, keys[rule]);
      if (another) return { kind: 'ambiguous', rule };
      if (identity) return { kind: 'joined', identity, rule };
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

/** Identities that the value leads to; of more than one, two. */
type Matching = (
  view: GraphView,
  tenant: NodeId,
  rule: CorrelationRule,
  value: string | undefined,
) => readonly NodeId[];

/** Through the anchors that hold the value. */
const anchoredIdentities: Matching = (view, tenant, rule, value) => {
  const source = tenantOf(view, tenant)?.anchorSource;
  if (value === undefined || source === undefined) return [];
  const matched = new Set<NodeId>();
  for (const id of view.holders(fieldKey('Account', accountFields[rule], source, value))) {
    const anchor = accountOf(view, id)!;
    if (rule !== 'email' || sourceOf(view, anchor)?.emailsVerified) matched.add(anchor.link ?? identityIdOf(id));
    if (matched.size > 1) break;
  }
  return [...matched];
};

/** Through the deleted anchors that held it. */
const formerIdentities: Matching = (view, tenant, rule, value) =>
  value === undefined ? [] : view.holders(fieldKey('Identity', `former.${rule}`, tenant, value)).slice(0, 2);

function accountOf(view: GraphView, id: NodeId): AccountNode | undefined {
  const node = view.node(id)?.node;
  return node?.kind === 'Account' ? node : undefined;
}

function sourceOf(view: GraphView, { source }: AccountNode): SourceNode | undefined {
  const node = view.node(source)?.node;
  return node?.kind === 'Source' ? node : undefined;
}

function tenantOf(view: GraphView, tenant: NodeId): TenantNode | undefined {
  const node = view.node(tenant)?.node;
  return node?.kind === 'Tenant' ? node : undefined;
}
