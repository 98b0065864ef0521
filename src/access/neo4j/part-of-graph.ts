import { everyoneIdOf, type NodeId } from '../../graph/ids.js';
import type { Neighbourhood, NeighbourhoodReader, ReadAt, ReadNeighbourhood } from '../../store/neighbourhood.js';
import type { AccessGraph } from '../index/access-graph.js';
import type { Need } from '../index/access-questions.js';
import { eachGrantingRole, eachWord } from '../index/graph-walk.js';
import { INNER_KIND, none } from '../index/node-bank.js';

/** What to read for a question, by ids. */
export type PartPlan =
  | { readonly kind: 'reached'; readonly nodes: readonly NodeId[]; readonly assume: boolean }
  | {
      readonly kind: 'reaching';
      readonly nodes: readonly NodeId[];
      /** Of the catalogue those that are roles, have a grant of one of the nodes, of either effect, or inherit from such. */
      readonly roles: readonly NodeId[];
      readonly assume: boolean;
    }
  | { readonly kind: 'groups' };

/** A part as it was read, and whose identities all were, because they are members of everyone. */
export interface ReadPart extends ReadNeighbourhood {
  readonly plan: PartPlan;
  readonly everyoneOf: readonly NodeId[];
}

/** The graph: the catalogue, at the revision to be asked about. */
export function planPart(graph: AccessGraph, need: Need): PartPlan {
  switch (need.kind) {
    case 'reached': {
      const nodes = new Set([...need.identities, ...(need.named ?? [])]);
      return { kind: 'reached', nodes: [...nodes], assume: need.assume };
    }
    case 'reaching': {
      return { ...need, roles: rolesThatLead(graph, need.nodes) };
    }
    case 'groups':
      return need;
  }
}

export async function readPart(
  reader: NeighbourhoodReader,
  plan: PartPlan,
  at: ReadAt,
  signal: AbortSignal | undefined,
): Promise<ReadPart> {
  switch (plan.kind) {
    case 'reached':
      return { plan, everyoneOf: [], ...(await reader.reach({ ...at, ...plan, direction: 'from' }, signal)) };
    case 'reaching':
      return readReaching(reader, plan, at, signal);
    case 'groups':
      return { plan, everyoneOf: [], ...(await reader.groups(at, signal)) };
  }
}

/** Where a group of everyone is met, all identities of its tenant stand before it: then those who can act as one of them. */
async function readReaching(
  reader: NeighbourhoodReader,
  plan: Extract<PartPlan, { kind: 'reaching' }>,
  at: ReadAt,
  signal: AbortSignal | undefined,
): Promise<ReadPart> {
  const nodes = new Map<NodeId, Neighbourhood['nodes'][number]>();
  const edges = new Map<string, Neighbourhood['edges'][number]>();
  const everyoneOf = new Set<NodeId>();
  let next: readonly NodeId[] = [...plan.nodes, ...plan.roles];
  let head = 0;
  while (next.length > 0) {
    const found = await reader.reach({ ...at, nodes: next, direction: 'to', assume: plan.assume }, signal);
    head = found.head;
    for (const edge of found.edges) edges.set(edge.id, edge);
    for (const node of found.nodes) nodes.set(node.id, node);
    const tenants = found.nodes.flatMap((node) => (node.kind === 'Group' && node.everyone ? node.tenant : []));
    const fresh = tenants.filter((tenant) => !everyoneOf.has(tenant));
    for (const tenant of fresh) everyoneOf.add(tenant);
    next = [];
    if (fresh.length === 0) continue;
    const members = await reader.identitiesOf(fresh, at, signal);
    head = members.head;
    const unmet = members.nodes.filter(({ id }) => !nodes.has(id));
    for (const node of unmet) nodes.set(node.id, node);
    if (plan.assume) next = unmet.map(({ id }) => id);
  }
  return { plan, everyoneOf: [...everyoneOf], nodes: [...nodes.values()], edges: [...edges.values()], head };
}

function rolesThatLead(graph: AccessGraph, ids: readonly NodeId[]): readonly NodeId[] {
  const { nodes, permissions, links } = graph;
  const roles = new Set<number>();
  for (const id of ids) {
    const [node, permission] = [nodes.find(id), permissions.find(id)];
    if (node !== none && nodes.kinds[node] === INNER_KIND.Role) roles.add(node);
    if (permission !== none) eachGrantingRole(graph, permission, (role) => roles.add(role));
  }
  for (const role of roles)
    eachWord(links.inner.in, role, (senior) => {
      if (nodes.kinds[senior] === INNER_KIND.Role) roles.add(senior);
    });
  return Array.from(roles, (role) => nodes.ids[role]!);
}

/** Whether every end and scope of the part's edges is in it or in the catalogue: else the two are not of one revision. */
export function fits({ nodes, resources }: AccessGraph, part: Neighbourhood): boolean {
  const own = new Set(part.nodes.map(({ id }) => id));
  const isNode = (id: NodeId) => own.has(id) || nodes.find(id) !== none;
  const isResource = (id: NodeId | undefined) => id === undefined || resources.find(id) !== none;
  return part.edges.every(({ edge }) => {
    if (!isNode(edge.from) || !isNode(edge.to)) return false;
    if (edge.kind === 'ASSIGNED') return isResource(edge.scope);
    return edge.kind !== 'CAN_ACT_AS' || (isResource(edge.at) && isResource(edge.within));
  });
}

export const everyoneIdsOf = (part: Neighbourhood): readonly NodeId[] =>
  part.nodes.flatMap((node) => (node.kind === 'Identity' ? everyoneIdOf(node.tenant) : []));
