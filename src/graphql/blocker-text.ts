import type { Blocker, BlockerKind, PathHop } from '../access/access-engine.js';
import type { GraphNode } from '../graph/node.js';
import type { Instant } from '../kernel/clock.js';
import type { GraphContext } from './context.js';
import type { BlockedEdgeModel } from './models.js';
import { isRedacted, labelOf, readNode } from './read-node.js';

/** What is in the way where neither the edge's window nor the node says more. */
const usual = {
  NODE_STATE: 'a node on the way lets nothing through',
  ELIGIBLE: 'it has to be activated first',
  NOT_YET_VALID: 'it has not begun',
  EXPIRED: 'it has ended',
  NESTING: 'members of a group within the group do not count here, direct ones do',
  CONDITION: 'its condition does not hold',
  OUT_OF_SCOPE: 'it holds at a resource that does not contain the one asked about',
} as const satisfies Record<BlockerKind, string>;

/** What stands in the way of one edge, for a ticket: `it ended at 2025-09-01T00:00:00.000Z`. */
export async function blockerText({ blocker, path }: BlockedEdgeModel, context: GraphContext): Promise<string> {
  const hop = path.hops[blocker.hop];
  if (hop === undefined) return usual[blocker.kind];
  return (await detailOf(blocker, hop, context)) ?? usual[blocker.kind];
}

/** Absent: neither the edge nor the node says more, or they are hidden. */
async function detailOf({ kind, node }: Blocker, hop: PathHop, context: GraphContext): Promise<string | undefined> {
  switch (kind) {
    case 'NODE_STATE': {
      const model = node === undefined ? undefined : await readNode(context, node);
      return model === undefined || isRedacted(model) ? undefined : `${labelOf(model.node)} ${stateOf(model.node)}`;
    }
    case 'NOT_YET_VALID': {
      const { validFrom } = await readWindow(hop, context);
      return validFrom === undefined ? undefined : `it begins at ${printInstant(validFrom)}`;
    }
    case 'EXPIRED':
      return findEnd(hop, context);
    case 'OUT_OF_SCOPE': {
      const scope = hop.scope?.kind === 'node' ? await readNode(context, hop.scope.id) : undefined;
      if (scope === undefined || isRedacted(scope)) return undefined;
      return `it holds at ${await context.loaders.ref(scope)}, which does not contain the resource asked about`;
    }
    case 'ELIGIBLE':
    case 'NESTING':
    case 'CONDITION':
      return undefined;
  }
}

interface Window {
  readonly validFrom?: Instant;
  readonly validUntil?: Instant;
}

async function readWindow({ id, redacted }: PathHop, { loaders }: GraphContext): Promise<Window> {
  const version = id === undefined || redacted ? undefined : await loaders.edge(id);
  return (version?.edge ?? {}) as Window;
}

/** The first thing of the edge and its ends that ends: if any of them is over, that one is. */
async function findEnd(hop: PathHop, context: GraphContext): Promise<string | undefined> {
  const { validUntil } = await readWindow(hop, context);
  const ends = validUntil === undefined ? [] : [{ what: 'it ended', at: validUntil }];
  for (const end of [hop.from, hop.to]) {
    const model = end.kind === 'node' ? await readNode(context, end.id) : undefined;
    if (model === undefined || isRedacted(model)) continue;
    const { expiresAt } = model.node as { readonly expiresAt?: Instant };
    if (expiresAt !== undefined) ends.push({ what: `${labelOf(model.node)} expired`, at: expiresAt });
  }
  const [first] = ends.sort((a, b) => a.at - b.at);
  return first && `${first.what} at ${printInstant(first.at)}`;
}

const stateOf = (node: GraphNode): string =>
  node.kind === 'Identity' && node.state !== 'ACTIVE' ? `is ${node.state.toLowerCase()}` : 'is not active';

const printInstant = (at: Instant): string => new Date(at).toISOString();
