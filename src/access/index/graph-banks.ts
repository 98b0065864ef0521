import type { NodeId } from '../../graph/ids.js';
import type { GraphNode } from '../../graph/node.js';
import { invariant } from '../../kernel/assert.js';
import type { Instant } from '../../kernel/clock.js';
import type { BareEdge, BareEdgeVersion, PrincipalNode } from '../../store/neighbourhood.js';
import { type ConditionBank, createConditionBank } from './condition-bank.js';
import { createEdgeTable, type EdgeDetail, type EdgeTable } from './edge-table.js';
import { createNodeBank, IDENTITY_TYPES, type InnerKind, type NodeBank, none } from './node-bank.js';
import { createPermissionBank, type PermissionBank } from './permission-bank.js';
import { createRegistry, type Registry } from './registry.js';
import { createResourceTree, type ResourceTree } from './resource-tree.js';
import { createShare, type Share } from './shared-values.js';
import { EDGE_TRAIT, NODE_STOP } from './stops.js';

/** Everything the index knows, without the lists that searches walk. Names and attributes stay in the store. */
export interface GraphBanks {
  readonly tenants: Registry;
  readonly sources: Registry;
  readonly applications: Registry;
  readonly nodes: NodeBank;
  readonly permissions: PermissionBank;
  readonly resources: ResourceTree;
  readonly conditions: ConditionBank;
  /** Conditions and resource patterns, and what grants have of both: few are different. */
  readonly share: Share;
  readonly edges: EdgeTable;
  /** Sources (by number) into whose groups a Group → Group membership conveys. */
  readonly nestingSources: Set<number>;
  readonly openApplications: Set<number>;
  /** Applications that honour a group's binding for direct members only. */
  readonly directOnlyApplications: Set<number>;
  /** Applications and inner groups whose import is being committed in parts. */
  readonly changingApplications: Set<number>;
  readonly changingGroups: Set<number>;
  /** Identity → `expiresAt`. */
  readonly expiry: Map<number, Instant>;
  /** Tenant → its virtual group of everyone. */
  readonly everyone: Map<number, number>;
  putNode(node: GraphNode | PrincipalNode): void;
  removeNode(node: GraphNode | PrincipalNode): void;
  /** The new row; `none` for edges that the index does not hold (`OWNS`) or holds as containment. */
  putEdge(version: BareEdgeVersion): number;
  /** The inner nodes that are put from now on, all removed again, are forgotten when the function it gives is called. */
  mark(): () => void;
}

export function createGraphBanks(): GraphBanks {
  const self: GraphBanks = {
    tenants: createRegistry(),
    sources: createRegistry(),
    applications: createRegistry(),
    nodes: createNodeBank(),
    permissions: createPermissionBank(),
    resources: createResourceTree(),
    conditions: createConditionBank(),
    share: createShare(),
    edges: createEdgeTable(),
    nestingSources: new Set(),
    openApplications: new Set(),
    directOnlyApplications: new Set(),
    changingApplications: new Set(),
    changingGroups: new Set(),
    expiry: new Map(),
    everyone: new Map(),
    putNode: (node) => putNode(self, node),
    removeNode: (node) => removeNode(self, node),
    putEdge: (version) => putEdge(self, version),
    mark: () => markIn(self),
  };
  return self;
}

function putNode(banks: GraphBanks, node: GraphNode | PrincipalNode): void {
  switch (node.kind) {
    case 'Tenant':
      banks.tenants.intern(node.id);
      return;
    case 'Source':
      toggle(banks.nestingSources, banks.sources.intern(node.id), node.nesting === 'TRANSITIVE');
      return;
    case 'Application': {
      const application = banks.applications.intern(node.id);
      banks.openApplications.add(application);
      toggle(banks.directOnlyApplications, application, node.directMembersOnly);
      toggle(banks.changingApplications, application, node.changing !== undefined);
      return;
    }
    case 'Resource':
      banks.resources.put(node, banks.applications.intern(node.application), banks.tenants.intern(node.tenant));
      return;
    case 'Permission':
      banks.permissions.put(node, banks.applications.intern(node.application));
      return;
    case 'Identity':
      putIdentity(banks, node);
      return;
    case 'Account':
      putInner(banks, node, banks.sources.intern(node.source), node.active ? 0 : NODE_STOP.INACTIVE);
      return;
    case 'Group': {
      const source = node.source === undefined ? none : banks.sources.intern(node.source);
      const group = putInner(banks, node, source, node.active ? 0 : NODE_STOP.INACTIVE);
      if (node.everyone) banks.everyone.set(banks.nodes.tenants[group]!, group);
      toggle(banks.changingGroups, group, node.changing !== undefined);
      return;
    }
    case 'Role':
      putInner(banks, node, banks.applications.intern(node.application), 0);
      return;
    case 'PendingReference':
    case 'Document':
      return;
  }
}

function putInner(
  banks: GraphBanks,
  node: { readonly id: NodeId; readonly kind: InnerKind; readonly tenant?: NodeId },
  owner: number,
  stops: number,
): number {
  const { nodes } = banks;
  const number = nodes.intern(node.id, node.kind);
  nodes.tenants[number] = node.tenant === undefined ? none : banks.tenants.intern(node.tenant);
  nodes.owners[number] = owner;
  nodes.stops[number] = stops;
  return number;
}

