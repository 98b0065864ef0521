import { type NodeId, resourceIdOf } from '../graph/ids.js';
import type { Environment } from '../graph/node.js';
import { type Caller, readScopeOf, requireScope } from './caller.js';
import { type CommitDependencies, commitChanges } from './commit-changes.js';
import { type RefStore, resolveRef } from './resolve-ref.js';

/**
 * Makes the root of an application's resources in a tenant, or gives the one that is there the environment.
 * Rejects FORBIDDEN, NOT_FOUND, AMBIGUOUS.
 */
export async function installApplication(
  dependencies: CommitDependencies & { readonly store: RefStore },
  caller: Caller,
  request: { readonly application: string; readonly tenant: string; readonly environment?: Environment },
  signal?: AbortSignal,
): Promise<NodeId> {
  requireScope(caller, 'admin');
  const scope = readScopeOf(caller);
  const { store } = dependencies;
  const tenant = await resolveRef(store, scope, { ref: request.tenant, argument: 'tenant', kinds: ['Tenant'] });
  const application = await resolveRef(store, scope, {
    ref: request.application,
    argument: 'application',
    kinds: ['Application'],
  });
  const id = resourceIdOf(application.node.id, tenant.node.id, '/');
  const [held] = await store.nodesByIds(scope, [id]);
  const root = {
    kind: 'Resource',
    ...(held?.node.kind === 'Resource' && held.node),
    id,
    application: application.node.id,
    tenant: tenant.node.id,
    path: '/',
    ...(request.environment && { environment: request.environment }),
  } as const;
  const changes = [{ kind: 'putNode', node: root }] as const;
  const meta = { actor: caller.name, cause: 'installApplication' };
  await commitChanges(dependencies, { meta, plan: { changes } }, signal);
  return id;
}
