import { GraphError } from '../kernel/errors.js';
import type { GraphChange } from './change.js';
import { EDGE_RULES, type Edge, type EdgeRule, edgeIdOf } from './edge.js';
import { edgeFault } from './edge-fault.js';
import type { GraphView } from './graph-view.js';
import { asNodeId, hashOf, type NodeId } from './ids.js';
import { fieldKey } from './indexed-fields.js';
import type { GraphNode, PendingReferenceNode, Reference } from './node.js';
import type { Draft } from './settle-draft.js';

export type ReferenceChange = Extract<
  GraphChange,
  { readonly kind: 'putReference' | 'closeReference' | 'setReferences' }
>;

/** One reference of a holder has one id; what the edge is scoped to is part of it, as it is of the edge's own id. */
export function pendingIdOf({ holder, holderEnd, target, edge }: Reference): NodeId {
  const space = target.kind === 'principal' ? [target.source] : [target.application, target.tenant];
  const scope = edge.kind === 'ASSIGNED' ? edge.scope : edge.kind === 'CAN_ACT_AS' ? edge.at : undefined;
  const fact = [holder, holderEnd, edge.kind, scope, edge.source, edge.statement];
  return asNodeId(`ref.${hashOf('reference', ...fact, target.kind, ...space, target.value)}`);
}

/**
 * Becomes the edge where its target is there and is the only one of that name; else it is pending.
 * @throws GraphError INVALID where the graph cannot hold it whatever arrives
 */
export function putReference(draft: Draft, reference: Reference): void {
  const fault = referenceFault(draft, reference);
  if (fault) throw new GraphError('INVALID', fault);
  const edge = resolvedEdge(draft, reference);
  if (!edge) {
    draft.putNode(pendingNode(draft, reference));
    return;
  }
  draft.dropNode(pendingIdOf(reference));
  draft.putEdge(edge);
}

/**
 * Closes it where it is pending, and the edge that it became. An edge keeps ids only, so the value is looked up again:
 * of all that it names now, in order of precedence, the first to which the holder has that edge. Where the target has
 * given the value up since, there is nothing to close: its source takes the fact back by another name or `setReferences`.
 */
export function closeReference(draft: Draft, reference: Reference): void {
  draft.dropNode(pendingIdOf(reference));
  const edges = targetsOf(draft, reference)
    .flat()
    .map((target) => edgeIdOf(completedEdge(draft, reference, target)));
  const made = edges.find((id) => draft.edge(id));
  if (made) draft.closeEdge(made);
}

export function setReferences(
  draft: Draft,
  change: Extract<ReferenceChange, { readonly kind: 'setReferences' }>,
): void {
  const { holder, holderEnd, source, references } = change;
  const isOfSet = ({ reference }: { readonly reference: Reference }) =>
    reference.holderEnd === holderEnd && reference.edge.kind === change.edge && reference.edge.source === source;
  for (const reference of references)
    if (reference.holder !== holder || !isOfSet({ reference }))
      throw new GraphError(
        'INVALID',
        'setReferences takes references of the holder, end, edge kind and source it sets',
      );
  const pending = new Set(references.map(pendingIdOf));
  const edges = references.flatMap((reference) => resolvedEdge(draft, reference) ?? []);
  const resolved = new Set(edges.map(edgeIdOf));
  for (const version of [...draft.edgesOf(standIn(draft, holder, change.edge, holderEnd), holderEnd, change.edge)])
    if (version.edge.source === source && !resolved.has(version.id)) draft.closeEdge(version.id);
  for (const node of pendingOf(draft, holder)) if (isOfSet(node) && !pending.has(node.id)) draft.dropNode(node.id);
  for (const reference of references) putReference(draft, reference);
}

/**
 * Makes edges of the pending references whose value is, since this commit, the name of something else than before.
 * One that the graph cannot hold as an edge stays pending: its arrival must not fail the commit of another.
 */
export function resolveReferences(draft: Draft): void {
  const names = draft
    .changedNodes()
    .flatMap(({ before, after }) => [before, after].flatMap((version) => version ?? []));
  const waiting = new Set(names.flatMap(({ node }) => referencesTo(draft, node)));
  for (const id of [...waiting].sort()) {
    const node = draft.node(id)?.node;
    if (node?.kind === 'PendingReference' && resolvedEdge(draft, node.reference)) putReference(draft, node.reference);
  }
}

