import { randomUUID } from 'node:crypto';
import type { NodeId } from '../graph/ids.js';
import type { SourceNode } from '../graph/node.js';
import type { Clock, Instant } from '../kernel/clock.js';
import type { Credential, SideStore } from '../store/side-store.js';
import { createTokenText, hashOfToken } from './credential-token.js';

export interface TokenDependencies {
  readonly side: Pick<SideStore, 'putCredential' | 'listCredentials' | 'removeCredential'>;
  readonly clock: Clock;
}

/** A token as it is shown, once. */
export interface ShownToken {
  readonly id: string;
  readonly token: string;
  readonly expiresAt?: Instant;
}

/** Makes a SCIM token of the source; it does not expire, since a silent expiry would stop the provider. */
export async function createSourceToken(
  { side, clock }: Pick<TokenDependencies, 'clock'> & { readonly side: Pick<SideStore, 'putCredential'> },
  source: Pick<SourceNode, 'id' | 'tenant' | 'slug'>,
): Promise<ShownToken> {
  const token = createTokenText();
  const credential: Credential = {
    id: randomUUID(),
    hash: hashOfToken(token),
    kind: 'scim',
    name: `source ${source.slug}`,
    subject: source.id,
    tenants: [source.tenant],
    scopes: [],
    createdAt: clock.now(),
  };
  await side.putCredential(credential);
  return { id: credential.id, token };
}

/**
 * Makes another token. The newest before it goes on until the overlap is over, or its own expiry if that is sooner;
 * older ones end at once: at most two are live.
 */
export async function rotateSourceToken(
  { side, clock }: TokenDependencies,
  source: Pick<SourceNode, 'id' | 'tenant' | 'slug'>,
  overlapMs: number,
): Promise<ShownToken> {
  const [newest, ...older] = await listTokens(side, source.id);
  for (const credential of older) await side.removeCredential(credential.id);
  if (newest !== undefined) {
    const until = clock.now() + overlapMs;
    await side.putCredential({ ...newest, expiresAt: Math.min(until, newest.expiresAt ?? until) });
  }
  return createSourceToken({ side, clock }, source);
}

/** Newest first; of those made in one instant, the one that does not end came last. */
async function listTokens(side: Pick<SideStore, 'listCredentials'>, source: NodeId): Promise<readonly Credential[]> {
  const endOf = (each: Credential): number => each.expiresAt ?? Number.MAX_SAFE_INTEGER;
  return (await side.listCredentials(source))
    .filter((each) => each.kind === 'scim')
    .sort((a, b) => b.createdAt - a.createdAt || endOf(b) - endOf(a));
}
