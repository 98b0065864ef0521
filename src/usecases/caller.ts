import type { NodeId } from '../graph/ids.js';
import { GraphError } from '../kernel/errors.js';
import { type ReadScope, systemScope } from '../store/graph-store.js';

/** What a credential may do, each by itself: none contains another. */
export const SCOPES = [
  'graph:read',
  'governance:write',
  'catalog:write',
  'usage:write',
  'audit:read',
  'admin',
] as const;
export type Scope = (typeof SCOPES)[number];

/** Who asks, as the credential says. */
export interface Caller {
  /** The credential's name, for the log of commits. */
  readonly name: string;
  /** The credential's id. */
  readonly credential: string;
  readonly tenants: 'all' | readonly NodeId[];
  readonly scopes: readonly Scope[];
  /** The source whose SCIM token it is. */
  readonly source?: NodeId;
}

/** @throws GraphError FORBIDDEN */
export function requireScope(caller: Caller, scope: Scope): void {
  if (!caller.scopes.includes(scope))
    throw new GraphError('FORBIDDEN', `the token lacks the scope \`${scope}\`; use one that has it`);
}

/** For what belongs to no tenant, or to all. @throws GraphError FORBIDDEN */
export function requireAllTenants(caller: Caller): void {
  if (caller.tenants !== 'all')
    throw new GraphError('FORBIDDEN', 'the token is bound to some tenants; use one that is bound to none');
}

/** What the caller may read: everything, or its tenants and what belongs to none. */
export function readScopeOf(caller: Caller): ReadScope {
  return caller.tenants === 'all' ? systemScope : { kind: 'tenants', tenants: caller.tenants };
}

/** The tenants whose nodes the caller may see, as the engine takes them; absent: all. */
export function visibleTo(caller: Caller): { readonly visible?: readonly NodeId[] } {
  return caller.tenants === 'all' ? {} : { visible: caller.tenants };
}

export function maySee(caller: Caller, tenant: NodeId): boolean {
  return caller.tenants === 'all' || caller.tenants.includes(tenant);
}
