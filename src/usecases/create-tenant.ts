import { randomUUID } from 'node:crypto';
import { asNodeId, everyoneIdOf, type NodeId } from '../graph/ids.js';
import type { Environment } from '../graph/node.js';
import { type Caller, requireAllTenants, requireScope } from './caller.js';
import { type CommitDependencies, commitChanges } from './commit-changes.js';
import { parseSlug } from './slug.js';

/**
 * Makes a tenant and its virtual group of everyone. Its id is new; its slug is claimed everywhere.
 * Rejects FORBIDDEN, INVALID, UNIQUENESS.
 */
export async function createTenant(
  dependencies: CommitDependencies,
  caller: Caller,
  { slug, name, environment }: { readonly slug: string; readonly name: string; readonly environment?: Environment },
  signal?: AbortSignal,
): Promise<NodeId> {
  requireScope(caller, 'admin');
  requireAllTenants(caller);
  const id = asNodeId(`ten.${randomUUID()}`);
  const tenant = { kind: 'Tenant', id, slug: parseSlug(slug), name, ...(environment && { environment }) } as const;
  const everyone = {
    kind: 'Group',
    id: everyoneIdOf(id),
    tenant: id,
    everyone: true,
    displayName: 'everyone',
    active: true,
    attributes: {},
  } as const;
  const changes = [
    { kind: 'putNode', node: tenant },
    { kind: 'putNode', node: everyone },
  ] as const;
  await commitChanges(dependencies, { meta: { actor: caller.name, cause: 'createTenant' }, plan: { changes } }, signal);
  return id;
}
