import { type CatalogueGraph, catalogueSourceOf } from '../catalog/catalogue-to-graph.js';
import { type ChangeCounts, edgeDifference, noChange, nodesGone, nodesPut, sumCounts } from '../catalog/graph-diff.js';
import { type ContainsEdge, edgeIdOf } from '../graph/edge.js';
import type { NodeId } from '../graph/ids.js';
import type { GraphNode, ResourceNode } from '../graph/node.js';
import type { Issue } from '../kernel/errors.js';
import { type GraphStore, systemScope } from '../store/graph-store.js';
import type { ImportParts } from './import-parts.js';
import { allNodes, closeWithEdges, statedEdges } from './store-pages.js';
import { closeResources, containsStatedBy } from './write-resources.js';

export interface CatalogueWriting {
  readonly store: Pick<GraphStore, 'list' | 'nodesByIds' | 'edgesOf'>;
  readonly parts: ImportParts;
  readonly graph: CatalogueGraph;
  readonly heldResources: ReadonlyMap<NodeId, ResourceNode>;
  readonly onProgress?: (progress: CatalogueProgress) => void;
}
export interface CatalogueProgress {
  readonly rolesDone: number;
  readonly roles: number;
}
export interface CatalogueWritten {
  readonly counts: {
    readonly [Kind in 'permissions' | 'roles' | 'resources' | 'inherits' | 'grants']: ChangeCounts;
  };
  /** What is allowed and likely wrong. */
  readonly warnings: readonly Issue[];
}

const rolesPerProgress = 100;

/**
 * Writes what differs from what is held. What edges need comes before them, what they leave behind goes after them, so
 * that each part stands by itself.
 */
export async function writeCatalogue(writing: CatalogueWriting): Promise<CatalogueWritten> {
  const { store, parts, graph, heldResources } = writing;
  const { application } = graph;
  const heldPermissions = await heldNodes(store, 'Permission', application.id);
  const heldRoles = await heldNodes(store, 'Role', application.id);
  const heldContains = await containsStatedBy(store, catalogueSourceOf(application.id), application.id);

  const permissions = nodesPut(graph.permissions, heldPermissions);
  const roles = nodesPut(graph.roles, heldRoles);
  const resources = nodesPut(graph.resources.nodes, heldResources);
  const contains = edgeDifference(graph.resources.contains, heldContains);
  await parts.add([permissions, roles, resources].flatMap((difference) => difference.changes));
  await parts.add(contains.changes.filter((change) => change.kind === 'putEdge'));

  const edges = await writeRoleEdges(writing, heldRoles);

  const goneRoles = nodesGone(graph.roles, heldRoles.values());
  const gonePermissions = nodesGone(graph.permissions, heldPermissions.values());
  for (const node of [...goneRoles, ...gonePermissions]) await closeWithEdges(store, parts, node);
  const stated = new Set(graph.resources.contains.map(edgeIdOf));
  const goneContains = heldContains.filter((edge: ContainsEdge) => !stated.has(edgeIdOf(edge)));
  const removedResources = await closeResources(store, parts, goneContains);
  return {
    counts: {
      permissions: { ...permissions.counts, removed: gonePermissions.length },
      roles: { ...roles.counts, removed: goneRoles.length },
      resources: { ...resources.counts, removed: removedResources },
      inherits: edges.inherits,
      grants: edges.grants,
    },
    warnings: edges.warnings,
  };
}

async function heldNodes(
  store: Pick<GraphStore, 'list'>,
  kind: 'Permission' | 'Role',
  application: NodeId,
): Promise<ReadonlyMap<NodeId, GraphNode>> {
  const where = {
    Permission: { kind: 'present', field: 'action', scope: application },
    Role: { kind: 'field', field: 'application', operator: 'EQUALS', value: application },
  } as const;
  const held = new Map<NodeId, GraphNode>();
  for await (const { node } of allNodes(store, systemScope, { kind, where: where[kind] })) held.set(node.id, node);
  return held;
}

async function writeRoleEdges(
  { store, parts, graph, onProgress }: CatalogueWriting,
  heldRoles: ReadonlyMap<NodeId, GraphNode>,
) {
  const source = catalogueSourceOf(graph.application.id);
  const warnings: Issue[] = [];
  let [inherits, grants] = [noChange, noChange];
  for (const [at, { id }] of graph.roles.entries()) {
    const stated = graph.edgesOfRole(at);
    const held = async (kind: 'INHERITS' | 'GRANTS') =>
      heldRoles.has(id) ? statedEdges(store, systemScope, { node: id, end: 'from', kind, source }) : [];
    const inheritance = edgeDifference(stated.inherits, await held('INHERITS'));
    const granting = edgeDifference(stated.grants, await held('GRANTS'));
    await parts.add([...inheritance.changes, ...granting.changes]);
    inherits = sumCounts(inherits, inheritance.counts);
    grants = sumCounts(grants, granting.counts);
    warnings.push(...stated.warnings);
    const rolesDone = at + 1;
    if (rolesDone % rolesPerProgress === 0 || rolesDone === graph.roles.length)
      onProgress?.({ rolesDone, roles: graph.roles.length });
  }
  return { inherits, grants, warnings };
}
