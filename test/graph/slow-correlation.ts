import { identityIdOf } from '../../src/graph/ids.js';
import type { AccountNode, CorrelationRule } from '../../src/graph/node.js';

export interface SlowSettings {
  readonly anchorSource: string | undefined;
  readonly rules: readonly CorrelationRule[];
  readonly authoritative: readonly string[];
  /** Sources whose emails are verified. */
  readonly verified: readonly string[];
}
type Keys = { readonly [Rule in CorrelationRule]: string | undefined };

/** Correlation by its definition read word by word, over all accounts each time. */
export function createSlowEstate(first: SlowSettings) {
  let settings = first;
  let accounts: readonly AccountNode[] = [];
  /** Identity → the keys of its deleted anchor. */
  const former = new Map<string, Keys>();

  const isAnchor = ({ source }: AccountNode) => source === settings.anchorSource;

  function keysOf({ source, externalId, userName, employeeNumber, primaryEmail }: AccountNode): Keys {
    const email = settings.verified.includes(source) ? primaryEmail?.toLowerCase() : undefined;
    return { externalId, userName: userName.toLowerCase(), employeeNumber, email };
  }

  /** An ambiguous account wants no identity. */
  function want(account: AccountNode): { readonly identity?: string; readonly byRule: boolean } {
    const own = { identity: identityIdOf(account.id), byRule: false };
    if (account.link) return { identity: account.link, byRule: false };
    if (isAnchor(account) || settings.authoritative.includes(account.source)) return own;
    const keys = keysOf(account);
    const anchors = accounts
      .filter(isAnchor)
      .map((anchor) => [anchor.link ?? identityIdOf(anchor.id), keysOf(anchor)] as const);
    for (const known of [anchors, [...former]])
      for (const rule of settings.rules) {
        const same = known.filter(([, other]) => keys[rule] && other[rule] === keys[rule]);
        const matched = new Set<string>(same.map(([identity]) => identity));
        if (matched.size === 1) return { identity: [...matched][0]!, byRule: true };
        if (matched.size > 1) return { byRule: true };
      }
    return own;
  }

  return {
    set(next: SlowSettings): void {
      settings = next;
    },
    /** What accounts are open now; an anchor that is missing among them was deleted. */
    observe(open: readonly AccountNode[]): void {
      const gone = accounts.filter(({ id }) => !open.some((other) => other.id === id));
      for (const anchor of gone.filter(isAnchor)) former.set(anchor.link ?? identityIdOf(anchor.id), keysOf(anchor));
      accounts = open;
    },
    /** Account → identity, by the account's id. */
    partition(): ReadonlyMap<string, string> {
      const wanted = new Map(accounts.map((account) => [account.id, want(account)]));
      const entries = accounts.map(({ id, source }) => {
        const { identity, byRule } = wanted.get(id)!;
        const rivals = accounts.filter(
          (other) => other.id !== id && other.source === source && wanted.get(other.id)?.identity === identity,
        );
        const isAlone = identity === undefined || (byRule && rivals.length > 0);
        return [id as string, isAlone ? identityIdOf(id) : identity] as const;
      });
      return new Map(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
    },
  };
}
