import type { Instant } from '../kernel/clock.js';
import type { AccountNode, IdentityNode, IdentityState } from './node.js';

/** An account as its identity's state sees it. */
export interface JoinedAccount {
  readonly account: AccountNode;
  /** Of the tenant's anchor source. */
  readonly isAnchor: boolean;
  /** These two are its source's; false where the source is removed. */
  readonly authoritative: boolean;
  readonly absentMeansUnknown: boolean;
}

/**
 * The identity as its accounts make it (`docs/model.md`, Identity state). What it is called is the preferred account's
 * word, and stays when the last account goes. One that never had an account is as it was put, but for a lifecycle act.
 * `previous` is its version before the commit: since when it is in its state.
 */
export function identityOfAccounts(
  identity: IdentityNode,
  joined: readonly JoinedAccount[],
  { previous, at }: { readonly previous: IdentityNode | undefined; readonly at: Instant },
): IdentityNode {
  const named = namedBy(identity, preferredAccount(joined));
  const hadAuthoritative = identity.hadAuthoritative || joined.some(({ authoritative }) => authoritative);
  const deciding = hadAuthoritative ? joined.filter(({ authoritative }) => authoritative) : joined;
  // What other accounts left behind counts no more once an authoritative one has been there.
  const before = hadAuthoritative === identity.hadAuthoritative ? identity.withoutAccounts : undefined;
  const withoutAccounts = left(joined, deciding, before);
  const state = identity.lifecycle?.state ?? computedState({ ...named, withoutAccounts }, deciding);
  const known = previous ?? identity;
  const stateSince = known.state === state ? (known.stateSince ?? at) : at;
  return { ...named, hadAuthoritative, state, stateSince, ...(withoutAccounts && { withoutAccounts }) };
}

/** The anchor's account, else an authoritative one, else any; of several that with the least id. */
function preferredAccount(joined: readonly JoinedAccount[]): AccountNode | undefined {
  const rank = ({ isAnchor, authoritative }: JoinedAccount) => (isAnchor ? 0 : authoritative ? 1 : 2);
  return joined.toSorted((a, b) => rank(a) - rank(b) || (a.account.id < b.account.id ? -1 : 1))[0]?.account;
}

function namedBy(identity: IdentityNode, account: AccountNode | undefined): IdentityNode {
  if (!account) return identity;
  const { displayName: _d, purpose: _p, environments: _e, expiresAt: _x, employeeNumber: _n, ...rest } = identity;
  const { displayName, purpose, environments, expiresAt, employeeNumber } = account;
  return {
    ...rest,
    name: account.userName,
    type: account.type,
    ...(displayName !== undefined && { displayName }),
    ...(purpose !== undefined && { purpose }),
    ...(environments !== undefined && { environments }),
    ...(expiresAt !== undefined && { expiresAt }),
    ...(employeeNumber !== undefined && { employeeNumber }),
  };
}

/** Once a source says that absent means unknown, the silence of others does not settle it. */
function left(
  joined: readonly JoinedAccount[],
  deciding: readonly JoinedAccount[],
  before: IdentityNode['withoutAccounts'],
): IdentityNode['withoutAccounts'] {
  if (deciding.some(({ absentMeansUnknown }) => absentMeansUnknown)) return 'UNKNOWN';
  return before ?? (joined.length > 0 ? 'GONE' : undefined);
}

function computedState(
  {
    state,
    type,
    withoutAccounts,
  }: Pick<IdentityNode, 'state' | 'type'> & { readonly withoutAccounts: IdentityNode['withoutAccounts'] },
  deciding: readonly JoinedAccount[],
): IdentityState {
  if (deciding.some(({ account }) => account.active)) return 'ACTIVE';
  if (deciding.length > 0) return 'SUSPENDED';
  if (withoutAccounts === undefined) return state;
  if (withoutAccounts === 'UNKNOWN') return 'UNKNOWN';
  return type === 'HUMAN' ? 'OFFBOARDED' : 'DECOMMISSIONED';
}
