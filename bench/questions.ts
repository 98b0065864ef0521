import type { AccessEngine } from '../src/access/access-engine.js';
import { identityIdOf, type NodeId } from '../src/graph/ids.js';
import { type EstateSize, identityNumber, permissionNumber, rootOf } from './estate.js';

/** The date at which every question is asked, so that windows fall the same way in every run. */
export const instant = Date.UTC(2026, 5, 1);

/** Who and what the call of that number asks about: spread over the whole estate, the same in every run. */
export function askedOf(size: EstateSize, pairs: readonly Pair[]) {
  const account = (call: number) => identityNumber((call * 7919 + 13) % size.identities);
  const permission = (call: number) => permissionNumber((call * 104_729 + 7) % size.permissions);
  const pairOf = (call: number) => pairs[call % pairs.length]!;
  const pair = (call: number) => [identityNumber(pairOf(call).i), pairOf(call).permission] as const;
  const at = instant;
  const granted = (call: number) => ({ identity: identityIdOf(pair(call)[0]), permission: pair(call)[1], at });
  const resource = (call: number): NodeId => rootOf(pairOf(call).i % size.tenants);
  return {
    account,
    permission,
    pair,
    effective: (call: number) =>
      ({ identity: identityIdOf(account(call)), first: 50, orderBy: 'PERMISSION', at }) as const,
    who: (call: number) => ({ permission: permission(call), first: 50, at }),
    decide: (call: number) => ({ ...granted(call), resource: resource(call) }),
    check: (call: number) => [...pair(call), resource(call)] as const,
    paths: (call: number) => ({ ...granted(call), first: 10 }),
  };
}

export interface Pair {
  readonly i: number;
  readonly permission: NodeId;
}

/** Pairs of which the answer is yes, so that checks and paths have something to find: (identity's number, permission). */
export async function grantedPairs(engine: AccessEngine, size: EstateSize): Promise<readonly Pair[]> {
  const pairs: Pair[] = [];
  for (let call = 0; pairs.length < 200 && call < 2000; call++) {
    const i = (call * 6151 + 3) % size.identities;
    const { items } = await engine.effectivePermissions({
      identity: identityIdOf(identityNumber(i)),
      first: 20,
      at: instant,
      orderBy: 'PERMISSION',
    });
    const row = items[call % Math.max(1, items.length)];
    if (row) pairs.push({ i, permission: row.permission });
  }
  return pairs;
}
