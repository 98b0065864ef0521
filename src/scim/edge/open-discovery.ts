import { fieldKey } from '../../graph/indexed-fields.js';
import type { SourceNode, TenantNode } from '../../graph/node.js';
import { type GraphStore, systemScope } from '../../store/graph-store.js';
import type { Caller } from '../../usecases/caller.js';
import { parseSourceSettings } from '../../usecases/source-settings.js';

/** Which source is asked, and by whom. */
export interface AskedSource {
  readonly source: SourceNode;
  readonly tenant: TenantNode;
  readonly caller: Caller;
}

/** Whoever asks without a token; sees nothing but what discovery shows. */
export const anybody: Caller = { name: 'anybody', credential: '', tenants: [], scopes: [] };

/** The source of that path, where it shows its discovery without a token. Absent also where there is no such source. */
export async function findOpenSource(
  store: Pick<GraphStore, 'find'>,
  path: { readonly tenant: string; readonly source: string },
): Promise<AskedSource | undefined> {
  const [tenant] = await store.find(systemScope, fieldKey('Tenant', 'slug', '', path.tenant));
  if (tenant?.node.kind !== 'Tenant') return undefined;
  const [source] = await store.find(systemScope, fieldKey('Source', 'slug', tenant.node.id, path.source));
  if (source?.node.kind !== 'Source' || !parseSourceSettings(source.node.settings).openDiscovery) return undefined;
  return { source: source.node, tenant: tenant.node, caller: anybody };
}
