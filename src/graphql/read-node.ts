import type { NodeId } from '../graph/ids.js';
import type { GraphNode, IdentityType, NodeKind, NodeOf, NodeVersion } from '../graph/node.js';
import { notFound } from '../usecases/resolve-ref.js';
import type { GraphContext } from './context.js';
import type { NodeModel, RedactedModel } from './models.js';

/** The node, which must be there and of that kind. Rejects NOT_FOUND, alike for what is absent or hidden. */
export async function getNode<Kind extends NodeKind>(
  { loaders }: Pick<GraphContext, 'loaders'>,
  id: NodeId,
  kind: Kind,
): Promise<NodeVersion<NodeOf<Kind>>> {
  const version = await loaders.node(id);
  if (version?.node.kind !== kind) throw notFound({ ref: id, argument: 'id', kinds: [kind] });
  return version as NodeVersion<NodeOf<Kind>>;
}

/** The node, or what stands for one that the caller may not see. */
export async function readNode(context: GraphContext, id: NodeId): Promise<NodeModel> {
  return (await context.loaders.node(id)) ?? redact(context, id);
}

/** A name that is the same within one request and means nothing outside it. */
export function redact({ services, requestId }: GraphContext, id: string): RedactedModel {
  return { redacted: services.opaque.nameFor('redacted', requestId, id) };
}

export const isRedacted = (model: NodeModel): model is RedactedModel => 'redacted' in model;

const identityTypes = {
  HUMAN: 'HumanIdentity',
  SERVICE_ACCOUNT: 'ServiceAccount',
  WORKLOAD: 'Workload',
  AI_AGENT: 'AiAgent',
} as const satisfies Record<IdentityType, string>;

/** The GraphQL type of an identity. */
export const identityTypename = ({ node }: NodeVersion<NodeOf<'Identity'>>) => identityTypes[node.type];

export type NodeTypename =
  | (typeof identityTypes)[IdentityType]
  | 'Redacted'
  | Exclude<NodeKind, 'Identity' | 'PendingReference' | 'Document'>;

/** The GraphQL type of a node. @throws Error for kinds that no answer holds: a defect */
export function typenameOf(model: NodeModel): NodeTypename {
  if (isRedacted(model)) return 'Redacted';
  const { node } = model;
  if (node.kind === 'Identity') return identityTypes[node.type];
  if (node.kind === 'PendingReference' || node.kind === 'Document') throw new Error(`${node.kind} is in no answer`);
  return node.kind;
}

/** A short name to show. */
export function labelOf(node: GraphNode): string {
  switch (node.kind) {
    case 'Tenant':
    case 'Application':
      return node.name;
    case 'Source':
      return node.slug;
    case 'Identity':
    case 'Role':
      return node.displayName ?? node.name;
    case 'Account':
      return node.displayName ?? node.userName;
    case 'Group':
      return node.displayName;
    case 'Permission':
      return node.action;
    case 'Resource':
      return node.displayName ?? node.path;
    case 'PendingReference':
    case 'Document':
      return node.id;
  }
}
