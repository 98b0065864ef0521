import { identityIdOf } from '../../src/graph/ids.js';
import type { AccountNode } from '../../src/graph/node.js';

/** Everything that the definition of correlation speaks of, as plain lists. */
export interface SlowEstate {
  readonly anchorSource: string;
  readonly authoritative: readonly string[];
  readonly unverified: readonly string[];
  /** All open accounts. */
  accounts: readonly AccountNode[];
  /** Identity → the keys of its deleted anchor. */
  readonly former: Map<string, Keys>;
}
type Keys = readonly [string | undefined, string | undefined, string | undefined, string | undefined];

/** The next open accounts: what a commit left. An anchor that is missing among them was deleted. */
export function observe(estate: SlowEstate, open: readonly AccountNode[]): void {
  const isAnchor = (account: AccountNode) => account.source === estate.anchorSource;
  for (const gone of estate.accounts.filter(isAnchor).filter(({ id }) => !open.some((other) => other.id === id)))
    estate.former.set(gone.link ?? identityIdOf(gone.id), keysOf(estate, gone));
  for (const come of open.filter(isAnchor).filter(({ id }) => !estate.accounts.some((other) => other.id === id)))
    estate.former.delete(identityIdOf(come.id));
  estate.accounts = open;
}

/** Account → identity, by the definition read word by word, over all accounts each time. */
export function slowPartition(estate: SlowEstate): ReadonlyMap<string, string> {
  const wanted = new Map(estate.accounts.map((account) => [account.id, want(estate, account)]));
  return new Map(
    estate.accounts
      .map((account) => {
        const { identity, byRule } = wanted.get(account.id)!;
        const rivals = estate.accounts.filter(
          (other) =>
            other.id !== account.id && other.source === account.source && wanted.get(other.id)?.identity === identity,
        );
        const isAlone = identity === undefined || (byRule && rivals.length > 0);
        return [account.id as string, isAlone ? identityIdOf(account.id) : identity] as const;
      })
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** An ambiguous account wants no identity. */
function want(estate: SlowEstate, account: AccountNode): { readonly identity?: string; readonly byRule: boolean } {
  const own = identityIdOf(account.id);
  if (account.link) return { identity: account.link, byRule: false };
  if (account.source === estate.anchorSource || estate.authoritative.includes(account.source))
    return { identity: own, byRule: false };
  const keys = keysOf(estate, account);
  const anchors = estate.accounts
    .filter(({ source }) => source === estate.anchorSource)
    .map((anchor) => [anchor.link ?? identityIdOf(anchor.id), keysOf(estate, anchor)] as const);
  for (const known of [anchors, [...estate.former]])
    for (const rule of [0, 1, 2, 3]) {
      const matched = new Set(known.filter(([, other]) => keys[rule] && other[rule] === keys[rule]).map(([id]) => id));
      if (matched.size === 1) return { identity: [...matched][0]!, byRule: true };
      if (matched.size > 1) return { byRule: true };
    }
  return { identity: own, byRule: false };
}

function keysOf(estate: SlowEstate, account: AccountNode): Keys {
  const email = estate.unverified.includes(account.source) ? undefined : account.primaryEmail?.toLowerCase();
  return [account.externalId, account.userName.toLowerCase(), account.employeeNumber, email];
}