/** Says why the graph cannot hold the reference whatever arrives; `undefined`: it can. */
function referenceFault(view: GraphView, { holder, holderEnd, edge, target }: Reference): string | undefined {
  const rule: EdgeRule = EDGE_RULES[edge.kind];
  const node = view.node(standIn(view, holder, edge.kind, holderEnd))?.node;
  if (!node) return `a reference's holder \`${holder}\` is not open; put it first`;
  if (edge.kind === 'HAS_ACCOUNT') return 'HAS_ACCOUNT is derived by correlation and cannot be a reference';
  if (!rule[holderEnd].includes(node.kind))
    return `${edge.kind} takes ${rule[holderEnd].join(' or ')} at \`${holderEnd}\`, and \`${holder}\` is of kind ${node.kind}`;
  const kinds = target.kind === 'role' ? (['Role'] as const) : (['Account', 'Group', 'Identity'] as const);
  if (kinds.some((kind) => rule[otherEnd(holderEnd)].includes(kind))) return undefined;
  return `${edge.kind} cannot lead to a ${target.kind} at \`${otherEnd(holderEnd)}\``;
}

function pendingNode(draft: Draft, reference: Reference): PendingReferenceNode {
  const { target, edge } = reference;
  const holder = { ...draft.node(reference.holder)?.node } as { readonly tenant?: NodeId; readonly source?: NodeId };
  const stator = draft.node(asNodeId(edge.source))?.node;
  const source =
    stator?.kind === 'Source'
      ? stator.id
      : target.kind === 'principal'
        ? target.source
        : (holder.source ?? asNodeId(edge.source));
  const owner = draft.node(source)?.node;
  const tenant = owner?.kind === 'Source' ? owner.tenant : target.kind === 'role' ? target.tenant : holder.tenant;
  if (tenant === undefined)
    throw new GraphError('INVALID', `a reference names the source \`${source}\`, which is not open`);
  return { kind: 'PendingReference', id: pendingIdOf(reference), tenant, source, reference };
}

const pendingOf = (view: GraphView, holder: NodeId): readonly PendingReferenceNode[] =>
  view
    .holders(fieldKey('PendingReference', 'holder', '', holder))
    .map((id) => view.node(id)?.node as PendingReferenceNode);

function resolvedEdge(view: GraphView, reference: Reference): Edge | undefined {
  const named = targetsOf(view, reference).find((targets) => targets.length > 0) ?? [];
  if (named.length !== 1) return undefined;
  const edge = completedEdge(view, reference, named[0]!);
  return edgeFault(view, edge) === undefined ? edge : undefined;
}

function completedEdge(view: GraphView, { holder, holderEnd, edge }: Reference, target: NodeId): Edge {
  const held = standIn(view, holder, edge.kind, holderEnd);
  const ends = holderEnd === 'from' ? { from: held, to: target } : { from: target, to: held };
  return { ...edge, ...ends } as Edge;
}

/** What the value names now, in order of precedence: each list holds what one kind of name leads to, by id. */
function targetsOf(view: GraphView, { target, edge, holderEnd }: Reference): readonly (readonly NodeId[])[] {
  if (target.kind === 'role') {
    const named = (tenant: string) =>
      view.holders(fieldKey('Role', 'name', `${target.application}/${tenant}`, target.value));
    return [named(target.tenant), named('')];
  }
  const { source, value } = target;
  const end = otherEnd(holderEnd);
  const fits = (id: NodeId): readonly NodeId[] => {
    const node = view.node(id)?.node;
    if ((node?.kind !== 'Account' && node?.kind !== 'Group') || node.source !== source) return [];
    const standing = standIn(view, id, edge.kind, end);
    const kinds: EdgeRule[typeof end] = EDGE_RULES[edge.kind][end];
    return kinds.includes(view.node(standing)?.node.kind ?? node.kind) ? [standing] : [];
  };
  const holding = (kind: 'Account' | 'Group', field: string) => view.holders(fieldKey(kind, field, source, value));
  const externalIds = [...holding('Account', 'externalId'), ...holding('Group', 'externalId')];
  return [fits(asNodeId(value)), externalIds.flatMap(fits), holding('Account', 'userName').flatMap(fits)];
}

/** An account stands for its identity at an end that takes identities and no accounts (an owner named by a source). */
function standIn(view: GraphView, id: NodeId, kind: Edge['kind'], end: 'from' | 'to'): NodeId {
  const kinds: EdgeRule[typeof end] = EDGE_RULES[kind][end];
  if (kinds.includes('Account') || view.node(id)?.node.kind !== 'Account') return id;
  for (const { edge } of view.edgesOf(id, 'to', 'HAS_ACCOUNT')) return edge.from;
  return id;
}

const otherEnd = (end: 'from' | 'to') => (end === 'from' ? 'to' : 'from');

/** Pending references whose value is a name of the node. */
function referencesTo(view: GraphView, node: GraphNode): readonly NodeId[] {
  const holding = (field: string, scope: NodeId, value: string | undefined) =>
    value === undefined ? [] : view.holders(fieldKey('PendingReference', field, scope, value));
  if (node.kind === 'Role') return holding('roleName', node.application, node.name);
  if ((node.kind !== 'Account' && node.kind !== 'Group') || node.source === undefined) return [];
  const exact = [node.id, node.externalId].flatMap((value) => holding('target', node.source!, value));
  return node.kind === 'Account' ? [...exact, ...holding('targetName', node.source, node.userName)] : exact;
}
