import { randomUUID } from 'node:crypto';
import { asNodeId, type NodeId } from '../graph/ids.js';
import type { Environment } from '../graph/node.js';
import { type Caller, requireAllTenants, requireScope } from './caller.js';
import { type CommitDependencies, commitChanges } from './commit-changes.js';
import { parsePlainText } from './plain-text.js';
import { parseSlug } from './slug.js';

/**
 * Makes a tenant. Its id is new; its slug is claimed everywhere.
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
  const tenant = {
    kind: 'Tenant',
    id,
    slug: parseSlug(slug),
    name: parsePlainText(name, 'name'),
    ...(environment && { environment }),
  } as const;
  const changes = [{ kind: 'putNode', node: tenant }] as const;
  await commitChanges(dependencies, { meta: { actor: caller.name, cause: 'createTenant' }, plan: { changes } }, signal);
  return id;
}
