import {
  type CanActAsEdge,
  EDGE_RULES,
  type Edge,
  type EdgeKind,
  type EdgeOf,
  type EdgeRule,
  scopesOf,
} from './edge.js';
import type { GraphView } from './graph-view.js';
import type { NodeId } from './ids.js';
import type { GraphNode, NodeKind, NodeOf } from './node.js';

/** Says why the graph cannot hold the edge, both ends and scopes included; `undefined`: it can. */
export function edgeFault(view: GraphView, edge: Edge): string | undefined {
  const rule: EdgeRule = EDGE_RULES[edge.kind];
  return (
    endFault(view, edge, 'from', rule.from) ??
    endFault(view, edge, 'to', rule.to) ??
    scopeFault(view, edge) ??
    windowFault(edge) ??
    ownFault(view, edge)
  );
}

function endFault(view: GraphView, edge: Edge, end: 'from' | 'to', kinds: readonly NodeKind[]): string | undefined {
  const node = view.node(edge[end])?.node;
  if (!node) return `${edge.kind} needs an open node at \`${end}\`, and \`${edge[end]}\` is not open; put it first`;
  if (!kinds.includes(node.kind))
    return `${edge.kind} takes ${kinds.join(' or ')} at \`${end}\`, and \`${node.id}\` is of kind ${node.kind}`;
  return undefined;
}

function scopeFault(view: GraphView, edge: Edge): string | undefined {
  const wrong = scopesOf(edge).find((scope) => view.node(scope)?.node.kind !== 'Resource');
  return wrong && `${edge.kind} names the resource \`${wrong}\`, which is not open; put it first`;
}

function windowFault(edge: Edge): string | undefined {
  const { validFrom, validUntil } = edge as { readonly validFrom?: number; readonly validUntil?: number };
  if (validFrom === undefined || validUntil === undefined || validFrom < validUntil) return undefined;
  return `${edge.kind} is valid from ${validFrom} until ${validUntil}, which is never; \`validFrom\` comes first`;
}

const rulesOfOne: { readonly [Kind in EdgeKind]?: (view: GraphView, edge: EdgeOf<Kind>) => string | undefined } = {
  MEMBER_OF(view, { from, to }) {
    if (!isEveryone(view, from) && !isEveryone(view, to)) return undefined;
    return 'MEMBER_OF cannot join the group of everyone, whose members are derived and which nests nowhere';
  },
  ASSIGNED(view, { to, scope }) {
    const [role, resource] = [nodeOf(view, to, 'Role'), nodeOf(view, scope, 'Resource')];
    if (role.application !== resource.application)
      return `ASSIGNED joins role \`${to}\` and scope \`${scope}\` of different applications`;
    if (role.tenant !== undefined && role.tenant !== resource.tenant)
      return `ASSIGNED gives the tenant's own role \`${to}\` at \`${scope}\`, which is another tenant's`;
    return undefined;
  },
  INHERITS(view, { from, to }) {
    const [senior, junior] = [nodeOf(view, from, 'Role'), nodeOf(view, to, 'Role')];
    if (senior.application !== junior.application)
      return `INHERITS joins roles \`${from}\` and \`${to}\` of different applications`;
    if (junior.tenant !== undefined && junior.tenant !== senior.tenant)
      return `INHERITS gives the tenant's own role \`${to}\` to \`${from}\`, which is not that tenant's`;
    return undefined;
  },
  GRANTS(view, { from, to }) {
    if (nodeOf(view, from, 'Role').application === nodeOf(view, to, 'Permission').application) return undefined;
    return `GRANTS joins role \`${from}\` and permission \`${to}\` of different applications`;
  },
  CAN_ACT_AS(view, { from, at }: CanActAsEdge) {
    if (at !== undefined || view.node(from)?.node.kind !== 'Role') return undefined;
    return `CAN_ACT_AS from role \`${from}\` needs \`at\`, the resource on which the right is held`;
  },
  CONTAINS(view, { from, to }) {
    const [parent, child] = [nodeOf(view, from, 'Resource'), nodeOf(view, to, 'Resource')];
    if (parent.application !== child.application || parent.tenant !== child.tenant)
      return `CONTAINS joins resources \`${from}\` and \`${to}\` of different applications or tenants`;
    if (parentsOf(view, to).some((other) => other !== from))
      return `CONTAINS gives resource \`${to}\` a second parent; close the edge from the first`;
    return isAncestor(view, to, from) ? `CONTAINS from \`${from}\` to \`${to}\` closes a loop` : undefined;
  },
};

function ownFault<Kind extends EdgeKind>(view: GraphView, edge: EdgeOf<Kind> & { readonly kind: Kind }) {
  return rulesOfOne[edge.kind]?.(view, edge);
}

const isEveryone = (view: GraphView, id: NodeId): boolean => {
  const node = view.node(id)?.node;
  return node?.kind === 'Group' && node.everyone === true;
};

/** The ends' kinds are known to be right by now. */
const nodeOf = <Kind extends NodeKind>(view: GraphView, id: NodeId, _kind: Kind): NodeOf<Kind> =>
  view.node(id)?.node as GraphNode as NodeOf<Kind>;

const parentsOf = (view: GraphView, resource: NodeId): readonly NodeId[] =>
  Array.from(view.edgesOf(resource, 'to', 'CONTAINS'), ({ edge }) => edge.from);

/** Is `resource` the other one or does it contain it. Ends also where the tree has a loop already. */
function isAncestor(view: GraphView, resource: NodeId, other: NodeId): boolean {
  const seen = new Set<NodeId>();
  for (let at: NodeId | undefined = other; at !== undefined && !seen.has(at); at = parentsOf(view, at)[0]) {
    if (at === resource) return true;
    seen.add(at);
  }
  return false;
}
