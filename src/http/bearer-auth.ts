import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Clock, Instant } from '../kernel/clock.js';
import { GraphError } from '../kernel/errors.js';
import type { Credential, SideStore } from '../store/side-store.js';
import { type Caller, SCOPES } from '../usecases/caller.js';
import { hashOfToken, isSameHash } from '../usecases/credential-token.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; `null` until `authenticate` has run. */
    caller: Caller | null;
  }
}

/** The caller that an Authorization header stands for. Rejects UNAUTHENTICATED, alike whatever is wrong with it. */
export type Authenticate = (header: string | undefined, deadline: AbortSignal) => Promise<Caller>;

/** A token's last use is kept to the minute. */
const touchIntervalMs = 60_000;

/** Tokens are taken after `Bearer`, after any other word (some providers have one of their own), and without one. */
export function createAuthenticator({
  side,
  clock,
}: {
  readonly side: Pick<SideStore, 'until'>;
  readonly clock: Clock;
}): Authenticate {
  return async (header, deadline) => {
    const token = parseToken(header);
    const now = clock.now();
    const store = side.until(deadline);
    const credential = token === undefined ? undefined : await findLive(store, hashOfToken(token), now);
    if (credential === undefined) throw refused();
    if (now - (credential.lastUsedAt ?? 0) >= touchIntervalMs) await store.touchCredential(credential.id, now);
    return toCaller(credential);
  };
}

async function findLive(
  side: Pick<SideStore, 'findCredential'>,
  hash: string,
  now: Instant,
): Promise<Credential | undefined> {
  const credential = await side.findCredential(hash);
  if (credential === undefined || !isSameHash(credential.hash, hash)) return undefined;
  return credential.expiresAt === undefined || now < credential.expiresAt ? credential : undefined;
}

/** Takes API tokens alone: a source's SCIM token opens nothing else. Rejects UNAUTHENTICATED, as for any wrong token. */
export function createApiAuthenticator(authenticate: Authenticate): Authenticate {
  return async (header, deadline) => {
    const caller = await authenticate(header, deadline);
    if (caller.source !== undefined) throw refused();
    return caller;
  };
}

/** Gives every request a place for its caller. */
export function addAuthentication(server: FastifyInstance): void {
  server.decorateRequest('caller', null);
}

/** A hook that lets only requests with a token through, and names their caller. Rejects UNAUTHENTICATED, with the header that says so. */
export function requireToken(authenticate: Authenticate) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    void reply.header('www-authenticate', 'Bearer');
    request.caller = await authenticate(request.headers.authorization, request.deadline);
    void reply.removeHeader('www-authenticate');
  };
}

/** @throws Error where no hook has authenticated the request: a defect of the route */
export function getCaller(request: FastifyRequest): Caller {
  if (request.caller === null) throw new Error('the route does not require a token');
  return request.caller;
}

function refused(): GraphError {
  return new GraphError('UNAUTHENTICATED', 'the request has no valid token; send one as `Authorization: Bearer …`');
}

function parseToken(header: string | undefined): string | undefined {
  return /^(?:[a-z][\w-]* +)?([\w.~+/=-]{16,512})$/i.exec(header?.trim() ?? '')?.[1];
}

function toCaller({ id, kind, name, subject, tenants, scopes }: Credential): Caller {
  return {
    name,
    credential: id,
    tenants: tenants ?? 'all',
    scopes: kind === 'api' ? SCOPES.filter((scope) => scopes.includes(scope)) : [],
    ...(kind === 'scim' && subject !== undefined && { source: subject }),
  };
}
