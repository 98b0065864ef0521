import { randomUUID } from 'node:crypto';
import type { NodeId } from '../graph/ids.js';
import type { Instant } from '../kernel/clock.js';
import { GraphError, isGraphError } from '../kernel/errors.js';
import type { Credential, SideStore } from '../store/side-store.js';
import { type Caller, maySee, readScopeOf, requireScope, SCOPES, type Scope } from './caller.js';
import { createTokenText, hashOfToken } from './credential-token.js';
import { parsePlainText } from './plain-text.js';
import { type RefStore, resolveRef } from './resolve-ref.js';
import type { ShownToken, TokenDependencies } from './source-token.js';

export interface TokenRequest {
  readonly name: string;
  readonly scopes: readonly string[];
  /** Refs; absent: the tenants of the caller. */
  readonly tenants?: readonly string[];
  readonly expiresAt?: Instant;
}

/** Makes an API token that can do no more than the caller. Rejects FORBIDDEN, INVALID, NOT_FOUND, AMBIGUOUS. */
export async function createToken(
  { side, clock, store }: TokenDependencies & { readonly store: RefStore },
  caller: Caller,
  request: TokenRequest,
): Promise<ShownToken> {
  requireScope(caller, 'admin');
  const scopes = [...new Set(request.scopes.map(parseScope))];
  for (const scope of scopes) requireScope(caller, scope);
  const tenants = await findTenants(store, caller, request.tenants);
  const name = parsePlainText(request.name, 'name');
  const { expiresAt } = request;
  return putToken({ side, clock }, { name, scopes, ...(tenants && { tenants }), ...(expiresAt && { expiresAt }) });
}

/** The first administrator's token, with every scope, at every start the same where it is given. */
export async function createAdministratorToken(
  dependencies: { readonly side: Pick<SideStore, 'putCredential' | 'findCredential'> } & Pick<
    TokenDependencies,
    'clock'
  >,
  given?: string,
): Promise<ShownToken> {
  const known = given === undefined ? undefined : await dependencies.side.findCredential(hashOfToken(given));
  if (given !== undefined && known !== undefined) return { id: known.id, token: given };
  try {
    return await putToken(dependencies, { name: 'administrator', scopes: SCOPES }, given);
  } catch (error) {
    // Another process that starts on the same store has just put it.
    if (given !== undefined && isGraphError(error, 'UNIQUENESS')) return createAdministratorToken(dependencies, given);
    throw error;
  }
}

/** Ends a token at once. Rejects FORBIDDEN; NOT_FOUND also where it belongs to tenants that the caller may not see. */
export async function revokeToken(
  { side }: Pick<TokenDependencies, 'side'>,
  caller: Caller,
  id: string,
): Promise<void> {
  requireScope(caller, 'admin');
  const credential = (await side.listCredentials()).find((each) => each.id === id);
  if (credential === undefined || !mayEnd(caller, credential))
    throw new GraphError('NOT_FOUND', `\`${id}\` is no token that you may end`, { argument: 'id' });
  await side.removeCredential(id);
}

function mayEnd(caller: Caller, { tenants }: Credential): boolean {
  if (caller.tenants === 'all') return true;
  return tenants?.every((tenant) => maySee(caller, tenant)) ?? false;
}

function parseScope(text: string): Scope {
  const scope = SCOPES.find((each) => each === text);
  if (scope === undefined)
    throw new GraphError('INVALID', `\`${text}\` is no scope; take some of ${SCOPES.join(', ')}`, {
      argument: 'scopes',
    });
  return scope;
}

async function findTenants(store: RefStore, caller: Caller, refs: readonly string[] | undefined) {
  if (refs === undefined) return caller.tenants === 'all' ? undefined : caller.tenants;
  const found: NodeId[] = [];
  for (const ref of refs) {
    const { node } = await resolveRef(store, readScopeOf(caller), { ref, argument: 'tenants', kinds: ['Tenant'] });
    found.push(node.id);
  }
  return found;
}

async function putToken(
  { side, clock }: { readonly side: Pick<SideStore, 'putCredential'> } & Pick<TokenDependencies, 'clock'>,
  row: Pick<Credential, 'name' | 'scopes' | 'tenants' | 'expiresAt'>,
  token = createTokenText(),
): Promise<ShownToken> {
  const id = randomUUID();
  await side.putCredential({ id, hash: hashOfToken(token), kind: 'api', createdAt: clock.now(), ...row });
  return { id, token, ...(row.expiresAt !== undefined && { expiresAt: row.expiresAt }) };
}
