import { asNodeId, everyoneIdOf, type NodeId } from '../../src/graph/ids.js';
import type { IdentityType, NodeKind } from '../../src/graph/node.js';

/**
 * How estates in words name things. The prefix tells the kind; the id is the name itself, so that the order of ids is
 * the order of names. Resources are paths (`/prod/db`, `crm:/prod`, `globex:crm:/prod`), whose ids have dots for
 * slashes; accounts are an identity at a source (`svc:ci.idp` is the account of `svc:ci` at `source:idp`).
 */
export const defaultTenant = 'tenant:acme';
export const defaultApplication = 'app:main';

export const IDENTITY_PREFIXES: { readonly [prefix: string]: IdentityType } = {
  usr: 'HUMAN',
  svc: 'SERVICE_ACCOUNT',
  wkl: 'WORKLOAD',
  agent: 'AI_AGENT',
};
const KINDS: { readonly [prefix: string]: NodeKind } = {
  tenant: 'Tenant',
  source: 'Source',
  app: 'Application',
  group: 'Group',
  everyone: 'Group',
  role: 'Role',
  perm: 'Permission',
};

/** @throws Error where the name has no prefix that is known */
export function kindOfName(name: string): NodeKind {
  if (name.includes('/')) return 'Resource';
  const prefix = name.slice(0, name.indexOf(':'));
  const kind = prefix in IDENTITY_PREFIXES ? (name.includes('.') ? 'Account' : 'Identity') : KINDS[prefix];
  if (!kind) throw new Error(`no name of the estate: \`${name}\``);
  return kind;
}

export function idOfName(name: string): NodeId {
  if (name.startsWith('everyone:')) return everyoneIdOf(asNodeId(`tenant:${name.slice('everyone:'.length)}`));
  return asNodeId(name.replaceAll('/', '.'));
}

/** `tenants`: those whose `everyone` may be met. */
export function nameOfId(id: NodeId, tenants: readonly NodeId[] = [asNodeId(defaultTenant)]): string {
  const tenant = tenants.find((candidate) => everyoneIdOf(candidate) === id);
  if (tenant) return `everyone:${tenant.slice('tenant:'.length)}`;
  return /^([a-z0-9]+:){0,2}\./.test(id) ? id.replaceAll('.', '/') : id;
}

/** (tenant, application, path) of a resource's name. */
export function partsOfResource(name: string): { tenant: string; application: string; path: string } {
  const parts = name.split(':');
  const path = parts.pop() ?? '/';
  const application = parts.pop();
  const tenant = parts.pop();
  return {
    tenant: tenant ? `tenant:${tenant}` : defaultTenant,
    application: application ? `app:${application}` : defaultApplication,
    path,
  };
}

/** The name of the resource that contains it; absent for a root. */
export function parentOfResource(name: string): string | undefined {
  const slash = name.lastIndexOf('/');
  const start = name.lastIndexOf(':') + 1;
  if (name.slice(start) === '/') return undefined;
  return slash === start ? name.slice(0, start + 1) : name.slice(0, slash);
}

/** The source where a tenant's identities have their own account. */
export function homeSourceOf(tenant: string): string {
  return tenant === defaultTenant ? 'source:idp' : `source:${tenant.slice('tenant:'.length)}-idp`;
}
