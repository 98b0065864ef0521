import type { InheritancePath, PathHop, PathNode } from '../src/access/access-engine.js';
import type { EdgeVersion } from '../src/graph/edge.js';
import { asNodeId, isIdSyntax, type NodeId } from '../src/graph/ids.js';
import type { GraphNode } from '../src/graph/node.js';
import type { GraphContext } from '../src/graphql/context.js';
import type { Resolvers } from '../src/graphql/generated/resolver-types.js';
import type { EdgeModel, NodeModel } from '../src/graphql/models.js';
import { toPageInfo } from '../src/graphql/page.js';
import { isRedacted, readNode, redact } from '../src/graphql/read-node.js';

/** Chains and the edges that they are made of. */
export const pathResolvers: Resolvers = {
  InheritancePaths: {
    pageInfo: toPageInfo,
    totalCount: ({ totalCount }) => totalCount ?? null,
  },
  InheritancePath: {
    scope: ({ scope }, _args, context) => readPathNode(context, scope),
    overriddenBy: ({ overriddenBy }) => overriddenBy ?? null,
    hops: ({ hops }) => hops.map(toHop),
    bringingEdge: ({ hops, bringingEdge }) => {
      const hop = bringingEdge === undefined ? undefined : hops[bringingEdge];
      return hop === undefined ? null : toHop(hop);
    },
    structural: ({ structural }) => structural ?? false,
    denyBelow: ({ cuttingMayGive }) => cuttingMayGive ?? false,
    text: (path, _args, context) => printPath(path, context),
  },
  Edge: {
    id: (model, _args, context) => {
      if (model.kind === 'stored') return model.version.id;
      const { id, kind, from, to } = model.hop;
      return id ?? redact(context, [kind, from.id, to.id].join('\0')).redacted;
    },
    kind: (model) => (model.kind === 'hop' ? model.hop.kind : model.version.edge.kind),
    from: (model, _args, context) => readEnd(model, 'from', context),
    to: (model, _args, context) => readEnd(model, 'to', context),
    statedBy: async (model, _args, context) => (await readEdge(model, context))?.edge.statedBy ?? null,
    sourceRef: async (model, _args, context) => (await readEdge(model, context))?.edge.sourceRef ?? null,
    source: async (model, _args, context) => {
      const stator = (await readEdge(model, context))?.edge.source;
      const version = stator && isIdSyntax(stator) ? await context.loaders.node(asNodeId(stator)) : undefined;
      return version?.node.kind === 'Source' ? { ...version, node: version.node } : null;
    },
    scope: async (model, _args, context) => {
      if (model.kind === 'hop') return model.hop.scope ? readPathNode(context, model.hop.scope) : null;
      return readNamed(model.version, 'scope', context);
    },
    at: async (model, _args, context) => readNamed(await readEdge(model, context), 'at', context),
    within: async (model, _args, context) => readNamed(await readEdge(model, context), 'within', context),
    approvalRef: async (model, _args, context) => fieldOf(await readEdge(model, context), 'approvalRef') ?? null,
    since: async (model, _args, context) => {
      const since = (await readEdge(model, context))?.since;
      return since === undefined ? null : context.services.opaque.printRevision(since);
    },
    validFrom: async (model, _args, context) => instantOf(await readEdge(model, context), 'validFrom'),
    validUntil: async (model, _args, context) => instantOf(await readEdge(model, context), 'validUntil'),
    conditional: (model) => (model.kind === 'hop' ? model.hop.conditional : 'condition' in model.version.edge),
    crossesTenant: async (model, _args, context) => {
      if (model.kind === 'hop') return model.hop.crossesTenant;
      const ends = await Promise.all([readEnd(model, 'from', context), readEnd(model, 'to', context)]);
      const [from, to] = ends.map(tenantOf);
      return from !== undefined && to !== undefined && from !== to;
    },
    redacted: (model) => model.kind === 'hop' && model.hop.redacted,
  },
};

export const toHop = (hop: PathHop): EdgeModel => ({ kind: 'hop', hop });

function readPathNode(context: GraphContext, node: PathNode): Promise<NodeModel> | NodeModel {
  return node.kind === 'node' ? readNode(context, node.id) : redact(context, node.id);
}

function readEnd(model: EdgeModel, end: 'from' | 'to', context: GraphContext): Promise<NodeModel> | NodeModel {
  return model.kind === 'hop' ? readPathNode(context, model.hop[end]) : readNode(context, model.version.edge[end]);
}

/** The edge as it is stored; absent: it is derived, redacted or gone. */
async function readEdge(model: EdgeModel, { loaders }: GraphContext): Promise<EdgeVersion | undefined> {
  if (model.kind === 'stored') return model.version;
  return model.hop.id === undefined || model.hop.redacted ? undefined : loaders.edge(model.hop.id);
}

async function readNamed(
  version: EdgeVersion | undefined,
  field: 'scope' | 'at' | 'within',
  context: GraphContext,
): Promise<NodeModel | null> {
  const id = fieldOf(version, field);
  return id === undefined ? null : readNode(context, id as NodeId);
}

function fieldOf(version: EdgeVersion | undefined, field: 'scope' | 'at' | 'within' | 'approvalRef') {
  return (version?.edge as { readonly [Field in typeof field]?: string } | undefined)?.[field];
}

function instantOf(version: EdgeVersion | undefined, field: 'validFrom' | 'validUntil'): number | null {
  return (version?.edge as { readonly [Field in typeof field]?: number } | undefined)?.[field] ?? null;
}

/** Absent: it belongs to no tenant, or is hidden. */
function tenantOf(model: NodeModel): NodeId | undefined {
  if (isRedacted(model)) return undefined;
  return (model.node as GraphNode & { readonly tenant?: NodeId }).tenant;
}

/** `acme/svc-ci -HAS_ACCOUNT-> acme.okta/svc-ci … -GRANTS-> crm:contact.delete @ crm:/acme`. */
async function printPath({ hops, scope }: InheritancePath, context: GraphContext): Promise<string> {
  const [first] = hops;
  if (first === undefined) return '';
  const name = async (node: PathNode) => {
    const model = await readPathNode(context, node);
    return isRedacted(model) ? 'redacted' : context.loaders.ref(model);
  };
  const [start, at, ...ends] = await Promise.all([first.from, scope, ...hops.map(({ to }) => to)].map(name));
  const chain = hops.map(({ kind }, hop) => ` -${kind}-> ${ends[hop]}`).join('');
  return `${start}${chain} @ ${at}`;
}
