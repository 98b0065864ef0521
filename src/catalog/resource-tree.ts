import type { ContainsEdge } from '../graph/edge.js';
import { type NodeId, resourceIdOf, type StatementSource } from '../graph/ids.js';
import type { Environment, ResourceNode } from '../graph/node.js';

/** A resource as a document states it. */
export interface StatedResource {
  readonly path: string;
  readonly displayName?: string | undefined;
  readonly environment?: Environment | undefined;
}

/** One application in one tenant, and who states its resources. */
export interface ResourcePlace {
  readonly application: NodeId;
  readonly tenant: NodeId;
  readonly source: StatementSource;
  readonly statedBy: ContainsEdge['statedBy'];
  /** Resources as they are. */
  readonly held: ReadonlyMap<NodeId, ResourceNode>;
}

export interface ResourceTree {
  /** Containers first. */
  readonly nodes: readonly ResourceNode[];
  /** (:Resource)-[:CONTAINS]->(:Resource), one to each node. */
  readonly contains: readonly ContainsEdge[];
}

/**
 * The stated resources below the root, those that are only spoken of, and all that contain them. What is not stated
 * itself is as it is held, or bare; the root is nobody's to state.
 */
export function resourceTree(
  stated: readonly StatedResource[],
  place: ResourcePlace,
  spokenOf: Iterable<string> = [],
): ResourceTree {
  const { application, tenant, source, statedBy, held } = place;
  const idOf = (path: string) => resourceIdOf(application, tenant, path);
  const byPath = new Map(stated.map((resource) => [resource.path, resource]));
  const paths = new Set([...byPath.keys(), ...spokenOf].flatMap(pathsTo));
  const nodes = [...paths].sort().map((path): ResourceNode => {
    const resource = byPath.get(path);
    const bare = { kind: 'Resource', id: idOf(path), application, tenant, path } as const;
    if (!resource) return held.get(bare.id) ?? bare;
    const { displayName, environment } = resource;
    return {
      ...bare,
      ...(displayName !== undefined && { displayName }),
      ...(environment !== undefined && { environment }),
    };
  });
  const contains = nodes.map(
    (node): ContainsEdge => ({
      kind: 'CONTAINS',
      from: idOf(parentOf(node.path)),
      to: node.id,
      source,
      statedBy,
      statement: 'contains',
    }),
  );
  return { nodes, contains };
}

/** `/a/b` → `/a`, `/a/b`; the root: none. */
export function pathsTo(path: string): readonly string[] {
  if (path === '/') return [];
  const segments = path.slice(1).split('/');
  return segments.map((_, i) => `/${segments.slice(0, i + 1).join('/')}`);
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/';
}
