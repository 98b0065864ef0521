import { parseCatalogue } from '../catalog/catalogue-document.js';
import type { Catalogue } from '../catalog/catalogue-schema.js';
import { catalogueGraph, tenantsNamedBy } from '../catalog/catalogue-to-graph.js';
import { faultsIn } from '../catalog/document-issues.js';
import { pathsTo } from '../catalog/resource-tree.js';
import { asNodeId, type NodeId, type Revision, resourceIdOf } from '../graph/ids.js';
import { fieldKey } from '../graph/indexed-fields.js';
import type { ApplicationNode, NodeVersion, ResourceNode } from '../graph/node.js';
import { GraphError, type Issue } from '../kernel/errors.js';
import { type GraphStore, systemScope } from '../store/graph-store.js';
import { type CommitPart, createImportParts } from './import-parts.js';
import { openNodes } from './store-pages.js';
import { type CatalogueProgress, type CatalogueWritten, writeCatalogue } from './write-catalogue.js';

export interface ImportCatalogueDependencies {
  readonly store: Pick<GraphStore, 'find' | 'list' | 'nodesByIds' | 'edgesOf'>;
  readonly commit: CommitPart;
  /** Never the same twice. */
  readonly createId: () => string;
}

export interface CatalogueImport {
  /** JSON or YAML, kept to the letter. */
  readonly text: string;
  /** Where the caller says which application it is; another one in the document is an error. */
  readonly application?: string;
  readonly actor: string;
  readonly requestId?: string;
  readonly onProgress?: (progress: CatalogueProgress) => void;
}

export interface CatalogueReport extends CatalogueWritten {
  readonly application: NodeId;
  readonly importId: string;
  readonly revision: Revision;
  /** How many commits it took; above 1 the application was `changing` meanwhile. */
  readonly parts: number;
}

/**
 * Makes the application exactly what the document says of it, and touches nothing that another source states. The same
 * document again has no effect. Patterns are expanded over the document's own permissions, in the same import.
 * @throws GraphError INVALID, with every issue; UNAVAILABLE, VERSION_MISMATCH: another import is under way
 */
export async function importCatalogue(
  dependencies: ImportCatalogueDependencies,
  request: CatalogueImport,
): Promise<CatalogueReport> {
  const { store } = dependencies;
  const catalogue = parsedCatalogue(request);
  const held = await findApplication(store, catalogue.application);
  const application = held?.node.id ?? asNodeId(`app.${dependencies.createId()}`);
  const tenants = await findTenants(store, catalogue, application);
  const paths = catalogue.resources.flatMap((resource) =>
    pathsTo(resource.path).map((path) => resourceIdOf(application, tenants.get(resource.tenant) as NodeId, path)),
  );
  const open = await openNodes(store, systemScope, [...new Set(paths)]);
  const heldResources = new Map([...open].map(([id, { node }]) => [id, node as ResourceNode]));
  const graph = catalogueGraph(catalogue, request.text, { application, tenants, heldResources });

  const importId = dependencies.createId();
  const parts = createImportParts({
    commit: dependencies.commit,
    meta: {
      actor: request.actor,
      cause: `catalogue ${catalogue.application} ${catalogue.version}`,
      importId,
      ...(request.requestId !== undefined && { requestId: request.requestId }),
    },
    subject: 'catalogue',
    application: graph.application,
    held,
  });
  const { onProgress } = request;
  const writing = { store, parts, graph, heldResources, ...(onProgress && { onProgress }) };
  const written = await writeCatalogue(writing);
  await parts.add([{ kind: 'putNode', node: graph.document }]);
  return { application, importId, ...(await parts.finish()), ...written };
}

/** @throws GraphError INVALID */
function parsedCatalogue({ text, application }: CatalogueImport): Catalogue {
  const parsed = parseCatalogue(text);
  if (parsed.kind === 'invalid') throw invalid(parsed.issues);
  if (application === undefined || application === parsed.document.application) return parsed.document;
  throw invalid([
    {
      pointer: '/application',
      code: 'OTHER_APPLICATION',
      message: `the document is about \`${parsed.document.application}\`, and was sent for \`${application}\``,
      hint: 'send it to its own address',
    },
  ]);
}

function invalid(issues: readonly Issue[]): GraphError {
  return new GraphError('INVALID', `the catalogue has ${faultsIn(issues)}; see each one's pointer`, { issues });
}

async function findApplication(
  store: Pick<GraphStore, 'find'>,
  slug: string,
): Promise<NodeVersion<ApplicationNode> | undefined> {
  const [found] = await store.find(systemScope, fieldKey('Application', 'slug', '', slug));
  return found as NodeVersion<ApplicationNode> | undefined;
}

/** @throws GraphError INVALID where a tenant is unknown, or resources are stated where the application is not installed */
async function findTenants(
  store: Pick<GraphStore, 'find' | 'nodesByIds'>,
  catalogue: Catalogue,
  application: NodeId,
): Promise<ReadonlyMap<string, NodeId>> {
  const issues: Issue[] = [];
  const tenants = new Map<string, NodeId>();
  const withResources = new Set(catalogue.resources.map((resource) => resource.tenant));
  for (const [slug, pointer] of tenantsNamedBy(catalogue)) {
    const [tenant] = await store.find(systemScope, fieldKey('Tenant', 'slug', '', slug));
    if (!tenant) {
      const message = `there is no tenant \`${slug}\``;
      issues.push({ pointer, code: 'UNKNOWN_TENANT', message, hint: 'create the tenant, or correct its slug' });
      continue;
    }
    tenants.set(slug, tenant.node.id);
    const root = resourceIdOf(application, tenant.node.id, '/');
    if (!withResources.has(slug) || (await openNodes(store, systemScope, [root])).size > 0) continue;
    const message = `\`${catalogue.application}\` is not installed in \`${slug}\``;
    issues.push({ pointer, code: 'NOT_INSTALLED', message, hint: 'install it there first' });
  }
  if (issues.length > 0) throw invalid(issues);
  return tenants;
}
