import type { Credential, SideStore } from '../store/side-store.js';
import { type Caller, readScopeOf, requireScope } from './caller.js';
import { type RefStore, resolveRef } from './resolve-ref.js';

/** A credential without what is secret. */
export type ShownCredential = Omit<Credential, 'hash'>;

/** A source's credentials, oldest first; their hashes go nowhere. Rejects FORBIDDEN, NOT_FOUND, AMBIGUOUS. */
export async function listSourceTokens(
  { store, side }: { readonly store: RefStore; readonly side: Pick<SideStore, 'listCredentials'> },
  caller: Caller,
  source: string,
): Promise<readonly ShownCredential[]> {
  requireScope(caller, 'admin');
  const { node } = await resolveRef(store, readScopeOf(caller), { ref: source, argument: 'source', kinds: ['Source'] });
  return (await side.listCredentials(node.id)).map(({ hash: _, ...shown }) => shown);
}