/** Its expiry is judged by the calendar of the graph. */
function putIdentity(banks: GraphBanks, node: Extract<PrincipalNode, { kind: 'Identity' }>): void {
  const state = { ACTIVE: 0, UNKNOWN: NODE_STOP.UNKNOWN }[node.state as string] ?? NODE_STOP.INACTIVE;
  const identity = putInner(banks, node, none, state | (node.joinedTo === undefined ? 0 : NODE_STOP.JOINED));
  banks.nodes.details[identity] = IDENTITY_TYPES.indexOf(node.type);
  if (node.expiresAt === undefined) banks.expiry.delete(identity);
  else banks.expiry.set(identity, node.expiresAt);
}

/** Sources and tenants stay: nothing but their own nodes says anything of them. */
function removeNode(banks: GraphBanks, node: GraphNode | PrincipalNode): void {
  switch (node.kind) {
    case 'Application':
      banks.openApplications.delete(banks.applications.find(node.id));
      return;
    case 'Resource':
      banks.resources.remove(node.id);
      return;
    case 'Permission':
      banks.permissions.remove(node.id);
      return;
    case 'Identity':
    case 'Account':
    case 'Group':
    case 'Role': {
      const number = banks.nodes.find(node.id);
      invariant(number !== none, `node ${node.id} is closed but was never opened`);
      banks.nodes.stops[number] = NODE_STOP.ABSENT;
      banks.changingGroups.delete(number);
      banks.expiry.delete(number);
      return;
    }
    default:
      return;
  }
}

function putEdge(banks: GraphBanks, version: BareEdgeVersion): number {
  const { edge } = version;
  if (edge.kind === 'OWNS') return none;
  if (edge.kind === 'CONTAINS') {
    banks.resources.attach(resourceOf(banks, edge.from), resourceOf(banks, edge.to));
    return none;
  }
  const detail = detailOf(banks, edge);
  return banks.edges.put({
    id: version.id,
    kind: edge.kind,
    from: innerOf(banks, edge.from),
    to: targetOf(banks, edge),
    traits: traitsOf(edge),
    ...(detail && { detail }),
  });
}

function markIn({ nodes, conditions, everyone }: GraphBanks): () => void {
  const marked = { nodes: nodes.count, conditions: conditions.conditions.length };
  return () => {
    for (const [tenant, group] of everyone) if (group >= marked.nodes) everyone.delete(tenant);
    nodes.truncate(marked.nodes);
    conditions.truncate(marked.conditions);
  };
}

function targetOf(banks: GraphBanks, edge: BareEdge): number {
  if (edge.kind === 'GRANTS') {
    const permission = banks.permissions.find(edge.to);
    invariant(permission !== none, `edge to the unknown permission ${edge.to}`);
    return permission;
  }
  const target = innerOf(banks, edge.to);
  if (edge.kind !== 'ASSIGNED') return target;
  const condition = edge.condition === undefined ? none : banks.conditions.intern(edge.condition);
  return banks.nodes.internBinding(target, resourceOf(banks, edge.scope), condition);
}

function traitsOf(edge: BareEdge): number {
  let traits = 'state' in edge && edge.state === 'ELIGIBLE' ? EDGE_TRAIT.ELIGIBLE : 0;
  if ((edge.kind === 'GRANTS' || edge.kind === 'CAN_ACT_AS') && edge.effect === 'DENY') traits |= EDGE_TRAIT.DENY;
  if (edge.kind === 'CAN_ACT_AS' && edge.mode === 'ON_BEHALF_OF') traits |= EDGE_TRAIT.ON_BEHALF_OF;
  if (edge.kind === 'ASSIGNED' && edge.condition) traits |= EDGE_TRAIT.CONDITIONAL;
  if (edge.kind === 'GRANTS' && (edge.condition || edge.resources)) traits |= EDGE_TRAIT.CONDITIONAL;
  return traits;
}

function detailOf(banks: GraphBanks, edge: BareEdge): EdgeDetail | undefined {
  const detail: EdgeDetail = {
    ...('validFrom' in edge && edge.validFrom !== undefined && { validFrom: edge.validFrom }),
    ...('validUntil' in edge && edge.validUntil !== undefined && { validUntil: edge.validUntil }),
    ...('condition' in edge && edge.condition && { condition: banks.share(edge.condition) }),
    ...('resources' in edge && edge.resources && { resources: banks.share(edge.resources) }),
    ...('at' in edge && edge.at !== undefined && { at: resourceOf(banks, edge.at) }),
    ...('within' in edge && edge.within !== undefined && { within: resourceOf(banks, edge.within) }),
  };
  if (Object.keys(detail).length === 0) return undefined;
  return edge.kind === 'GRANTS' ? banks.share(detail) : detail;
}

function innerOf(banks: GraphBanks, id: NodeId): number {
  const node = banks.nodes.find(id);
  invariant(node !== none, `edge at the unknown node ${id}`);
  return node;
}

function resourceOf(banks: GraphBanks, id: NodeId): number {
  const resource = banks.resources.find(id);
  invariant(resource !== none, `edge at the unknown resource ${id}`);
  return resource;
}

function toggle(set: Set<number>, member: number, included: boolean): void {
  if (included) set.add(member);
  else set.delete(member);
}
