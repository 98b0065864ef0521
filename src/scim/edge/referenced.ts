import { fieldKey } from '../../graph/indexed-fields.js';
import type { GraphNode } from '../../graph/node.js';
import type { ReferencedResource } from '../referred-values.js';
import { inTurns } from './in-turns.js';
import { readNodes } from './membership-pages.js';
import { isResourceNode, type ResourceNode, resourceTypeOf } from './resource-node.js';
import type { ScimContext } from './scim-context.js';

/** What names (ids, externalIds, userNames) and `ids` lead to, looked up at once. */
export async function readReferenced(
  context: ScimContext,
  { names, ids = [] }: { readonly names: readonly string[]; readonly ids?: readonly string[] },
): Promise<(name: string) => ReferencedResource | undefined> {
  const named = [...new Set(names)];
  const nodes = await readNodes(context, [...new Set([...named, ...ids])]);
  const unknown = named.filter((name) => !nodes.has(name));
  const byName = await inTurns(unknown, async (name) => [name, await findByName(context, name)] as const);
  const found = new Map<string, ReferencedResource>();
  for (const [name, node] of [...[...nodes].map(([id, version]) => [id, version.node] as const), ...byName])
    if (isResourceNode(node)) found.set(name, toReferenced(context, node));
  return (name) => found.get(name);
}

function toReferenced({ registry }: ScimContext, node: ResourceNode): ReferencedResource {
  const { id, displayName } = node;
  const resourceType = resourceTypeOf(registry, node).name;
  return { resourceType, id, ...(displayName !== undefined && { displayName }) };
}

/** As the graph resolves references (`settle`): by externalId, then by userName; nothing where several have it. */
async function findByName(
  { services: { store }, scope, source }: ScimContext,
  name: string,
): Promise<GraphNode | undefined> {
  const holding = (kind: 'Account' | 'Group', field: string) =>
    store.find(scope, fieldKey(kind, field, source.id, name));
  const byExternalId = [...(await holding('Account', 'externalId')), ...(await holding('Group', 'externalId'))];
  const named = byExternalId.length > 0 ? byExternalId : await holding('Account', 'userName');
  return named.length === 1 ? named[0]?.node : undefined;
}
